"""Links that letters carry. They begin with PUBLIC_URL, never with the Host a request names: it may be an attacker's."""

from typing import Any

from flask import current_app, has_request_context, url_for
from flask_security.recoverable import generate_reset_password_token
from itsdangerous import BadData, URLSafeTimedSerializer

from inspect_app.models import User
from inspect_app.queries import users as people

#: How long an invitation is good for.
INVITATION_SECONDS = 7 * 24 * 3600


def absolute(endpoint: str, **values: Any) -> str:
    """The address of a page as the outside world writes it."""
    base = current_app.config["PUBLIC_URL"].rstrip("/")
    if has_request_context():
        return base + url_for(endpoint, **values)
    with current_app.test_request_context():  # a command
        return base + url_for(endpoint, **values)


def invitation(user: User) -> str:
    """Where an invited person chooses the first password."""
    return absolute("account.welcome", token=_serializer().dumps(user.fs_uniquifier))


def invited(token: str) -> str | None:
    """For a good invitation whose account has no password yet, a fresh token to set one; None otherwise."""
    try:
        uniquifier = _serializer().loads(token, max_age=INVITATION_SECONDS)
    except BadData:
        return None
    user = people.by_uniquifier(str(uniquifier))
    if user is None or not user.active or user.password is not None:
        return None
    return str(generate_reset_password_token(user))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="invitation")
