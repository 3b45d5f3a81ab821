"""The list of visits."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as questions
from inspect_app.queries.fragility import to_read_with_care
from inspect_app.queries.frozen import policy_of
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms.lists import FilterForm


@pages.get("/")
@may(Permission.SEE_INSPECTIONS)
def index() -> ResponseReturnValue:
    """Which visits are there for me, and where does each stand?"""
    form = FilterForm()
    filters = form.filters()
    page = questions.page_of(current_actor(), filters, request.args.get("page", 1, type=int))
    due = {row.id: questions.deadlines_of(row) for row in page.items}
    policies = {row.id: policy_of(row) for row in page.items}
    care = to_read_with_care(current_actor(), page.items)
    urgent = questions.urgent([row.id for row in page.items])
    alarms = 0 if filters.critical else questions.urgent_count(current_actor())
    return render_template(
        "inspections/index.html",
        form=form,
        filters=filters,
        page=page,
        due=due,
        policies=policies,
        care=care,
        urgent=urgent,
        alarms=alarms,
    )
