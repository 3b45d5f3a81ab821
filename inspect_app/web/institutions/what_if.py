"""Whoever helps or oversees an institution tries out what would change its result. Nothing is kept."""

from flask import url_for
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as visits
from inspect_app.queries import institutions as registry
from inspect_app.queries.what_if import ground_of
from inspect_app.web.access import current_actor, may
from inspect_app.web.institutions.blueprint import pages
from inspect_app.web.languages import language
from inspect_app.web.simulation import what_if_page


@pages.get("/<int:institution_id>/what-if")
@may(Permission.SEE_INSPECTIONS)
def what_if(institution_id: int) -> ResponseReturnValue:
    """The latest final result of which the person may know, and what it would be with other levels."""
    actor = current_actor()
    institution = registry.visible(actor, institution_id)
    found = ground_of(actor, institution.id)
    if found is not None:
        visits.opened(actor, found.visit.inspection.id)  # closed to whoever has not declared their interests
    return what_if_page(
        institution,
        found,
        endpoint="institutions.what_if",
        back=(institution.name(language()), url_for("institutions.show", institution_id=institution.id)),
        place={"institution_id": institution.id},
    )
