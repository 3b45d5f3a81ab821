"""The page on which the second rater rates apart: large buttons, each tap saved by itself."""

import uuid
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.adapters import clock
from inspect_app.domain.answers import Operation, Status
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import EDITABLE, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import DoubleRating, Inspection
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms.double_rating import RatingForm
from inspect_app.web.messages import sentence


@dataclass(frozen=True)
class Card:
    """One criterion as the page shows it. ``op_id`` is the id that the next rating will carry."""

    criterion: Criterion
    answer: str  # "0" … "3", "na", or nothing
    na_reason: str
    note: str
    saved: bool
    faults: tuple[str, ...] = ()
    op_id: str = ""


@pages.get("/<int:inspection_id>/second-rating")
@may(Permission.ANSWER_INSPECTIONS)
def second_rating(inspection_id: int) -> ResponseReturnValue:
    """The criteria that this person rates apart, by domain. Whoever does not is led to the file."""
    found = _mine(inspection_id)
    if found is None:
        return redirect(url_for(".show", inspection_id=inspection_id))
    return _page(*found, {})


@pages.post("/<int:inspection_id>/second-rating/<criterion>")
@may(Permission.ANSWER_INSPECTIONS)
def rate_again(inspection_id: int, criterion: str) -> ResponseReturnValue:
    """Save one rating: part of the page for a browser that exchanges parts, the whole page for another."""
    form = RatingForm()
    form.validate()
    faults = [fault for field in (form.na_reason, form.note) for fault in field.errors]
    if not faults:
        faults = _save(inspection_id, criterion, form)
    exchanged = "HX-Request" in request.headers
    if not faults and not exchanged:
        return redirect(url_for(".second_rating", inspection_id=inspection_id, _anchor=f"c-{criterion}"))
    found = _mine(inspection_id)
    if found is None:
        return redirect(url_for(".show", inspection_id=inspection_id))
    inspection, row = found
    code = form.answer.data if form.answer.data in ("0", "1", "2", "3", "na") else ""
    cards = _cards(inspection, row)
    if criterion not in {c.criterion.code for c in cards}:
        raise DomainError("not-rated-twice", status=422)
    kept = next(c for c in cards if c.criterion.code == criterion)
    card = Card(
        kept.criterion,
        code,
        form.na_reason.data or "",
        form.note.data or "",
        saved=not faults,
        faults=tuple(faults),
        op_id=str(uuid.uuid4()),
    )
    if exchanged:
        return render_template("inspections/_rating_saved.html", card=card, done=_done(cards), total=len(cards))
    return _page(inspection, row, {criterion: card}), 422


@pages.post("/<int:inspection_id>/second-rating/close")
@may(Permission.ANSWER_INSPECTIONS)
def close_second_side(inspection_id: int) -> ResponseReturnValue:
    """Everything is rated: the second rater closes their side."""
    try:
        deeds.close_second_side(current_actor(), inspection_id=inspection_id)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        flash(sentence(error.code, **error.params), "error")
        return redirect(url_for(".second_rating", inspection_id=inspection_id))
    flash(_("Your ratings are closed. Both sides are shown once the team's side is closed, too."), "success")
    return redirect(url_for(".double_rating", inspection_id=inspection_id))


def _mine(inspection_id: int) -> tuple[Inspection, DoubleRating] | None:
    """The visit and its double rating, while this person rates it apart; else nothing."""
    actor = current_actor()
    inspection = questions.visible(actor, inspection_id)
    row = questions.double_rating_of(inspection.id)
    if questions.closed_by(actor, inspection) is not None or row is None or row.second_rater_id != actor.user_id:
        return None
    if not row.sealed or row.second_closed_at is not None or State(inspection.state) not in EDITABLE:
        return None
    return inspection, row


def _save(inspection_id: int, criterion: str, form: RatingForm) -> list[str]:
    """The sentences of what is wrong with the rating; none where it is saved."""
    applies_not = form.answer.data == "na"
    operation = Operation(
        op_id=_uuid(form.op_id.data),
        criterion=criterion,
        level=form.level(),
        not_applicable=applies_not,
        na_reason=(form.na_reason.data or "") if applies_not else "",
        note=form.note.data or "",
        measurements={},
        base_op_id=None,
        answered_at=clock.now(),
    )
    try:
        (result,) = deeds.rate_again(current_actor(), inspection_id=inspection_id, operations=[operation])
    except DomainError as error:
        if error.status in (403, 404):
            raise
        deeds.undo()
        return [sentence(error.code, **error.params)]
    if result.status is not Status.REFUSED:
        return []
    return [sentence(code) for code in dict.fromkeys(result.errors.values())] or [sentence(result.code or "invalid")]


def _uuid(text: str | None) -> str:
    try:
        return str(uuid.UUID(text or ""))
    except ValueError:
        return str(uuid.uuid4())


def _cards(inspection: Inspection, row: DoubleRating) -> list[Card]:
    ratings = questions.second_ratings(row.id)
    found = []
    for criterion, _why in questions.rated_twice(inspection, row):
        r = ratings.get(criterion.code)
        answer, reason, note = (r.code or "", r.na_reason, r.note) if r else ("", "", "")
        found.append(Card(criterion, answer, reason, note, saved=bool(r and r.answered), op_id=str(uuid.uuid4())))
    return found


def _done(cards: list[Card]) -> int:
    return sum(card.saved for card in cards)


def _page(inspection: Inspection, row: DoubleRating, faulty: dict[str, Card]) -> str:
    kept = _cards(inspection, row)
    cards = [faulty.get(card.criterion.code, card) for card in kept]
    domains = [(d, [c for c in cards if c.criterion.domain == d.code]) for d in checklist_of(inspection).domains]
    return render_template(
        "inspections/second_rating.html",
        inspection=inspection,
        institution=inspection.institution,
        domains=[(domain, found) for domain, found in domains if found],
        done=_done(kept),
        total=len(kept),
    )
