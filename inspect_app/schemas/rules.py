"""The shape of rule-sets and of the policy (``checklists/README.md``)."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from inspect_app.domain.rounding import MODES
from inspect_app.schemas.checklists import CLASSES
from inspect_app.schemas.fields import Strict, Trilingual, line


def number(**kwargs: Any) -> fields.String:
    """A decimal written as text, so that YAML never makes a binary float of it."""
    return fields.String(validate=validate.Regexp(r"^\d+(\.\d+)?$", error="a number between quotes"), **kwargs)


class AnswersConditionSchema(Strict):
    """At least ``count`` answers of a subset at a level or lower."""

    criterion_class = fields.String(data_key="class", validate=validate.OneOf(CLASSES))
    domain = line()
    codes = fields.List(line(), validate=validate.Length(min=1))
    level_at_most = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    count = fields.Integer(strict=True, validate=validate.Range(min=1))


class DomainConditionSchema(Strict):
    """One domain below a number."""

    code = line(required=True)
    below = number(required=True)


class AnyDomainConditionSchema(Strict):
    """Any domain below a number."""

    below = number(required=True)


class ConditionSchema(Strict):
    """Exactly one kind of condition."""

    answers = fields.Nested(AnswersConditionSchema)
    domain = fields.Nested(DomainConditionSchema)
    any_domain = fields.Nested(AnyDomainConditionSchema)
    fact = line()

    @validates_schema
    def exactly_one(self, data: dict[str, Any], **_: Any) -> None:
        """A gate has one condition; two limits are two gates."""
        if len(data) != 1:
            raise ValidationError("exactly one of: answers, domain, any_domain, fact")


class GateSchema(Strict):
    """A limit."""

    code = line(required=True)
    caps_at = line(required=True)
    when = fields.Nested(ConditionSchema, required=True)
    text = fields.Nested(Trilingual, required=True)


class LevelSchema(Strict):
    """A step of the ladder."""

    code = line(required=True)
    threshold = number(required=True, data_key="from")
    validity_months = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class ScaleSchema(Strict):
    """The scale of answers."""

    minimum = fields.Integer(required=True, strict=True, validate=validate.Equal(0))
    maximum = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    failing_below = fields.Integer(required=True, strict=True)


class RoundingSchema(Strict):
    """How an exact number becomes the one that people see."""

    digits = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=6))
    mode = fields.String(required=True, validate=validate.OneOf(list(MODES)))


class ScoreSchema(Strict):
    """Rounding and weights."""

    rounding = fields.Nested(RoundingSchema, required=True)
    domain_weights = fields.Dict(
        keys=line(), values=fields.Integer(strict=True, validate=validate.Range(min=0)), required=True
    )


class SeveritySchema(Strict):
    """Severity of a finding."""

    criterion_class = fields.String(data_key="class", validate=validate.OneOf(CLASSES))
    level_at_most = fields.Integer(required=True, strict=True)
    severity = fields.String(required=True, validate=validate.OneOf(["critical", "major", "minor"]))


class RuleSetSchema(Strict):
    """``rules.yaml``."""

    code = line(required=True)
    version = line(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["policy", "law"]))
    title = fields.Nested(Trilingual, required=True)
    scale = fields.Nested(ScaleSchema, required=True)
    score = fields.Nested(ScoreSchema, required=True)
    levels = fields.List(fields.Nested(LevelSchema), required=True, validate=validate.Length(min=2))
    gates = fields.List(fields.Nested(GateSchema), required=True)
    severities = fields.List(fields.Nested(SeveritySchema), required=True)

    @validates_schema
    def ladder_rises(self, data: dict[str, Any], **_: Any) -> None:
        """Thresholds rise from 0, and gates cap at a level of the ladder."""
        thresholds = [Decimal(level["threshold"]) for level in data.get("levels", ())]
        if thresholds != sorted(set(thresholds)) or thresholds[:1] != [Decimal(0)]:
            raise ValidationError("thresholds rise, and the lowest level starts at 0", "levels")
        codes = {level["code"] for level in data.get("levels", ())}
        for i, gate in enumerate(data.get("gates", ())):
            if gate["caps_at"] not in codes:
                raise ValidationError({"gates": {i: {"caps_at": ["no such level"]}}})


class ClockSchema(Strict):
    """A delay."""

    code = line(required=True)
    days = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    working = fields.Boolean(required=True)
    source = line(required=True, allow_none=True)
    title = fields.Nested(Trilingual, required=True)


class PolicySchema(Strict):
    """``policy.yaml``."""

    code = line(required=True)
    version = line(required=True)
    title = fields.Nested(Trilingual, required=True)
    clocks = fields.List(fields.Nested(ClockSchema), required=True)
    due_days = fields.Dict(
        keys=fields.String(validate=validate.OneOf(["critical", "major", "minor"])),
        values=fields.Integer(strict=True, validate=validate.Range(min=1)),
        required=True,
    )
