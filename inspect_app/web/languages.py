"""Which language does this person read? Chosen on the page, then the account's, then the browser's, then Arabic."""

from babel import Locale
from flask import current_app, has_request_context, request, session
from flask_security import current_user

#: How each language calls itself.
NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}
#: The locale whose formats we use: Moroccan Arabic and French write Western digits.
LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}


def choose() -> str:
    """The locale of this request (``ar_MA``, ``fr_MA`` or ``en_GB``)."""
    return LOCALES[language()]


def language() -> str:
    """The language of this request: ar, fr or en."""
    known = current_app.config["LANGUAGES"]
    if not has_request_context():
        return "ar"
    in_path = (request.view_args or {}).get("language")
    if in_path in known:
        return str(in_path)  # pages of the tablet: the same for everybody, whoever is signed in
    asked = request.args.get("lang")
    if asked in known:
        session["lang"] = asked
        return str(asked)
    if session.get("lang") in known:
        return str(session["lang"])
    if current_user and current_user.is_authenticated and current_user.language in known:
        return str(current_user.language)
    return request.accept_languages.best_match(known) or "ar"


def remember(code: str) -> None:
    """The person chose this language for good: the choice made on a page before no longer stands over it."""
    session["lang"] = code


def direction(code: str) -> str:
    """``rtl`` or ``ltr``, from Babel's data and not from a list of ours."""
    return str(Locale.parse(LOCALES[code]).text_direction)
