"""The director's desk: where we stand, why, what first, by when."""

from inspect_app.web.director import decisions, self_assessment, what_if
from inspect_app.web.director.views import pages

__all__ = ["decisions", "pages", "self_assessment", "what_if"]
