"""The way to each higher level: the smallest set of changes that reaches it, exactly, and what each change is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.rounding import rounded
from inspect_app.domain.scoring.engine import AnswerInput
from inspect_app.domain.scoring.position import Limit, Position, Standing
from inspect_app.domain.scoring.rules import Gate, RuleSet
from inspect_app.domain.scoring.way.search import easiest, fewest
from inspect_app.domain.scoring.way.task import task


@dataclass(frozen=True)
class Change:
    """One criterion to raise, and what that is worth."""

    criterion: str
    domain: str
    from_level: int
    to_level: int
    lifts: tuple[str, ...]  # gates that this change lifts, alone or together with the others of the way
    lifts_alone: tuple[str, ...]  # gates that it lifts even if nothing else changes
    domain_gain: Fraction  # percent points that it adds to its domain, exactly
    gain: Fraction  # percent points that it adds to the whole, exactly
    domain_points: Decimal  # the same, rounded as the rule-set declares
    points: Decimal
    effort: int  # of all its steps; one for each step where no effort was given

    @property
    def steps(self) -> int:
        """By how many levels it rises."""
        return self.to_level - self.from_level


@dataclass(frozen=True)
class Way:
    """What reaches a level at the least cost; or what stands in the way, where criteria alone cannot reach it."""

    level: str
    changes: tuple[Change, ...]  # in the checklist's order; empty where the level is out of reach
    reachable: bool
    limits: tuple[Gate, ...]  # what still limits where everything answered is fully met
    reaches: str  # the level after the changes: this one, or a higher one that comes with it
    score: Decimal  # after the changes

    @property
    def rise(self) -> int:
        """How many levels of criteria it takes in all."""
        return sum(change.steps for change in self.changes)

    @property
    def effort(self) -> int:
        """The effort of all changes."""
        return sum(change.effort for change in self.changes)


def ways(
    checklist: Checklist,
    rules: RuleSet,
    answers: Mapping[str, AnswerInput],
    facts: Facts,
    effort: Mapping[str, int] | None = None,
) -> tuple[Way, ...]:
    """For each level above the present one, lowest first, the least set of changes that reaches it. Empty where nothing is scored.

    Without ``effort``: the fewest criteria; of these sets one with the fewest steps; of these the one with the highest
    score; of these the one that raises the criteria that stand first in the checklist. With ``effort`` (a whole number of
    at least 1 for each step of each criterion): the least effort; then the highest score, the fewest criteria, the
    checklist's order. Only what has a level may rise: what is unanswered or does not apply stays as it is. Raises
    KeyError where a criterion has no effort, ValueError for an effort below 1 or a level outside the scale.
    """
    position = Position.of(checklist, rules, answers, facts)
    if position.rank is None:
        return ()
    found: list[Way] = []
    for target in range(position.rank + 1, len(rules.levels)):
        before = found[-1] if found else None
        if before and before.reachable and rules.rank(before.reaches) >= target:
            # the best way to less that leads here is the best way here: what reaches more also reaches less
            found.append(replace(before, level=rules.levels[target].code))
        else:
            found.append(_way(position, target, effort))
    return tuple(found)


def _way(position: Position, target: int, effort: Mapping[str, int] | None) -> Way:
    rules = position.rules
    asked = task(position, target, effort)
    if isinstance(asked, tuple):
        full = {s.place: rules.maximum - s.level for s in position.standings}
        reaches, score = _after(position, full)
        return Way(rules.levels[target].code, (), False, tuple(limit.gate for limit in asked), reaches, score)
    steps = fewest(asked) if effort is None else easiest(asked)
    reaches, score = _after(position, steps)
    return Way(rules.levels[target].code, _changes(position, steps, effort), True, (), reaches, score)


def _after(position: Position, steps: Mapping[int, int]) -> tuple[str, Decimal]:
    """Level and score where these places have risen by so many steps."""
    rules = position.rules
    points = [d.points for d in position.domains]
    levels = {}
    for s in position.standings:
        levels[s.place] = s.level + steps.get(s.place, 0)
        if s.domain >= 0:
            points[s.domain] += s.weight * steps.get(s.place, 0)
    whole = sum(p * d.share for p, d in zip(points, position.domains, strict=True))
    caps = [limit.cap for limit in position.limits if limit.holds(levels, points)]
    rank = min([position.rank_by_score(whole), *caps])
    return rules.levels[rank].code, rounded((position.percent or 0) * Fraction(whole), rules.digits, rules.rounding)


def _changes(position: Position, steps: Mapping[int, int], effort: Mapping[str, int] | None) -> tuple[Change, ...]:
    levels = {s.place: s.level for s in position.standings}
    points = [d.points for d in position.domains]
    raised, sums = dict(levels), list(points)
    for s in position.standings:
        raised[s.place] += steps.get(s.place, 0)
        sums[s.domain] += s.weight * steps.get(s.place, 0)
    held = [limit for limit in position.limits if limit.holds(levels, points)]
    lifted = [limit for limit in held if not limit.holds(raised, sums)]
    found = []
    for s in position.standings:
        if n := steps.get(s.place, 0):
            domain = position.domains[s.domain]
            domain_gain = domain.percent * s.weight * n
            gain = (position.percent or Fraction(0)) * domain.share * s.weight * n
            digits, mode = position.rules.digits, position.rules.rounding
            found.append(
                Change(
                    criterion=s.criterion.code,
                    domain=s.criterion.domain,
                    from_level=s.level,
                    to_level=s.level + n,
                    lifts=tuple(limit.gate.code for limit in lifted if _serves(limit, s, n, points)),
                    lifts_alone=tuple(limit.gate.code for limit in held if _lifts(limit, s, n, levels, points)),
                    domain_gain=domain_gain,
                    gain=gain,
                    domain_points=rounded(domain_gain, digits, mode),
                    points=rounded(gain, digits, mode),
                    effort=n * (1 if effort is None else effort[s.criterion.code]),
                )
            )
    return tuple(found)


def _serves(limit: Limit, standing: Standing, steps: int, points: list[int]) -> bool:
    """Whether raising a criterion by so many steps has a part in lifting a limit."""
    if limit.above is not None:
        least = limit.above.get(standing.place)
        return least is not None and standing.level < least <= standing.level + steps
    asked = (limit.asks or {}).get(standing.domain)
    return asked is not None and points[standing.domain] < asked and standing.weight > 0


def _lifts(limit: Limit, standing: Standing, steps: int, levels: Mapping[int, int], points: list[int]) -> bool:
    """Whether raising this criterion alone lifts a limit that holds."""
    if not _serves(limit, standing, steps, points):
        return False
    raised, sums = {**levels, standing.place: standing.level + steps}, list(points)
    sums[standing.domain] += standing.weight * steps
    return not limit.holds(raised, sums)
