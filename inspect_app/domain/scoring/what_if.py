"""What if? The result of a visit where some of its answers were others: the same engine, nothing kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.scoring.card import NodeResult, ScoreCard
from inspect_app.domain.scoring.engine import AnswerInput, input_digest, score
from inspect_app.domain.scoring.position import Position
from inspect_app.domain.scoring.rules import Gate, RuleSet
from inspect_app.domain.scoring.way import Way, ways

_REMEMBERED = 32
_WAYS: dict[tuple[str, str, str, str], tuple[Way, ...]] = {}


@dataclass(frozen=True)
class Stand:
    """A visit as its answers stand: everything that a result follows from."""

    checklist: Checklist
    rules: RuleSet
    answers: Mapping[str, AnswerInput]
    facts: Facts

    def level_of(self, criterion: str) -> int | None:
        """The level that a criterion was given; None where it has none or does not apply."""
        answer = self.answers.get(criterion)
        return None if answer is None or answer.not_applicable else answer.level

    def card(self) -> ScoreCard:
        """The result."""
        return score(self.checklist, self.rules, self.answers, self.facts)

    def ways(self, effort: Mapping[str, int] | None = None) -> tuple[Way, ...]:
        """The way to each higher level. Remembered: a final result never changes, and its director looks at it often."""
        steps = sorted((effort or {}).items())
        key = (self.checklist.sha256, self.rules.sha256, input_digest(self.answers, self.facts), canonical(steps))
        found = _WAYS.get(key)
        if found is None:
            if len(_WAYS) >= _REMEMBERED:
                _WAYS.clear()
            found = _WAYS[key] = ways(self.checklist, self.rules, self.answers, self.facts, effort)
        return found

    def with_levels(self, levels: Mapping[str, int]) -> "Stand":
        """The same with other levels. Criteria without a level keep none; a level outside the scale changes nothing."""
        given = {
            code: AnswerInput(level)
            for code, level in levels.items()
            if self.level_of(code) is not None and 0 <= level <= self.rules.maximum
        }
        return Stand(self.checklist, self.rules, {**self.answers, **given}, self.facts)

    @property
    def mendable(self) -> tuple[str, ...]:
        """The criteria that have a level under the highest, in the checklist's order."""
        codes = ((c.code, self.level_of(c.code)) for c in self.checklist.applicable(self.facts))
        return tuple(code for code, level in codes if level is not None and level < self.rules.maximum)


@dataclass(frozen=True)
class Moved:
    """A domain before and after."""

    before: NodeResult
    after: NodeResult

    @property
    def code(self) -> str:
        """Which domain."""
        return self.after.code

    @property
    def gain(self) -> Decimal | None:
        """By how many points it moved; None where one of both has no score."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score


@dataclass(frozen=True)
class WhatIf:
    """Two results side by side: as found, and with other levels."""

    found: Stand
    stand: Stand  # with the other levels
    changes: Mapping[str, tuple[int, int]]  # criterion → as found, as supposed; only what differs
    before: ScoreCard
    after: ScoreCard

    @property
    def gain(self) -> Decimal | None:
        """By how many points the score moved."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def domains(self) -> tuple[Moved, ...]:
        """The domains whose score moved."""
        pairs = zip(self.before.domains, self.after.domains, strict=True)
        return tuple(Moved(before, after) for before, after in pairs if before.score != after.score)

    @property
    def lifted(self) -> tuple[Gate, ...]:
        """Limits whose condition held as found, and does not any more: whether or not the score had come up to them."""
        now = {gate.code for gate in _held(self.stand)}
        return tuple(gate for gate in _held(self.found) if gate.code not in now)

    @property
    def left(self) -> tuple[Gate, ...]:
        """Limits that hold the level down even so."""
        now = {gate.code for gate in self.after.gates}
        return tuple(gate for gate in self.stand.rules.gates if gate.code in now)


def what_if(stand: Stand, levels: Mapping[str, int]) -> WhatIf:
    """The result as found beside the result with these levels; what has no level, or is not on the scale, stays."""
    supposed = stand.with_levels(levels)
    changes = {}
    for code in levels:
        found, now = stand.level_of(code), supposed.level_of(code)
        if found is not None and now is not None and found != now:
            changes[code] = (found, now)
    return WhatIf(stand, supposed, changes, stand.card(), supposed.card())


def _held(stand: Stand) -> tuple[Gate, ...]:
    """The limits whose condition holds."""
    position = Position.of(stand.checklist, stand.rules, stand.answers, stand.facts)
    levels = {s.place: s.level for s in position.standings}
    points = [domain.points for domain in position.domains]
    return tuple(limit.gate for limit in position.limits if limit.holds(levels, points))
