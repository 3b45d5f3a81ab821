"""The list of institutions and the page of one."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.domain.registry import GROUPS
from inspect_app.domain.roles import Role
from inspect_app.queries import director as results
from inspect_app.queries import inspections as visits
from inspect_app.queries import institutions as registry
from inspect_app.queries import plans
from inspect_app.queries.inspections.waiting import waiting
from inspect_app.web.access import current_actor, may
from inspect_app.web.institutions.blueprint import pages
from inspect_app.web.institutions.filters import FilterForm
from inspect_app.web.navigation import exists
from inspect_app.web.pictures import history_picture


@pages.get("/")
@may(Permission.SEE_INSTITUTIONS)
def index() -> ResponseReturnValue:
    """Which institutions are there, and which have a problem?"""
    form = FilterForm()
    filters = form.filters()
    figures = registry.figures(current_actor(), filters)
    page = registry.page_of(current_actor(), filters, request.args.get("page", 1, type=int), total=figures.total)
    return render_template(
        "institutions/index.html",
        form=form,
        filters=filters,
        figures=figures,
        page=page,
        query=_query(),
        waiting=_waiting(filters),
    )


@pages.get("/<int:institution_id>")
@may(Permission.SEE_INSTITUTIONS)
def show(institution_id: int) -> ResponseReturnValue:
    """Everything the registry knows of one institution, and its past visits."""
    actor = current_actor()
    institution = registry.visible(actor, institution_id)
    past = picture = None
    if actor.may(Permission.SEE_INSPECTIONS):
        past = visits.page_of(actor, visits.Filters(institution=institution.id), request.args.get("page", 1, type=int))
        picture = history_picture(results.visits(actor, institution.id))
    return render_template(
        "institutions/show.html",
        institution=institution,
        groups=GROUPS,
        visits=past,
        picture=picture,
        has_visit_pages=exists("inspections.show"),
        plan=plans.current(institution.id) if actor.may(Permission.SEE_PLANS) else None,
        may_plan=exists("inspections.new") and actor.may(Permission.PLAN_INSPECTIONS),
    )


def _waiting(filters: registry.Filters) -> dict[str, int]:
    """On the first page of the ministry's officers also what waits in the visits of their territory."""
    actor = current_actor()
    if filters.any or not actor.has(Role.MINISTRY_OFFICER):
        return {}
    return waiting(actor)


def _query() -> dict[str, str]:
    """The filters of this page for the addresses of exports."""
    return {key: value for key, value in request.args.items() if key not in ("page", "lang", "format") and value}
