"""Agreement per criterion, domain and pair of inspectors, and what a calibration meeting should talk about. Pure.

Ratings are those of blind double ratings. Two levels make a pair for kappa; a level against «not applicable» is another
question (does the criterion apply?) and is counted apart, never dropped in silence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Generic, TypeVar

from inspect_app.domain.agreement import (
    Interval,
    interval,
    matrix_of,
    quadratic_weighted_kappa,
    quadratic_weights,
    undefined,
)
from inspect_app.domain.texts import Text

Key = TypeVar("Key")

#: How a group stands: nothing rated at two levels; fewer than the policy's minimum; kappa does not exist because everything
#: was put into one level; below the threshold; at it or above.
NONE, FEW, ONE_LEVEL, BELOW, GOOD = "none", "few", "one-level", "below", "good"


@dataclass(frozen=True)
class AgreementPolicy:
    """When a kappa is shown and when a meeting is proposed. Every figure is policy until its source is entered."""

    version: str
    title: Text
    levels: tuple[int, ...]
    threshold: Fraction
    confidence: int
    minimum: Mapping[str, int]  # criterion, domain, pair → pairs of levels
    shares: tuple[int, ...]
    proposed_share: int
    topics: int
    data: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "AgreementPolicy":
        """From the YAML shape (``schemas/agreement.py``)."""
        return cls(
            version=data["version"],
            title=Text.of(data["title"]),
            levels=tuple(data["levels"]),
            threshold=Fraction(data["threshold"]["value"]),
            confidence=data["confidence"]["value"],
            minimum={name: figure["value"] for name, figure in data["minimum_pairs"].items()},
            shares=tuple(data["shares"]["offered"]),
            proposed_share=data["shares"]["proposed"],
            topics=data["topics"]["value"],
            data=data,
        )


@dataclass(frozen=True)
class Rated:
    """How often two people rated a criterion so. A level of None means «not applicable»."""

    criterion: str
    first: int  # person
    second: int
    first_level: int | None
    second_level: int | None
    count: int = 1


@dataclass(frozen=True)
class Topic:
    """A criterion that divides people: how far, between which two levels most, and how often about whether it applies."""

    criterion: str
    distance: int  # sum of squared distances: what kappa is pulled down by
    levels: tuple[int, int] | None  # the two levels that divide most, the lower first
    times: int  # how often these two
    applicability: int  # level against not applicable


class Group(Generic[Key]):
    """All pairs of ratings of one criterion, domain or pair of inspectors."""

    def __init__(self, key: Key, rows: list[Rated], policy: AgreementPolicy, minimum: int) -> None:
        self.key = key
        self.rows = rows
        self.policy = policy
        self.minimum = minimum

    @cached_property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """The table of levels, first rater down, second across."""
        pairs = (
            (row.first_level, row.second_level)
            for row in self.rows
            for _ in range(row.count)
            if row.first_level is not None and row.second_level is not None
        )
        return matrix_of(pairs, self.policy.levels)

    @property
    def pairs(self) -> int:
        """How often both gave a level."""
        return sum(map(sum, self.matrix))

    @property
    def same(self) -> int:
        """How often both gave the same level."""
        return sum(row[at] for at, row in enumerate(self.matrix))

    @property
    def both_not_applicable(self) -> int:
        """How often both said that the criterion does not apply."""
        return sum(r.count for r in self.rows if r.first_level is None and r.second_level is None)

    @property
    def applicability(self) -> int:
        """How often one gave a level and the other said that the criterion does not apply."""
        return sum(r.count for r in self.rows if (r.first_level is None) != (r.second_level is None))

    @property
    def ratings(self) -> int:
        """How often the two rated at all."""
        return self.pairs + self.both_not_applicable + self.applicability

    @property
    def applicability_share(self) -> Fraction | None:
        """The share of ratings in which the two did not agree whether the criterion applies."""
        return Fraction(self.applicability, self.ratings) if self.ratings else None

    @property
    def same_share(self) -> Fraction | None:
        """The share of pairs with the same level; chance alone gives a part of it."""
        return Fraction(self.same, self.pairs) if self.pairs else None

    @cached_property
    def kappa(self) -> Fraction | None:
        """The quadratic weighted kappa; None where it does not exist."""
        return quadratic_weighted_kappa(self.matrix)

    @cached_property
    def interval(self) -> Interval | None:
        """Its interval; None where it does not exist or no pair disagrees."""
        return interval(self.matrix, quadratic_weights(len(self.matrix)), self.policy.confidence)

    @property
    def state(self) -> str:
        """How the group stands (see the constants above). What is too few is said before anything else is."""
        if not self.pairs:
            return NONE
        if self.pairs < self.minimum:
            return FEW
        if undefined(self.matrix):
            return ONE_LEVEL
        return BELOW if self.kappa is not None and self.kappa < self.policy.threshold else GOOD

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What divides these people, the widest first; at most as many as the policy puts before a meeting."""
        found = [_topic(code, rows) for code, rows in _by(self.rows, lambda r: r.criterion).items()]
        found = [t for t in found if t.distance or t.applicability]
        found.sort(key=lambda t: (-t.distance, -t.applicability, t.criterion))
        return tuple(found[: self.policy.topics])


