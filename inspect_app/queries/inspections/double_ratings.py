"""A visit's double rating: who, what, what the second rater found, and both sides once they may be seen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.errors import ForbiddenError, NotVisibleError
from inspect_app.models import Answer, DoubleRatedCriterion, DoubleRating, Inspection, SecondRating, User, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.file import opened


@dataclass(frozen=True)
class SecondRow:
    """The second rater's current rating of one criterion."""

    criterion: str
    op_id: str
    level: int | None
    not_applicable: bool
    na_reason: str
    note: str
    answered_at: datetime

    @property
    def answered(self) -> bool:
        """Whether the criterion counts as rated (a note alone does not)."""
        return self.level is not None or self.not_applicable

    @property
    def code(self) -> str | None:
        """The code of the rating's label: "0" … "3", "na", or None."""
        return _code(self.level, self.not_applicable)


@dataclass(frozen=True)
class Compared:
    """One criterion with both ratings as they were when each side closed, and the scored answer of today."""

    criterion: Criterion
    why: str
    first: str | None
    first_author: User
    second: str | None
    note: str  # of the second rater
    na_reason: str
    scored: str | None

    @property
    def differs(self) -> bool:
        """Whether the two did not say the same."""
        return self.first != self.second


def double_rating_of(inspection_id: int) -> DoubleRating | None:
    """The double rating of a visit, if one was chosen."""
    return db.session.scalar(select(DoubleRating).where(DoubleRating.inspection_id == inspection_id))


def rated_by(actor: Actor, inspection_id: int) -> tuple[Inspection, DoubleRating]:
    """The visit and its double rating, to its second rater.

    Raises NotVisibleError (visit, or none chosen), ForbiddenError("not-second-rater"), and those of ``opened``.
    """
    inspection = opened(actor, inspection_id)
    row = double_rating_of(inspection.id)
    if row is None:
        raise NotVisibleError("double-rating")
    if row.second_rater_id != actor.user_id:
        raise ForbiddenError("not-second-rater")
    return inspection, row


def rated_twice(inspection: Inspection, row: DoubleRating) -> list[tuple[Criterion, str]]:
    """The criteria chosen, in the checklist's order, each with why."""
    why = {
        code: reason
        for code, reason in db.session.execute(
            select(DoubleRatedCriterion.criterion, DoubleRatedCriterion.why).where(
                DoubleRatedCriterion.double_rating_id == row.id
            )
        )
    }
    return [(c, why[c.code]) for c in checklist_of(inspection) if c.code in why]


def second_ratings(double_rating_id: int) -> dict[str, SecondRow]:
    """The second rater's current rating of each criterion, by code."""
    rows = db.session.execute(
        select(
            SecondRating.criterion,
            SecondRating.op_id,
            SecondRating.level,
            SecondRating.not_applicable,
            SecondRating.na_reason,
            SecondRating.note,
            SecondRating.answered_at,
        )
        .where(SecondRating.double_rating_id == double_rating_id, SecondRating.outcome == "accepted")
        .order_by(SecondRating.id)
    )
    return {row[0]: SecondRow(*row) for row in rows}


def compared(inspection: Inspection, row: DoubleRating) -> list[Compared]:
    """Both sides, in the checklist's order; nothing while the double rating is not opened."""
    if row.opened_at is None:
        return []
    found = {
        pair.criterion: (pair, author, level, not_applicable)
        for pair, author, level, not_applicable in db.session.execute(
            select(DoubleRatedCriterion, User, Answer.level, Answer.not_applicable)
            .join(User, User.id == DoubleRatedCriterion.first_author_id)
            .outerjoin(
                Answer,
                (Answer.inspection_id == inspection.id) & (Answer.criterion == DoubleRatedCriterion.criterion),
            )
            .where(DoubleRatedCriterion.double_rating_id == row.id)
        )
    }
    seconds = second_ratings(row.id)
    rows = []
    for criterion in checklist_of(inspection):
        if criterion.code in found:
            pair, author, level, not_applicable = found[criterion.code]
            second = seconds.get(criterion.code)
            rows.append(
                Compared(
                    criterion,
                    pair.why,
                    _code(pair.first_level, pair.first_not_applicable),
                    author,
                    _code(pair.second_level, pair.second_not_applicable),
                    second.note if second else "",
                    second.na_reason if second else "",
                    _code(level, bool(not_applicable)),
                )
            )
    return rows


def _code(level: int | None, not_applicable: bool) -> str | None:
    return "na" if not_applicable else None if level is None else str(level)
