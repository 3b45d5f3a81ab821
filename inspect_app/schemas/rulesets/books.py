"""The shape of a whole rule-set file, and the checks that need more than one place of it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from inspect_app.schemas.fields import Strict, Trilingual, line
from inspect_app.schemas.rulesets.conditions import Step
from inspect_app.schemas.rulesets.nodes import NodeField, decimal_text
from inspect_app.schemas.rulesets.references import faults

#: Where a rule was read: on the body's own page, on another's, remembered, or our own closing of a gap.
EVIDENCE = ("seen", "second-hand", "memory", "derived")


class EvidenceSchema(Strict):
    """What was seen of a rule, and where."""

    status = fields.String(required=True, validate=validate.OneOf(EVIDENCE))
    where = fields.String(required=True)
    says = fields.Nested(Trilingual, required=True)


class ScaleSchema(Strict):
    """Steps from the lowest to the highest."""

    code = line(required=True)
    values = fields.List(Step(), required=True, validate=validate.Length(min=2))
    names = fields.Dict(keys=line(), values=fields.Nested(Trilingual))
    aliases = fields.Dict(keys=line(), values=Step())
    not_applicable = fields.List(line())


class InputSchema(Strict):
    """One thing asked for."""

    code = line(required=True)
    title = fields.Nested(Trilingual, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["grade", "number", "flag", "option", "matrix"]))
    many = fields.Boolean()
    optional = fields.Boolean()
    scale = line()
    minimum = decimal_text()
    maximum = decimal_text()
    values = fields.List(line(), validate=validate.Length(min=1))
    aliases = fields.Dict(keys=line(), values=line())
    default = Step()
    better = fields.String(validate=validate.OneOf(["higher", "lower"]))

    @validates_schema
    def what_its_kind_needs(self, data: dict[str, Any], **_: Any) -> None:
        """A grade has its scale; an option its values and default."""
        if (data.get("kind") == "grade") != ("scale" in data):
            raise ValidationError("a grade, and only a grade, has a scale", "scale")
        if data.get("kind") == "option" and not {"values", "default"} <= data.keys():
            raise ValidationError("an option has values and a default", "values")


class VectorsSchema(Strict):
    """How published cases are written."""

    framework = line(required=True)
    bare = line()
    places = fields.List(line(), validate=validate.Length(min=1))
    version = line()


class ProgramSchema(Strict):
    """One question."""

    code = line(required=True)
    title = fields.Nested(Trilingual, required=True)
    notes = fields.List(fields.Nested(Trilingual))
    inputs = fields.List(fields.Nested(InputSchema), required=True, validate=validate.Length(min=1))
    nodes = fields.List(NodeField(), required=True, validate=validate.Length(min=1))
    answer = fields.List(line(), required=True, validate=validate.Length(min=1))
    vectors = fields.Nested(VectorsSchema)


class RuleBookSchema(Strict):
    """A rule-set file."""

    code = line(required=True)
    version = line(required=True)
    title = fields.Nested(Trilingual, required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True, validate=validate.Length(min=1))
    scales = fields.List(fields.Nested(ScaleSchema), required=True)
    programs = fields.List(fields.Nested(ProgramSchema), required=True, validate=validate.Length(min=1))

    @validates_schema(skip_on_field_errors=True, pass_original=True)
    def names_exist(self, _: Any, original: Mapping[str, Any], **__: Any) -> None:
        """Every name is an input or an earlier node, every step one of its scale."""
        found = faults(original)
        if found:
            raise ValidationError(found)
