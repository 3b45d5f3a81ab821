"""The families that reckon: weighted means, rounding to a step, agreement of two raters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.agreement import cohen_kappa, quadratic_weighted_kappa
from inspect_app.domain.rounding import rounded
from inspect_app.domain.scoring.program import sentences
from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.scoring.program.outcome import GroupOutcome, Outcome
from inspect_app.domain.scoring.program.values import Grade, Scalar, Scale, near, plain
from inspect_app.domain.texts import Text

Pair = tuple[str, Fraction, Fraction]  # reference, value, weight


@dataclass(frozen=True)
class Rounding:
    """How an exact number becomes the one that people see. The mode may be an input (``option``)."""

    digits: int
    mode: str
    option: str | None = None

    def apply(self, value: Fraction, known: Ledger) -> Decimal:
        """The declared number of places, by the declared mode."""
        return rounded(value, self.digits, known.option(self.option) if self.option else self.mode)


@dataclass(frozen=True)
class Mean:
    """A weighted mean of what has a value; what has none leaves it with its weight.

    ``of`` names collections (their atoms), results by groups (their figures), or single values. Several collections
    that each carry a weight are first averaged one by one. ``by`` makes a mean for each value of an attribute.
    ``percent`` is the number that counts as 100.
    """

    code: str
    title: Text
    of: tuple[str, ...]
    rounding: Rounding
    weights: Mapping[str, Fraction]
    by: str | None = None
    percent: Fraction | None = None
    family: str = "mean"

    def work(self, known: Ledger) -> Outcome:
        """The mean, or the means by group."""
        if self.by is not None:
            return self._by_group(known, self.by)
        pairs = self._pairs(known)
        value = _weighted(pairs)
        if value is None:
            return Outcome(self.code, self.family, self.title, None, sentences.NOT_SCORED)
        value = self._scaled(value)
        seen = self.rounding.apply(value, known)
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=seen,
            exact=value,
            binding=tuple(ref for ref, _, _ in pairs),
            inputs={ref: plain(v) for ref, v, _ in pairs},
            arithmetic=self._arithmetic(pairs, value, seen),
            explanation=self._said(known, pairs, value, seen),
        )

    def _said(self, known: Ledger, pairs: Sequence[Pair], value: Fraction, seen: Decimal) -> Text:
        return sentences.mean(
            value=f"{seen:f}",
            count=len(pairs),
            weighted=any(w != 1 for _, _, w in pairs),
            exact="" if Fraction(seen) == value else near(value),
            percent=self.percent is not None,
            of=known.title(self.of[0]) if len(self.of) == 1 else None,
        )

    def _by_group(self, known: Ledger, attribute: str) -> Outcome:
        found: dict[str, list[Pair]] = {}
        for name in self.of:
            for atom in known.atoms(name):
                pairs = found.setdefault(atom.attributes[attribute], [])
                if (number := atom.number) is not None:
                    pairs.append((atom.key, number, atom.weight))
        groups = []
        for code, pairs in found.items():
            value = _weighted(pairs)
            if value is None:
                groups.append(GroupOutcome(code, None, None, "", sentences.NOT_SCORED))
                continue
            value = self._scaled(value)
            seen = self.rounding.apply(value, known)
            refs = tuple(ref for ref, _, _ in pairs)
            said = self._said(known, pairs, value, seen)
            groups.append(GroupOutcome(code, value, seen, self._arithmetic(pairs, value, seen), said, refs))
        scored = [g for g in groups if g.rounded is not None]
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=None,
            binding=tuple(g.code for g in scored),
            explanation=sentences.groups(count=len(groups), scored=len(scored)) if scored else sentences.NOT_SCORED,
            groups=tuple(groups),
        )

    def _scaled(self, value: Fraction) -> Fraction:
        return value if self.percent is None else 100 * value / self.percent

    def _pairs(self, known: Ledger) -> list[Pair]:
        pairs: list[Pair] = []
        for name in self.of:
            outcome = known.outcomes.get(name)
            if outcome is not None and outcome.groups is not None:
                pairs += [
                    (g.code, g.exact, self.weights.get(g.code, Fraction(1)))
                    for g in outcome.groups
                    if g.exact is not None
                ]
            elif known.is_collection(name):
                pairs += self._collection(known, name)
            elif (number := known.number(name)) is not None:
                pairs.append((name, number, self.weights.get(name, Fraction(1))))
        return pairs

    def _collection(self, known: Ledger, name: str) -> list[Pair]:
        pairs = [(known.reference(name, a.key), n, a.weight) for a in known.atoms(name) if (n := a.number) is not None]
        if name not in self.weights:
            return pairs
        value = _weighted(pairs)  # the collection weighs as one
        return [] if value is None else [(name, value, self.weights[name])]

    def _arithmetic(self, pairs: Sequence[Pair], value: Fraction, seen: Decimal) -> str:
        plain_sum = all(w == 1 for _, _, w in pairs)
        top = " + ".join(near(v) if plain_sum else f"{plain(w)}×{near(v)}" for _, v, w in pairs)
        bottom = plain(sum((w for _, _, w in pairs), Fraction(0)))
        whole = f"({top}) / {bottom}"
        if self.percent is not None:
            whole = f"100 × ({top}) / ({bottom} × {plain(self.percent)})"
        return f"{whole} = {near(value)}" + ("" if Fraction(seen) == value else f" ≈ {seen:f}")


def _weighted(pairs: Sequence[Pair]) -> Fraction | None:
    bottom = sum((w for _, _, w in pairs), Fraction(0))
    return sum((v * w for _, v, w in pairs), Fraction(0)) / bottom if bottom else None


@dataclass(frozen=True)
class Step:
    """A number rounded to a step of a scale of whole numbers; beyond its ends, the end."""

    code: str
    title: Text
    of: str
    scale: Scale
    rounding: Rounding
    family: str = "rounding"

    def work(self, known: Ledger) -> Outcome:
        """The step."""
        number = known.number(self.of)
        if number is None:
            return Outcome(self.code, self.family, self.title, None, sentences.NOT_SCORED)
        whole = int(self.rounding.apply(number, known))
        steps = [int(str(v)) for v in self.scale.values]
        grade = Grade(self.scale, self.scale.rank(min(max(whole, min(steps)), max(steps))))
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=grade,
            binding=(self.of,),
            inputs={self.of: plain(number)},
            arithmetic=f"{near(number)} → {grade.value}",
            explanation=sentences.rounding(before=near(number), value=str(grade.value)),
        )


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree beyond chance (``domain/agreement.py``)."""

    code: str
    title: Text
    of: str
    weights: str  # none | quadratic
    rounding: Rounding
    family: str = "agreement"

    def work(self, known: Ledger) -> Outcome:
        """The coefficient, or no value where it has no meaning."""
        matrix = known.matrix(self.of)
        value = (cohen_kappa if self.weights == "none" else quadratic_weighted_kappa)(matrix)
        total = sum(map(sum, matrix))
        observed = sum(row[i] for i, row in enumerate(matrix))
        inputs: dict[str, Scalar] = {"observed": observed, "total": total}
        if value is None:
            return Outcome(self.code, self.family, self.title, None, sentences.NO_AGREEMENT, inputs=inputs)
        seen = self.rounding.apply(value, known)
        return Outcome(
            code=self.code,
            family=self.family,
            title=self.title,
            value=seen,
            exact=value,
            binding=(self.of,),
            inputs=inputs,
            arithmetic=f"{near(value)} ≈ {seen:f}",
            explanation=sentences.agreement(value=f"{seen:f}", observed=observed, total=total),
        )
