"""Double rating of a visit: the coordinator chooses it, each side closes, and then everybody of the file compares."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import BEFORE, EDITABLE, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.inspections.forms.double_rating import DoubleRatingForm, WaiveForm
from inspect_app.web.messages import sentence


@pages.get("/<int:inspection_id>/double-rating")
@may(Permission.SEE_INSPECTIONS)
def double_rating(inspection_id: int) -> ResponseReturnValue:
    """Who rates what a second time, how far both sides are, and both ratings once both are closed."""
    actor = current_actor()
    if questions.closed_by(actor, questions.visible(actor, inspection_id)):
        return redirect(url_for(".show", inspection_id=inspection_id))  # the declaration stands there
    return _page(actor, questions.opened(actor, inspection_id))


@pages.post("/<int:inspection_id>/double-rating/choose")
@may(Permission.PLAN_INSPECTIONS)
def choose_double_rating(inspection_id: int) -> ResponseReturnValue:
    """Choose, or choose again, before the visit."""
    actor = current_actor()
    inspection = questions.opened(actor, inspection_id)
    form = _choosing(inspection)
    if form.validate():
        try:
            deeds.set_double_rating(
                actor,
                inspection_id=inspection_id,
                second_rater=form.second_rater.data or 0,
                share=form.share.data or 0,
                critical=bool(form.critical.data),
            )
        except DomainError as error:
            deeds.undo()
            inspection = questions.opened(actor, inspection_id)
            if error.field is None:
                return _refused(error, inspection_id)
            show_fault(form, error)
        else:
            flash(_("The second rating is chosen. The second rater finds it in the file of the visit."), "success")
            return redirect(url_for(".double_rating", inspection_id=inspection_id))
    return _page(actor, inspection, form=form), 422


@pages.post("/<int:inspection_id>/double-rating/remove")
@may(Permission.PLAN_INSPECTIONS)
def remove_double_rating(inspection_id: int) -> ResponseReturnValue:
    """No second rating after all."""
    try:
        deeds.remove_double_rating(current_actor(), inspection_id=inspection_id)
    except DomainError as error:
        return _refused(error, inspection_id)
    flash(_("There is no second rating on this visit any more."), "success")
    return redirect(url_for(".double_rating", inspection_id=inspection_id))


@pages.post("/<int:inspection_id>/double-rating/waive")
@may(Permission.PLAN_INSPECTIONS)
def waive_double_rating(inspection_id: int) -> ResponseReturnValue:
    """The second rating will not be finished: the visit goes on without it."""
    actor = current_actor()
    form = WaiveForm()
    if not form.validate():
        return _page(actor, questions.opened(actor, inspection_id), waiving=form), 422
    try:
        deeds.waive_double_rating(actor, inspection_id=inspection_id, reason=form.reason.data or "")
    except DomainError as error:
        return _refused(error, inspection_id)
    flash(_("The visit goes on without the second rating."), "success")
    return redirect(url_for(".double_rating", inspection_id=inspection_id))


@pages.post("/<int:inspection_id>/double-rating/close")
@may(Permission.SUBMIT_INSPECTIONS)
def close_first_side(inspection_id: int) -> ResponseReturnValue:
    """The leader closes the side of the team."""
    try:
        deeds.close_first_side(current_actor(), inspection_id=inspection_id)
    except DomainError as error:
        return _refused(error, inspection_id)
    flash(_("The side of the team is closed."), "success")
    return redirect(url_for(".double_rating", inspection_id=inspection_id))


def _refused(error: DomainError, inspection_id: int) -> ResponseReturnValue:
    """Back to the page with the reason in words; what is none of theirs stays an error."""
    if error.status in (403, 404):
        raise error
    deeds.undo()
    flash(sentence(error.code, **error.params), "error")
    return redirect(url_for(".double_rating", inspection_id=inspection_id))


def _choosing(inspection: Inspection) -> DoubleRatingForm:
    form = DoubleRatingForm()
    form.offer(inspection.team, load_agreement_policy(), questions.double_rating_of(inspection.id))
    return form


def _page(
    actor: Actor, inspection: Inspection, *, form: DoubleRatingForm | None = None, waiving: WaiveForm | None = None
) -> str:
    state = State(inspection.state)
    worn = questions.hats(actor, inspection)
    row = questions.double_rating_of(inspection.id)
    rates = row is not None and row.second_rater_id == actor.user_id
    may_choose = Hat.COORDINATOR in worn and state in BEFORE
    running = row is not None and row.sealed and state in EDITABLE
    # the team does not know which of its answers are rated again: it would answer those with more care
    sees_criteria = row is not None and (not row.sealed or rates or Hat.COORDINATOR in worn)
    rows = questions.compared(inspection, row) if row else []
    return render_template(
        "inspections/double_rating.html",
        inspection=inspection,
        institution=inspection.institution,
        row=row,
        chosen=questions.rated_twice(inspection, row) if row and sees_criteria else [],
        rows=sorted(rows, key=lambda r: not r.differs),
        policy=load_agreement_policy(),
        may_choose=may_choose,
        may_rate=rates and running and row is not None and row.second_closed_at is None,
        may_close=Hat.LEADER in worn and running and row is not None and row.first_closed_at is None,
        may_waive=Hat.COORDINATOR in worn and running,
        may_answer=Hat.MEMBER in worn and state in EDITABLE,
        form=(form or _choosing(inspection)) if may_choose else None,
        waiving=waiving or WaiveForm(),
    )
