"""The journal in words: what each verb means, and the data of an event as lines that a person can read."""

import json
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

WORDS: dict[str, dict[str, LazyString]] = {
    "account_state": {
        "active": _("Open"),
        "invited": _("Invited, no password yet"),
        "locked": _("Closed for a while after wrong attempts"),
        "closed": _("Closed by an administrator"),
    },
    "verb": {
        "access.sign_in_refused": _("Sign-in refused: no such account"),
        "user.created": _("Account opened"),
        "user.changed": _("Account changed"),
        "user.closed": _("Account closed"),
        "user.reopened": _("Account opened again"),
        "user.unlocked": _("Account unlocked"),
        "user.invited_again": _("Invited again"),
        "user.signed_in": _("Signed in"),
        "user.signed_out": _("Signed out"),
        "user.signed_out_everywhere": _("Signed out on all devices"),
        "user.sign_in_refused": _("Sign-in refused"),
        "user.locked_out": _("Account closed for a while after wrong attempts"),
        "user.reset_asked": _("New password asked"),
        "user.password_reset": _("New password chosen through a letter"),
        "user.password_changed": _("Password changed"),
        "user.email_changed": _("Mail address changed"),
        "user.language_chosen": _("Language chosen"),
        "user.second_factor_set": _("Authenticator tied"),
        "user.second_factor_removed": _("Second step taken off"),
        "user.second_factor_reset": _("Authenticator taken off by an administrator"),
        "user.recovery_codes_made": _("Recovery codes made"),
        "user.recovery_code_used": _("Recovery code used"),
    },
}


def verb_label(verb: str) -> str:
    """What the verb means; the verb itself where it has no label yet."""
    return str(WORDS["verb"].get(verb, verb.replace(".", " · ").replace("_", " ")))


def readable(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The data of an event as name and value, long values cut, nested ones as short JSON."""
    lines = []
    for name, value in data.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        lines.append((name.replace("_", " "), text if len(text) <= 300 else text[:300] + "…"))
    return lines
