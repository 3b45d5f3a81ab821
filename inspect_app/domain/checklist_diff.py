"""What changed between two checklists: added, removed, and changed criteria with the fields that changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspect_app.domain.checklists import Checklist


@dataclass(frozen=True)
class ChangedCriterion:
    """A criterion of both, and each field's value before and after."""

    code: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class ChecklistDiff:
    """Codes are for life, so a criterion is the same where its code is."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[ChangedCriterion, ...]

    @property
    def empty(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.changed)


def difference(old: Checklist, new: Checklist) -> ChecklistDiff:
    """From ``old`` to ``new``, in the order of the checklists."""
    before, after = _by_code(old), _by_code(new)
    changed = []
    for code in before:
        if code in after and before[code] != after[code]:
            fields = {k: (before[code][k], after[code][k]) for k in after[code] if before[code][k] != after[code][k]}
            changed.append(ChangedCriterion(code, fields))
    return ChecklistDiff(
        added=tuple(c for c in after if c not in before),
        removed=tuple(c for c in before if c not in after),
        changed=tuple(changed),
    )


def _by_code(checklist: Checklist) -> dict[str, dict[str, Any]]:
    return {
        c["code"]: {**c, "standard": s["code"], "domain": d["code"]}
        for d in checklist.as_data()["domains"]
        for s in d["standards"]
        for c in s["criteria"]
    }