@dataclass(frozen=True)
class Report:
    """Everything that the ratings say, each list worst first, with what is too few to tell at its end."""

    criteria: tuple[Group[str], ...]
    domains: tuple[Group[str], ...]
    pairs: tuple[Group[tuple[int, int]], ...]
    all: Group[str]

    @property
    def meetings(self) -> bool:
        """Whether any group proposes a calibration meeting."""
        groups: tuple[Group[Any], ...] = (*self.criteria, *self.domains, *self.pairs)
        return any(group.state == BELOW for group in groups)


def report(rows: Iterable[Rated], policy: AgreementPolicy, domain_of: Mapping[str, str]) -> Report:
    """Group the ratings. ``domain_of``: criterion → domain. Raises KeyError for a criterion that it does not hold."""
    rows = list(rows)
    pairs = [_turned(r) for r in rows]
    return Report(
        criteria=_groups(_by(rows, lambda r: r.criterion), policy, policy.minimum["criterion"]),
        domains=_groups(_by(rows, lambda r: domain_of[r.criterion]), policy, policy.minimum["domain"]),
        pairs=_groups(_by(pairs, lambda r: (r.first, r.second)), policy, policy.minimum["pair"]),
        all=Group("", rows, policy, policy.minimum["domain"]),
    )


def _turned(row: Rated) -> Rated:
    """A pair of inspectors is the same pair whoever rated first: the lower number stands in the rows."""
    if row.first < row.second:
        return row
    return Rated(row.criterion, row.second, row.first, row.second_level, row.first_level, row.count)


def _by(rows: Iterable[Rated], key: Callable[[Rated], Key]) -> dict[Key, list[Rated]]:
    found: dict[Key, list[Rated]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _groups(by: Mapping[Key, list[Rated]], policy: AgreementPolicy, minimum: int) -> tuple[Group[Key], ...]:
    groups: list[Group[Key]] = [Group(key, rows, policy, minimum) for key, rows in by.items()]
    return tuple(sorted(groups, key=_rank))


def _rank(group: Group[Any]) -> tuple[int, Fraction, int, Any]:
    """Kappas from the lowest, then what has none, then what is too few (most pairs first)."""
    order = {BELOW: 0, GOOD: 0, ONE_LEVEL: 1, FEW: 2, NONE: 3}[group.state]
    kappa = group.kappa if order == 0 and group.kappa is not None else Fraction(0)
    return order, kappa, -group.pairs, group.key


def _topic(code: str, rows: Iterable[Rated]) -> Topic:
    distance, applicability = 0, 0
    divided: Counter[tuple[int, int]] = Counter()
    for r in rows:
        if r.first_level is None or r.second_level is None:
            applicability += r.count * ((r.first_level is None) != (r.second_level is None))
        elif r.first_level != r.second_level:
            low, high = sorted((r.first_level, r.second_level))
            divided[low, high] += r.count
            distance += r.count * (high - low) ** 2
    most = max(divided, key=lambda levels: (divided[levels] * (levels[1] - levels[0]) ** 2, levels), default=None)
    return Topic(code, distance, most, divided[most] if most else 0, applicability)
