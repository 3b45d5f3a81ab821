"""Sentences that belong to no single noun."""

from flask_babel import lazy_gettext as _

SENTENCES = {
    "not-found": _("This page or file does not exist, or is not open to you."),
    "forbidden": _("Your role does not allow this."),
    "sign-in-required": _(
        "Please sign in first. Nothing you typed on a form of ours is lost: sign in and send it again."
    ),
    "csrf": _("This page was open for too long. Please send the form again; what you typed is still here."),
    "too-large": _("This file is too large."),
    "too-many-requests": _("Too many attempts. Please wait a few minutes."),
    "changed-meanwhile": _("Somebody else changed this meanwhile. Look at the new state, then try again."),
    "invalid": _("Some fields need your attention."),
    "server-error": _("Something went wrong on our side. It has been written down; please try again."),
    "method-not-allowed": _("This address does not accept that kind of request."),
    "bad-request": _("The request could not be understood."),
}
