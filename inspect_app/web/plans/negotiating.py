"""A plan is proposed, signed by both sides, and closed."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.queries import plans as questions
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.forms import SignForm
from inspect_app.web.plans.show import plan_page


@pages.post("/propose")
@may(Permission.NEGOTIATE_PLANS)
def propose() -> ResponseReturnValue:
    """Have a plan proposed for an institution (``institution`` in the form or the address)."""
    number = request.values.get("institution", type=int)
    if number is None:
        raise NotVisibleError("institution")
    plan = deeds.propose_plan(current_actor(), institution_id=number)
    flash(_("A plan is proposed. Change what you see otherwise, then sign it."), "success")
    return redirect(url_for(".show", plan_id=plan.id), 303)


@pages.post("/<int:plan_id>/signature")
@may(Permission.NEGOTIATE_PLANS)
def sign(plan_id: int) -> ResponseReturnValue:
    """Sign the plan as it stands."""
    form = SignForm()
    if form.validate():
        try:
            deeds.agree(current_actor(), plan_id=plan_id, typed=form.typed.data or "")
        except DomainError as error:
            visits.undo()
            show_fault(form, error)
        else:
            flash(_("You have signed the plan."), "success")
            return redirect(url_for(".show", plan_id=plan_id), 303)
    return plan_page(questions.visible(current_actor(), plan_id), form), 422


@pages.post("/<int:plan_id>/close")
@may(Permission.CLOSE_PLANS)
def close(plan_id: int) -> ResponseReturnValue:
    """Close a plan in which nothing waits."""
    deeds.close_plan(current_actor(), plan_id=plan_id)
    flash(_("The plan is closed."), "success")
    return redirect(url_for(".show", plan_id=plan_id), 303)
