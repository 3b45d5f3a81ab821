"""Photographs in pieces, for lines that break: asked how far it came, sent on from there, put together.

A piece travels as in tus 1.0.0 (``PATCH`` with ``Upload-Offset`` and ``Upload-Checksum``). The look-up is JSON, because it
also tells of a photograph that arrived while its answer got lost; the address is the hash, so that nothing is created first.
"""

import base64
import binascii
import re

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import ValidationError

from inspect_app.adapters import clock
from inspect_app.api.inspections import photo_data
from inspect_app.api.problems import problem
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.schemas.inspections import PhotoFormSchema, PhotoSchema, first_code
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may

api = Blueprint("api_pieces", __name__, url_prefix="/api/v1", description="Photographs in pieces, over bad lines")
_ADDRESS = "/inspections/<int:inspection_id>/pieces/<sha256>"
_HASH = re.compile(r"[0-9a-f]{64}")


@api.get(_ADDRESS)
@may(Permission.ANSWER_INSPECTIONS)
def show(inspection_id: int, sha256: str) -> ResponseReturnValue:
    """``{"offset": bytes that are here, "photo": the photograph, if it is here whole (op_id=…)}``."""
    op_id = request.args.get("op_id", "")
    offset, row = deeds.photo_pieces(current_actor(), inspection_id=inspection_id, sha256=_hash(sha256), op_id=op_id)
    body = {"offset": offset, "photo": None if row is None else photo_data(row)}
    return body, 200, {"Cache-Control": "no-store"}


@api.patch(_ADDRESS)
@may(Permission.ANSWER_INSPECTIONS)
def add(inspection_id: int, sha256: str) -> ResponseReturnValue:
    """Send the next piece (at most 1 MiB). 204 with the new ``Upload-Offset``."""
    here = deeds.keep_piece(
        current_actor(),
        inspection_id=inspection_id,
        sha256=_hash(sha256),
        offset=_offset(request.headers.get("Upload-Offset", "")),
        data=request.get_data(cache=False),
        checksum=_checksum(request.headers.get("Upload-Checksum", "")),
        longest=current_app.config["MAX_PHOTO_BYTES"],
    )
    return Response(status=204, headers={"Upload-Offset": str(here), "Cache-Control": "no-store"})


@api.post(_ADDRESS)
@api.alt_response(201, schema=PhotoSchema, description="Kept; the same op_id again gives the same")
@may(Permission.ANSWER_INSPECTIONS)
def complete(inspection_id: int, sha256: str) -> ResponseReturnValue:
    """All pieces are here: they become the photograph (form: criterion, op_id, taken_at, caption)."""
    try:
        form = PhotoFormSchema().load(request.form.to_dict())
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    row = deeds.put_together(
        current_actor(),
        inspection_id=inspection_id,
        sha256=_hash(sha256),
        criterion=form["criterion"],
        op_id=form["op_id"],
        taken_at=form.get("taken_at") or clock.now(),
        caption=form["caption"],
        max_bytes=current_app.config["MAX_PHOTO_BYTES"],
    )
    return {"photo": photo_data(row)}, 201


def _offset(text: str) -> int:
    """The number; where there is none, one that no piece begins at."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1


def _checksum(text: str) -> str:
    """``sha256 BASE64`` in hex; where it is something else, what no piece has."""
    algorithm, _, digest = text.partition(" ")
    try:
        return base64.b64decode(digest, validate=True).hex() if algorithm == "sha256" else ""
    except binascii.Error:
        return ""


def _hash(text: str) -> str:
    if not _HASH.fullmatch(text):
        raise NotVisibleError("photo")
    return text
