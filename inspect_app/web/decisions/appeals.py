"""Appeals as the ministry sees them: who examines, what is answered, and what was contested how often."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import appeals as rules
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Appeal
from inspect_app.queries import inspections as people
from inspect_app.queries.decisions import appeals as questions
from inspect_app.services import decisions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.blueprint import pages
from inspect_app.web.decisions.forms import AnswerForm, ExaminerForm
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.languages import language
from inspect_app.web.messages import sentence
from inspect_app.web.words import WORDS


@pages.get("/appeals")
@may(Permission.SEE_DECISIONS)
def appeals() -> ResponseReturnValue:
    """Appeals that await an answer, and the figures by criterion."""
    actor = current_actor()
    return render_template(
        "decisions/appeals.html", figures=questions.figures(actor), waiting=questions.open_appeals(actor)
    )


@pages.get("/appeals/<int:appeal_id>")
@may(Permission.SEE_DECISIONS)
def appeal(appeal_id: int) -> ResponseReturnValue:
    """One appeal."""
    actor = current_actor()
    return _page(actor, questions.visible(actor, appeal_id), ExaminerForm(), AnswerForm())


@pages.post("/appeals/<int:appeal_id>/examiner")
@may(Permission.PREPARE_DECISIONS)
def examiner(appeal_id: int) -> ResponseReturnValue:
    """Name who examines."""
    actor, form = current_actor(), ExaminerForm()
    found = questions.visible(actor, appeal_id)
    if form.validate():
        try:
            deeds.name_examiner(actor, appeal_id=found.id, examiner=int(form.examiner.data or 0))
        except DomainError as error:
            _refused(form, error)
        else:
            flash(_("The examiner is named and was told."), "success")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return _page(actor, questions.visible(actor, appeal_id), form, AnswerForm()), 422


@pages.post("/appeals/<int:appeal_id>/answer")
@may(Permission.EXAMINE_APPEALS)
def answer(appeal_id: int) -> ResponseReturnValue:
    """Uphold or reject, with reasons."""
    actor, form = current_actor(), AnswerForm()
    found = questions.visible(actor, appeal_id)
    if form.validate():
        upheld = form.upheld.data == "yes"
        try:
            deeds.answer(
                actor,
                appeal_id=found.id,
                upheld=upheld,
                reasons=form.reasons.data or "",
                new_outcome=form.new_outcome.data or None,
                verdicts={p.criterion: request.form.get(f"verdict-{p.criterion}", "") for p in found.points},
            )
        except DomainError as error:
            _refused(form, error)
        else:
            flash(_("The appeal is answered; the director was told."), "success")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return _page(actor, questions.visible(actor, appeal_id), ExaminerForm(), form), 422


def _refused(form: ExaminerForm | AnswerForm, error: DomainError) -> None:
    deeds.undo()
    if error.status in (403, 404):
        raise error
    if error.field and error.field in form:
        show_fault(form, error)
    else:
        form.form_errors.append(sentence(error.code, **error.params))


def _page(actor: Actor, found: Appeal, naming: ExaminerForm, answering: AnswerForm) -> str:
    involved = questions.involved(found.decision)
    ended = rules.AppealState(found.state) in rules.ENDED
    naming.examiner.choices = [
        ("", _("Choose")),
        *(
            (str(c.user_id), c.display_name(language()))
            for c in people.candidates(found.institution, Permission.EXAMINE_APPEALS)
            if c.near and c.user_id not in involved
        ),
    ]
    replacements = rules.replacements(found.decision.outcome)
    answering.new_outcome.choices = [("", _("None")), *((str(o), WORDS["decision"][str(o)]) for o in replacements)]
    return render_template(
        "decisions/appeal.html",
        appeal=found,
        decision=found.decision,
        institution=found.institution,
        titles=questions.contestable(found.decision),
        naming=naming,
        answering=answering,
        may_name=actor.may(Permission.PREPARE_DECISIONS) and not ended,
        may_answer=found.examiner_id == actor.user_id and not ended,
    )
