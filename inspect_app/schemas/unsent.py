"""The file in which a tablet exports what the server does not have (``frontend/tablet/device/carry.ts``)."""

import hashlib
import json
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

#: Records in one file: weeks of work of one person.
MOST = 20_000


class UnsentOperationSchema(Schema):
    """One answer, still as the device made it; ``refused`` is what the server said before, if it did."""

    class Meta:
        unknown = RAISE

    visit = fields.Integer(required=True, strict=True)
    refused = fields.String(load_default=None, allow_none=True)
    operation = fields.Dict(keys=fields.String(), required=True)


class UnsentPhotoSchema(Schema):
    """One photograph, its bytes in base 64."""

    class Meta:
        unknown = EXCLUDE  # the device keeps more about its pictures than the server asks

    op_id = fields.String(required=True)
    visit = fields.Integer(required=True, strict=True)
    sha256 = fields.String(required=True)
    criterion = fields.String(required=True)
    caption = fields.String(load_default="", allow_none=True)
    taken_at = fields.String(load_default=None, allow_none=True)
    picture = fields.String(required=True)


class UnsentPaperSchema(Schema):
    """A signature or the sheet of a critical finding, still as the device made it."""

    class Meta:
        unknown = RAISE

    visit = fields.Integer(required=True, strict=True)
    kind = fields.String(required=True, validate=validate.OneOf(["signature", "sheet"]))
    refused = fields.String(load_default=None, allow_none=True)
    record = fields.Dict(keys=fields.String(), required=True)


class UnsentSchema(Schema):
    """The whole file."""

    class Meta:
        unknown = EXCLUDE

    format = fields.String(required=True, validate=validate.Equal("miyar-unsent"))
    version = fields.Integer(required=True, validate=validate.OneOf([1, 2]))  # 2: with signatures or sheets
    account = fields.Integer(required=True, strict=True)
    name = fields.String(load_default="")
    device = fields.String(load_default="")
    written_at = fields.AwareDateTime(required=True, format="iso")
    operations = fields.List(
        fields.Nested(UnsentOperationSchema), load_default=list, validate=validate.Length(max=MOST)
    )
    photos = fields.List(fields.Nested(UnsentPhotoSchema), load_default=list, validate=validate.Length(max=MOST))
    papers = fields.List(fields.Nested(UnsentPaperSchema), load_default=list, validate=validate.Length(max=MOST))


def read_unsent(raw: bytes) -> dict[str, Any]:
    """The file, whole and unchanged since the tablet wrote it. Raises ValueError otherwise.

    Its digest is SHA-256 over the JSON of everything else, as JavaScript writes it: no spaces, keys in their order.
    """
    try:
        data = json.loads(raw)
        digest = data.pop("digest")
        contents = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        if hashlib.sha256(contents).hexdigest() != digest:
            raise ValueError("digest")
        found: dict[str, Any] = UnsentSchema().load(data)
    except (ValidationError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return found
