"""Two cards of one visit side by side: under the rules of its day, and under newer ones."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.second_cards import comparison
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages


@pages.get("/<int:inspection_id>/rule-sets")
@may(Permission.SEE_INSPECTIONS, Permission.SEE_OWN_INSTITUTION)
def rule_sets(inspection_id: int) -> ResponseReturnValue:
    """Both cards, what is otherwise, and what differs between the rules (``?rules=`` chooses among several)."""
    actor = current_actor()
    if questions.closed_by(actor, questions.visible(actor, inspection_id)):
        return redirect(url_for(".show", inspection_id=inspection_id))  # the declaration stands there
    inspection = questions.opened(actor, inspection_id)
    return render_template(
        "inspections/rule_sets.html",
        inspection=inspection,
        institution=inspection.institution,
        checklist=checklist_of(inspection),
        found=comparison(inspection, request.args.get("rules", "")),
    )
