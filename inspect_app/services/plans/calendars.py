"""The secret address of a person's calendar: made, shown once, and taken back."""

import secrets

from sqlalchemy import update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import CalendarFeed, db
from inspect_app.queries.plans.calendar import feed_of, hashed
from inspect_app.services import audit
from inspect_app.services.inspections.common import require


def open_feed(actor: Actor) -> str:
    """A new secret for the person's calendar; the one before opens nothing any more. Only its hash is kept.

    Raises ForbiddenError.
    """
    require(actor, Permission.SEE_PLANS)
    _close_all(actor)
    secret = secrets.token_hex(24)
    db.session.add(CalendarFeed(user_id=actor.user_id, secret_sha256=hashed(secret), created_at=clock.now()))
    audit.record(actor, "calendar.opened", chain=f"user/{actor.user_id}")
    db.session.commit()
    return secret


def revoke_feed(actor: Actor) -> None:
    """The address opens nothing any more. Raises ForbiddenError, DomainError("calendar-none")."""
    require(actor, Permission.SEE_PLANS)
    if feed_of(actor.user_id) is None:
        raise DomainError("calendar-none")
    _close_all(actor)
    audit.record(actor, "calendar.revoked", chain=f"user/{actor.user_id}")
    db.session.commit()


def _close_all(actor: Actor) -> None:
    db.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.user_id == actor.user_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
