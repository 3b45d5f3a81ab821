"""What the offline tablet asks besides the visits: who is signed in and what is assigned, and the rules of a visit.

``docs/offline.md`` is the agreement. No page of ours is cached with these answers: they carry what only their person may see.
"""

from typing import Any

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_smorest import Blueprint
from flask_wtf.csrf import generate_csrf

from inspect_app.adapters import clock
from inspect_app.api.problems import problem
from inspect_app.domain.inspections import EDITABLE
from inspect_app.domain.permissions import Permission
from inspect_app.models import TeamMember
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import rules_of
from inspect_app.queries.inspections.lists import assigned
from inspect_app.schemas.tablet import ContactSchema
from inspect_app.web.access import current_actor, may

api = Blueprint("api_tablet", __name__, url_prefix="/api/v1", description="What the offline tablet asks")


@api.before_app_request
def same_account() -> ResponseReturnValue | None:
    """What a device kept for one person is never taken from another person's session."""
    meant = request.headers.get("X-Miyar-Account")
    if meant is None or not current_user.is_authenticated or meant == str(current_user.id):
        return None
    return problem("other-account", 409)


@api.get("/tablet")
@api.alt_response(200, schema=ContactSchema, description="Who is signed in, the token for changes, what is assigned")
@may(Permission.ANSWER_INSPECTIONS)
def contact() -> ResponseReturnValue:
    """The contact from which the days offline count."""
    actor = current_actor()
    answer = jsonify(
        csrf=generate_csrf(),
        now=clock.now().isoformat(),
        account={"id": actor.user_id, "name": actor.name},
        days_offline=current_app.config.get("DAYS_OFFLINE", 14),
        visits=[visit_data(member) for member in assigned(actor)],
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.get("/inspections/<int:inspection_id>/rules")
@may(Permission.ANSWER_INSPECTIONS)
def rules(inspection_id: int) -> ResponseReturnValue:
    """The rule-set frozen for the visit, with which the device reckons its provisional score."""
    found = rules_of(questions.opened(current_actor(), inspection_id))
    answer: Response = jsonify(found.as_data())
    answer.set_etag(found.sha256)
    answer.headers["Cache-Control"] = "no-store"
    return answer.make_conditional(request)


def visit_data(member: TeamMember) -> dict[str, Any]:
    """A visit in the list of those that can be taken along. ``declared``: whether its file is open to the person."""
    visit = member.inspection
    return {
        "id": visit.id,
        "reference": visit.reference,
        "kind": visit.kind,
        "state": visit.state,
        "editable": visit.state in EDITABLE,
        "declared": member.conflict == "none",
        "planned_on": visit.planned_on.isoformat(),
        "institution": {
            "name": {"ar": visit.institution.name_ar, "fr": visit.institution.name_fr},
            "category": visit.institution.category,
        },
    }
