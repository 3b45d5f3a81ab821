"""Each side of a double rating closes once; when both are closed both open, and what was rated blind stays as it was."""

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.inspections import EDITABLE, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Answer, AnswerRevision, DoubleRatedCriterion, DoubleRating, Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.services import audit
from inspect_app.services.inspections.common import chain, hold, require
from inspect_app.services.inspections.second_rating import rating_by


def close_second_side(actor: Actor, *, inspection_id: int) -> DoubleRating:
    """The second rater has rated everything and changes nothing any more.

    Raises as ``rate_again``, and DomainError("second-unanswered", count=…).
    """
    inspection, row = rating_by(actor, inspection_id)
    ratings = questions.second_ratings(row.id)
    pairs = _pairs(row)
    missing = sum(p.criterion not in ratings or not ratings[p.criterion].answered for p in pairs)
    if missing:
        raise DomainError("second-unanswered", count=missing)
    for pair in pairs:
        rating = ratings[pair.criterion]
        pair.second_level, pair.second_not_applicable = rating.level, rating.not_applicable
    row.second_closed_at = clock.now()
    _open_if_both_closed(row)
    audit.record(actor, "double_rating.second_closed", chain=chain(inspection.id), opened=row.opened_at is not None)
    db.session.commit()
    return row


def close_first_side(actor: Actor, *, inspection_id: int) -> DoubleRating:
    """The leader closes the team's side before the visit is submitted, so that both can be compared on the spot.

    The scored answers may still change afterwards; agreement is measured on what they were now. Raises NotVisibleError,
    ForbiddenError("not-yours-first-side"), DomainError: ``no-double-rating``, ``first-side-closed``, ``not-editable``,
    ``first-unanswered`` (count).
    """
    require(actor, Permission.SUBMIT_INSPECTIONS)
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    if Hat.LEADER not in questions.hats(actor, inspection):
        raise ForbiddenError("not-yours-first-side")
    row = questions.double_rating_of(inspection.id)
    if row is None:
        raise DomainError("no-double-rating")
    if State(inspection.state) not in EDITABLE:
        raise DomainError("not-editable", state=inspection.state)
    if row.first_closed_at is not None or row.waived_at is not None:
        raise DomainError("first-side-closed")
    write_first_side(actor, inspection)
    db.session.commit()
    return row


def write_first_side(actor: Actor, inspection: Inspection) -> None:
    """Note the team's levels as the first side, where that was not done yet. Submitting the visit does it. No commit.

    Raises DomainError("first-unanswered").
    """
    row = questions.double_rating_of(inspection.id)
    if row is None or row.first_closed_at is not None or row.waived_at is not None:
        return
    pairs = _pairs(row)
    answers = {
        criterion: (revision, author, level, not_applicable)
        for criterion, revision, author, level, not_applicable in db.session.execute(
            select(Answer.criterion, Answer.revision_id, AnswerRevision.author_id, Answer.level, Answer.not_applicable)
            .join(AnswerRevision, AnswerRevision.id == Answer.revision_id)
            .where(Answer.inspection_id == inspection.id, Answer.level.is_not(None) | Answer.not_applicable)
        )
    }
    missing = sum(p.criterion not in answers for p in pairs)
    if missing:
        raise DomainError("first-unanswered", count=missing)
    for p in pairs:
        p.first_revision_id, p.first_author_id, p.first_level, p.first_not_applicable = answers[p.criterion]
    row.first_closed_at, row.first_closed_by = clock.now(), actor.user_id
    _open_if_both_closed(row)
    audit.record(actor, "double_rating.first_closed", chain=chain(inspection.id), opened=row.opened_at is not None)


def _pairs(row: DoubleRating) -> list[DoubleRatedCriterion]:
    return list(
        db.session.scalars(
            select(DoubleRatedCriterion)
            .where(DoubleRatedCriterion.double_rating_id == row.id)
            .order_by(DoubleRatedCriterion.criterion)
        )
    )


def _open_if_both_closed(row: DoubleRating) -> None:
    if row.first_closed_at is not None and row.second_closed_at is not None:
        row.opened_at = clock.now()
