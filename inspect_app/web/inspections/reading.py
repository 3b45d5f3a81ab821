"""Read every answer: the team on its tablet, the second reader and the office on one long page."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.domain.checklists import Criterion, Facts
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import EDITABLE, Event, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.domain.scoring.fragility import Flip, Fragility
from inspect_app.models import Evidence
from inspect_app.queries import inspections as questions
from inspect_app.queries.fragility import fragility_of
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.scorecards import provisional
from inspect_app.queries.why import why
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms.deeds import ReasonForm, WithdrawPhotoForm
from inspect_app.web.inspections.moves import MOVES
from inspect_app.web.messages import sentence

#: Which answers the second reader may single out.
SHOWN = {
    "": _l("All criteria"),
    "failing": _l("Not met or only begun"),
    "critical": _l("Critical"),
    "changed": _l("Different from the previous visit"),
    "na": _l("Not applicable"),
    "fragile": _l("The level hangs on it"),
    "bare": _l("Below “fully met” without note or photograph"),
    "unanswered": _l("Without an answer"),
}


@dataclass(frozen=True)
class Row:
    """One criterion with everything that was found, and what was found before."""

    criterion: Criterion
    answer: questions.AnswerRow | None
    photos: list[Evidence]
    before: dict[str, object] | None
    flips: tuple[Flip, ...] = ()  # what one level lower or higher would make of the level of the whole

    @property
    def before_code(self) -> str | None:
        """The code of the previous answer's label."""
        if self.before is None:
            return None
        return (
            "na"
            if self.before["not_applicable"]
            else None
            if self.before["level"] is None
            else str(self.before["level"])
        )

    def is_shown(self, what: str) -> bool:
        """Whether the filter leaves it."""
        code = self.answer.code if self.answer else None
        return {
            "failing": code in ("0", "1"),
            "critical": self.criterion.critical,
            "changed": self.before_code is not None and code is not None and code != self.before_code,
            "na": code == "na",
            "fragile": bool(self.flips),
            "bare": code in ("0", "1", "2") and not (self.answer and self.answer.note) and not self.photos,
            "unanswered": code is None,
        }.get(what, True)


@pages.get("/<int:inspection_id>/answer")
@may(Permission.ANSWER_INSPECTIONS)
def answer(inspection_id: int) -> ResponseReturnValue:
    """The page on which inspectors answer. Its contents come from the API, see ``api/inspections.py``."""
    inspection = questions.visible(current_actor(), inspection_id)
    member = questions.membership(current_actor(), inspection)
    if member is None or member.conflict != "none":
        return redirect(url_for(".show", inspection_id=inspection_id))
    return render_template(
        "tablet/answer.html",
        inspection=inspection,
        institution=inspection.institution,
        member=member,
        rated_apart=len(questions.hidden_from(current_actor(), inspection_id)),
    )


@pages.get("/<int:inspection_id>/review")
@may(Permission.SEE_INSPECTIONS, Permission.REVIEW_INSPECTIONS)
def review(inspection_id: int) -> ResponseReturnValue:
    """Every answer with its note, photographs and the previous answer; the second reader accepts or returns."""
    actor = current_actor()
    if questions.closed_by(actor, questions.visible(actor, inspection_id)):
        return redirect(url_for(".show", inspection_id=inspection_id))  # the declaration stands there
    inspection = questions.opened(actor, inspection_id)
    checklist = checklist_of(inspection)
    hidden = questions.hidden_from(actor, inspection.id)  # whoever rates some criteria apart reads the others
    asked = tuple(c for c in checklist.applicable(Facts.of(inspection.facts)) if c.code not in hidden)
    rows = _rows(inspection.id, asked, questions.previous_answers(inspection), fragility_of(inspection, hidden))
    what = request.args.get("show", "")
    what = what if what in SHOWN else ""
    counts = {code: sum(row.is_shown(code) for row in rows) for code in SHOWN}
    kept = [row for row in rows if row.is_shown(what)]
    return render_template(
        "inspections/review.html",
        inspection=inspection,
        institution=inspection.institution,
        checklist=checklist,
        domains=[(d, [r for r in kept if r.criterion.domain == d.code]) for d in checklist.domains],
        shown=[(code, label, counts[code]) for code, label in SHOWN.items()],
        what=what,
        fragile=[row for row in rows if row.flips],
        kept=len(kept),
        hidden=len(hidden),
        card=provisional(inspection, without=hidden).as_data(),
        whys=why(inspection, questions.current_answers(inspection.id), without=hidden),
        moves=[
            (m, MOVES[m.event])
            for m in questions.moves(actor, inspection)
            if m.event in (Event.ACCEPTED, Event.RETURNED) and m.refusal is None
        ],
        may_withdraw=inspection.state != State.FINAL.value
        and bool(questions.hats(actor, inspection) & {Hat.SECOND_READER, Hat.COORDINATOR}),
        open_for_answers=inspection.state in EDITABLE,
        form=ReasonForm(),
    )


@pages.post("/<int:inspection_id>/photos/<int:photo_id>/withdraw")
@may(Permission.REVIEW_INSPECTIONS, Permission.PLAN_INSPECTIONS)
def withdraw_photo(inspection_id: int, photo_id: int) -> ResponseReturnValue:
    """Second reader or coordinator take a photograph out of the file; deleted where somebody can be recognised."""
    form = WithdrawPhotoForm()
    try:
        row = deeds.withdraw_photo(
            current_actor(),
            inspection_id=inspection_id,
            photo_id=photo_id,
            reason=form.reason.data or "",
            identity=bool(form.identity.data),
        )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        flash(sentence(error.code, **error.params), "error")
    else:
        gone = row.erased_at is not None
        flash(_("The photograph is deleted.") if gone else _("The photograph is withdrawn."), "success")
    return redirect(url_for(".review", inspection_id=inspection_id))


def _rows(
    inspection_id: int, criteria: tuple[Criterion, ...], previous: dict[str, object] | None, hanging: Fragility
) -> list[Row]:
    answers, photos = questions.current_answers(inspection_id), questions.photos(inspection_id)
    before: dict[str, dict[str, object]] = previous["answers"] if previous else {}  # type: ignore[assignment]
    flips: dict[str, list[Flip]] = {}
    for flip in hanging.flips:
        flips.setdefault(flip.criterion, []).append(flip)
    return [
        Row(c, answers.get(c.code), photos.get(c.code, []), before.get(c.code), tuple(flips.get(c.code, ())))
        for c in criteria
    ]
