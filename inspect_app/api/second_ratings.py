"""Second ratings as JSON: what somebody rates apart on a visit, and their ratings as operations."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import ValidationError

from inspect_app.api.inspections import loaded, result_data
from inspect_app.api.problems import problem
from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as questions
from inspect_app.queries.inspections.pack import in_language
from inspect_app.schemas.inspections import (
    OperationsDocument,
    OperationsSchema,
    SecondRatingsAppliedSchema,
    SecondRatingsSchema,
    first_code,
)
from inspect_app.services import inspections as deeds
from inspect_app.web import languages
from inspect_app.web.access import current_actor, may

api = Blueprint(
    "api_second_ratings", __name__, url_prefix="/api/v1", description="Criteria rated a second time, without the first"
)


@api.get("/inspections/<int:inspection_id>/second-rating")
@api.alt_response(200, schema=SecondRatingsSchema, description="The criteria to rate apart, and the ratings given")
@may(Permission.ANSWER_INSPECTIONS)
def show(inspection_id: int) -> ResponseReturnValue:
    """What the second rater rates, and has rated. Nothing of what the team answered."""
    inspection, row = questions.rated_by(current_actor(), inspection_id)
    language = None if request.args.get("texts") == "all" else languages.language()
    return {
        "inspection": inspection.id,
        "reference": inspection.reference,
        "closed": row.second_closed_at is not None,
        "criteria": [
            in_language(_criterion(criterion), language) for criterion, _why in questions.rated_twice(inspection, row)
        ],
        "ratings": {
            code: {
                "op_id": r.op_id,
                "level": r.level,
                "not_applicable": r.not_applicable,
                "na_reason": r.na_reason,
                "note": r.note,
                "answered_at": r.answered_at.isoformat(),
            }
            for code, r in questions.second_ratings(row.id).items()
        },
    }


@api.post("/inspections/<int:inspection_id>/second-rating/operations")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": OperationsDocument}}})
@api.alt_response(200, schema=SecondRatingsAppliedSchema, description="What became of each operation")
@may(Permission.ANSWER_INSPECTIONS)
def operations(inspection_id: int) -> ResponseReturnValue:
    """Save second ratings. Each operation has its UUID and may be sent again; a faulty one is refused alone."""
    body = request.get_json(silent=True)
    try:
        raw = OperationsSchema().load(body if isinstance(body, dict) else {})["operations"]
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    good, refused = loaded(raw)
    given = deeds.rate_again(current_actor(), inspection_id=inspection_id, operations=list(good.values()))
    by_place = dict(zip(good, given, strict=True))
    return {"results": [refused[i] if i in refused else result_data(by_place[i]) for i in range(len(raw))]}


def _criterion(criterion: Any) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "domain": criterion.domain,
        "class": criterion.criterion_class,
        "na_allowed": criterion.na_allowed and not criterion.critical,
        "title": criterion.title.as_dict(),
        "requirement": criterion.requirement.as_dict(),
        "verify": [{"method": v.method, **v.text.as_dict()} for v in criterion.verify],
        "levels": {str(level): text.as_dict() for level, text in criterion.levels.items()},
    }
