"""Names and steps that a rule-set file uses without having them: found here, each with its path."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from inspect_app.domain.rounding import MODES
from inspect_app.domain.scoring.program.values import token

Path = list[str | int]
Found = Iterator[tuple[Path, str]]
_RELATIONS = ("at_least", "at_most", "above", "below", "is")


def faults(book: Mapping[str, Any]) -> dict[str, Any]:
    """All faults, nested by path as marshmallow nests its own; empty where there is none."""
    nested: dict[Any, Any] = {}
    for path, message in _faults(book):
        here = nested
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here.setdefault(path[-1], []).append(message)
    return nested


def _faults(book: Mapping[str, Any]) -> Found:
    scales = {s["code"]: _steps(s) for s in book["scales"]}
    bare = {s["code"]: [token(v) for v in s["values"]] for s in book["scales"]}
    yield from _doubled(["scales"], [s["code"] for s in book["scales"]])
    yield from _doubled(["programs"], [p["code"] for p in book["programs"]])
    for i, scale in enumerate(book["scales"]):
        own = {token(v) for v in scale["values"]}
        if len(own) != len(scale["values"]):
            yield ["scales", i, "values"], "a step stands twice"
        for part in ("names", "aliases"):
            for key, target in scale.get(part, {}).items():
                if token(target if part == "aliases" else key) not in own:
                    yield ["scales", i, part, key], "no such step"
    for i, program in enumerate(book["programs"]):
        for path, message in _Program(program, scales, bare).faults():
            yield ["programs", i, *path], message


def _steps(scale: Mapping[str, Any]) -> set[str]:
    return {token(v) for v in scale["values"]} | set(map(str, scale.get("aliases", {})))


def _doubled(path: Path, codes: list[str]) -> Found:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield [*path, place, "code"], f"«{code}» stands twice"


class _Program:
    """The names of one program, as far as it has been read."""

    def __init__(self, data: Mapping[str, Any], scales: Mapping[str, set[str]], bare: Mapping[str, list[str]]) -> None:
        self.data = data
        self.scales = scales
        self.bare = bare
        self.inputs = {asked["code"]: asked for asked in data["inputs"]}
        self.known: dict[str, str | None] = {c: asked.get("scale") for c, asked in self.inputs.items()}

    def faults(self) -> Found:
        """Inputs, then nodes in order: a node may use what stands before it."""
        yield from _doubled(["inputs"], [a["code"] for a in self.data["inputs"]])
        for i, asked in enumerate(self.data["inputs"]):
            if asked.get("scale") not in (None, *self.scales):
                yield ["inputs", i, "scale"], f"no such scale; known: {', '.join(self.scales)}"
            if asked["kind"] == "option":
                for path, message in self._option(asked):
                    yield ["inputs", i, *path], message
        for i, node in enumerate(self.data["nodes"]):
            if node["code"] in self.known:
                yield ["nodes", i, "code"], f"«{node['code']}» stands twice"
            for path, message in self._node(node):
                yield ["nodes", i, *path], message
            self.known[node["code"]] = node.get("scale") or self._scale_of(node.get("of"))
        nodes = {node["code"] for node in self.data["nodes"]}
        for i, code in enumerate(self.data["answer"]):
            if code not in nodes:
                yield ["answer", i], f"no node «{code}»"
        yield from self._vectors(self.data.get("vectors", {}))

    def _vectors(self, vectors: Mapping[str, Any]) -> Found:
        if vectors.get("bare") not in (None, *self.inputs):
            yield ["vectors", "bare"], f"no input «{vectors['bare']}»"
        for i, place in enumerate(vectors.get("places", ())):
            if place not in (*self.inputs, "version"):
                yield ["vectors", "places", i], f"no input «{place}»"

    def _scale_of(self, of: Any) -> str | None:
        names = [of] if isinstance(of, str) else of or []
        return next((self.known.get(name) for name in names), None)

    def _node(self, node: Mapping[str, Any]) -> Found:
        for key in ("of", "rows", "columns", "choice"):
            yield from self._names([key], node.get(key, []))
        if node.get("scale") not in (None, *self.scales):
            yield ["scale"], f"no such scale; known: {', '.join(self.scales)}"
            return
        option = node.get("rounding", {}).get("mode_from")
        if option is not None and self.inputs.get(option, {}).get("kind") != "option":
            yield ["rounding", "mode_from"], f"no option «{option}»"
        yield from self._steps_of(node)
        for part in ("steps", "caps", "floors", "moves"):
            for i, one in enumerate(node.get(part, ())):
                for key in ("gives", "at_most", "at_least"):
                    if key in one:
                        yield from self._step([part, i, key], node.get("scale"), one[key])
                for path, message in self._condition(one["when"]):
                    yield [part, i, "when", *path], message

    def _option(self, asked: Mapping[str, Any]) -> Found:
        """Its default and aliases are among its values; where it says how to round, its values are ways of rounding."""
        for key, value in asked.get("aliases", {}).items():
            if value not in asked["values"]:
                yield ["aliases", key], f"«{value}» is none of the values"
        if asked["default"] not in asked["values"]:
            yield ["default"], f"«{asked['default']}» is none of the values"
        rounds = any(node.get("rounding", {}).get("mode_from") == asked["code"] for node in self.data["nodes"])
        for value in asked["values"] if rounds else ():
            if value not in MODES:
                yield ["values"], f"«{value}» is no way of rounding; these are: {', '.join(MODES)}"

    def _thresholds(self, scale: str, given: Mapping[str, str]) -> Found:
        """Every step but the lowest has a threshold, and they rise."""
        lowest, *others = self.bare[scale]
        if lowest in given:
            yield ["from", lowest], f"«{lowest}» is the lowest step: it has no threshold"
        before = None
        for step in others:
            if step not in given:
                yield ["from"], f"no threshold for the step «{step}»"
                continue
            number = Decimal(given[step])
            if before is not None and number <= before[1]:
                yield (
                    ["from", step],
                    f"«{step}» is above «{before[0]}»: its threshold must be above {before[1]}, not {number}",
                )
            before = (step, number)

    def _steps_of(self, node: Mapping[str, Any]) -> Found:
        scale = node.get("scale")
        wrong = [found for key in node.get("from", {}) for found in self._step(["from", key], scale, key)]
        yield from wrong
        if "from" in node and scale and not wrong:
            yield from self._thresholds(scale, {token(key): value for key, value in node["from"].items()})
        if "otherwise" in node:
            yield from self._step(["otherwise"], scale, node["otherwise"])
        if node["family"] == "matrix":
            yield from self._matrix(node)
        if node["family"] == "lookup" and (of := self.known.get(node["of"])):
            yield from self._complete(["gives"], of, node["gives"])

    def _matrix(self, node: Mapping[str, Any]) -> Found:
        rows, columns = self.known.get(node["rows"]), self.known.get(node["columns"])
        if rows is None or columns is None:
            yield ["rows"], "rows and columns are grades"
            return
        yield from self._complete(["cells"], rows, node["cells"])
        for row, cells in node["cells"].items():
            yield from self._complete(["cells", row], columns, cells)
            for column, value in cells.items():
                yield from self._step(["cells", row, column], node["scale"], value)

    def _complete(self, path: Path, scale: str, given: Mapping[str, Any]) -> Found:
        """Every step of the scale has its entry, and nothing else has."""
        for step in self.bare[scale]:
            if step not in given:
                yield path, f"nothing for the step «{step}» of «{scale}»"
        for key in given:
            if key not in self.bare[scale]:
                yield [*path, key], f"no step «{key}» on the scale «{scale}»"

    def _step(self, path: Path, scale: str | None, value: Any) -> Found:
        if scale is not None and token(value) not in self.scales.get(scale, {token(value)}):
            yield path, f"no step «{value}» on the scale «{scale}»; its steps: {', '.join(self.bare[scale])}"

    def _names(self, path: Path, of: Any) -> Found:
        for name in [of] if isinstance(of, str) else of:
            if name not in self.known:
                yield path, f"«{name}» is neither an input nor an earlier node; known here: {', '.join(self.known)}"

    def _condition(self, when: Mapping[str, Any]) -> Found:
        ((kind, body),) = when.items()
        if kind == "fact":
            if self.inputs.get(body, {}).get("kind") != "flag":
                yield ["fact"], f"no flag «{body}»"
        elif kind in ("all", "any"):
            for i, part in enumerate(body):
                for path, message in self._condition(part):
                    yield [kind, i, *path], message
        else:
            yield from self._names([kind, "of"], body["of"])
            yield from self._names([kind, "than"], body.get("than", []))
            for relation in _RELATIONS:
                if relation in body:
                    yield from self._step([kind, relation], self._scale_of(body["of"]), body[relation])
