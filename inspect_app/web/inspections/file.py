"""The file of a visit: where it stands, what happened, what may happen next; and the declaration that opens it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import BEFORE, EDITABLE, REVIEWERS_CHANGE, Event, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of, policy_of
from inspect_app.queries.inspections.receipts import receipt
from inspect_app.queries.reports import answers_at
from inspect_app.queries.scorecards import latest_card, provisional
from inspect_app.queries.second_cards import second_cards
from inspect_app.queries.why import why
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.inspections.forms.deeds import DeclarationForm, ReasonForm
from inspect_app.web.inspections.moves import MOVES
from inspect_app.web.messages import sentence

_READERS = (Permission.SEE_INSPECTIONS, Permission.ANSWER_INSPECTIONS)
_MOVERS = (
    Permission.PLAN_INSPECTIONS,
    Permission.ANSWER_INSPECTIONS,
    Permission.REVIEW_INSPECTIONS,
    Permission.ANSWER_OBSERVATIONS,
    Permission.OBSERVE_DRAFTS,
)
_DEEDS: dict[Event, Callable[[Actor, int, str], Any]] = {
    Event.PREPARED: lambda a, i, reason: deeds.prepare(a, inspection_id=i, note=reason),
    Event.STARTED: lambda a, i, _reason: deeds.start(a, inspection_id=i),
    Event.SUBMITTED: lambda a, i, _reason: deeds.submit(a, inspection_id=i),
    Event.RETURNED: lambda a, i, reason: deeds.return_to_team(a, inspection_id=i, reason=reason),
    Event.ACCEPTED: lambda a, i, reason: deeds.accept(a, inspection_id=i, remark=reason),
    Event.DRAFT_SENT: lambda a, i, _reason: deeds.send_draft(a, inspection_id=i),
    Event.OBSERVATIONS_CLOSED: lambda a, i, _reason: deeds.close_observations(a, inspection_id=i),
    Event.FINALISED: lambda a, i, _reason: deeds.finalise(a, inspection_id=i),
    Event.CANCELLED: lambda a, i, reason: deeds.cancel(a, inspection_id=i, reason=reason),
}


@pages.get("/<int:inspection_id>")
@may(*_READERS)
def show(inspection_id: int) -> ResponseReturnValue:
    """The file of a visit; to whoever takes part and has not declared their interests, the declaration alone."""
    actor = current_actor()
    inspection = questions.visible(actor, inspection_id)
    if questions.closed_by(actor, inspection) is not None:
        return _declaration_page(inspection, DeclarationForm())
    return _file_page(actor, inspection, ReasonForm(), None)


@pages.post("/<int:inspection_id>/declaration")
@may(*deeds.DUTIES)
def declare(inspection_id: int) -> ResponseReturnValue:
    """A member of the team or a reviewer declares their interests."""
    form = DeclarationForm()
    inspection = questions.visible(current_actor(), inspection_id)
    if form.validate():
        try:
            conflict = form.conflict.data == "yes"
            deeds.declare(
                current_actor(), inspection_id=inspection_id, conflict=conflict, detail=form.detail.data or ""
            )
        except DomainError as error:
            deeds.undo()
            show_fault(form, error)
            inspection = questions.visible(current_actor(), inspection_id)
        else:
            flash(
                _("Your declaration is noted; the coordinator has been told.")
                if conflict
                else _("Your declaration is noted. The file is open to you."),
                "success",
            )
            return redirect(url_for(".show", inspection_id=inspection_id))
    return _declaration_page(inspection, form), 422


@pages.post("/<int:inspection_id>/moves/<event>")
@may(*_MOVERS)
def move(inspection_id: int, event: str) -> ResponseReturnValue:
    """Make the next thing happen. A refusal comes back to the file with its reason in words."""
    actor = current_actor()
    if event not in {e.value for e in _DEEDS}:
        raise NotVisibleError("move")
    form = ReasonForm()
    back = _back(actor, inspection_id, Event(event))
    if not form.validate():
        return _file_page(actor, questions.opened(actor, inspection_id), form, Event(event)), 422
    try:
        _DEEDS[Event(event)](actor, inspection_id, form.reason.data or "")
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        flash(sentence(error.code, **error.params), "error")
    else:
        flash(str(MOVES[Event(event)].done), "success")
    return redirect(back)


def _back(actor: Actor, inspection_id: int, event: Event) -> str:
    """Where the person goes on: a director never sees the file, only the observations."""
    if not actor.may(Permission.SEE_INSPECTIONS) or event is Event.OBSERVATIONS_CLOSED:
        return url_for(".observations", inspection_id=inspection_id)
    return url_for(".show", inspection_id=inspection_id)


def _declaration_page(inspection: Inspection, form: DeclarationForm) -> str:
    actor = current_actor()
    place = questions.closed_by(actor, inspection)
    visits = questions.membership(actor, inspection) is not None
    return render_template(
        "inspections/declaration.html", inspection=inspection, member=place, visits=visits, form=form
    )


def _file_page(actor: Actor, inspection: Inspection, form: ReasonForm, faulty: Event | None) -> str:
    state = State(inspection.state)
    worn = questions.hats(actor, inspection)
    editable = state in EDITABLE
    checklist = checklist_of(inspection)
    missing, disputed = [], {}
    hidden = questions.hidden_from(actor, inspection.id)
    answers = questions.current_answers(inspection.id)
    if editable:
        missing = questions.unanswered(checklist, Facts.of(inspection.facts), answers)
        missing = [code for code in missing if code not in hidden]
        disputed = {code: rows for code, rows in questions.disputed(inspection.id).items() if code not in hidden}
    card = latest_card(inspection.id)
    if card and not editable:
        answers = answers_at(inspection, card.stage)
    double_rating = questions.double_rating_of(inspection.id)
    signatures = questions.signatures_of(inspection.id)
    return render_template(
        "inspections/show.html",
        inspection=inspection,
        institution=inspection.institution,
        checklist=checklist,
        card=provisional(inspection, without=hidden).as_data() if editable else card.card if card else None,
        moves=[(m, MOVES[m.event]) for m in questions.moves(actor, inspection)],
        sentences={m.event: _sentence(m) for m in questions.moves(actor, inspection) if m.refusal},
        seconds=second_cards([inspection.id]).get(inspection.id, []),
        whys=why(inspection, answers, without=hidden) if editable or card else None,
        missing=missing,
        disputed=disputed,
        may_answer=editable and Hat.MEMBER in worn,
        may_change_team=Hat.COORDINATOR in worn and state in BEFORE,
        may_change_reviewers=Hat.COORDINATOR in worn and state in REVIEWERS_CHANGE["responses"],
        sees_conflicts=Hat.COORDINATOR in worn,
        deadlines=questions.deadlines_of(inspection),
        policy=policy_of(inspection),
        critical=questions.critical_findings(inspection.id, hidden),
        signatures=signatures,
        record_digest=receipt(inspection).digest if signatures else "",
        double_rating=double_rating,
        rates_apart=bool(hidden and editable and double_rating and double_rating.second_closed_at is None),
        form=form,
        faulty=faulty,
        due_if_sent=deeds.observations_due_today(inspection) if state is State.ACCEPTED else None,
    )


def _sentence(found: questions.Move) -> str:
    refusal = found.refusal
    return sentence(refusal.code, **dict(refusal.params)) if refusal else ""
