"""Letters to a person about their own account, in their language. Sent after the commit."""

from flask import current_app
from flask_babel import LazyString, force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.adapters import mail
from inspect_app.models import User

_LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}

#: What a notice may tell, by what happened.
_NOTICES: dict[str, LazyString] = {
    "password-changed": _l("Your password was changed. All your other sessions have been ended."),
    "second-factor-set": _l(
        "An authenticator was tied to your account: its code is asked at each sign-in from now on."
    ),
    "second-factor-removed": _l(
        "The second step was removed from your account. If your role asks for one, you will set it up again at your "
        "next sign-in."
    ),
    "email-changed": _l("The mail address of your account was changed. Letters no longer come to this address."),
    "locked-out": _l(
        "Several wrong passwords or codes were typed for your account. It is closed for a while and opens again by "
        "itself."
    ),
}


def invitation(user: User, link: str) -> bool:
    """You have an account: choose your password."""
    with force_locale(_LOCALES[user.language]):
        return mail.send(
            user.email,
            _("Your account at Miyar"),
            _(
                "Hello %(name)s,\n\nAn account was opened for you at Miyar, the system for the accreditation of "
                "social-care institutions. Choose your password here within 7 days:\n\n%(link)s\n\n"
                "If you did not expect this letter, do nothing: nobody can use the account without this link.",
                name=user.display_name(user.language),
                link=link,
            ),
        )


def reset(user: User, link: str, hours: int) -> bool:
    """Somebody, probably you, asked for a new password."""
    with force_locale(_LOCALES[user.language]):
        return mail.send(
            user.email,
            _("A new password for Miyar"),
            _(
                "Hello %(name)s,\n\nA new password was asked for your account. Choose it here within %(hours)s hours:"
                "\n\n%(link)s\n\nIf it was not you, do nothing: your password stays as it is.",
                name=user.display_name(user.language),
                link=link,
                hours=hours,
            ),
        )


def notice(user: User, what: str, *, to: str = "") -> bool:
    """Something about the account changed (a key of ``_NOTICES``); ``to`` where not to the account's own address."""
    with force_locale(_LOCALES[user.language]):
        return mail.send(
            to or user.email,
            _("Your account at Miyar"),
            _(
                "Hello %(name)s,\n\n%(what)s\n\nIf it was not you, tell an administrator at once: %(address)s",
                name=user.display_name(user.language),
                what=_NOTICES[what],
                address=current_app.config["PUBLIC_URL"],
            ),
        )
