"""What another rule-set would make of the visits on file: one outcome per visit, and the count of a country."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from inspect_app.domain.rounding import rounded


class Outcome(StrEnum):
    """What came of scoring a visit again."""

    SCORED = "scored"  # under another rule-set than the card's
    IDENTICAL = "identical"  # under the card's own rule-set: the same bytes
    DIFFERENT = "different"  # under the card's own rule-set, and yet not the same bytes: an error
    REFUSED = "refused"  # could not be scored; the reason says why


#: Outcomes that are errors: what is on file is not what its own rule-set gives.
ERRORS = frozenset({Outcome.DIFFERENT})


@dataclass(frozen=True, slots=True)
class Rescored:
    """One visit: what its own card says, and what the rule-set under trial gives."""

    institution_id: int
    institution: str  # registry number
    name: str
    region: str  # code
    category: str
    inspection_id: int
    reference: str
    on: date
    outcome: Outcome
    before: str | None  # level on the visit's own card
    score_before: Decimal | None
    after: str | None = None
    score_after: Decimal | None = None
    reason: str = ""  # code of why it was refused or differs
    detail: str = ""
    sha256: str = ""  # of the new card, where whole cards were asked for

    @property
    def scored(self) -> bool:
        """Whether there is a new level to compare."""
        return self.outcome is not Outcome.REFUSED

    @property
    def changes(self) -> bool:
        """Whether the level would be another."""
        return self.scored and self.before != self.after


@dataclass
class Tally:
    """How many institutions of a group there are, and where their level would go."""

    institutions: int = 0
    up: int = 0
    down: int = 0
    other: int = 0  # to or from a level that the rule-set's ladder does not know, or from «not scored»
    refused: int = 0

    @property
    def changed(self) -> int:
        """Institutions whose level would be another."""
        return self.up + self.down + self.other

    @property
    def share(self) -> Decimal:
        """``changed`` in percent of the institutions, two decimals; 0 where there are none."""
        return rounded(Fraction(100 * self.changed, self.institutions or 1), 2, "half-up")

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "institutions": self.institutions,
            "changed": self.changed,
            "share": str(self.share),
            "up": self.up,
            "down": self.down,
            "other": self.other,
            "not_scored": self.refused,
        }


@dataclass
class Report:
    """The count, built visit by visit; its size does not grow with the country unless ``listing`` is asked for."""

    ladder: Sequence[str]  # codes of the rule-set's levels, lowest first
    listing: bool = False
    total: Tally = field(default_factory=Tally)
    regions: dict[str, Tally] = field(default_factory=dict)
    categories: dict[str, Tally] = field(default_factory=dict)
    matrix: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    visits: Counter[Outcome] = field(default_factory=Counter)
    visits_changed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    added: int = 0  # cards added by this run
    already: int = 0  # cards that an earlier run had added
    moved: list[Rescored] = field(default_factory=list)  # latest visits whose level would change, if listing
    faults: list[Rescored] = field(default_factory=list)  # refused and different visits; see ``KEPT``

    #: So many faults are kept one by one; the others are only counted by reason, unless a list is asked for.
    KEPT = 50

    @property
    def in_order(self) -> bool:
        """Whether every card scored under its own rule-set came out the same, byte for byte."""
        return not any(self.visits[outcome] for outcome in ERRORS)

    def add(self, institution: Sequence[Rescored]) -> None:
        """All visits of one institution; the latest (by day, then number) speaks for the institution."""
        for visit in institution:
            self.visits[visit.outcome] += 1
            self.visits_changed += visit.changes
            if visit.reason:
                self.reasons[visit.reason] += 1
                if self.listing or len(self.faults) < self.KEPT:
                    self.faults.append(visit)
        latest = max(institution, key=lambda v: (v.on, v.inspection_id))
        region = self.regions.setdefault(latest.region, Tally())
        category = self.categories.setdefault(latest.category, Tally())
        for tally in (self.total, region, category):
            self._count(tally, latest)
        if latest.scored:
            self.matrix[latest.before, latest.after] += 1
        if latest.changes and self.listing:
            self.moved.append(latest)

    def add_all(self, visits: Iterable[Rescored]) -> None:
        """Visits of several institutions, those of one together."""
        for mine in by_institution(visits):
            self.add(mine)

    def _count(self, tally: Tally, visit: Rescored) -> None:
        tally.institutions += 1
        if not visit.scored:
            tally.refused += 1
        elif visit.changes:
            before, after = self._rank(visit.before), self._rank(visit.after)
            if before is None or after is None:
                tally.other += 1
            elif after > before:
                tally.up += 1
            else:
                tally.down += 1

    def _rank(self, level: str | None) -> int | None:
        return self.ladder.index(level) if level in self.ladder else None


def by_institution(visits: Iterable[Rescored]) -> Iterator[list[Rescored]]:
    """The visits in groups, one group for each institution; they come ordered by institution."""
    group: list[Rescored] = []
    for visit in visits:
        if group and group[0].institution_id != visit.institution_id:
            yield group
            group = []
        group.append(visit)
    if group:
        yield group
