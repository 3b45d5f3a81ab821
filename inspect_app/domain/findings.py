"""What must be mended, and in which order: findings of a score card with severity, weight of the gap and due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspect_app.domain.checklists import Checklist, Criterion
from inspect_app.domain.policy import Policy

_SEVERITIES = ("critical", "major", "minor")


@dataclass(frozen=True)
class Finding:
    """A failed criterion. ``due_on`` is None while nobody was told of it."""

    criterion: Criterion
    level: int
    severity: str | None  # critical | major | minor
    binds: bool  # a limit that lowers the level stands on it
    recurrent: bool  # it failed on the previous visit too
    gap: int  # weight of the criterion × levels missing
    due_on: date | None

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Its place among the findings: critical first, then what binds the level, then the heaviest gap."""
        critical = 0 if self.severity == "critical" else 1
        return critical, not self.binds, -self.gap


def findings(
    card: Mapping[str, Any],
    checklist: Checklist,
    policy: Policy,
    *,
    maximum: int,
    failing_below: int,
    told_on: date | None,
    before: Mapping[str, int | None],
) -> tuple[Finding, ...]:
    """The findings of a card (its JSON), what must be mended first at the head.

    ``maximum`` is the highest level of the scale and what is below ``failing_below`` is a finding; ``before`` holds the levels of the previous visit by criterion;
    ``told_on`` is the day on which the institution was told (draft report): delays count from there, in calendar days
    by severity, as the policy frozen with the visit says.
    """
    binding = {code for gate in card["gates"] if gate.get("binding") for code in gate["criteria"]}
    found = []
    for data in card["findings"]:
        criterion = checklist.criterion(data["criterion"])
        days = policy.due_days.get(data["severity"] or "minor")
        found.append(
            Finding(
                criterion=criterion,
                level=data["level"],
                severity=data["severity"],
                # a limit may stand on a domain: then all that fails there binds
                binds=bool({criterion.code, criterion.domain} & binding),
                recurrent=(earlier := before.get(criterion.code)) is not None and earlier < failing_below,
                gap=criterion.weight * (maximum - data["level"]),
                due_on=None if told_on is None or days is None else told_on + timedelta(days=days),
            )
        )
    return tuple(sorted(found, key=lambda f: f.rank))


def by_severity(found: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings there are of each severity, the gravest first."""
    return {severity: n for severity in _SEVERITIES if (n := sum(f.severity == severity for f in found))}
