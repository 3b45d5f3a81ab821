"""The three steps of a dossier: deliberation, proposal, signature."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions.people import VOTES
from inspect_app.domain.decisions.proposal import conditions
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Dossier
from inspect_app.queries import decisions as questions
from inspect_app.queries import inspections as people
from inspect_app.queries.decisions.content import titles
from inspect_app.queries.decisions.grounds import final_card
from inspect_app.services import decisions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.blueprint import pages
from inspect_app.web.decisions.forms import DeliberationForm, ProposalForm, ReasonForm
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.messages import sentence


def _done(form: FlaskForm, deed: Callable[[], Any]) -> bool:
    """Whether the deed was done; a refusal stands at its field, or above the form."""
    if not form.validate():
        return False
    try:
        deed()
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        if error.field and error.field in form:
            show_fault(form, error)
        else:
            form.form_errors.append(sentence(error.code, **error.params))
        return False
    return True


@pages.route("/dossiers/<int:dossier_id>/deliberation", methods=["GET", "POST"])
@may(Permission.PREPARE_DECISIONS)
def deliberation(dossier_id: int) -> ResponseReturnValue:
    """Record what the committee found."""
    actor = current_actor()
    dossier = questions.visible(actor, dossier_id)
    form = DeliberationForm()
    form.offer(dossier.matter)
    if not form.is_submitted():
        form.held_on.data = clock.today()
        form.outcome.data = dossier.computed_outcome
        return _deliberation_page(actor, dossier, form)
    if _done(
        form,
        lambda: deeds.record_deliberation(
            actor,
            dossier_id=dossier_id,
            held_on=form.held_on.data or clock.today(),
            chair=request.form.get("chair", 0, type=int),
            seats=_seats(),
            manner=form.manner.data or "",
            outcome=form.outcome.data or "",
            reasons=form.reasons.data or "",
        ),
    ):
        flash(_("The deliberation is on file."), "success")
        return redirect(url_for(".show", dossier_id=dossier_id))
    return _deliberation_page(actor, questions.visible(actor, dossier_id), form), 422


def _seats() -> list[deeds.Seat]:
    found = []
    for user_id in request.form.getlist("members", type=int):
        vote = request.form.get(f"vote-{user_id}", "")
        found.append(deeds.Seat(user_id, vote=vote if vote in VOTES else None))
    return found


def _deliberation_page(actor: Actor, dossier: Dossier, form: DeliberationForm) -> str:
    sides = questions.sides(dossier.id)
    near = [c for c in people.candidates(dossier.institution, Permission.DELIBERATE) if c.near]
    return render_template(
        "decisions/deliberation.html",
        dossier=dossier,
        institution=dossier.institution,
        form=form,
        policy=questions.policy_of(dossier),
        candidates=[c for c in near if sides.get(c.user_id, "decide") == "decide" and c.user_id != actor.user_id],
        conflicts={i.user_id: i.conflict for i in dossier.interests},
        chosen=set(request.form.getlist("members", type=int)),
        chair=request.form.get("chair", 0, type=int),
        votes={c.user_id: request.form.get(f"vote-{c.user_id}", "") for c in near},
    )


@pages.route("/dossiers/<int:dossier_id>/proposal", methods=["GET", "POST"])
@may(Permission.PREPARE_DECISIONS)
def proposal(dossier_id: int) -> ResponseReturnValue:
    """Put a proposal before the signatory."""
    actor = current_actor()
    dossier = questions.visible(actor, dossier_id)
    form = ProposalForm()
    form.offer(dossier.matter)
    asked = _asked(dossier)
    if not form.is_submitted():
        opinion = questions.last_deliberation(dossier.id)
        form.outcome.data = opinion.outcome if opinion else None
        form.reasons.data = opinion.reasons if opinion else dossier.grounds
        return _proposal_page(dossier, form, set())
    kept = set(request.form.getlist("condition"))
    left_out = (
        {code for outcome in asked.values() for code in outcome} - kept if "condition-shown" in request.form else set()
    )
    if _done(
        form,
        lambda: deeds.propose(
            actor,
            dossier_id=dossier_id,
            outcome=form.outcome.data or "",
            reasons=form.reasons.data or "",
            departure_reason=form.departure_reason.data or "",
            without=left_out,
        ),
    ):
        flash(_("The proposal is with the signatory."), "success")
        return redirect(url_for(".show", dossier_id=dossier_id))
    return _proposal_page(questions.visible(actor, dossier_id), form, left_out), 422


def _asked(dossier: Dossier) -> dict[str, list[str]]:
    """Conditions by outcome that carries any."""
    card = final_card(dossier.inspection_id) if dossier.inspection_id and dossier.computed_outcome else None
    policy = questions.policy_of(dossier)
    if card is None:
        return {}
    return {o: [c.criterion for c in conditions(card.card, o, policy)] for o in sorted(policy.conditions_of)}


def _proposal_page(dossier: Dossier, form: ProposalForm, left_out: set[str]) -> str:
    asked = _asked(dossier)
    codes = sorted({code for found in asked.values() for code in found})
    return render_template(
        "decisions/proposal.html",
        dossier=dossier,
        institution=dossier.institution,
        form=form,
        opinion=questions.last_deliberation(dossier.id),
        codes=codes,
        left_out=left_out,
        titles=titles(dossier.inspection, codes),
    )


@pages.route("/dossiers/<int:dossier_id>/signature", methods=["GET", "POST"])
@may(Permission.SIGN_DECISIONS)
def signature(dossier_id: int) -> ResponseReturnValue:
    """Sign, or return with reasons."""
    actor = current_actor()
    dossier = questions.visible(actor, dossier_id)
    form = ReasonForm()
    if not form.is_submitted():
        return _signature_page(actor, dossier, form)
    if "sign" in request.form:
        try:
            decision = deeds.sign(actor, dossier_id=dossier_id)
        except DomainError as error:
            if error.status in (403, 404):
                raise
            deeds.undo()
            flash(sentence(error.code, **error.params), "error")
            return redirect(url_for(".show", dossier_id=dossier_id))
        flash(_("Decision no. %(number)s is signed and stands in the register.", number=decision.number), "success")
        return redirect(url_for(".show", dossier_id=dossier_id))
    if _done(form, lambda: deeds.return_proposal(actor, dossier_id=dossier_id, reason=form.reason.data or "")):
        flash(_("The proposal was returned with your reasons."), "success")
        return redirect(url_for(".show", dossier_id=dossier_id))
    return _signature_page(actor, questions.visible(actor, dossier_id), form), 422


def _signature_page(actor: Actor, dossier: Dossier, form: ReasonForm) -> str:
    return render_template(
        "decisions/signature.html",
        dossier=dossier,
        institution=dossier.institution,
        form=form,
        opinion=questions.last_deliberation(dossier.id),
        side=questions.side_of(dossier.id, actor.user_id),
        conflict=questions.conflict_of(dossier.id, actor.user_id),
        titles=titles(dossier.inspection, [c["criterion"] for c in dossier.conditions]),
        policy=questions.policy_of(dossier),
    )
