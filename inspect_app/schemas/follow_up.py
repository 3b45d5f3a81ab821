"""The shape of the delays of support plans (``checklists/law-65-15/follow-up.yaml``)."""

from marshmallow import fields, validate

from inspect_app.schemas.fields import Strict, Trilingual, line

_days = validate.Range(min=0, max=365)


class EscalationSchema(Strict):
    """Days after the last day of a critical action."""

    coordinator = fields.Integer(strict=True, required=True, validate=_days)
    ministry = fields.Integer(strict=True, required=True, validate=_days)


class ShortestSchema(Strict):
    """Days that a proposed action gives at least, by severity of its finding."""

    critical = fields.Integer(strict=True, required=True, validate=_days)
    major = fields.Integer(strict=True, required=True, validate=_days)
    minor = fields.Integer(strict=True, required=True, validate=_days)


class FollowUpSchema(Strict):
    """``follow-up.yaml``."""

    code = line(required=True)
    version = line(required=True)
    status = fields.String(required=True, validate=validate.Equal("policy"))
    title = fields.Nested(Trilingual, required=True)
    reminders = fields.List(
        fields.Integer(strict=True, validate=validate.Range(min=-30, max=365)),
        required=True,
        validate=validate.Length(min=1),
    )
    escalation = fields.Nested(EscalationSchema, required=True)
    shortest = fields.Nested(ShortestSchema, required=True)
