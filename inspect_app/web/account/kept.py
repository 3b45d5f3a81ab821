"""What somebody typed is not lost when their session is over: kept until they are back, then sent again by themselves.

Two cases. The cookie still says whose session ran out: the form is kept in the database for that person alone, who finds
it after sign-in. The cookie says nothing (another browser, a cleared one): the page shows what was typed, to copy.
Nothing is ever sent again without the person pressing a button, and files and passwords are not kept.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.exceptions import HTTPException

from inspect_app.services import users
from inspect_app.services.users.kept import SECRET
from inspect_app.web.account import sessions


def bind(app: Flask) -> None:
    """A kept form that was sent again and taken is forgotten."""
    app.after_request(_forget_sent)


def keep() -> bool:
    """Keep the form of this request, sent with a session that has just run out. Whether it was kept."""
    owner = g.get("person_before")
    if owner is None or not _is_form() or request.blueprint == "security":
        return False
    return users.keep_form(owner, path=request.full_path.rstrip("?"), fields=typed(), files_lost=files_sent())


def files_sent() -> bool:
    """Whether the form carried files, which are not kept."""
    return any(file.filename for file in request.files.values())


def typed() -> list[tuple[str, str]]:
    """Names and values of the form, in order, without passwords, codes and tokens."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(part in name.lower() for part in SECRET)
    ]


def answer_stale() -> ResponseReturnValue:
    """A form whose token is not this session's: typically signed in anew in another window.

    Sent from one of our own pages: shown again to be sent once more (signed in) or copied (signed out). From anywhere
    else it is a forgery and is refused.
    """
    sessions.check()
    if (request.blueprint or "") == "security":
        flash(_("This page was open for too long. Please try again."), "info")
        return redirect(request.full_path if _opens(request.path) else url_for("public.home"), 303)
    if not _from_here() or not _is_form():
        from inspect_app.web.errors import answer

        return answer("csrf", 400)
    return _shown(), 400


def to_copy() -> ResponseReturnValue | None:
    """What was typed by somebody whom the cookie no longer names (signed out on another device), to copy from; else None."""
    if not _from_here() or not _is_form() or request.blueprint == "security" or not typed():
        return None
    return _shown(), 401


def _shown() -> str:
    return render_template(
        "account/send_again.html",
        path=request.full_path.rstrip("?"),
        fields=typed(),
        files_lost=files_sent(),
        known=current_user.is_authenticated,
        kept=False,
    )


def _forget_sent(response: Response) -> Response:
    if (
        request.method == "POST"
        and response.status_code < 400
        and _is_form()
        and "_kept" in request.form
        and current_user.is_authenticated
    ):
        users.discard_kept_form(current_user.id)
    return response


def _from_here() -> bool:
    origin = request.headers.get("Origin")
    if origin:
        return urlsplit(origin).netloc == urlsplit(request.host_url).netloc
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_form() -> bool:
    return request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


def _opens(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
