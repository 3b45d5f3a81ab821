"""The pages of a director, who is not a computer person and has one minute."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution
from inspect_app.queries import director as questions
from inspect_app.queries import plans, what_if
from inspect_app.queries.frozen import checklist_of, rules_of
from inspect_app.queries.second_cards import second_cards
from inspect_app.queries.why import why
from inspect_app.web.access import current_actor, may
from inspect_app.web.pictures import history_picture

pages = Blueprint("director", __name__)


def chosen() -> tuple[Institution | None, list[Institution]]:
    """The institution that the page is about; None where the director has to choose, or has none."""
    every = questions.own_institutions(current_actor())
    asked = request.args.get("institution", type=int)
    if "institution" in request.args:
        found = next((i for i in every if i.id == asked), None)
        if found is None:
            raise NotVisibleError("institution")
        return found, every
    return (every[0] if len(every) == 1 else None), every


@pages.get("/desk")
@may(Permission.SEE_OWN_INSTITUTION)
def desk() -> ResponseReturnValue:
    """Where we stand, what must be mended first, each domain, the report, past visits."""
    institution, every = chosen()
    if institution is None:
        return render_template("director/choose.html", institutions=every, endpoint="director.desk")
    seen = questions.desk(current_actor(), institution.id)
    newest = seen.newest
    ground = what_if.ground(seen.visits)
    return render_template(
        "director/desk.html",
        desk=seen,
        institution=institution,
        several=len(every) > 1,
        newest=newest,
        checklist=checklist_of(newest.inspection) if newest else None,
        rules=rules_of(newest.inspection) if newest else None,
        whys=why(newest.inspection, seen.answers) if newest else None,
        picture=history_picture(seen.visits),
        seconds=second_cards([visit.inspection.id for visit in seen.visits]),
        ground=ground,
        ways=ground.stand.ways() if ground else (),
        easiest=what_if.least_work(ground) if ground else (),
        plan=plans.current(institution.id),
        notices=plans.notices_for(current_actor()),
        title_of=plans.title_of,
    )


@pages.get("/desk/visits")
@may(Permission.SEE_OWN_INSTITUTION)
def visits() -> ResponseReturnValue:
    """All visits with their reports."""
    institution, every = chosen()
    if institution is None:
        return render_template("director/choose.html", institutions=every, endpoint="director.visits")
    seen = questions.visits(current_actor(), institution.id)
    return render_template(
        "director/visits.html",
        institution=institution,
        visits=seen,
        several=len(every) > 1,
        seconds=second_cards([visit.inspection.id for visit in seen]),
    )


@pages.get("/desk/<int:institution_id>/criteria/<code>")
@may(Permission.SEE_OWN_INSTITUTION)
def criterion(institution_id: int, code: str) -> ResponseReturnValue:
    """What each visit found on one criterion, and what would be fully met."""
    levels = questions.levels_of(current_actor(), institution_id, code)
    return render_template(
        "director/criterion.html",
        institution=questions.own(current_actor(), institution_id),
        criterion=levels[0].criterion,
        levels=levels,
    )
