"""Shapes of the answering page's JSON: operations in, results out, the pack of a visit, photographs."""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from inspect_app.domain.answers import Operation
from inspect_app.domain.folding import numeral, plain

#: Operations in one request: a whole visit fits, a flood does not.
MOST_OPERATIONS = 400
#: Differing answers that one answer sets aside.
MOST_SETTLED = 50
LONGEST_NOTE = 4000
LONGEST_REASON = 1000
#: The years that a device's clock may show: a dead battery gives 1970, a broken calendar a year of another calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999


#: What neither database nor paper can hold.
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class KeptText(fields.String):
    """Text without the characters that neither database nor paper can hold (control, half pairs of UTF-16); trimmed.

    What turns the direction of writing round is taken out.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if UNKEEPABLE.search(text):
            raise ValidationError("control-characters")
        return plain(text).strip()


class Instant(fields.AwareDateTime):
    """An instant with its zone; a device without a zone is taken to speak UTC.

    A clock may be wrong, by decades too; but at the ends of the calendar there is no such time in another zone.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", default_timezone=UTC, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        instant: datetime = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise ValidationError("time-unknown")
        return instant


class OperationSchema(Schema):
    """One answer as a device made it. ``level`` null and ``not_applicable`` false: a note without an answer yet."""

    class Meta:
        unknown = RAISE

    op_id = fields.UUID(required=True)
    criterion = KeptText(required=True, validate=validate.Length(1, 60))
    level = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(0, 3))
    not_applicable = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    na_reason = KeptText(load_default="", validate=validate.Length(max=LONGEST_REASON))
    note = KeptText(load_default="", validate=validate.Length(max=LONGEST_NOTE))
    measurements = fields.Dict(
        keys=KeptText(validate=validate.Length(1, 60)),
        values=KeptText(validate=validate.Length(max=40)),
        load_default=dict,
        validate=validate.Length(max=40),
    )
    base_op_id = fields.UUID(load_default=None, allow_none=True)
    answered_at = Instant(required=True)
    #: differing answers that the person was shown beside the criterion: this one is the choice between them
    settles = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_SETTLED))

    @pre_load
    def _absent_texts(self, data: Any, **_: Any) -> Any:
        """A null text is an empty one: devices write both."""
        if not isinstance(data, dict):
            return data
        empty = {"na_reason": "", "note": "", "measurements": {}, "not_applicable": False}
        return {k: empty[k] if v is None and k in empty else v for k, v in data.items()}

    @post_load
    def _operation(self, data: dict[str, Any], **_: Any) -> Operation:
        measured = {k: numeral(v) for k, v in data["measurements"].items()}
        return Operation(
            op_id=str(data["op_id"]),
            criterion=data["criterion"],
            level=data["level"],
            not_applicable=data["not_applicable"],
            na_reason=data["na_reason"] if data["not_applicable"] else "",
            note=data["note"],
            measurements={k: v for k, v in measured.items() if v},
            base_op_id=str(data["base_op_id"]) if data["base_op_id"] else None,
            answered_at=data["answered_at"],
            settles=tuple(sorted({str(op_id) for op_id in data["settles"]})),
        )


class OperationsSchema(Schema):
    """The body of a request that saves answers. Each operation is judged alone, see ``OperationSchema``."""

    class Meta:
        unknown = RAISE

    operations = fields.List(
        fields.Dict(keys=fields.String()), required=True, validate=validate.Length(1, MOST_OPERATIONS)
    )


class OperationsDocument(Schema):
    """The same body with its operations spelled out, for the description of the API."""

    operations = fields.List(fields.Nested(OperationSchema), required=True)


class ResultSchema(Schema):
    """What became of one operation."""

    op_id = fields.String(allow_none=True)
    status = fields.String(validate=validate.OneOf(["accepted", "already-here", "superseded", "conflict", "refused"]))
    code = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.Raw())


