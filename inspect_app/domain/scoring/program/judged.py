"""The families that judge: the lowest, bands, ladders, limits, steps up and down, matrices, bounded human judgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program import sentences
from inspect_app.domain.scoring.program.conditions import Condition, Every, Share, Together
from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.scoring.program.outcome import Outcome
from inspect_app.domain.scoring.program.values import Grade, Scalar, Scale, exact, plain, shown, token
from inspect_app.domain.texts import Text


def _nothing(node: Any) -> Outcome:
    return Outcome(node.code, node.family, node.title, None, sentences.NOT_SCORED)


@dataclass(frozen=True)
class Minimum:
    """The lowest of all values."""

    code: str
    title: Text
    of: tuple[str, ...]
    family: str = "minimum"

    def work(self, known: Ledger) -> Outcome:
        """The lowest value, and where it stands."""
        grades: list[tuple[str, Grade]] = []
        for name in self.of:
            if known.is_collection(name):
                grades += [
                    (known.reference(name, a.key), a.value) for a in known.atoms(name) if isinstance(a.value, Grade)
                ]
            elif isinstance(value := known.value(name), Grade):
                grades.append((name, value))
        if not grades:
            return _nothing(self)
        lowest = min((grade for _, grade in grades), key=lambda g: g.rank)
        where = tuple(ref for ref, grade in grades if grade.rank == lowest.rank)
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=lowest,
            binding=where,
            inputs={ref: grade.value for ref, grade in grades},
            explanation=sentences.minimum(result=lowest.scale.name(lowest.rank), count=len(grades), lowest=where),
        )


@dataclass(frozen=True)
class Bands:
    """The highest step whose threshold the number reaches; the lowest step has no threshold."""

    code: str
    title: Text
    of: str
    scale: Scale
    thresholds: tuple[Fraction | None, ...]  # one for each step, lowest first
    family: str = "bands"

    def work(self, known: Ledger) -> Outcome:
        """The band, and the next threshold."""
        number = known.value(self.of)
        if number is None or isinstance(number, bool | Grade):
            return _nothing(self)
        reached = [i for i, bound in enumerate(self.thresholds) if bound is None or number >= bound]
        rank = max(reached)
        bound, following = self.thresholds[rank], None
        if rank + 1 < len(self.thresholds):
            following = self.thresholds[rank + 1]
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=Grade(self.scale, rank),
            binding=(self.of,),
            inputs={self.of: plain(number)},
            arithmetic=_between(number, bound, following),
            explanation=sentences.bands(
                value=known.written(self.of),
                result=self.scale.name(rank),
                reached="" if bound is None else plain(bound),
                following="" if following is None else plain(following),
                next_result=None if following is None else self.scale.name(rank + 1),
            ),
        )


def _between(number: Fraction, bound: Fraction | None, following: Fraction | None) -> str:
    low = "" if bound is None else f"{plain(bound)} ≤ "
    high = "" if following is None else f" < {plain(following)}"
    return f"{low}{plain(number)}{high}"


@dataclass(frozen=True)
class LadderStep:
    """A result and the condition that gives it."""

    gives: int
    when: Condition
    text: Text | None


@dataclass(frozen=True)
class Ladder:
    """The first step whose condition holds, in the order of the file; else ``otherwise``."""

    code: str
    title: Text
    scale: Scale
    steps: tuple[LadderStep, ...]
    otherwise: int
    family: str = "ladder"

    def work(self, known: Ledger) -> Outcome:
        """The step, what makes it, and what stands before the next higher one."""
        verdicts = []
        rank = self.otherwise
        binding: tuple[str, ...] = ()
        said = sentences.otherwise(result=self.scale.name(self.otherwise))
        for step in self.steps:
            verdict = step.when.judge(known)
            verdicts.append((step, verdict))
            if verdict.holds:
                rank, binding = step.gives, verdict.because
                said = sentences.step(
                    result=self.scale.name(rank), text=step.text, because=() if _asks_all(step.when) else binding
                )
                break
        higher = [(s, v) for s, v in verdicts if s.gives > rank and not v.holds]
        if higher:
            step, verdict = min(higher, key=lambda found: found[0].gives)
            binding = binding or verdict.because
            if verdict.because and _asks_all(step.when):
                more = sentences.not_reached(result=self.scale.name(step.gives), because=verdict.because)
                said = Text(f"{said.ar} {more.ar}", f"{said.fr} {more.fr}", f"{said.en} {more.en}")
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=Grade(self.scale, rank),
            binding=binding,
            inputs={token(self.scale.values[s.gives]): v.holds for s, v in verdicts},
            explanation=said,
        )


def _asks_all(condition: Condition) -> bool:
    """Whether the names a verdict gives are those that break the condition, not those that make it."""
    if isinstance(condition, Together):
        return condition.how is all and any(_asks_all(part) for part in condition.parts)
    return isinstance(condition, Every | Share)


@dataclass(frozen=True)
class Limit:
    """While the condition holds the result is at most (a cap) or at least (a floor) a step."""

    code: str
    rank: int
    when: Condition
    text: Text


@dataclass(frozen=True)
class Limits:
    """A result held down by caps and up by floors; where both bite the caps win."""

    code: str
    title: Text
    of: str
    scale: Scale
    caps: tuple[Limit, ...]
    floors: tuple[Limit, ...] = ()
    family: str = "limits"

    def work(self, known: Ledger) -> Outcome:
        """The limited result, and the limits that bind."""
        before = known.value(self.of)
        if not isinstance(before, Grade):
            return _nothing(self)
        rank, bit = before.rank, []
        for floor in self.floors:
            if rank < floor.rank and (verdict := floor.when.judge(known)).holds:
                rank, bit = floor.rank, [(floor, verdict)]
        for cap, verdict in [(c, v) for c in self.caps if (v := c.when.judge(known)).holds]:
            if cap.rank < rank:
                rank, bit = cap.rank, [(cap, verdict)]
            elif bit and cap.rank == rank:
                bit.append((cap, verdict))
        first = bit[0] if bit else None
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=Grade(self.scale, rank),
            binding=tuple(limit.code for limit, _ in bit) or (self.of,),
            inputs={self.of: before.value, **{limit.code: True for limit, _ in bit}},
            explanation=sentences.limits(
                before=self.scale.name(before.rank),
                result=self.scale.name(rank),
                limit=first[0].text if first else None,
                because=first[1].because if first else (),
            ),
        )


@dataclass(frozen=True)
class Move:
    """Steps up or down while the condition holds."""

    by: int
    when: Condition
    text: Text


@dataclass(frozen=True)
class Moves:
    """A step of a scale, moved up and down in order; after each move it stays on the scale."""

    code: str
    title: Text
    of: str
    scale: Scale
    moves: tuple[Move, ...]
    family: str = "steps"

    def work(self, known: Ledger) -> Outcome:
        """Where the moves lead."""
        start = known.value(self.of)
        if not isinstance(start, Grade):
            return _nothing(self)
        rank, taken = start.rank, []
        because: list[str] = []
        for move in self.moves:
            verdict = move.when.judge(known)
            if verdict.holds:
                rank = min(max(rank + move.by, 0), len(self.scale.values) - 1)
                taken.append((move.by, move.text))
                because += verdict.because
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=Grade(self.scale, rank),
            binding=tuple(dict.fromkeys([self.of, *because])),
            inputs={self.of: start.value},
            arithmetic=" ".join([token(start.value), *(f"{by:+d}" for by, _ in taken)])
            + f" = {self.scale.values[rank]}",
            explanation=sentences.moves(start=self.scale.name(start.rank), result=self.scale.name(rank), taken=taken),
        )


@dataclass(frozen=True)
class Cells:
    """The cell of a matrix. Where a whole row says the same, the column may be missing."""

    code: str
    title: Text
    rows: str
    columns: str
    scale: Scale
    cells: Mapping[str, Mapping[str, int]]
    family: str = "matrix"

    def work(self, known: Ledger) -> Outcome:
        """The cell where both values meet."""
        row, column = known.value(self.rows), known.value(self.columns)
        if not isinstance(row, Grade):
            return _nothing(self)
        cells = self.cells[token(row.value)]
        if not isinstance(column, Grade):
            return self._whole_row(row, set(cells.values()))
        grade = Grade(self.scale, cells[token(column.value)])
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=grade,
            binding=(self.rows, self.columns),
            inputs={self.rows: row.value, self.columns: column.value},
            explanation=sentences.cell(
                row=row.scale.name(row.rank),
                column=column.scale.name(column.rank),
                result=grade.scale.name(grade.rank),
            ),
        )

    def _whole_row(self, row: Grade, ranks: set[int]) -> Outcome:
        if len(ranks) != 1:
            return _nothing(self)
        grade, name = Grade(self.scale, ranks.pop()), row.scale.name(row.rank)
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=grade,
            binding=(self.rows,),
            inputs={self.rows: row.value},
            explanation=sentences.looked_up_text(of=name, result=grade.scale.name(grade.rank)),
        )


@dataclass(frozen=True)
class Lookup:
    """What a value stands for: a delay, a validity, a duty."""

    code: str
    title: Text
    of: str
    gives: Mapping[str, Scalar]
    family: str = "lookup"

    def work(self, known: Ledger) -> Outcome:
        """The entry of the value."""
        value = known.value(self.of)
        if value is None:
            return _nothing(self)
        found = self.gives[token(shown(value))]
        of = value.scale.name(value.rank) if isinstance(value, Grade) else Text(*([token(shown(value))] * 3))
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=found,
            binding=(self.of,),
            inputs={self.of: shown(value)},
            explanation=sentences.looked_up(of=of, result="—" if found is None else token(found)),
        )


@dataclass(frozen=True)
class Judgement:
    """A person chooses; the rules say between which steps. A choice outside is brought to the nearest one inside."""

    code: str
    title: Text
    choice: str
    scale: Scale
    caps: tuple[Limit, ...]
    floors: tuple[Limit, ...] = ()
    family: str = "judgement"

    def work(self, known: Ledger) -> Outcome:
        """What is kept of the choice, and all that would have been admissible."""
        bites = [(limit, v) for limit in (*self.caps, *self.floors) if (v := limit.when.judge(known)).holds]
        top = min([len(self.scale.values) - 1, *(x.rank for x, _ in bites if x in self.caps)])
        bottom = min(top, max([0, *(x.rank for x, _ in bites if x in self.floors)]))
        admissible = self.scale.values[bottom : top + 1]
        choice = known.value(self.choice)
        if not isinstance(choice, Grade):
            return Outcome(self.code, self.family, self.title, None, sentences.NOT_SCORED, admissible=tuple(admissible))
        rank = min(max(choice.rank, bottom), top)
        binding = tuple(x.code for x, _ in bites if x.rank == rank) if rank != choice.rank else (self.choice,)
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=Grade(self.scale, rank),
            binding=binding,
            inputs={self.choice: choice.value},
            explanation=sentences.judgement(
                choice=self.scale.name(choice.rank),
                result=self.scale.name(rank),
                lowest=self.scale.name(bottom),
                highest=self.scale.name(top),
                reasons=[x.text for x, _ in bites],
            ),
            admissible=tuple(admissible),
        )


def threshold(value: str | None, name: str) -> Fraction | None:
    """A threshold as the file writes it."""
    return None if value is None else exact(value, name)
