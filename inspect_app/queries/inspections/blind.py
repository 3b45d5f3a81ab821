"""What a double rating hides while it is sealed: from the second rater the first ratings, from everybody the second."""

from sqlalchemy import bindparam, select

from inspect_app.domain.actors import Actor
from inspect_app.models import DoubleRatedCriterion, DoubleRating, db

_SEALED = (DoubleRating.opened_at.is_(None), DoubleRating.waived_at.is_(None))
# built once: asked at every tap on a tablet
_HIDDEN = (
    select(DoubleRatedCriterion.criterion)
    .join(DoubleRating, DoubleRating.id == DoubleRatedCriterion.double_rating_id)
    .where(
        DoubleRating.inspection_id == bindparam("inspection_id"),
        DoubleRating.second_rater_id == bindparam("user_id"),
        *_SEALED,
    )
)


def hidden_from(actor: Actor, inspection_id: int) -> frozenset[str]:
    """Codes of the criteria whose first ratings this person must not see yet: they rate them apart. Mostly none."""
    return frozenset(db.session.scalars(_HIDDEN, {"inspection_id": inspection_id, "user_id": actor.user_id}).all())


def second_side_open(inspection_id: int) -> bool:
    """Whether somebody still has to finish a second rating on this visit."""
    statement = select(DoubleRating.id).where(
        DoubleRating.inspection_id == inspection_id, DoubleRating.second_closed_at.is_(None), *_SEALED
    )
    return db.session.scalar(statement) is not None
