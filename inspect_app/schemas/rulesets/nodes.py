"""The shape of nodes, one for each family."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from inspect_app.domain.rounding import MODES
from inspect_app.schemas.fields import Strict, Trilingual, line
from inspect_app.schemas.rulesets.conditions import ConditionField, Names, Step


def decimal_text(**kwargs: Any) -> fields.String:
    """A decimal written as text, so that YAML never makes a binary float of it."""
    return fields.String(validate=validate.Regexp(r"^\d+(\.\d+)?$", error="a number between quotes"), **kwargs)


class RoundingSchema(Strict):
    """How an exact number becomes the one that people see; half up unless said, or chosen by an option."""

    digits = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=6))
    mode = fields.String(validate=validate.OneOf(list(MODES)))
    mode_from = line()


class NodeSchema(Strict):
    """What every node has."""

    code = line(required=True)
    family = line(required=True)
    title = fields.Nested(Trilingual, required=True)


class MeanSchema(NodeSchema):
    """A weighted mean."""

    of = Names(required=True)
    weights = fields.Dict(keys=line(), values=decimal_text())
    by = line()
    percent_of = decimal_text()
    rounding = fields.Nested(RoundingSchema, required=True)


class StepSchema(NodeSchema):
    """A number rounded to a step."""

    of = line(required=True)
    scale = line(required=True)
    rounding = fields.Nested(RoundingSchema, required=True)


class AgreementSchema(NodeSchema):
    """Agreement of two raters."""

    of = line(required=True)
    weights = fields.String(required=True, validate=validate.OneOf(["none", "quadratic"]))
    rounding = fields.Nested(RoundingSchema, required=True)


class MinimumSchema(NodeSchema):
    """The lowest."""

    of = Names(required=True)


class BandsSchema(NodeSchema):
    """Thresholds of steps."""

    of = line(required=True)
    scale = line(required=True)
    thresholds = fields.Dict(data_key="from", keys=line(), values=decimal_text(), required=True)


class LadderStepSchema(Strict):
    """A step and its condition."""

    gives = Step(required=True)
    when = ConditionField(required=True)
    text = fields.Nested(Trilingual)


class LadderSchema(NodeSchema):
    """The first step that fits."""

    scale = line(required=True)
    steps = fields.List(fields.Nested(LadderStepSchema), required=True, validate=validate.Length(min=1))
    otherwise = Step(required=True)


class CapSchema(Strict):
    """At most."""

    code = line(required=True)
    at_most = Step(required=True)
    when = ConditionField(required=True)
    text = fields.Nested(Trilingual, required=True)


class FloorSchema(Strict):
    """At least."""

    code = line(required=True)
    at_least = Step(required=True)
    when = ConditionField(required=True)
    text = fields.Nested(Trilingual, required=True)


class LimitsSchema(NodeSchema):
    """Caps and floors of a result."""

    of = line(required=True)
    scale = line(required=True)
    caps = fields.List(fields.Nested(CapSchema))
    floors = fields.List(fields.Nested(FloorSchema))


class MoveSchema(Strict):
    """Steps up or down."""

    by = fields.Integer(required=True, strict=True)
    when = ConditionField(required=True)
    text = fields.Nested(Trilingual, required=True)


class MovesSchema(NodeSchema):
    """Moves from a start."""

    of = line(required=True)
    scale = line(required=True)
    moves = fields.List(fields.Nested(MoveSchema), required=True, validate=validate.Length(min=1))


class CellsSchema(NodeSchema):
    """A matrix."""

    rows = line(required=True)
    columns = line(required=True)
    scale = line(required=True)
    cells = fields.Dict(keys=line(), values=fields.Dict(keys=line(), values=Step()), required=True)


class Entry(fields.Raw):
    """A word, a whole number, yes, no, or nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value is not None and not isinstance(value, str | int | bool):
            raise ValidationError("a word, a whole number, true, false or null")
        return value


class LookupSchema(NodeSchema):
    """What each step stands for."""

    of = line(required=True)
    gives = fields.Dict(keys=line(), values=Entry(allow_none=True), required=True)


class JudgementSchema(NodeSchema):
    """A person's choice between bounds."""

    choice = line(required=True)
    scale = line(required=True)
    caps = fields.List(fields.Nested(CapSchema))
    floors = fields.List(fields.Nested(FloorSchema))


FAMILIES: Mapping[str, Callable[[], Schema]] = {
    "mean": MeanSchema,
    "rounding": StepSchema,
    "agreement": AgreementSchema,
    "minimum": MinimumSchema,
    "bands": BandsSchema,
    "ladder": LadderSchema,
    "limits": LimitsSchema,
    "steps": MovesSchema,
    "matrix": CellsSchema,
    "lookup": LookupSchema,
    "judgement": JudgementSchema,
}


class NodeField(fields.Field):
    """A node in the shape of its family."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        family = str(value.get("family")) if isinstance(value, Mapping) else ""
        if family not in FAMILIES:
            raise ValidationError({"family": [f"one of: {', '.join(FAMILIES)}"]})
        errors = FAMILIES[family]().validate(value)
        if errors:
            raise ValidationError(errors)
        return value
