"""The shape of ``decisions.yaml``: validity, committee, limits of a proposal, clocks; each figure with its status."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from inspect_app.domain.decisions.outcomes import LADDER
from inspect_app.schemas.fields import Strict, Trilingual, line
from inspect_app.schemas.rules import ClockSchema


class _Stated(Strict):
    """What every figure says of itself."""

    status = fields.String(required=True, validate=validate.OneOf(["policy", "law"]))
    source = line(required=True, allow_none=True)

    @validates_schema
    def law_has_a_source(self, data: dict[str, Any], **_: Any) -> None:
        """Nothing is called law without the text that says so."""
        if data.get("status") == "law" and not data.get("source"):
            raise ValidationError("law needs its source", "source")


class _Count(_Stated):
    value = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class _Outcome(_Stated):
    code = fields.String(required=True, validate=validate.OneOf([str(o) for o in LADDER]))
    validity_months = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    visit_within_months = fields.Integer(
        required=True, strict=True, allow_none=True, validate=validate.Range(min=1, max=24)
    )


class _Committee(Strict):
    quorum = fields.Nested(_Count, required=True)
    bodies = fields.Nested(_Count, required=True)


class _Conditions(_Stated):
    severities = fields.Dict(
        keys=fields.String(validate=validate.OneOf(["critical", "major", "minor"])),
        values=fields.Integer(strict=True, validate=validate.Range(min=1)),
        required=True,
    )
    of = fields.List(fields.String(validate=validate.OneOf([str(o) for o in LADDER])), required=True)


class _Limit(_Stated):
    code = line(required=True)
    fact = line(required=True)
    at_least = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    only_at = fields.String(validate=validate.OneOf([str(o) for o in LADDER]))
    caps_at = fields.String(required=True, validate=validate.OneOf([str(o) for o in LADDER]))
    text = fields.Nested(Trilingual, required=True)


class _Withheld(_Stated):
    categories = fields.List(line(), required=True)


class DecisionPolicySchema(Strict):
    """``decisions.yaml``."""

    code = line(required=True)
    version = line(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["policy", "law"]))
    title = fields.Nested(Trilingual, required=True)
    outcomes = fields.List(fields.Nested(_Outcome), required=True)
    committee = fields.Nested(_Committee, required=True)
    visit_age_days = fields.Nested(_Count, required=True)
    expiring_days = fields.Nested(_Count, required=True)
    conditions = fields.Nested(_Conditions, required=True)
    clocks = fields.List(fields.Nested(ClockSchema), required=True)
    proposal = fields.List(fields.Nested(_Limit), required=True)
    withheld_places = fields.Nested(_Withheld, required=True)

    @validates_schema
    def whole_ladder(self, data: dict[str, Any], **_: Any) -> None:
        """Every outcome of the ladder has its months, from the lowest to the highest."""
        if [o["code"] for o in data.get("outcomes", ())] != [str(o) for o in LADDER]:
            raise ValidationError("each outcome once, from refused to distinction", "outcomes")
