"""One dossier: what it holds, what the rules propose and why, who stands where, what may be done next."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierState, Matter, completeness
from inspect_app.domain.decisions.outcomes import WITHOUT_COMMITTEE, clock_of
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Dossier
from inspect_app.queries import decisions as questions
from inspect_app.queries.decisions import desk as lists
from inspect_app.queries.decisions import register
from inspect_app.queries.decisions.content import titles
from inspect_app.queries.decisions.grounds import final_card
from inspect_app.services import decisions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.blueprint import pages
from inspect_app.web.decisions.forms import InterestsForm, ReasonForm
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.messages import sentence


@pages.get("/dossiers/<int:dossier_id>")
@may(Permission.SEE_DECISIONS)
def show(dossier_id: int) -> ResponseReturnValue:
    """The dossier."""
    actor = current_actor()
    return page(actor, questions.visible(actor, dossier_id), InterestsForm(), ReasonForm())


@pages.post("/dossiers/<int:dossier_id>/interests")
@may(Permission.DELIBERATE)
def declare(dossier_id: int) -> ResponseReturnValue:
    """Somebody who acts on the dossier declares their interests."""
    actor, form = current_actor(), InterestsForm()
    if form.validate():
        try:
            deeds.declare_interests(
                actor, dossier_id=dossier_id, conflict=form.conflict.data == "yes", detail=form.detail.data or ""
            )
        except DomainError as error:
            _refused(form, error)
        else:
            flash(_("Your declaration is noted."), "success")
            return redirect(url_for(".show", dossier_id=dossier_id))
    return page(actor, questions.visible(actor, dossier_id), form, ReasonForm()), 422


@pages.post("/dossiers/<int:dossier_id>/closing")
@may(Permission.PREPARE_DECISIONS)
def close(dossier_id: int) -> ResponseReturnValue:
    """Nothing is decided."""
    actor, form = current_actor(), ReasonForm()
    if form.validate():
        try:
            deeds.close_dossier(actor, dossier_id=dossier_id, reason=form.reason.data or "")
        except DomainError as error:
            _refused(form, error)
        else:
            flash(_("The dossier is closed without a decision."), "success")
            return redirect(url_for(".show", dossier_id=dossier_id))
    return page(actor, questions.visible(actor, dossier_id), InterestsForm(), form), 422


def _refused(form: InterestsForm | ReasonForm, error: DomainError) -> None:
    deeds.undo()
    if error.status in (403, 404):
        raise error
    if error.field and error.field in form:
        show_fault(form, error)
    else:
        flash(sentence(error.code, **error.params), "error")


def page(actor: Actor, dossier: Dossier, interests: InterestsForm, reason: ReasonForm) -> str:
    """The page of a dossier."""
    policy = questions.policy_of(dossier)
    inspection = dossier.inspection
    side, conflict = questions.side_of(dossier.id, actor.user_id), questions.conflict_of(dossier.id, actor.user_id)
    state, matter = DossierState(dossier.state), Matter(dossier.matter)
    running = state not in (DossierState.SIGNED, DossierState.CLOSED)
    codes = [c["criterion"] for c in dossier.conditions]
    return render_template(
        "decisions/show.html",
        dossier=dossier,
        institution=dossier.institution,
        inspection=inspection,
        card=final_card(inspection.id) if inspection and matter is Matter.ACCREDITATION else None,
        policy=policy,
        items=completeness.items(questions.held(dossier), policy, clock.today()),
        plan=questions.plan_facts(dossier.institution_id),
        past=register.decisions_of(dossier.institution_id),
        decision=lists.decisions_by_dossier([dossier.id]).get(dossier.id),
        titles=titles(inspection, codes),
        clock_code=clock_of(state, matter),
        side=side,
        conflict=conflict,
        may_declare=running
        and actor.may(Permission.DELIBERATE)
        and conflict != "declared"
        and side not in ("visit", "support"),
        may_deliberate=actor.may(Permission.PREPARE_DECISIONS)
        and state is DossierState.OPEN
        and matter not in WITHOUT_COMMITTEE,
        may_propose=actor.may(Permission.PREPARE_DECISIONS)
        and (state is DossierState.DELIBERATED or (state is DossierState.OPEN and matter in WITHOUT_COMMITTEE)),
        may_sign=actor.may(Permission.SIGN_DECISIONS) and state is DossierState.PROPOSED,
        may_close=actor.may(Permission.PREPARE_DECISIONS) and state in (DossierState.OPEN, DossierState.DELIBERATED),
        interests=interests,
        reason=reason,
    )
