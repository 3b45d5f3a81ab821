"""What several deeds on accounts share. None of it commits."""

import uuid

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import ForbiddenError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Role
from inspect_app.models import User, db


def chain_of(user: User) -> str:
    """The audit chain of an account."""
    return f"user/{user.id}"


def actor_of(user: User) -> Actor:
    """The account itself as the one who acts."""
    return Actor(
        user_id=user.id,
        roles=frozenset(Role(role.name) for role in user.roles),
        name=user.name,
        language=user.language,
    )


def end_all_sessions(user: User) -> None:
    """No cookie and no link given to this person before now opens anything any more."""
    user.fs_uniquifier = uuid.uuid4().hex


def managed(actor: Actor, user_id: int) -> User:
    """The account, for somebody who may manage accounts. Raises ForbiddenError, NotVisibleError."""
    if not actor.may(Permission.MANAGE_USERS):
        raise ForbiddenError
    user = db.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotVisibleError("user")
    return user
