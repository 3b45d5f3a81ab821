"""The front page: what Miyar is, and the ways in. Who is signed in begins at their own first page."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from inspect_app.web import languages, navigation
from inspect_app.web.access import public

pages = Blueprint("public", __name__)


@pages.get("/")
@public
def home() -> ResponseReturnValue:
    """What is Miyar, what is asked of institutions, how to sign in. ``?about`` shows it to the signed-in too."""
    languages.language()  # one chosen in the address is kept on the way
    if current_user.is_authenticated and "about" not in request.args and (first := navigation.first_page()):
        return redirect(first)
    return render_template("public/home.html")
