"""An action of a plan: its page, and how both sides change it."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import ActionState, Deed
from inspect_app.models import PlanAction, SupportPlan
from inspect_app.queries import plans as questions
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.languages import language
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.forms import ActionForm, ProofForm, ReasonForm, VerdictForm


@pages.get("/<int:plan_id>/actions/<int:action_id>")
@may(Permission.SEE_PLANS)
def action(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Everything about one action: what to do, its proofs, and what the next step is."""
    plan = questions.visible(current_actor(), plan_id)
    return action_page(plan, questions.action_of(plan, action_id))


def action_page(
    plan: SupportPlan, found: PlanAction, *, proof: ProofForm | None = None, verdict: VerdictForm | None = None
) -> str:
    """The page, with the form that was refused."""
    actor = current_actor()
    if proof is None:
        proof = ProofForm(formdata=None)
        proof.op_id.data = str(uuid.uuid4())
    return render_template(
        "plans/action.html",
        plan=plan,
        institution=plan.institution,
        one=questions.shown_one(plan, found),
        action=found,
        events=[e for e in plan.events if e.action_id == found.id],
        may_change=questions.may(actor, plan, Deed.CHANGE, found),
        may_send=questions.may(actor, plan, Deed.SEND_PROOF, found),
        may_verify=questions.may(actor, plan, Deed.VERIFY, found),
        proof=proof,
        verdict=verdict or VerdictForm(formdata=None),
    )


@pages.route("/<int:plan_id>/actions/<int:action_id>/edit", methods=["GET", "POST"])
@may(Permission.NEGOTIATE_PLANS)
def edit(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Change an action that waits for its owner."""
    plan = questions.visible(current_actor(), plan_id)
    found = questions.action_of(plan, action_id)
    questions.check(current_actor(), plan, Deed.CHANGE, found)
    form = ActionForm()
    form.offer(plan)
    if form.validate_on_submit():
        try:
            deeds.change_action(current_actor(), plan_id=plan_id, action_id=action_id, given=form.given())
        except DomainError as error:
            visits.undo()
            show_fault(form, error)
            plan = questions.visible(current_actor(), plan_id)
            found = questions.action_of(plan, action_id)
        else:
            flash(_("The action is changed."), "success")
            return redirect(url_for(".action", plan_id=plan_id, action_id=action_id), 303)
    elif not form.is_submitted():
        form.show(found)
    return _form_page(plan, form, questions.shown_one(plan, found)), 422 if form.errors else 200


@pages.route("/<int:plan_id>/actions/new", methods=["GET", "POST"])
@may(Permission.NEGOTIATE_PLANS)
def add(plan_id: int) -> ResponseReturnValue:
    """Add an action about a criterion that no action answers."""
    plan = questions.visible(current_actor(), plan_id)
    questions.check(current_actor(), plan, Deed.CHANGE)
    form = ActionForm()
    form.offer(plan, _criteria(plan))
    if form.validate_on_submit():
        try:
            new = deeds.add_action(
                current_actor(), plan_id=plan_id, criterion=form.criterion.data or "", given=form.given()
            )
        except DomainError as error:
            visits.undo()
            show_fault(form, error)
            plan = questions.visible(current_actor(), plan_id)
        else:
            flash(_("The action is added."), "success")
            return redirect(url_for(".action", plan_id=plan_id, action_id=new.id), 303)
    elif not form.is_submitted():
        form.due_on.data = questions.earliest_days()["major"]
        form.target_level.data = 2
    return _form_page(plan, form, None), 422 if form.errors else 200


@pages.route("/<int:plan_id>/actions/<int:action_id>/remove", methods=["GET", "POST"])
@may(Permission.NEGOTIATE_PLANS)
def remove(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Take an action out, with the reason."""
    plan = questions.visible(current_actor(), plan_id)
    found = questions.action_of(plan, action_id)
    questions.check(current_actor(), plan, Deed.CHANGE, found)
    form = ReasonForm()
    if form.validate_on_submit():
        deeds.remove_action(current_actor(), plan_id=plan_id, action_id=action_id, reason=form.reason.data or "")
        flash(_("The action is taken out of the plan."), "success")
        return redirect(url_for(".show", plan_id=plan_id), 303)
    page = render_template(
        "plans/remove.html", plan=plan, institution=plan.institution, one=questions.shown_one(plan, found), form=form
    )
    return page, 422 if form.errors else 200


def _form_page(plan: SupportPlan, form: ActionForm, one: questions.Shown | None) -> str:
    return render_template("plans/action_form.html", plan=plan, institution=plan.institution, form=form, one=one)


def _criteria(plan: SupportPlan) -> list[tuple[str, str]]:
    """Criteria that may be mended and that no action answers: findings first."""
    ground = questions.ground_of(plan.institution_id)
    if ground is None:
        return []
    answered = {a.criterion for a in plan.actions if a.state != ActionState.REMOVED}
    failed = [f.criterion for f, _title in questions.unanswered(plan)]
    rest = [code for code in ground.stand.mendable if code not in failed]
    titles = {c.code: c.title.get(language()) for c in ground.checklist}
    return [(code, f"{titles[code]} ({code})") for code in [*failed, *rest] if code not in answered and code in titles]
