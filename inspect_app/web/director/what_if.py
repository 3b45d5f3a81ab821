"""The director tries out what would change the result. Nothing is kept."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries.what_if import ground_of
from inspect_app.web.access import current_actor, may
from inspect_app.web.director.views import chosen, pages
from inspect_app.web.languages import language
from inspect_app.web.simulation import what_if_page


@pages.get("/desk/what-if")
@may(Permission.SEE_OWN_INSTITUTION)
def what_if() -> ResponseReturnValue:
    """The latest final result, and what it would be with other levels."""
    institution, every = chosen()
    if institution is None:
        return render_template("director/choose.html", institutions=every, endpoint="director.what_if")
    return what_if_page(
        institution,
        ground_of(current_actor(), institution.id),
        endpoint="director.what_if",
        back=(institution.name(language()), url_for("director.desk", institution=institution.id)),
        place={"institution": institution.id},
    )
