"""The groups of a report as lines of a page: a title for each key, figures rounded, topics with their texts."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from inspect_app.domain.agreement_report import BELOW, Group, Topic
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.rounding import rounded
from inspect_app.queries.agreement import Agreement
from inspect_app.web.languages import language


@dataclass(frozen=True)
class Row:
    """One group. Figures are rounded half up to two decimals; the state is judged on the exact ones."""

    group: Group[Any]
    code: str
    title: str

    @classmethod
    def of(cls, group: Group[Any], title: str, code: str = "") -> "Row":
        """A line of a group."""
        return cls(group, code, title)

    @property
    def kappa(self) -> Decimal | None:
        """Kappa with two decimals, where it is told at all."""
        return _two(self.group.kappa) if self.group.state in ("below", "good") else None

    @property
    def low(self) -> Decimal | None:
        """The lower end of the interval."""
        return _two(self.group.interval.low) if self.kappa is not None and self.group.interval else None

    @property
    def high(self) -> Decimal | None:
        """The upper end of the interval."""
        return _two(self.group.interval.high) if self.kappa is not None and self.group.interval else None

    @property
    def same(self) -> Decimal | None:
        """Percentage of pairs with the same level."""
        share = self.group.same_share
        return None if share is None else rounded(share * 100, 1, "half-up")

    @property
    def apart(self) -> Decimal | None:
        """Percentage of ratings in which the two did not agree whether the criterion applies."""
        share = self.group.applicability_share
        return None if share is None else rounded(share * 100, 1, "half-up")


@dataclass(frozen=True)
class Meeting:
    """A calibration meeting that is proposed: because of which group, and what to talk about."""

    kind: str  # domain | pair | criterion
    row: Row
    topics: tuple[tuple[Criterion, Topic], ...]


def rows_of(found: Agreement) -> dict[str, list[Row]]:
    """The lines of each kind, in the report's order."""
    code = language()
    return {
        "domain": [Row.of(g, found.domains[g.key].title.get(code), g.key) for g in found.report.domains],
        "pair": [Row.of(g, pair_name(found, g.key)) for g in found.report.pairs],
        "criterion": [Row.of(g, found.criteria[g.key].title.get(code), g.key) for g in found.report.criteria],
    }


def meetings(found: Agreement) -> list[Meeting]:
    """A meeting for each domain and pair below the threshold, then one criterion after the other."""
    return [
        Meeting(kind, row, tuple((found.criteria[t.criterion], t) for t in row.group.topics))
        for kind, rows in rows_of(found).items()
        for row in rows
        if row.group.state == BELOW
    ]


def pair_name(found: Agreement, key: tuple[int, int]) -> str:
    """The names of two inspectors."""
    first, second = (found.people[user_id].display_name(language()) for user_id in key)
    return _("%(first)s and %(second)s", first=first, second=second)


def _two(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, 2, "half-up")
