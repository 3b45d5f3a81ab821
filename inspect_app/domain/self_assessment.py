"""What a director said of their institution beside what inspectors found: the gap, measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.rounding import rounded


@dataclass(frozen=True)
class Compared:
    """A criterion that both rated. ``gap``: levels by which the director stood higher (negative: lower)."""

    criterion: str
    domain: str
    own: int
    found: int

    @property
    def gap(self) -> int:
        """Own minus found."""
        return self.own - self.found


@dataclass(frozen=True)
class Gap:
    """The gap over some criteria. ``mean``: of the gaps with their sign; ``distance``: without it."""

    compared: int
    same: int
    higher: int
    lower: int
    mean: Decimal | None
    distance: Decimal | None

    @property
    def share_same(self) -> Decimal | None:
        """Percent of the criteria on which both say the same."""
        return rounded(Fraction(100 * self.same, self.compared), 1, "half-up") if self.compared else None


def compare(
    own: Mapping[str, int | None], found: Mapping[str, int | None], domains: Mapping[str, str]
) -> list[Compared]:
    """The criteria to which both gave a level, what differs most first, then in the order of ``domains``.

    ``own`` and ``found``: criterion → level, None where it does not apply; ``domains``: criterion → its domain.
    """
    rows = []
    for code, domain in domains.items():
        mine, theirs = own.get(code), found.get(code)
        if mine is not None and theirs is not None:
            rows.append(Compared(code, domain, mine, theirs))
    return sorted(rows, key=lambda row: -abs(row.gap))


def gap_of(rows: Sequence[Compared]) -> Gap:
    """The gap over these criteria."""
    gaps = [row.gap for row in rows]
    return Gap(
        compared=len(gaps),
        same=sum(g == 0 for g in gaps),
        higher=sum(g > 0 for g in gaps),
        lower=sum(g < 0 for g in gaps),
        mean=_mean(gaps),
        distance=_mean([abs(g) for g in gaps]),
    )


def _mean(values: Sequence[int]) -> Decimal | None:
    return rounded(Fraction(sum(values), len(values)), 2, "half-up") if values else None
