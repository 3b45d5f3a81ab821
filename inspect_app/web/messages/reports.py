"""Sentences about reports."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    "report-not-yet": _(
        "This report does not exist yet: a draft once it was sent to the director, a final report once it was issued."
    ),
    "report-failed": _(
        "The document could not be made now. It has been written down; please try again, or tell the administrator."
    ),
}
