"""What tablets set down on the spot, as JSON: signatures at the end of a visit, sheets of critical findings.

Each record has its UUID and may be sent again; a faulty one is refused alone. ``docs/offline.md`` is the agreement.
"""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError

from inspect_app.api.problems import problem
from inspect_app.domain.answers import Status
from inspect_app.domain.permissions import Permission
from inspect_app.queries.inspections.minutes import notices_of
from inspect_app.schemas.inspections import first_code
from inspect_app.schemas.minutes import (
    RecordsSchema,
    ResultsSchema,
    SheetResultsSchema,
    SheetSchema,
    SheetsDocument,
    SignatureSchema,
    SignaturesDocument,
)
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may

api = Blueprint("api_minutes", __name__, url_prefix="/api/v1", description="Signatures and critical findings")


@api.post("/inspections/<int:inspection_id>/signatures")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": SignaturesDocument}}})
@api.alt_response(200, schema=ResultsSchema, description="What became of each signature")
@may(Permission.ANSWER_INSPECTIONS)
def signatures(inspection_id: int) -> ResponseReturnValue:
    """Keep signatures of the team and of the institution, and refusals to sign."""
    try:
        raw = _records()
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    good, refused = read_each(raw, SignatureSchema())
    results = deeds.take_signatures(current_actor(), inspection_id=inspection_id, signatures=list(good.values()))
    return {"results": in_order(len(raw), dict(zip(good, results, strict=True)), refused)}


@api.post("/inspections/<int:inspection_id>/sheets")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": SheetsDocument}}})
@api.alt_response(200, schema=SheetResultsSchema, description="What became of each sheet, and who was told")
@may(Permission.ANSWER_INSPECTIONS)
def sheets(inspection_id: int) -> ResponseReturnValue:
    """Keep sheets of critical findings, and tell the coordinator (in immediate danger the ministry) by mail, once."""
    try:
        raw = _records()
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    good, refused = read_each(raw, SheetSchema())
    results = deeds.fill_sheets(current_actor(), inspection_id=inspection_id, sheets=list(good.values()))
    told = notices_of(inspection_id)
    answers = in_order(len(raw), dict(zip(good, results, strict=True)), refused)
    for place, sheet in good.items():
        answers[place]["told"] = [audience.value for audience in told.get(sheet.criterion, ())]
    return {"results": answers}


def _records() -> list[dict[str, Any]]:
    body = request.get_json(silent=True)
    found: list[dict[str, Any]] = RecordsSchema().load(body if isinstance(body, dict) else {})["records"]
    return found


def read_each(raw: list[dict[str, Any]], schema: Schema) -> tuple[dict[int, Any], dict[int, deeds.Result]]:
    """Records of good shape, and refusals of the others, each by its place in the request."""
    good: dict[int, Any] = {}
    refused: dict[int, deeds.Result] = {}
    for place, item in enumerate(raw):
        try:
            good[place] = schema.load(item)
        except ValidationError as error:
            op_id = item.get("op_id")
            named = op_id if isinstance(op_id, str) else ""
            refused[place] = deeds.Result(named, Status.REFUSED, "invalid", first_code(error))
    return good, refused


def in_order(count: int, results: dict[int, deeds.Result], refused: dict[int, deeds.Result]) -> list[dict[str, Any]]:
    """What became of each record, in the order of the request, as devices read it."""
    found = []
    for place in range(count):
        result = refused.get(place) or results[place]
        data: dict[str, Any] = {"op_id": result.op_id, "status": result.status.value}
        if result.code:
            data["code"] = result.code
            data["errors"] = dict(result.errors)
        found.append(data)
    return found
