"""Administration: people and their accounts, and the journal of deeds. Auditors read; administrators act."""

from flask import Blueprint

from inspect_app.web.context import when_shown
from inspect_app.web.words import audit as words

pages = Blueprint("admin", __name__, url_prefix="/admin")
pages.add_app_template_filter(when_shown(words.verb_label), "verb")
pages.add_app_template_filter(when_shown(words.readable), "details")
pages.add_app_template_filter(when_shown(words.actor_label), "actor")

from inspect_app.web.admin import audit, users  # noqa: E402, F401
