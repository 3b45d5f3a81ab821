"""Sessions that end: after a while without a sign of life, at the latest after a time, at sign-out, and everywhere at once.

A session is a signed cookie. It carries when it began and was last seen; who copies it gains nothing after sign-out,
because ended ones are on record, nor after a change of password or role, because ``fs_uniquifier`` changed.
"""

import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Flask, Response, g, request, session, url_for
from flask_login import user_logged_out
from flask_security import current_user, user_authenticated
from flask_security.utils import logout_user

from inspect_app.adapters import clock
from inspect_app.domain.people import session_limits, session_over
from inspect_app.models import User
from inspect_app.queries import users as people
from inspect_app.services import users
from inspect_app.web.account.forms import address

#: The cookie is written again at most this often while the person works.
_REFRESH = timedelta(minutes=1)
_QUIET = ("static", "health.healthz")


def bind(app: Flask) -> None:
    """Check before each request (before the guard), begin at sign-in, end at sign-out."""
    app.before_request(check)
    app.after_request(_only_home)
    app.after_request(_not_kept)
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)


def begin(user: User, *, second_factor: bool) -> None:
    """Mark the session as this person's from now on."""
    now = clock.wall().timestamp()
    session.update(sid=secrets.token_urlsafe(16), began=now, seen=now, second_factor=second_factor)
    # a field session outlives the closing of the browser, an office session does not
    session.permanent = not user.second_factor_due


def check() -> None:
    """End the session when its time is over; otherwise note that the person is there."""
    if request.endpoint is None or request.endpoint in _QUIET or "_user_id" not in session:
        return
    if not current_user.is_authenticated:
        # changed password, role or sign-out everywhere: the cookie names nobody any more
        _forget("ended")
        return
    user = current_user._get_current_object()
    now = clock.wall()
    if not _alive(user, now):
        g.person_before = user.id
        logout_user()
        _forget("over")
        return
    if now - _instant("seen") > _REFRESH:
        session["seen"] = now.timestamp()


def _alive(user: User, now: datetime) -> bool:
    sid = session.get("sid")
    if not isinstance(sid, str) or people.session_ended(sid):
        return False
    if user.second_factor_due and not session.get("second_factor"):
        return False
    limits = session_limits(role.name for role in user.roles)
    return not session_over(limits, began=_instant("began"), seen=_instant("seen"), now=now)


def _instant(key: str) -> datetime:
    try:
        return datetime.fromtimestamp(float(session.get(key, 0)), UTC)
    except (TypeError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _forget(why: str) -> None:
    language = session.get("lang")
    session.clear()
    session["session_over"] = why
    if language:
        session["lang"] = language
    g.pop("actor", None)


def _begin(_app: Flask, user: User, authn_via: list[str] | None = None, **_more: object) -> None:
    """After sign-in nothing of the former cookie is kept but the language: no session can be planted on a person."""
    changed = authn_via == ["change"]  # the person changed the password and stays
    second_factor = bool(session.get("second_factor")) if changed else authn_via is None
    kept = {
        key: session[key]
        for key in ("lang", "_user_id", "_fresh", "_id", "fs_cc", "fs_paa", "identity.id", "identity.auth_type", "_flashes")
        if key in session
    }  # fmt: skip
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)
    begin(user, second_factor=second_factor)
    if not changed:
        users.note_sign_in(user, address=address(), second_factor=second_factor)


def _end(_app: Flask, user: User, **_more: object) -> None:
    """The person signs out: the cookie is put on record as ended. A session that merely ran out needs no record."""
    if request.endpoint == "security.logout":
        users.end_session(user, sid=session.get("sid"))
        for key in ("sid", "began", "seen", "second_factor"):
            session.pop(key, None)


def _only_home(response: Response) -> Response:
    """Whatever a library made of ``next=``: a redirect from the door stays on this server, and says so by its form.

    The library also writes the sign-in page itself, host included, as the place to go after sign-in: taken out.
    """
    target = response.headers.get("Location")
    if not target or request.blueprint not in ("security", "account"):
        return response
    parts = urlsplit(target)
    if (parts.netloc and parts.netloc != urlsplit(request.host_url).netloc) or parts.scheme not in (
        "",
        "http",
        "https",
    ):
        parts = urlsplit(url_for("public.home"))
    path = "/" + parts.path.lstrip("/\\")
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != "next" or _wanted(value)]
    response.headers["Location"] = urlunsplit(("", "", path, urlencode(query, safe="/"), ""))
    return response


def _not_kept(response: Response) -> Response:
    """What somebody signed in reads, or types at the door, no cache keeps: the next at this computer is somebody else."""
    if request.endpoint in _QUIET or "Cache-Control" in response.headers:
        return response
    if request.blueprint in ("security", "account") or "_user_id" in session:
        response.headers["Cache-Control"] = "no-store, private"
    return response


def _wanted(address_wanted: str) -> bool:
    return urlsplit(address_wanted).path != url_for("security.login")
