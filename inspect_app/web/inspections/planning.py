"""Plan a visit, and name other people on it before it begins."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import BEFORE, REVIEWERS_CHANGE, Event, Hat, State, next_state
from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution
from inspect_app.queries import inspections as questions
from inspect_app.queries import institutions as registry
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.inspections.forms.planning import DateForm, PlanForm, ReviewersForm, TeamForm
from inspect_app.web.inspections.moves import MOVES
from inspect_app.web.languages import language


@pages.route("/new", methods=["GET", "POST"])
@may(Permission.PLAN_INSPECTIONS)
def new() -> ResponseReturnValue:
    """Plan a visit: first the institution (``?institution=``), then kind, date and people."""
    chosen = request.args.get("institution", type=int)
    if chosen is None:
        return _choose_institution()
    institution = registry.visible(current_actor(), chosen)
    form = PlanForm()
    form.offer(institution)
    if form.is_submitted() and form.validate() and form.planned_on.data:
        try:
            inspection = deeds.plan_inspection(
                current_actor(),
                institution_id=institution.id,
                kind=form.kind.data,
                planned_on=form.planned_on.data,
                purpose=form.purpose.data or "",
                team=form.members(),
                second_reader=form.second_reader.data,
                responder=form.responder.data,
            )
        except DomainError as error:
            institution = _after_fault(form, error, chosen)
        else:
            flash(_("The visit is planned with reference %(code)s.", code=inspection.reference), "success")
            return redirect(url_for(".show", inspection_id=inspection.id))
    page = render_template("inspections/new.html", form=form, institution=institution, today=clock.today())
    return page, 422 if form.errors else 200


@pages.route("/<int:inspection_id>/team", methods=["GET", "POST"])
@may(Permission.PLAN_INSPECTIONS)
def team(inspection_id: int) -> ResponseReturnValue:
    """Name other people: a conflict was declared, somebody is ill."""
    inspection = questions.visible(current_actor(), inspection_id)
    if Hat.COORDINATOR not in questions.hats(current_actor(), inspection):
        raise NotVisibleError("inspection")
    if State(inspection.state) not in BEFORE:
        raise DomainError("team-fixed")
    form = TeamForm()
    form.offer(inspection.institution)
    form.fill(inspection)
    if form.is_submitted() and form.validate():
        try:
            deeds.change_team(
                current_actor(),
                inspection_id=inspection_id,
                team=form.members(),
                second_reader=form.second_reader.data,
                responder=form.responder.data,
                reason=form.reason.data or "",
            )
        except DomainError as error:
            _after_fault(form, error, inspection.institution_id)
            inspection = questions.visible(current_actor(), inspection_id)
        else:
            flash(_("The team has been changed."), "success")
            return redirect(url_for(".show", inspection_id=inspection_id))
    page = render_template("inspections/team.html", form=form, inspection=inspection)
    return page, 422 if form.errors else 200


@pages.route("/<int:inspection_id>/date", methods=["GET", "POST"])
@may(Permission.PLAN_INSPECTIONS)
def reschedule(inspection_id: int) -> ResponseReturnValue:
    """Move the visit to another day, as long as it has not begun."""
    inspection = questions.visible(current_actor(), inspection_id)
    if Hat.COORDINATOR not in questions.hats(current_actor(), inspection):
        raise NotVisibleError("inspection")
    next_state(inspection.state, Event.RESCHEDULED)
    form = DateForm()
    if form.is_submitted() and form.validate() and form.planned_on.data:
        try:
            deeds.reschedule(
                current_actor(),
                inspection_id=inspection_id,
                planned_on=form.planned_on.data,
                reason=form.reason.data or "",
            )
        except DomainError as error:
            _after_fault(form, error, inspection.institution_id)
            inspection = questions.visible(current_actor(), inspection_id)
        else:
            flash(str(MOVES[Event.RESCHEDULED].done), "success")
            return redirect(url_for(".show", inspection_id=inspection_id))
    page = render_template(
        "inspections/reschedule.html", form=form, inspection=inspection, words=MOVES[Event.RESCHEDULED]
    )
    return page, 422 if form.errors else 200


@pages.route("/<int:inspection_id>/reviewers", methods=["GET", "POST"])
@may(Permission.PLAN_INSPECTIONS)
def reviewers(inspection_id: int) -> ResponseReturnValue:
    """Name another second reader or responder, as long as their work is not done."""
    inspection = questions.visible(current_actor(), inspection_id)
    if Hat.COORDINATOR not in questions.hats(current_actor(), inspection):
        raise NotVisibleError("inspection")
    if State(inspection.state) not in REVIEWERS_CHANGE["responses"]:
        raise DomainError("reviewer-fixed")
    form = ReviewersForm()
    form.offer(inspection)
    if form.is_submitted() and form.validate():
        try:
            deeds.change_reviewers(
                current_actor(),
                inspection_id=inspection_id,
                second_reader=form.second_reader.data,
                responder=form.responder.data,
                reason=form.reason.data or "",
            )
        except DomainError as error:
            _after_fault(form, error, inspection.institution_id)
            inspection = questions.visible(current_actor(), inspection_id)
        else:
            flash(_("The reviewers have been changed."), "success")
            return redirect(url_for(".show", inspection_id=inspection_id))
    page = render_template("inspections/reviewers.html", form=form, inspection=inspection)
    return page, 422 if form.errors else 200


def _choose_institution() -> ResponseReturnValue:
    search = request.args.get("q", "")[:100]
    filters = registry.Filters(search=search, sort="unvisited", language=language())
    page = registry.page_of(current_actor(), filters, request.args.get("page", 1, type=int))
    running = questions.open_visits(current_actor(), [row.id for row in page.items])
    return render_template("inspections/choose.html", search=search, page=page, running=running)


def _after_fault(form: FlaskForm, error: DomainError, institution_id: int) -> Institution:
    """The fault at its field, nothing of the refused deed left, the institution read again."""
    deeds.undo()
    show_fault(form, error)
    return registry.visible(current_actor(), institution_id)
