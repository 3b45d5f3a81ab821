"""``/healthz``: for balancers and whoever operates the server."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from inspect_app import config
from inspect_app.queries import health as state
from inspect_app.web.access import public

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 when everything is there; 503 with the reasons otherwise."""
    found = state.look(migrations=config.ROOT / "migrations", pdf_engine=current_app.config["PDF_ENGINE"])
    answer = jsonify(
        status="ok" if found.good else "failing",
        version=config.VERSION,
        pdf=current_app.config["PDF_ENGINE"],
        checks=found.checks,
        reasons=found.reasons,
    )
    answer.status_code = 200 if found.good else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer
