"""Where answers stand, in exact integers: what each gate and each level still asks. Says what the engine says.

The engine tells a card; this tells how far away every threshold lies. Scores grow with every level given, so «the rounded
score reaches a number» is «a whole number of points reaches another»: the bound of each mode of rounding, exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm

from inspect_app.domain.checklists import Checklist, Criterion, Facts
from inspect_app.domain.scoring.engine import AnswerInput
from inspect_app.domain.scoring.rules import AnswersCondition, DomainCondition, FactCondition, Gate, RuleSet


def least_points(factor: Fraction, threshold: Decimal, digits: int, mode: str) -> int:
    """The least whole number n ≥ 0 for which ``factor × n``, rounded, reaches the threshold. ``factor`` is positive.

    A rounded number is a whole number of units of its last digit; the threshold asks for at least ``wanted`` units. Up to
    which exact value that goes down depends on the mode: to the half below (which ``half-even`` gives only to even
    units), to just above the unit below (``up``), or nowhere (``down``, ``floor``). Raises KeyError for an unknown mode.
    """
    wanted = ceil(Fraction(threshold) * 10**digits)
    least, included = {
        "half-up": (wanted - Fraction(1, 2), True),
        "half-even": (wanted - Fraction(1, 2), wanted % 2 == 0),
        "down": (Fraction(wanted), True),
        "floor": (Fraction(wanted), True),
        "up": (Fraction(wanted - 1), False),
    }[mode]
    points = least / 10**digits / factor
    return max(0, ceil(points) if included else floor(points) + 1) if wanted > 0 else 0


@dataclass(frozen=True)
class Standing:
    """An answered criterion: its place in the checklist, the number of its domain, its level and weight."""

    place: int
    criterion: Criterion
    domain: int
    level: int

    @property
    def weight(self) -> int:
        """How much one level counts in its domain."""
        return self.criterion.weight


@dataclass(frozen=True)
class DomainSum:
    """A scored domain: points now, points of one percent and of all, and what a point is worth in the whole."""

    code: str
    points: int
    full: int  # points where everything answered is fully met
    share: int  # points of the whole that one point of the domain gives

    @property
    def percent(self) -> Fraction:
        """What one point adds to the score of the domain, in percent."""
        return Fraction(100, self.full)


@dataclass(frozen=True)
class Position:
    """Answers as sums. Built once, asked often."""

    rules: RuleSet
    facts: Facts
    standings: tuple[Standing, ...]  # answered, in the checklist's order; what does not apply is not among them
    domains: tuple[DomainSum, ...]
    set_aside: tuple[
        tuple[Criterion, int], ...
    ]  # a level beside «not applicable»: counts for gates alone, never changes
    percent: Fraction | None  # what one point of the whole adds to the score; None where nothing is scored

    @classmethod
    def of(cls, checklist: Checklist, rules: RuleSet, answers: Mapping[str, AnswerInput], facts: Facts) -> "Position":
        """From what the engine takes. Raises ValueError for a level outside the scale, as the engine does."""
        found: list[tuple[int, Criterion, int]] = []
        aside: list[tuple[Criterion, int]] = []
        for place, criterion in enumerate(checklist.applicable(facts)):
            answer = answers.get(criterion.code)
            if answer is None or answer.level is None:
                continue
            if not 0 <= answer.level <= rules.maximum:
                raise ValueError(f"{criterion.code}: level {answer.level} is outside the scale 0–{rules.maximum}")
            if answer.not_applicable:
                aside.append((criterion, answer.level))
            else:
                found.append((place, criterion, answer.level))
        weights = {code: 0 for _, c, _ in found for code in (c.domain,)}
        points = dict(weights)
        for _, criterion, level in found:
            weights[criterion.domain] += criterion.weight
            points[criterion.domain] += criterion.weight * level
        codes = [d.code for d in checklist.domains if weights.get(d.code)]
        shares = {code: rules.domain_weights.get(code, Fraction(1)) / weights[code] for code in codes}
        common = lcm(1, *(share.denominator for share in shares.values()))
        total = sum((rules.domain_weights.get(code, Fraction(1)) for code in codes), Fraction(0))
        number = {code: i for i, code in enumerate(codes)}
        return cls(
            rules=rules,
            facts=facts,
            standings=tuple(Standing(p, c, number.get(c.domain, -1), level) for p, c, level in found),
            domains=tuple(
                DomainSum(code, points[code], weights[code] * rules.maximum, int(shares[code] * common))
                for code in codes
            ),
            set_aside=tuple(aside),
            percent=Fraction(100) / (rules.maximum * total * common) if total else None,
        )

    @cached_property
    def points(self) -> int:
        """Points of the whole, now."""
        return sum(d.points * d.share for d in self.domains)

    @cached_property
    def thresholds(self) -> tuple[int, ...]:
        """The least points of the whole that reach each level of the ladder by score. Only where something is scored."""
        if self.percent is None:
            return ()
        rules = self.rules
        return tuple(least_points(self.percent, x.threshold, rules.digits, rules.rounding) for x in rules.levels)

    def rank_by_score(self, points: int) -> int:
        """The place on the ladder that so many points of the whole reach."""
        return max(rank for rank, least in enumerate(self.thresholds) if points >= least)

    @cached_property
    def limits(self) -> tuple["Limit", ...]:
        """Every gate of the rule-set, as what it asks of points and levels."""
        return tuple(self._limit(gate) for gate in self.rules.gates)

    def _limit(self, gate: Gate) -> "Limit":
        when, cap = gate.when, self.rules.rank(gate.caps_at)
        if isinstance(when, FactCondition):
            return Limit(gate, cap, always=when.flag in self.facts.flags)
        if isinstance(when, DomainCondition):
            return Limit(gate, cap, asks=self._asks(when))
        low = {
            s.place: when.level_at_most + 1
            for s in self.standings
            if when.concerns(s.criterion.code, s.criterion.criterion_class, s.criterion.domain)
        }
        return Limit(gate, cap, above=low, spare=when.count - 1 - self._low_aside(when), counts=True)

    def _asks(self, when: DomainCondition) -> dict[int, int]:
        rules = self.rules
        return {
            i: least_points(d.percent, when.below, rules.digits, rules.rounding)
            for i, d in enumerate(self.domains)
            if when.code in (None, d.code)
        }

    def _low_aside(self, when: AnswersCondition) -> int:
        return sum(
            level <= when.level_at_most and when.concerns(c.code, c.criterion_class, c.domain)
            for c, level in self.set_aside
        )

    @cached_property
    def rank(self) -> int | None:
        """The present place on the ladder; None where nothing is scored."""
        if self.percent is None:
            return None
        levels = {s.place: s.level for s in self.standings}
        caps = [limit.cap for limit in self.limits if limit.holds(levels, [d.points for d in self.domains])]
        return min([self.rank_by_score(self.points), *caps])


@dataclass(frozen=True)
class Limit:
    """A gate, measured. One of: a fact (``always``), points of domains (``asks``), answers (``above``)."""

    gate: Gate
    cap: int  # the rank that it leaves
    always: bool = False
    asks: Mapping[int, int] | None = None  # number of a domain → the points that it needs
    above: Mapping[int, int] | None = None  # place of a criterion → the level that it needs
    spare: int = 0  # how many of these may stay below (may be negative)
    counts: bool = False

    def holds(self, levels: Mapping[int, int], points: list[int]) -> bool:
        """Whether it limits, at these levels by place and points by domain."""
        if self.asks is not None:
            return any(points[i] < least for i, least in self.asks.items())
        if self.above is not None:
            return sum(levels[place] < least for place, least in self.above.items()) > self.spare
        return self.always
