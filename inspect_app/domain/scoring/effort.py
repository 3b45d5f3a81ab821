"""How much work a level of a criterion is thought to be: a table of policy, never a number in the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspect_app.domain.checklists import Checklist
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class Effort:
    """Whole numbers without a unit, by the kind of support that usually mends a criterion."""

    code: str
    version: str
    title: Text
    support: Mapping[str, int]

    def steps(self, checklist: Checklist) -> dict[str, int]:
        """The effort of one level of each criterion. Raises KeyError for a kind of support without a number."""
        return {criterion.code: self.support[criterion.support] for criterion in checklist}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Effort":
        """From the YAML shape (``schemas/effort.py``)."""
        return cls(data["code"], data["version"], Text.of(data["title"]), dict(data["support"]))
