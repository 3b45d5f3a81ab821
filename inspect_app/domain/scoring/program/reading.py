"""From the YAML shape (``schemas/rulesets``) to a rule-book. What the shape cannot see is refused here, with its path."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program import judged, reckoned
from inspect_app.domain.scoring.program.conditions import condition
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.program import Node, Program, RuleBook, Vectors
from inspect_app.domain.scoring.program.values import Scale, token
from inspect_app.domain.texts import Text

Data = Mapping[str, Any]
Scales = Mapping[str, Scale]


def rule_book(data: Data) -> RuleBook:
    """The rule-book of a checked file."""
    scales = {scale["code"]: _scale(scale) for scale in data["scales"]}
    return RuleBook(
        code=data["code"],
        version=data["version"],
        title=Text.of(data["title"]),
        programs=tuple(_program(part, scales) for part in data["programs"]),
        data=data,
    )


def _scale(data: Data) -> Scale:
    return Scale(
        code=data["code"],
        values=tuple(data["values"]),
        names={token(k): Text.of(v) for k, v in data.get("names", {}).items()},
        aliases={token(k): token(v) for k, v in data.get("aliases", {}).items()},
        not_applicable=frozenset(map(token, data.get("not_applicable", ()))),
    )


def _program(data: Data, scales: Scales) -> Program:
    vectors = data.get("vectors")
    return Program(
        code=data["code"],
        title=Text.of(data["title"]),
        inputs=tuple(_input(asked, scales) for asked in data["inputs"]),
        nodes=tuple(NODES[node["family"]](node, scales) for node in data["nodes"]),
        answer=tuple(data["answer"]),
        vectors=None
        if vectors is None
        else Vectors(
            vectors["framework"], vectors.get("bare"), tuple(vectors.get("places", ())), vectors.get("version")
        ),
        notes=tuple(Text.of(note) for note in data.get("notes", ())),
    )


def _input(data: Data, scales: Scales) -> Input:
    return Input(
        code=data["code"],
        title=Text.of(data["title"]),
        kind=data["kind"],
        many=data.get("many", False),
        optional=data.get("optional", False),
        scale=scales[data["scale"]] if "scale" in data else None,
        minimum=Fraction(data["minimum"]) if "minimum" in data else None,
        maximum=Fraction(data["maximum"]) if "maximum" in data else None,
        values=tuple(data.get("values", ())),
        default=data.get("default"),
        aliases=data.get("aliases", {}),
        better=data.get("better", "higher"),
    )


def _rounding(data: Data) -> reckoned.Rounding:
    return reckoned.Rounding(data["digits"], data.get("mode", "half-up"), data.get("mode_from"))


def _names(of: str | list[str]) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)


def _mean(data: Data, scales: Scales) -> Node:
    percent = data.get("percent_of")
    return reckoned.Mean(
        code=data["code"],
        title=Text.of(data["title"]),
        of=_names(data["of"]),
        rounding=_rounding(data["rounding"]),
        weights={str(name): Fraction(str(w)) for name, w in data.get("weights", {}).items()},
        by=data.get("by"),
        percent=None if percent is None else Fraction(percent),
    )


def _step(data: Data, scales: Scales) -> Node:
    return reckoned.Step(
        data["code"], Text.of(data["title"]), data["of"], scales[data["scale"]], _rounding(data["rounding"])
    )


def _agreement(data: Data, scales: Scales) -> Node:
    return reckoned.Agreement(
        data["code"], Text.of(data["title"]), data["of"], data["weights"], _rounding(data["rounding"])
    )


def _minimum(data: Data, scales: Scales) -> Node:
    return judged.Minimum(data["code"], Text.of(data["title"]), _names(data["of"]))


def _bands(data: Data, scales: Scales) -> Node:
    scale = scales[data["scale"]]
    bounds = {token(k): v for k, v in data["from"].items()}
    return judged.Bands(
        code=data["code"],
        title=Text.of(data["title"]),
        of=data["of"],
        scale=scale,
        thresholds=tuple(judged.threshold(bounds.get(token(v)), token(v)) for v in scale.values),
    )


def _ladder(data: Data, scales: Scales) -> Node:
    scale = scales[data["scale"]]
    return judged.Ladder(
        code=data["code"],
        title=Text.of(data["title"]),
        scale=scale,
        steps=tuple(
            judged.LadderStep(
                scale.rank(step["gives"]), condition(step["when"]), Text.of(step["text"]) if "text" in step else None
            )
            for step in data["steps"]
        ),
        otherwise=scale.rank(data["otherwise"]),
    )


def _limits_of(data: Data, scale: Scale, name: str, bound: str) -> tuple[judged.Limit, ...]:
    return tuple(
        judged.Limit(x["code"], scale.rank(x[bound]), condition(x["when"]), Text.of(x["text"]))
        for x in data.get(name, ())
    )


def _limits(data: Data, scales: Scales) -> Node:
    scale = scales[data["scale"]]
    return judged.Limits(
        code=data["code"],
        title=Text.of(data["title"]),
        of=data["of"],
        scale=scale,
        caps=_limits_of(data, scale, "caps", "at_most"),
        floors=_limits_of(data, scale, "floors", "at_least"),
    )


def _moves(data: Data, scales: Scales) -> Node:
    return judged.Moves(
        code=data["code"],
        title=Text.of(data["title"]),
        of=data["of"],
        scale=scales[data["scale"]],
        moves=tuple(judged.Move(m["by"], condition(m["when"]), Text.of(m["text"])) for m in data["moves"]),
    )


def _cells(data: Data, scales: Scales) -> Node:
    scale = scales[data["scale"]]
    return judged.Cells(
        code=data["code"],
        title=Text.of(data["title"]),
        rows=data["rows"],
        columns=data["columns"],
        scale=scale,
        cells={
            token(row): {token(column): scale.rank(value) for column, value in cells.items()}
            for row, cells in data["cells"].items()
        },
    )


def _lookup(data: Data, scales: Scales) -> Node:
    return judged.Lookup(
        data["code"], Text.of(data["title"]), data["of"], {token(k): v for k, v in data["gives"].items()}
    )


def _judgement(data: Data, scales: Scales) -> Node:
    scale = scales[data["scale"]]
    return judged.Judgement(
        code=data["code"],
        title=Text.of(data["title"]),
        choice=data["choice"],
        scale=scale,
        caps=_limits_of(data, scale, "caps", "at_most"),
        floors=_limits_of(data, scale, "floors", "at_least"),
    )


#: The families, by the name they have in a file.
NODES: Mapping[str, Callable[[Data, Scales], Node]] = {
    "mean": _mean,
    "rounding": _step,
    "agreement": _agreement,
    "minimum": _minimum,
    "bands": _bands,
    "ladder": _ladder,
    "limits": _limits,
    "steps": _moves,
    "matrix": _cells,
    "lookup": _lookup,
    "judgement": _judgement,
}
