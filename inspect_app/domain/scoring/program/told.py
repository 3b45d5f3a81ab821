"""A rule-set told in words, in the three languages: what each node does, and when each condition holds."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program import sentences
from inspect_app.domain.scoring.program.conditions import (
    Condition,
    Every,
    Fact,
    Greater,
    Share,
    Some,
    Subset,
    Together,
    Value,
)
from inspect_app.domain.scoring.program.judged import Bands, Cells, Judgement, Ladder, Limits, Lookup, Minimum, Moves
from inspect_app.domain.scoring.program.program import Node, Program
from inspect_app.domain.scoring.program.reckoned import Mean, Step
from inspect_app.domain.scoring.program.values import Scale, plain, token
from inspect_app.domain.texts import Text

Titles = Mapping[str, Text]

#: The classes of criteria, as people call them.
CLASSES = {
    "critical": Text("الحاسمة", "critiques", "critical"),
    "standard": Text("الأساسية", "standards", "standard"),
    "developmental": Text("التطويرية", "de développement", "developmental"),
}

#: Ways of rounding.
MODES = {
    "half-up": Text("النصف إلى الأعلى", "la moitié vers le haut", "half up"),
    "half-even": Text("النصف إلى العدد الزوجي", "la moitié vers le pair", "half to even"),
    "down": Text("نحو الصفر", "vers zéro", "towards zero"),
    "up": Text("إلى الأعلى", "vers le haut", "upwards"),
    "floor": Text("إلى الأسفل", "vers le bas", "downwards"),
}


def titles_of(program: Program) -> dict[str, Text]:
    """What inputs and nodes are called."""
    return {asked.code: asked.title for asked in program.inputs} | {node.code: node.title for node in program.nodes}


def scales_of(program: Program) -> dict[str, Scale]:
    """The scale of each input and node that has one."""
    found = {asked.code: asked.scale for asked in program.inputs if asked.scale}
    for node in program.nodes:
        scale = getattr(node, "scale", None)
        if isinstance(scale, Scale):
            found[node.code] = scale
    return found


def _joined(texts: list[Text], ar: str, fr: str, en: str) -> Text:
    return Text(ar.join(t.ar for t in texts), fr.join(t.fr for t in texts), en.join(t.en for t in texts))


def _quoted(text: Text) -> Text:
    return Text(f"«{text.ar}»", f"« {text.fr} »", f"“{text.en}”")


class Teller:
    """Tells the conditions and nodes of one program; ``names`` are further names, of domains, classes or facts."""

    def __init__(self, program: Program, names: Titles | None = None) -> None:
        self.titles = {**titles_of(program), **(names or {})}
        self.scales = scales_of(program)
        self.grouped = {node.code for node in program.nodes if isinstance(node, Mean) and node.by is not None}

    def title(self, name: str) -> Text:
        """What a name is called."""
        return _quoted(self.titles.get(name, Text(name, name, name)))

    def step(self, name: str, value: Any) -> str | Text:
        """A bound as people read it: the step's name, or the number."""
        scale = self.scales.get(name)
        if scale is None:
            return token(value)
        return scale.name(scale.rank(value))

    def bound(self, name: str, relation: str, value: Any) -> Text:
        """«at least 3»."""
        step = self.step(name, value)
        if isinstance(step, str):
            return sentences.bound(relation, step)
        said = [sentences.bound(relation, _quoted(step).get(language)) for language in ("ar", "fr", "en")]
        return Text(said[0].ar, said[1].fr, said[2].en)

    def subset(self, subset: Subset) -> Text:
        """Which atoms are meant."""
        of = _joined([self.title(name) for name in subset.of], " و", " et ", " and ")
        narrowed = [*sorted(subset.among or ()), *subset.where.values()]
        if not narrowed:
            return of
        return self._among(of, narrowed)

    def _among(self, of: Text, keys: list[str]) -> Text:
        named = [self.titles.get(key, Text(key, key, key)) for key in keys]
        said = _joined(named, "، ", ", ", ", ")
        return Text(f"{of.ar} ({said.ar})", f"{of.fr} ({said.fr})", f"{of.en} ({said.en})")

    def condition(self, condition: Condition) -> Text:
        """When it holds."""
        if isinstance(condition, Fact):
            return self.title(condition.flag)
        if isinstance(condition, Together):
            parts = [self.condition(part) for part in condition.parts]
            if condition.how is all:
                return _joined(parts, "، و", " ; et ", "; and ")
            return _joined(parts, "، أو ", " ; ou ", "; or ")
        if isinstance(condition, Greater):
            one, other = self.title(condition.of), self.title(condition.than)
            return Text(
                f"{one.ar} أعلى من {other.ar}",
                f"{one.fr} au-dessus de {other.fr}",
                f"{one.en} above {other.en}",
            )
        if isinstance(condition, Value):
            bound = self.bound(condition.of, condition.bound.relation, condition.bound.value)
            name = self.title(condition.of)
            if condition.group:
                name = self._among(name, [condition.group])
            elif condition.of in self.grouped:
                name = Text(f"واحد على الأقل من {name.ar}", f"au moins un de {name.fr}", f"at least one of {name.en}")
            return Text(f"{name.ar}: {bound.ar}", f"{name.fr} : {bound.fr}", f"{name.en}: {bound.en}")
        return self._counted(condition)

    def _counted(self, condition: Condition) -> Text:
        assert isinstance(condition, Every | Some | Share)
        of = self.subset(condition.subset)
        bound = self.bound(condition.subset.of[0], condition.bound.relation, condition.bound.value)
        if isinstance(condition, Every):
            return Text(
                f"كل {of.ar}: {bound.ar}", f"tous les éléments de {of.fr} : {bound.fr}", f"all of {of.en}: {bound.en}"
            )
        if isinstance(condition, Some):
            return Text(
                f"عدد لا يقل عن {condition.count} من {of.ar}: {bound.ar}",
                f"au moins {condition.count} de {of.fr} : {bound.fr}",
                f"at least {condition.count} of {of.en}: {bound.en}",
            )
        share = plain(condition.reaches)
        return Text(
            f"{share} % على الأقل من {of.ar}: {bound.ar}",
            f"au moins {share} % de {of.fr} : {bound.fr}",
            f"at least {share}% of {of.en}: {bound.en}",
        )

    def node(self, node: Node) -> tuple[Text, ...]:
        """What a node does, line by line."""
        if isinstance(node, Mean):
            return self._mean(node)
        if isinstance(node, Step):
            of = self.title(node.of)
            return (Text(f"تقريب {of.ar}", f"{of.fr} arrondi", f"{of.en}, rounded"),)
        if isinstance(node, Bands):
            return self._bands(node)
        if isinstance(node, Minimum):
            of = _joined([self.title(name) for name in node.of], " و", " et ", " and ")
            return (Text(f"أدنى {of.ar}", f"le plus bas de {of.fr}", f"the lowest of {of.en}"),)
        if isinstance(node, Ladder):
            return self._ladder(node)
        if isinstance(node, Limits | Judgement):
            return self._limits(node)
        if isinstance(node, Moves):
            moves = [(f"{move.by:+d}", self.condition(move.when)) for move in node.moves]
            return tuple(Text(f"{by}: {when.ar}", f"{by} : {when.fr}", f"{by}: {when.en}") for by, when in moves)
        return self._table(node)

    def _mean(self, node: Mean) -> tuple[Text, ...]:
        of = _joined([self.title(name) for name in node.of], " و", " et ", " and ")
        rows = [Text(f"معدل {of.ar}", f"moyenne de {of.fr}", f"mean of {of.en}")]
        if node.percent is not None:
            most = plain(node.percent)
            rows.append(Text(f"بالمئة من {most}", f"en pour cent de {most}", f"in percent of {most}"))
        rows += [
            Text(f"{t.ar}: الوزن {plain(w)}", f"{t.fr} : poids {plain(w)}", f"{t.en}: weight {plain(w)}")
            for t, w in ((self.title(name), weight) for name, weight in node.weights.items())
        ]
        if node.by is not None:
            rows.append(Text("معدل لكل مجموعة على حدة", "une moyenne par groupe", "one mean for each group"))
        digits = node.rounding.digits
        mode = self.title(node.rounding.option) if node.rounding.option else MODES[node.rounding.mode]
        rows.append(
            Text(
                f"عدد الخانات العشرية: {digits} (التقريب: {mode.ar})",
                f"décimales : {digits} (arrondi : {mode.fr})",
                f"decimals: {digits} (rounding: {mode.en})",
            )
        )
        return tuple(rows)

    def _bands(self, node: Bands) -> tuple[Text, ...]:
        rows = []
        for rank, bound in enumerate(node.thresholds):
            name = _quoted(node.scale.name(rank))
            from_ = Fraction(0) if bound is None else bound
            number = plain(from_)
            rows.append(
                Text(f"{name.ar}: ابتداء من {number}", f"{name.fr} : à partir de {number}", f"{name.en}: from {number}")
            )
        return tuple(rows)

    def _ladder(self, node: Ladder) -> tuple[Text, ...]:
        rows = [(_quoted(node.scale.name(step.gives)), self.condition(step.when)) for step in node.steps]
        told = [Text(f"{n.ar}: {w.ar}", f"{n.fr} : {w.fr}", f"{n.en}: {w.en}") for n, w in rows]
        rest = _quoted(node.scale.name(node.otherwise))
        return (*told, Text(f"{rest.ar}: ما عدا ذلك", f"{rest.fr} : sinon", f"{rest.en}: otherwise"))

    def _limits(self, node: Limits | Judgement) -> tuple[Text, ...]:
        rows = []
        for relation, limits in (("at_most", node.caps), ("at_least", node.floors)):
            for limit in limits:
                name = _quoted(node.scale.name(limit.rank))
                bound = [sentences.bound(relation, name.get(language)) for language in ("ar", "fr", "en")]
                when = self.condition(limit.when)
                rows.append(
                    Text(
                        f"{bound[0].ar}: {when.ar}",
                        f"{bound[1].fr} : {when.fr}",
                        f"{bound[2].en}: {when.en}",
                    )
                )
        return tuple(rows)

    def _table(self, node: Node) -> tuple[Text, ...]:
        if isinstance(node, Cells):
            return tuple(
                self._cell(node, row, column, rank)
                for row, cells in node.cells.items()
                for column, rank in cells.items()
            )
        if isinstance(node, Lookup):
            rows = [
                (self.step(node.of, key), "—" if value is None else token(value)) for key, value in node.gives.items()
            ]
            named = [(Text(s, s, s) if isinstance(s, str) else s, value) for s, value in rows]
            return tuple(Text(f"{s.ar}: {v}", f"{s.fr} : {v}", f"{s.en}: {v}") for s, v in named)
        return ()

    def _cell(self, node: Cells, row: str, column: str, rank: int) -> Text:
        steps = [self.step(node.rows, row), self.step(node.columns, column), node.scale.name(rank)]
        r, c, result = (Text(s, s, s) if isinstance(s, str) else s for s in steps)
        return Text(f"{r.ar} × {c.ar}: {result.ar}", f"{r.fr} × {c.fr} : {result.fr}", f"{r.en} × {c.en}: {result.en}")