class AppliedSchema(Schema):
    """The answer to a request that saves answers."""

    results = fields.List(fields.Nested(ResultSchema))
    score = fields.Dict(keys=fields.String())


class SecondRatingsAppliedSchema(Schema):
    """The answer to a request that saves second ratings: no score, they change none."""

    results = fields.List(fields.Nested(ResultSchema))


class SecondRatingsSchema(Schema):
    """What somebody rates apart on a visit, and has rated."""

    inspection = fields.Integer()
    reference = fields.String()
    closed = fields.Boolean()
    criteria = fields.List(fields.Dict(keys=fields.String()))
    ratings = fields.Dict(keys=fields.String(), values=fields.Dict())


class PhotoFormSchema(Schema):
    """The fields beside the file of a photograph."""

    class Meta:
        unknown = RAISE

    criterion = KeptText(required=True, validate=validate.Length(1, 60))
    op_id = fields.UUID(required=True)
    taken_at = Instant(load_default=None, allow_none=True)
    caption = KeptText(load_default="", validate=validate.Length(max=300))
    #: of the bytes as the device sends them: a line that cuts or changes them is found out
    sha256 = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{64})?$"))

    @pre_load
    def _absent(self, data: Any, **_: Any) -> Any:
        """An empty time is none; the token of the form is not ours."""
        return {k: v for k, v in data.items() if k != "csrf_token" and not (k == "taken_at" and v == "")}

    @post_load
    def _plain(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "op_id": str(data["op_id"])}


class WithdrawSchema(Schema):
    """Why a photograph is taken out."""

    class Meta:
        unknown = RAISE

    reason = KeptText(required=True, validate=validate.Length(1, 500))
    #: somebody can be recognised: the picture itself is deleted
    identity = fields.Boolean(load_default=False)


class PhotoSchema(Schema):
    """A photograph as the tablet shows it."""

    id = fields.Integer()
    op_id = fields.String()
    criterion = fields.String()
    url = fields.String()
    thumb_url = fields.String()
    caption = fields.String()
    sha256 = fields.String()
    width = fields.Integer()
    height = fields.Integer()
    taken_at = fields.AwareDateTime()


class ReceiptSchema(Schema):
    """The receipt of a visit. ``digest``: SHA-256 over ``lines``, see ``domain/receipts.py``."""

    inspection = fields.UUID()
    reference = fields.String()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    digest = fields.String()
    code = fields.String()
    text = fields.String()
    qr = fields.String()
    lines = fields.List(fields.List(fields.Raw()))


class PackSchema(Schema):
    """Everything the tablet needs for one visit."""

    id = fields.Integer()
    uid = fields.UUID()
    reference = fields.String()
    kind = fields.String()
    state = fields.String()
    editable = fields.Boolean()
    institution = fields.Dict()
    planned_on = fields.Date()
    facts = fields.Dict()
    checklist = fields.Dict()
    answers = fields.Dict(keys=fields.String(), values=fields.Dict())
    conflicts = fields.Dict(keys=fields.String(), values=fields.List(fields.Dict()))
    photos = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(PhotoSchema)))
    previous = fields.Dict(allow_none=True)
    signatures = fields.List(fields.Dict())
    sheets = fields.List(fields.Dict())
    office = fields.List(fields.Dict())
    score = fields.Dict()


def first_code(error: ValidationError | dict[str, Any]) -> dict[str, Any]:
    """Faults by field as plain JSON."""
    found = error.normalized_messages() if isinstance(error, ValidationError) else error
    return {str(k): v for k, v in found.items()}


__all__ = [
    "AppliedSchema",
    "OperationSchema",
    "OperationsDocument",
    "OperationsSchema",
    "PackSchema",
    "PhotoFormSchema",
    "PhotoSchema",
    "ReceiptSchema",
    "SecondRatingsAppliedSchema",
    "SecondRatingsSchema",
    "WithdrawSchema",
    "first_code",
]
