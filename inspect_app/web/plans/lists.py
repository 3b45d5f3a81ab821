"""The support plans of a territory; a director's own."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Role
from inspect_app.queries import plans as questions
from inspect_app.queries.director import own_institutions
from inspect_app.web.access import current_actor, may
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.forms.lists import FilterForm


@pages.get("/")
@may(Permission.SEE_PLANS)
def index() -> ResponseReturnValue:
    """Which plans are there, what is late first; and who has findings and no plan."""
    actor = current_actor()
    form = FilterForm()
    filters = form.filters()
    number = request.args.get("page", 1, type=int)
    if actor.has(Role.DIRECTOR):
        return _own()
    without = questions.without_plan(actor, filters, number) if filters.state == "none" else None
    page = questions.page_of(actor, filters, number) if without is None else without
    return render_template(
        "plans/index.html",
        form=form,
        filters=filters,
        page=page,
        without=without is not None,
        waiting=questions.without_plan(actor, questions.Filters()).total,
        notices=questions.notices_for(actor),
        title_of=questions.title_of,
    )


def _own() -> ResponseReturnValue:
    """A director sees the plan of their institution at once; before there is one, how it comes about."""
    every = own_institutions(current_actor())
    plans = {i.id: questions.current(i.id) for i in every}
    if len(every) == 1 and (plan := plans[every[0].id]) is not None:
        return redirect(url_for(".show", plan_id=plan.id))
    found = {i.id: len(questions.unmended(i.id)) for i in every}
    return render_template("plans/own.html", institutions=every, plans=plans, found=found)
