"""Errors as a page in the reader's language, or as problem+json where JSON was asked."""

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from inspect_app.api.problems import problem
from inspect_app.domain.errors import DomainError
from inspect_app.models import db
from inspect_app.web.messages import sentence

log = structlog.get_logger()
_CODES = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    429: "too-many-requests",
}


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def answer(code: str, status: int, **params: object) -> ResponseReturnValue:
    """The refusal in the form that was asked for."""
    if _wants_json():
        return problem(code, status, **params)
    return render_template("errors/error.html", status=status, message=sentence(code, **params)), status


def register(app: Flask) -> None:
    """Attach the handlers."""

    @app.errorhandler(DomainError)
    def _domain(error: DomainError) -> ResponseReturnValue:
        db.session.rollback()
        return answer(error.code, error.status, **error.params)

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> ResponseReturnValue:
        from inspect_app.web.account import kept

        return answer("csrf", 400) if _wants_json() else kept.answer_stale()

    @app.errorhandler(StaleDataError)
    def _stale(error: StaleDataError) -> ResponseReturnValue:
        db.session.rollback()
        return answer("changed-meanwhile", 409)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        return answer(_CODES.get(error.code, "server-error" if error.code >= 500 else "bad-request"), error.code)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        db.session.rollback()
        log.exception("unexpected", path=request.path)
        return answer("server-error", 500)
