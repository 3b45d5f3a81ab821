"""Sentences about accounts."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    "role-needed": _("Choose at least one role."),
    "director-alone": _("Whoever directs an institution holds no other role: they neither inspect nor decide."),
    "director-without-territory": _("A director sees their institutions only; leave the territory empty."),
    "auditor-alone": _("An auditor checks the others and holds no other role."),
    "institution-needed": _("A director needs at least one institution."),
    "institution-for-directors": _("Only directors are tied to an institution; give a territory instead."),
    "territory-needed": _("These roles need a territory: the kingdom, regions or provinces."),
    "place-unknown": _("This region or province does not exist."),
    "institution-unknown": _("This institution does not exist."),
    "email-taken": _("There is an account with this mail address already."),
    "language-unknown": _("This language is not offered."),
    "not-yourself": _("Not on your own account: another administrator must do this."),
    "already-in": _("This person has chosen a password already. Use “I forgot my password” on the sign-in page."),
    "second-factor-first": _("Set up the second step first."),
}
