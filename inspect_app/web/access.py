"""Who may open a door. Every view declares it; a view that declares nothing is closed to everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.exceptions import Forbidden, NotFound

from inspect_app.domain.actors import Actor
from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Role

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """What a view asks of the person: nothing (public), an account (signed in), or one of some permissions.

    ``closed``: a library's page that we do not use; nobody opens it and it looks as if it did not exist.
    """

    kind: str  # public | signed-in | permission | closed
    permissions: tuple[Permission, ...] = ()


def public(view: View) -> View:
    """Anybody may open it, without an account."""
    view.__access__ = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody with an account may open it."""
    view.__access__ = Access("signed-in")  # type: ignore[attr-defined]
    return view


def may(*permissions: Permission) -> Callable[[View], View]:
    """Those who hold at least one of the permissions may open it."""

    def mark(view: View) -> View:
        view.__access__ = Access("permission", permissions)  # type: ignore[attr-defined]
        return view

    return mark


#: Doors of libraries that cannot carry our mark: endpoint → access.
LIBRARY_DOORS: dict[str, Access] = {}


def access_of(endpoint: str) -> Access | None:
    """What the endpoint declares; None when it declares nothing."""
    if endpoint in LIBRARY_DOORS:
        return LIBRARY_DOORS[endpoint]
    view = current_app.view_functions.get(endpoint)
    found: Access | None = getattr(view, "__access__", None)
    view_class = getattr(view, "view_class", None)
    return found or getattr(view_class, "__access__", None)


def current_actor() -> Actor:
    """The signed-in person, as rules see them."""
    if "actor" not in g:
        g.actor = Actor(
            user_id=current_user.id,
            roles=frozenset(Role(role.name) for role in current_user.roles),
            name=current_user.name,
            language=current_user.language,
            device_id=g.get("device_id"),
        )
    actor: Actor = g.actor
    return actor


def guard() -> ResponseReturnValue | None:
    """Run before every request: closed unless the view says otherwise."""
    if request.endpoint is None:
        return None  # no such address: 404 by Flask
    access = access_of(request.endpoint)
    if access is None:
        raise Forbidden
    if access.kind == "closed":
        raise NotFound
    if request.path.startswith("/api/"):
        from inspect_app.web import device_door

        device_door.meet()
    if access.kind == "public":
        return None
    if not current_user.is_authenticated:
        if request.path.startswith("/api/"):
            from inspect_app.api.problems import problem

            return problem("sign-in-required", 401)
        return _to_the_door()
    if access.kind == "permission" and not any(current_actor().may(p) for p in access.permissions):
        raise Forbidden
    return None


def _to_the_door() -> ResponseReturnValue:
    """The sign-in page, which leads back here; a form that was sent is kept for its author when that is known."""
    from inspect_app.web.account import kept

    back = request.full_path.rstrip("?")
    if request.method not in ("GET", "HEAD"):
        known = kept.keep()
        if not known and not request.headers.get("HX-Request") and (page := kept.to_copy()):
            return page
        back = url_for("account.kept") if known else ""
    target = url_for("security.login", next=back or None)
    if request.headers.get("HX-Request"):  # a part of a page: the whole page goes to the door
        return "", 401, {"HX-Redirect": target}
    return redirect(target, 303)


__all__ = ["Access", "access_of", "current_actor", "guard", "may", "public", "signed_in"]
