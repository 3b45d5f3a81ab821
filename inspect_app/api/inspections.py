"""The answering page's JSON: a visit in one pack, answers as operations, photographs.

Session cookie and CSRF header (``X-CSRFToken``), errors as problem+json. What may be done is asked of the services.
"""

import hashlib
import json
from typing import Any

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import ValidationError

from inspect_app.adapters import clock, files
from inspect_app.adapters.qr import qr_picture
from inspect_app.api.problems import problem
from inspect_app.domain.answers import Status
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.receipts import Receipt
from inspect_app.domain.scoring import ScoreCard
from inspect_app.models import Evidence
from inspect_app.queries import inspections as questions
from inspect_app.schemas.inspections import (
    AppliedSchema,
    OperationSchema,
    OperationsDocument,
    OperationsSchema,
    PackSchema,
    PhotoFormSchema,
    PhotoSchema,
    ReceiptSchema,
    WithdrawSchema,
    first_code,
)
from inspect_app.schemas.operations import operation_of
from inspect_app.services import inspections as deeds
from inspect_app.web import languages
from inspect_app.web.access import current_actor, may
from inspect_app.web.messages import sentence

api = Blueprint("api_inspections", __name__, url_prefix="/api/v1", description="Visits, as devices answer them")
_READERS = (Permission.SEE_INSPECTIONS, Permission.ANSWER_INSPECTIONS)
_PHOTO_READERS = (*_READERS, Permission.OBSERVE_DRAFTS)


@api.get("/inspections/<int:inspection_id>")
@api.alt_response(200, schema=PackSchema, description="The visit; unchanged (304) where If-None-Match has its ETag")
@may(*_READERS)
def show(inspection_id: int) -> ResponseReturnValue:
    """Everything needed to answer a visit, its checklist and its previous visit included.

    Texts come in the reader's language only; with ``?texts=all`` in all three.
    """
    language = None if request.args.get("texts") == "all" else languages.language()
    pack = questions.pack(current_actor(), inspection_id, language)
    photos = {code: [photo_data(p) for p in rows] for code, rows in pack.photos.items()}
    head = json.dumps({**pack.data, "photos": photos}, ensure_ascii=False, separators=(",", ":"))
    body = f'{head[:-1]},"checklist":{pack.checklist_json}}}'
    answer = Response(body, content_type="application/json")
    answer.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32], weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@api.post("/inspections/<int:inspection_id>/operations")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": OperationsDocument}}})
@api.alt_response(200, schema=AppliedSchema, description="What became of each operation, and the score after them")
@may(Permission.ANSWER_INSPECTIONS)
def operations(inspection_id: int) -> ResponseReturnValue:
    """Save answers. Each operation has its UUID and may be sent again; a faulty one is refused alone."""
    body = request.get_json(silent=True)
    try:
        raw = OperationsSchema().load(body if isinstance(body, dict) else {})["operations"]
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    good, refused = loaded(raw)
    applied = deeds.apply_operations(current_actor(), inspection_id=inspection_id, operations=list(good.values()))
    by_place = dict(zip(good, applied.results, strict=True))
    results = [refused[i] if i in refused else result_data(by_place[i]) for i in range(len(raw))]
    return {"results": results, "score": short_score(applied.score)}


@api.post("/inspections/<int:inspection_id>/photos")
@api.alt_response(201, schema=PhotoSchema, description="Kept, without metadata; the same op_id again gives the same")
@may(Permission.ANSWER_INSPECTIONS)
def add_photo(inspection_id: int) -> ResponseReturnValue:
    """Send a photograph (multipart: file, criterion, op_id, taken_at, caption, sha256 of the file).

    JPEG, PNG or WebP, 8 MB, 40 megapixels.
    """
    try:
        form = PhotoFormSchema().load(request.form.to_dict())
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    sent = request.files.get("file")
    if sent is None:
        return problem("photo-missing", 422, errors={"file": ["photo-missing"]})
    with sent.stream:
        raw = sent.read()
    if form["sha256"] and hashlib.sha256(raw).hexdigest() != form["sha256"]:
        return problem("photo-damaged", 422, errors={"file": ["photo-damaged"]})
    row = deeds.add_photo(
        current_actor(),
        inspection_id=inspection_id,
        criterion=form["criterion"],
        op_id=form["op_id"],
        raw=raw,
        taken_at=form.get("taken_at") or clock.now(),
        caption=form["caption"],
        max_bytes=current_app.config["MAX_PHOTO_BYTES"],
    )
    return {"photo": photo_data(row)}, 201


@api.delete("/inspections/<int:inspection_id>/photos/<int:photo_id>")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": WithdrawSchema}}})
@may(Permission.ANSWER_INSPECTIONS)
def withdraw_photo(inspection_id: int, photo_id: int) -> ResponseReturnValue:
    """Take a photograph out of the file, with a reason. Its row stays."""
    body = request.get_json(silent=True)
    try:
        form = WithdrawSchema().load(body if isinstance(body, dict) else {})
    except ValidationError as error:
        return problem("reason-missing", 422, errors=first_code(error))
    deeds.withdraw_photo(
        current_actor(),
        inspection_id=inspection_id,
        photo_id=photo_id,
        reason=form["reason"],
        identity=form["identity"],
    )
    return "", 204


