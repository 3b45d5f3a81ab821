"""The director sees the decisions on the institution, and may appeal within the delay."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import appeals as rules
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Decision
from inspect_app.queries import decisions as questions
from inspect_app.queries.decisions import appeals as lodged
from inspect_app.queries.decisions.content import titles
from inspect_app.queries.decisions.register import decisions_of
from inspect_app.services import decisions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.forms import AppealForm
from inspect_app.web.director.views import chosen, pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.messages import sentence


@pages.get("/desk/decisions")
@may(Permission.SEE_OWN_INSTITUTION)
def decisions() -> ResponseReturnValue:
    """All decisions on the institution, and where it stands."""
    institution, every = chosen()
    if institution is None:
        return render_template("director/choose.html", institutions=every, endpoint="director.decisions")
    return render_template(
        "director/decisions.html",
        institution=institution,
        several=len(every) > 1,
        standing=questions.standing_of(institution.id),
        decisions=decisions_of(institution.id),
    )


@pages.get("/desk/decisions/<int:decision_id>")
@may(Permission.SEE_OWN_INSTITUTION)
def decision(decision_id: int) -> ResponseReturnValue:
    """One decision: what it says, why, until when, and how to appeal."""
    actor = current_actor()
    return _page(actor, lodged.own_decision(actor, decision_id), AppealForm())


@pages.post("/desk/decisions/<int:decision_id>/appeal")
@may(Permission.LODGE_APPEALS)
def appeal(decision_id: int) -> ResponseReturnValue:
    """Lodge an appeal."""
    actor, form = current_actor(), AppealForm()
    found = lodged.own_decision(actor, decision_id)
    if form.validate():
        try:
            deeds.lodge(
                actor,
                decision_id=found.id,
                grounds=form.grounds.data or "",
                criteria=request.form.getlist("criteria"),
            )
        except DomainError as error:
            if error.status in (403, 404):
                raise
            deeds.undo()
            if error.field and error.field in form:
                show_fault(form, error)
            else:
                form.form_errors.append(sentence(error.code, **error.params))
        else:
            flash(_("Your appeal is lodged. Somebody who was not involved will answer it with reasons."), "success")
            return redirect(url_for(".decision", decision_id=decision_id))
    return _page(actor, lodged.own_decision(actor, decision_id), form), 422


def _page(actor: Actor, found: Decision, form: AppealForm) -> str:
    policy = questions.policy_of(found.dossier)
    last_day = rules.last_day(
        found.decided_on, policy, moroccan_holidays(found.decided_on.year, found.decided_on.year + 1)
    )
    row = lodged.appeal_of(found.id)
    return render_template(
        "director/decision.html",
        decision=found,
        institution=found.institution,
        dossier=found.dossier,
        titles=titles(found.dossier.inspection, [c["criterion"] for c in found.conditions]),
        conditions=[{**c, "due_on": date.fromisoformat(c["due_on"])} for c in found.conditions],
        contestable=lodged.contestable(found),
        chosen=set(request.form.getlist("criteria")),
        appeal=row,
        last_day=last_day,
        may_appeal=row is None and clock.today() <= last_day and bool(rules.replacements(found.outcome)),
        form=form,
    )
