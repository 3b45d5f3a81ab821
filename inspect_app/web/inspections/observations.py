"""The contradictory phase: the director writes observations on the draft, the responder answers each with reasons."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.adapters import clock
from inspect_app.domain.checklists import Criterion, Facts
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import Event, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.inspections.forms.deeds import ObservationForm, ResponseForm
from inspect_app.web.inspections.moves import MOVES

_READERS = (Permission.OBSERVE_DRAFTS, Permission.ANSWER_OBSERVATIONS, Permission.SEE_INSPECTIONS)


@pages.get("/<int:inspection_id>/observations")
@may(*_READERS)
def observations(inspection_id: int) -> ResponseReturnValue:
    """The draft's criteria, the observations on them, and the answers."""
    if questions.closed_by(current_actor(), questions.visible(current_actor(), inspection_id)):
        return redirect(url_for(".show", inspection_id=inspection_id))  # the declaration stands there
    return _page(questions.opened(current_actor(), inspection_id))


@pages.route("/<int:inspection_id>/observations/write", methods=["GET", "POST"])
@may(Permission.OBSERVE_DRAFTS)
def observe(inspection_id: int) -> ResponseReturnValue:
    """The director writes on one criterion (``?criterion=``), or on the report as a whole."""
    actor = current_actor()
    inspection = questions.opened(actor, inspection_id)
    form = ObservationForm()
    code = request.args.get("criterion", "")
    criterion = _asked(inspection).get(code)
    if form.is_submitted() and form.validate():
        try:
            deeds.observe(actor, inspection_id=inspection_id, criterion=code, words=form.text.data or "")
        except DomainError as error:
            deeds.undo()
            show_fault(form, error)
            inspection = questions.opened(actor, inspection_id)
        else:
            flash(_("Your observation is saved."), "success")
            return redirect(url_for(".observations", inspection_id=inspection_id))
    page = render_template(
        "inspections/observe.html",
        inspection=inspection,
        institution=inspection.institution,
        criterion=criterion,
        answer=questions.current_answers(inspection_id, only=[code]).get(code),
        photos=questions.photos(inspection_id).get(code, []),
        form=form,
    )
    return page, 422 if form.errors else 200


@pages.post("/<int:inspection_id>/observations/<int:observation_id>/withdraw")
@may(Permission.OBSERVE_DRAFTS)
def withdraw(inspection_id: int, observation_id: int) -> ResponseReturnValue:
    """The director takes an observation back while the delay runs."""
    deeds.withdraw_observation(current_actor(), inspection_id=inspection_id, observation_id=observation_id)
    flash(_("Your observation was taken back."), "success")
    return redirect(url_for(".observations", inspection_id=inspection_id))


@pages.post("/<int:inspection_id>/observations/<int:observation_id>/response")
@may(Permission.ANSWER_OBSERVATIONS)
def respond(inspection_id: int, observation_id: int) -> ResponseReturnValue:
    """The reasoned answer to one observation."""
    actor = current_actor()
    inspection = questions.opened(actor, inspection_id)
    form = ResponseForm(prefix=f"o{observation_id}-")
    form.offer(None)
    if form.validate():
        try:
            deeds.respond(
                actor,
                inspection_id=inspection_id,
                observation_id=observation_id,
                outcome=form.outcome.data,
                reasons=form.reasons.data or "",
                new_level=form.level(),
            )
        except DomainError as error:
            deeds.undo()
            show_fault(form, error)
            inspection = questions.opened(actor, inspection_id)
        else:
            flash(_("Your answer is saved."), "success")
            return redirect(url_for(".observations", inspection_id=inspection_id))
    return _page(inspection, faulty=(observation_id, form)), 422


def _page(inspection: Inspection, faulty: tuple[int, ResponseForm] | None = None) -> str:
    actor = current_actor()
    state, worn = State(inspection.state), questions.hats(actor, inspection)
    answers = questions.current_answers(inspection.id)
    observed = questions.observed(inspection, answers)
    responding = state is State.RESPONDING and Hat.RESPONDER in worn
    late = inspection.observations_due_on is not None and clock.today() > inspection.observations_due_on
    forms = {o.observation.id: _form(o, faulty) for o in observed if responding and o.observation.response is None}
    every = request.args.get("criteria") == "all"
    criteria = [(c, answers.get(c.code)) for c in _asked(inspection).values()]
    if not every:  # what was found worst is read first
        criteria = sorted(((c, a) for c, a in criteria if _fails(a)), key=lambda found: _level(found[1]))
    return render_template(
        "inspections/observations.html",
        inspection=inspection,
        institution=inspection.institution,
        checklist=checklist_of(inspection),
        observed=observed,
        forms=forms,
        faulty_form=faulty[1] if faulty else None,
        is_director=Hat.DIRECTOR in worn,
        open_for_director=state is State.DRAFT_SENT and Hat.DIRECTOR in worn and not late,
        late=late,
        days_left=(inspection.observations_due_on - clock.today()).days if inspection.observations_due_on else None,
        every=every,
        criteria=criteria,
        close=_close(inspection),
        texts=MOVES,
    )


def _close(inspection: Inspection) -> questions.Move | None:
    """Closing, where this person may do it now."""
    found = questions.moves(current_actor(), inspection)
    return next((m for m in found if m.event is Event.OBSERVATIONS_CLOSED and m.refusal is None), None)


def _form(item: questions.Observed, faulty: tuple[int, ResponseForm] | None) -> ResponseForm:
    level = item.answer.level if item.answer else None
    if faulty is not None and faulty[0] == item.observation.id:
        faulty[1].offer(level)
        return faulty[1]
    form = ResponseForm(formdata=None, prefix=f"o{item.observation.id}-")
    form.offer(level)
    return form


def _asked(inspection: Inspection) -> dict[str, Criterion]:
    return {c.code: c for c in checklist_of(inspection).applicable(Facts.of(inspection.facts))}


def _level(answer: questions.AnswerRow | None) -> int:
    return 3 if answer is None or answer.level is None else answer.level


def _fails(answer: questions.AnswerRow | None) -> bool:
    return _level(answer) < 3
