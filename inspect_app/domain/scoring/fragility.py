"""How fragile a result is: which single answers, one level lower or higher, would give another level.

Nothing in a card tells a result that stands firmly from one that hangs on a single answer. A second reader looks at
those answers first. Exact: the same as scoring the visit again for every answer one level lower and one level higher.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.scoring.engine import AnswerInput
from inspect_app.domain.scoring.position import Limit, Position, Standing
from inspect_app.domain.scoring.rules import RuleSet


@dataclass(frozen=True)
class Flip:
    """An answer that changes the level of the whole when it alone is one level lower or higher."""

    criterion: str
    from_level: int
    to_level: int
    gives: str  # the level of the whole that it would give

    @property
    def downward(self) -> bool:
        """Whether the answer would be lower."""
        return self.to_level < self.from_level


@dataclass(frozen=True)
class Fragility:
    """All such answers in the checklist's order. ``level`` is None where nothing is scored."""

    level: str | None
    flips: tuple[Flip, ...]

    @property
    def fragile(self) -> bool:
        """Whether a single answer could change the level."""
        return bool(self.flips)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria on which the level hangs, each once, in the checklist's order."""
        return tuple(dict.fromkeys(flip.criterion for flip in self.flips))

    @property
    def down(self) -> tuple[Flip, ...]:
        """Those that would lower the level."""
        return tuple(flip for flip in self.flips if flip.downward)

    @property
    def up(self) -> tuple[Flip, ...]:
        """Those that would raise it."""
        return tuple(flip for flip in self.flips if not flip.downward)


def fragility(checklist: Checklist, rules: RuleSet, answers: Mapping[str, AnswerInput], facts: Facts) -> Fragility:
    """The single answers on which the level hangs. Raises ValueError for a level outside the scale.

    One answer moves its domain, the whole, and the gates that name it: only these are reckoned anew.
    """
    position = Position.of(checklist, rules, answers, facts)
    now = position.rank
    if now is None:
        return Fragility(None, ())
    levels = {s.place: s.level for s in position.standings}
    measured = [_Measured.of(limit, levels, position) for limit in position.limits]
    found = []
    for standing in position.standings:
        for level in (standing.level - 1, standing.level + 1):
            if 0 <= level <= rules.maximum:
                rank = _rank(position, measured, standing, level)
                if rank != now:
                    found.append(Flip(standing.criterion.code, standing.level, level, rules.levels[rank].code))
    return Fragility(rules.levels[now].code, tuple(found))


@dataclass(frozen=True)
class _Measured:
    """A limit and how it stands: how many answers are too low, which domains are."""

    limit: Limit
    low: int
    domains: frozenset[int]

    @classmethod
    def of(cls, limit: Limit, levels: Mapping[int, int], position: Position) -> "_Measured":
        return cls(
            limit,
            sum(levels[place] < least for place, least in (limit.above or {}).items()),
            frozenset(i for i, least in (limit.asks or {}).items() if position.domains[i].points < least),
        )

    def holds(self, standing: Standing, level: int, points: int) -> bool:
        """Whether it limits where one answer has another level, and its domain so many points."""
        limit = self.limit
        if limit.asks is not None:
            least = limit.asks.get(standing.domain)
            others = len(self.domains) - (standing.domain in self.domains)
            return others > 0 or (least is not None and points < least)
        if limit.above is not None:
            least = limit.above.get(standing.place)
            change = 0 if least is None else (level < least) - (standing.level < least)
            return self.low + change > limit.spare
        return limit.always


def _rank(position: Position, measured: list[_Measured], standing: Standing, level: int) -> int:
    domain = position.domains[standing.domain]
    more = standing.weight * (level - standing.level)
    rank = position.rank_by_score(position.points + more * domain.share)
    for one in measured:
        if one.limit.cap < rank and one.holds(standing, level, domain.points + more):
            rank = one.limit.cap
    return rank
