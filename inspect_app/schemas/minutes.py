"""Shapes of what is set down on the spot: signatures, and sheets of critical findings."""

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, pre_load, validate

from inspect_app.domain.critical import LONGEST, Sheet, Told
from inspect_app.domain.signatures import LONGEST_DRAWING, Capacity, Deed, Signature
from inspect_app.schemas.inspections import Instant, KeptText, ResultSchema

#: Records in one request.
MOST = 100
LONGEST_NAME = 120
LONGEST_REASON = 1000


class _Record(Schema):
    """One record as a device made it: a null text is an empty one."""

    class Meta:
        unknown = RAISE

    op_id = fields.UUID(required=True)

    @pre_load
    def _absent_texts(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            return data
        texts = {name for name, field in self.fields.items() if isinstance(field, fields.String)}
        return {k: "" if v is None and k in texts else v for k, v in data.items()}


class SignatureSchema(_Record):
    """A signature, or a refusal with its reason. ``record_digest``: of the receipt that was signed."""

    capacity = fields.Enum(Capacity, by_value=True, required=True)
    deed = fields.Enum(Deed, by_value=True, required=True)
    name = KeptText(required=True, validate=validate.Length(max=LONGEST_NAME))
    function = KeptText(required=True, validate=validate.Length(max=LONGEST_NAME))
    drawing = fields.String(load_default="", validate=validate.Length(max=LONGEST_DRAWING))
    reason = KeptText(load_default="", validate=validate.Length(max=LONGEST_REASON))
    record_digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    answers = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100_000))
    photographs = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100_000))
    signed_at = Instant(required=True)

    @post_load
    def _signature(self, data: dict[str, Any], **_: Any) -> Signature:
        return Signature(**{**data, "op_id": str(data["op_id"])})


class SheetSchema(_Record):
    """The sheet of a critical finding."""

    criterion = KeptText(required=True, validate=validate.Length(1, 60))
    seen = KeptText(required=True, validate=validate.Length(max=LONGEST))
    danger = fields.Boolean(required=True, truthy={True}, falsy={False})
    measure = KeptText(load_default="", validate=validate.Length(max=LONGEST))
    told = fields.Enum(Told, by_value=True, required=True)
    seen_at = Instant(required=True)
    written_at = Instant(required=True)
    phoned_at = Instant(load_default=None, allow_none=True)
    base_op_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def _sheet(self, data: dict[str, Any], **_: Any) -> Sheet:
        base = data["base_op_id"]
        return Sheet(**{**data, "op_id": str(data["op_id"]), "base_op_id": str(base) if base else None})


class RecordsSchema(Schema):
    """The body of a request with records; each is judged alone."""

    class Meta:
        unknown = RAISE

    records = fields.List(fields.Dict(keys=fields.String()), required=True, validate=validate.Length(1, MOST))


class SignaturesDocument(Schema):
    """The same body with its signatures spelled out, for the description of the API."""

    records = fields.List(fields.Nested(SignatureSchema), required=True)


class SheetsDocument(Schema):
    """The same body with its sheets spelled out."""

    records = fields.List(fields.Nested(SheetSchema), required=True)


class ResultsSchema(Schema):
    """What became of each record."""

    results = fields.List(fields.Nested(ResultSchema))


class SheetResultSchema(ResultSchema):
    """What became of a sheet, and who was told of it by mail."""

    told = fields.List(fields.String())


class SheetResultsSchema(Schema):
    """What became of each sheet."""

    results = fields.List(fields.Nested(SheetResultSchema))
