"""Two answers to one criterion, side by side; the leader of the team chooses."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import EDITABLE, Hat
from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as questions
from inspect_app.queries.inspections.sides import answered_apart
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.messages import sentence


@pages.get("/<int:inspection_id>/two-answers")
@may(Permission.SEE_INSPECTIONS, Permission.ANSWER_INSPECTIONS)
def two_answers(inspection_id: int) -> ResponseReturnValue:
    """Every criterion on which answers stand side by side."""
    actor = current_actor()
    inspection = questions.opened(actor, inspection_id)
    return render_template(
        "inspections/two_answers.html",
        inspection=inspection,
        apart=answered_apart(actor, inspection),
        may_choose=inspection.state in EDITABLE and Hat.LEADER in questions.hats(actor, inspection),
    )


@pages.post("/<int:inspection_id>/two-answers/<criterion>")
@may(Permission.ANSWER_INSPECTIONS)
def choose_answer(inspection_id: int, criterion: str) -> ResponseReturnValue:
    """This one holds."""
    try:
        deeds.choose_answer(
            current_actor(),
            inspection_id=inspection_id,
            criterion=criterion,
            op_id=request.form.get("op_id", ""),
            shown=request.form.getlist("shown"),
        )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        flash(sentence(error.code, **error.params), "error")
    else:
        flash(_("Your choice is saved. Both answers stay on file."), "success")
    return redirect(url_for(".two_answers", inspection_id=inspection_id))