@api.get("/inspections/<int:inspection_id>/receipt")
@api.alt_response(200, schema=ReceiptSchema, description="Counts and a digest over what is on file of the visit now")
@may(*_READERS)
def receipt(inspection_id: int) -> ResponseReturnValue:
    """The receipt of a visit that has begun."""
    inspection, found = questions.receipt_for(current_actor(), inspection_id)
    if found is None:
        return problem("not-begun", 409)
    return receipt_data(found, questions.hidden_from(current_actor(), inspection.id))


@api.post("/inspections/<int:inspection_id>/receipt")
@api.alt_response(200, schema=ReceiptSchema, description="The same, and the journal says that it was given")
@may(Permission.ANSWER_INSPECTIONS)
def give_receipt(inspection_id: int) -> ResponseReturnValue:
    """Give the receipt to director and inspector. The same again, while nothing changed, is harmless."""
    inspection, found = deeds.give_receipt(current_actor(), inspection_id=inspection_id)
    return receipt_data(found, questions.hidden_from(current_actor(), inspection.id))


@api.get("/photos/<int:photo_id>")
@may(*_PHOTO_READERS)
def photo(photo_id: int) -> ResponseReturnValue:
    """A photograph."""
    row = questions.evidence_of(current_actor(), photo_id)
    return _picture(row.sha256, row.media_type)


@api.get("/photos/<int:photo_id>/thumb")
@may(*_PHOTO_READERS)
def thumb(photo_id: int) -> ResponseReturnValue:
    """A small copy of a photograph."""
    row = questions.evidence_of(current_actor(), photo_id)
    return _picture(row.thumb_sha256, row.media_type)


def photo_data(row: Evidence) -> dict[str, Any]:
    """A photograph as the tablet shows it."""
    return {
        "id": row.id,
        "op_id": row.op_id,
        "criterion": row.criterion,
        "url": url_for("api_inspections.photo", photo_id=row.id),
        "thumb_url": url_for("api_inspections.thumb", photo_id=row.id),
        "caption": row.caption,
        "sha256": row.received_sha256,
        "width": row.width,
        "height": row.height,
        "taken_at": row.taken_at.isoformat(),
    }


def receipt_data(found: Receipt, hidden: frozenset[str]) -> dict[str, Any]:
    """A receipt with its words in the reader's language; ``lines`` are what is hashed.

    Whoever rates criteria apart would read the other side's answers in the lines: they get none until both are closed.
    """
    counts = {"answers": found.answers, "photographs": found.photographs}
    lines = {} if hidden else {"lines": [list(line) for line in found.lines]}
    return {
        "inspection": found.uid,
        "reference": found.reference,
        "counts": counts,
        "digest": found.digest,
        "code": found.code,
        "text": sentence("receipt-text", reference=found.reference, digest=found.digest, **counts),
        "qr": qr_picture(found.code),
        **lines,
    }


def short_score(card: ScoreCard) -> dict[str, Any]:
    """What changes on the screen with one tap."""
    return {
        "level": card.level,
        "score": None if card.score is None else str(card.score),
        "complete": card.complete,
        "counts": card.counts,
        "domains": [
            {
                "code": d.code,
                "score": None if d.score is None else str(d.score),
                "answered": d.answered,
                "applicable": d.applicable,
            }
            for d in card.domains
        ],
        "gates": [gate.as_data() for gate in card.gates],
    }


def loaded(raw: list[dict[str, Any]]) -> tuple[dict[int, Any], dict[int, dict[str, Any]]]:
    """Operations of good shape, and refusals of the others, each by its place in the request."""
    good: dict[int, Any] = {}
    refused: dict[int, dict[str, Any]] = {}
    schema = OperationSchema()
    for place, item in enumerate(raw):
        try:
            good[place] = operation_of(item, schema)
        except ValidationError as error:
            op_id = item.get("op_id")
            refused[place] = {
                "op_id": op_id if isinstance(op_id, str) else None,
                "status": Status.REFUSED.value,
                "code": "invalid",
                "errors": first_code(error),
            }
    return good, refused


def result_data(result: deeds.Result) -> dict[str, Any]:
    """What became of one operation, as devices read it."""
    data: dict[str, Any] = {"op_id": result.op_id, "status": result.status.value}
    if result.code:
        data["code"] = result.code
        data["errors"] = dict(result.errors)
    return data


def _picture(sha256: str, media_type: str) -> Response:
    try:
        data = files.get(sha256)
    except files.MissingFileError:
        current_app.logger.error("file missing in the storage: %s", sha256)
        raise NotVisibleError("photo") from None
    answer = Response(data, content_type=media_type)
    # asked again each time (304 by the ETag): a withdrawn photograph is not read from the browser's cache
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(sha256)
    answer.make_conditional(request)
    return answer
