"""The shape of the table of effort (``checklists/law-65-15/effort.yaml``)."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates

from inspect_app.schemas.checklists import SUPPORTS
from inspect_app.schemas.fields import Strict, Trilingual, line


class EffortSchema(Strict):
    """``effort.yaml``: the work of raising a criterion by one level, for every kind of support."""

    code = line(required=True)
    version = line(required=True)
    status = fields.String(required=True, validate=validate.Equal("policy"))
    title = fields.Nested(Trilingual, required=True)
    support = fields.Dict(
        keys=fields.String(validate=validate.OneOf(SUPPORTS)),
        values=fields.Integer(strict=True, validate=validate.Range(min=1)),
        required=True,
    )

    @validates("support")
    def every_kind(self, given: dict[str, int], **_: Any) -> None:
        """A kind of support without a number would stop the reckoning on the day it is first met."""
        if missing := sorted(set(SUPPORTS) - set(given)):
            raise ValidationError(f"no number for: {', '.join(missing)}")
