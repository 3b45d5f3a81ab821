"""The page of a plan: what to do first, by when, who helps; as a list, a board or a calendar."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.adapters import clock
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import Deed
from inspect_app.models import SupportPlan
from inspect_app.queries import plans as questions
from inspect_app.web.access import current_actor, may
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.forms import SignForm
from inspect_app.web.plans.months import month_of

VIEWS = ("list", "board", "calendar")


@pages.get("/<int:plan_id>")
@may(Permission.SEE_PLANS)
def show(plan_id: int) -> ResponseReturnValue:
    """One plan."""
    return plan_page(questions.visible(current_actor(), plan_id))


def plan_page(plan: SupportPlan, sign: SignForm | None = None) -> str:
    """The page, with the form of a signature that was refused."""
    actor = current_actor()
    view = request.args.get("view", "list")
    actions = questions.shown(plan)
    return render_template(
        "plans/show.html",
        plan=plan,
        institution=plan.institution,
        view=view if view in VIEWS else "list",
        actions=actions,
        board=questions.board(actions),
        months=questions.by_month(actions),
        month=month_of(request.args.get("month", ""), clock.today(), actions),
        worth=questions.worth_of(plan),
        unanswered=questions.unanswered(plan),
        may_change=questions.may(actor, plan, Deed.CHANGE),
        may_sign=questions.may(actor, plan, Deed.AGREE),
        may_close=questions.may(actor, plan, Deed.CLOSE),
        may_send={a.action.id for a in actions if questions.may(actor, plan, Deed.SEND_PROOF, a.action)},
        may_verify={a.action.id for a in actions if questions.may(actor, plan, Deed.VERIFY, a.action)},
        sign=sign or SignForm(formdata=None),
        notices={n.action_id: n for n in questions.notices_for(actor)},
        today=clock.today(),
    )
