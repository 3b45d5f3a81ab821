"""The ministry's desk, and the list of dossiers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.decisions.outcomes import OUTCOMES, Matter, may_follow
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.queries import decisions as questions
from inspect_app.queries import institutions
from inspect_app.queries.decisions import desk as lists
from inspect_app.services import decisions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.blueprint import pages
from inspect_app.web.decisions.forms import FilterForm, MeasureForm
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.messages import sentence


@pages.get("/desk")
@may(Permission.SEE_DECISIONS)
def desk() -> ResponseReturnValue:
    """What waits, how long already; what was decided, expires, is overdue."""
    return render_template("decisions/desk.html", desk=lists.desk(current_actor()))


@pages.get("/")
@may(Permission.SEE_DECISIONS)
def index() -> ResponseReturnValue:
    """All dossiers and their decisions."""
    form = FilterForm(request.args)
    filters = lists.Filters(form.state.data or "", form.outcome.data or "")
    page = lists.page_of(current_actor(), filters, request.args.get("page", 1, type=int))
    decided = lists.decisions_by_dossier([row.id for row in page.items])
    return render_template("decisions/index.html", form=form, page=page, decided=decided)


@pages.post("/visits/<int:inspection_id>")
@may(Permission.PREPARE_DECISIONS)
def open_(inspection_id: int) -> ResponseReturnValue:
    """Open the dossier of a visit."""
    try:
        dossier = deeds.open_dossier(current_actor(), inspection_id=inspection_id)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        flash(sentence(error.code, **error.params), "error")
        return redirect(url_for(".desk"))
    flash(_("The dossier is open. Everybody who acts on it declares their interests first."), "success")
    return redirect(url_for(".show", dossier_id=dossier.id))


@pages.route("/institutions/<int:institution_id>/measure", methods=["GET", "POST"])
@may(Permission.PREPARE_DECISIONS)
def measure(institution_id: int) -> ResponseReturnValue:
    """Open the dossier of a suspension, its lifting, or a withdrawal."""
    actor = current_actor()
    institution = institutions.visible(actor, institution_id)
    row = questions.standing_of(institution.id)
    standing = row.standing if row else "none"
    form = MeasureForm()
    form.offer([str(m) for m in deeds.MEASURES if _possible(m, standing)])
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                dossier = deeds.open_measure(
                    actor,
                    institution_id=institution.id,
                    matter=form.matter.data or "",
                    grounds=form.grounds.data or "",
                )
            except DomainError as error:
                if error.status in (403, 404):
                    raise
                deeds.undo()
                if error.field:
                    show_fault(form, error)
                else:
                    form.form_errors.append(sentence(error.code, **error.params))
                institution = institutions.visible(actor, institution_id)
            else:
                return redirect(url_for(".show", dossier_id=dossier.id))
    return render_template(
        "decisions/measure.html", institution=institution, form=form, standing=standing, row=row
    ), status


def _possible(matter: Matter, standing: str) -> bool:
    return any(may_follow(standing, outcome) for outcome in OUTCOMES[matter])
