"""What one node of a rule-set came to, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program.values import Grade, Scalar, plain, shown
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class GroupOutcome:
    """The figure of one group of atoms."""

    code: str
    exact: Fraction | None
    rounded: Decimal | None
    arithmetic: str
    explanation: Text
    binding: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "code": self.code,
            "exact": None if self.exact is None else plain(self.exact),
            "value": None if self.rounded is None else f"{self.rounded:f}",
            "arithmetic": self.arithmetic,
            "binding": list(self.binding),
            "explanation": self.explanation.as_dict(),
        }


@dataclass(frozen=True)
class Outcome:
    """A node's result.

    ``value`` is what people see and what bands, limits and conditions compare; ``exact`` is what means go on with.
    ``binding`` names the atoms, results, facts or limits that fixed it; ``inputs`` what went in, name by name.
    """

    code: str
    family: str
    title: Text
    value: Grade | Decimal | Scalar
    explanation: Text
    exact: Fraction | None = None
    binding: tuple[str, ...] = ()
    inputs: Mapping[str, Scalar] = field(default_factory=dict)
    arithmetic: str = ""
    groups: tuple[GroupOutcome, ...] | None = None
    admissible: tuple[Scalar, ...] | None = None

    @property
    def shown(self) -> Scalar:
        """The result as JSON; numbers as decimal text with the declared number of places."""
        if isinstance(self.value, Grade):
            return shown(self.value)
        return f"{self.value:f}" if isinstance(self.value, Decimal) else self.value

    def as_data(self) -> dict[str, Any]:
        """Plain JSON; the same inputs give the same bytes."""
        data: dict[str, Any] = {
            "code": self.code,
            "family": self.family,
            "title": self.title.as_dict(),
            "value": self.shown,
            "inputs": dict(self.inputs),
            "arithmetic": self.arithmetic,
            "binding": list(self.binding),
            "explanation": self.explanation.as_dict(),
        }
        if self.exact is not None:
            data["exact"] = plain(self.exact)
        if self.groups is not None:
            data["groups"] = [group.as_data() for group in self.groups]
        if self.admissible is not None:
            data["admissible"] = list(self.admissible)
        return data
