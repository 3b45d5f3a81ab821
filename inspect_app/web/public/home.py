"""The front page: what Miyar is, and the ways in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from inspect_app.web.access import public

pages = Blueprint("public", __name__)


@pages.get("/")
@public
def home() -> ResponseReturnValue:
    """What is Miyar, what is asked of institutions, how to sign in."""
    return render_template("public/home.html")
