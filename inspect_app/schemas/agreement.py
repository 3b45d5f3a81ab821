"""The shape of ``agreement.yaml``: every figure with its status and, once there is one, its source."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from inspect_app.domain.agreement import QUANTILES
from inspect_app.schemas.fields import Strict, Trilingual, line


class _Stated(Strict):
    """What every figure says of itself."""

    status = fields.String(required=True, validate=validate.OneOf(["policy", "law"]))
    source = line(required=True, allow_none=True)

    @validates_schema
    def law_has_a_source(self, data: dict[str, Any], **_: Any) -> None:
        """Nothing is called law without the text that says so."""
        if data.get("status") == "law" and not data.get("source"):
            raise ValidationError("law needs its source", "source")


class _Threshold(_Stated):
    value = fields.String(required=True, validate=validate.Regexp(r"^(0(\.\d+)?|1(\.0+)?)$", error="between 0 and 1"))


class _Confidence(_Stated):
    value = fields.Integer(required=True, strict=True, validate=validate.OneOf(list(QUANTILES)))


class _Count(_Stated):
    value = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class _Minimums(Strict):
    criterion = fields.Nested(_Count, required=True)
    domain = fields.Nested(_Count, required=True)
    pair = fields.Nested(_Count, required=True)


class _Shares(_Stated):
    offered = fields.List(
        fields.Integer(strict=True, validate=validate.Range(min=1, max=100)),
        required=True,
        validate=validate.Length(min=1),
    )
    proposed = fields.Integer(required=True, strict=True)

    @validates_schema
    def proposed_is_offered(self, data: dict[str, Any], **_: Any) -> None:
        """What is proposed can be chosen."""
        if data.get("proposed") not in data.get("offered", ()):
            raise ValidationError("not among the shares offered", "proposed")


class AgreementPolicySchema(Strict):
    """``agreement.yaml``."""

    code = line(required=True)
    version = line(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["policy", "law"]))
    title = fields.Nested(Trilingual, required=True)
    statistic = fields.String(required=True, validate=validate.Equal("quadratic-weighted-kappa"))
    levels = fields.List(fields.Integer(strict=True), required=True, validate=validate.Length(min=2))
    threshold = fields.Nested(_Threshold, required=True)
    confidence = fields.Nested(_Confidence, required=True)
    minimum_pairs = fields.Nested(_Minimums, required=True)
    shares = fields.Nested(_Shares, required=True)
    topics = fields.Nested(_Count, required=True)
