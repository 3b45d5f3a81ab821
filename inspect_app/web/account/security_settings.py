"""How Flask-Security guards the door: argon2, TOTP, recovery codes, resets by mail. What is not used is switched off."""

from datetime import timedelta
from typing import Any

from flask import Flask, flash, session
from flask_babel import gettext as _
from flask_security import (
    Security,
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    tf_disabled,
    tf_profile_changed,
    user_failed_authn,
)
from flask_security.signals import change_email_confirmed, tf_code_confirmed

from inspect_app import config
from inspect_app.extensions import limiter
from inspect_app.models import User
from inspect_app.services import users
from inspect_app.web import access
from inspect_app.web.account import forms, kept, library_words, links, sessions, utils
from inspect_app.web.account.forms import address

#: The library, with the parts that we do our own way.
security = Security(
    mail_util_cls=utils.Letters,
    password_util_cls=utils.Passwords,
    totp_cls=utils.OneTimeCodes,
    mf_recovery_codes_util_cls=utils.RecoveryCodes,
)

#: How long a link to choose a new password is good for.
RESET_HOURS = 2

SETTINGS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_PASSWORD_REQUIRED": True,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_VERIFY_URL": "/sign-in/again",
    "SECURITY_POST_LOGIN_VIEW": "public.home",
    "SECURITY_POST_LOGOUT_VIEW": "public.home",
    "SECURITY_POST_VERIFY_VIEW": "account.me",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGOUT_CSRF": False,  # CSRFProtect has looked already
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_URL": "/new-password",
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=RESET_HOURS),
    "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "account.me",
    "SECURITY_CHANGE_EMAIL": True,
    "SECURITY_CHANGE_EMAIL_URL": "/account/address",
    "SECURITY_CHANGE_EMAIL_ERROR_VIEW": "account.me",
    "SECURITY_POST_CHANGE_EMAIL_VIEW": "account.me",
    "SECURITY_FRESHNESS": timedelta(minutes=15),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds either way: clocks of telephones
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-step",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account.me",
    "SECURITY_TOTP_ISSUER": "Miyar",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_CACHE_CONTROL": None,  # sessions.py: the library's own is written so that no browser knows it
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    # we write these letters ourselves, in the language of the account
    "SECURITY_SEND_PASSWORD_RESET_EMAIL": False,
    "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_CLI_USERS_NAME": None,  # `flask users` is ours
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_I18N_DIRNAME": str(config.ROOT / "inspect_app" / "translations"),
    **{f"SECURITY_MSG_{key}": value for key, value in library_words.SENTENCES.items()},
}

#: Settings of Flask itself, whatever the environment says.
FLASK: dict[str, Any] = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_REFRESH_EACH_REQUEST": False,  # sessions.py refreshes once a minute
    "PERMANENT_SESSION_LIFETIME": timedelta(days=3),  # the longest absolute life; sessions.py ends them earlier
    "WTF_CSRF_TIME_LIMIT": None,  # a form lives as long as its session: an inspector's page stays open all day
}

#: Endpoints of the library, all of them: who may open each.
DOORS = {
    "login": access.Access("public"),
    "logout": access.Access("public"),
    "forgot_password": access.Access("public"),
    "reset_password": access.Access("public"),
    "two_factor_token_validation": access.Access("public"),  # after the password, before the session
    "two_factor_setup": access.Access("public"),  # the same, or signed in; the view tells them apart
    "two_factor_setup_validate": access.Access("signed-in"),
    "mf_recovery": access.Access("public"),
    "verify": access.Access("signed-in"),
    "change_password": access.Access("signed-in"),
    "change_email": access.Access("signed-in"),
    "change_email_confirm": access.Access("public"),  # the link of a letter, maybe opened on a telephone
    # registered by the library together with those above, and not used
    "two_factor_rescue": access.Access("closed"),
    "tf_select": access.Access("closed"),
    "mf_recovery_codes": access.Access("closed"),  # account.recovery_codes shows them once instead
}

#: Requests that one address may send: an office behind one line signs in at nine, a machine does not.
LIMITS = {
    "login": "40 per 5 minutes",
    "two_factor_token_validation": "30 per 5 minutes",
    "two_factor_setup": "30 per 5 minutes",
    "mf_recovery": "15 per 5 minutes",
    "forgot_password": "10 per 15 minutes",
    "reset_password": "20 per 15 minutes",
    "verify": "20 per 5 minutes",
    "change_password": "20 per 5 minutes",
    "change_email": "10 per 15 minutes",
}


def bind(app: Flask, db: Any, user: type, role: type) -> None:
    """Attach Flask-Security with our settings, forms and tables; limit guessing; listen to what happens."""
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    app.config.update(FLASK)
    if app.config.get("SESSION_COOKIE_SECURE"):
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"
    security.init_app(
        app,
        utils.People(db, user, role),
        login_form=forms.SignInForm,
        verify_form=forms.VerifyAgainForm,
        forgot_password_form=forms.ForgotForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.OtherPasswordForm,
        change_email_form=forms.OtherAddressForm,
        two_factor_setup_form=forms.SetUpForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.RescueForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.want_json(lambda _request: False)  # the door speaks to people only
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # no tokens
    for name, door in DOORS.items():
        access.LIBRARY_DOORS[f"security.{name}"] = door
    for name, limit in LIMITS.items():
        view: Any = app.view_functions[f"security.{name}"]
        app.view_functions[f"security.{name}"] = limiter.limit(limit, methods=["POST"])(view)
    security.tf_token_validation_context_processor(_picture_again)
    _listen(app)
    sessions.bind(app)
    kept.bind(app)


def _picture_again() -> dict[str, Any]:
    """While the authenticator is being tied, a wrong code does not take its picture and key away."""
    if session.get("tf_state") != "validating_profile" or not session.get("tf_totp_secret"):
        return {}
    user = security.datastore.find_user(fs_uniquifier=session.get("tf_user_id"))
    if user is None:
        return {}
    values = security.totp_factory.fetch_setup_values(session["tf_totp_secret"], user)
    return {"authr_qrcode": values["image"], "authr_key": values["key"]}


def _listen(app: Flask) -> None:
    user_failed_authn.connect(_failed, app)
    reset_password_instructions_sent.connect(_reset_asked, app)
    password_reset.connect(_reset, app)
    password_changed.connect(_changed, app)
    change_email_confirmed.connect(_moved, app)
    tf_code_confirmed.connect(_code_confirmed, app)
    tf_profile_changed.connect(_factor_set, app)
    tf_disabled.connect(_factor_removed, app)


def _failed(_app: Flask, user: User, auth_type: str, tfa: bool = False, **_more: object) -> None:
    users.count_failure(user, address=address(), factor=auth_type)


def _reset_asked(_app: Flask, user: User, token: str, **_more: object) -> None:
    link = links.absolute("security.reset_password", token=token)
    users.note_reset_asked(user, link=link, hours=RESET_HOURS, address=address())


def _reset(_app: Flask, user: User, **_more: object) -> None:
    users.note_password_reset(user, address=address())


def _changed(_app: Flask, user: User, **_more: object) -> None:
    users.note_password_change(user)


def _moved(_app: Flask, user: User, old_email: str, **_more: object) -> None:
    here = session.get("_user_id") == user.fs_uniquifier
    users.note_email_change(user, former=old_email)
    _stay(user, here)


def _code_confirmed(_app: Flask, user: User, **_more: object) -> None:
    """A code at sign-in: the first ever sets the authenticator up."""
    if session.get("tf_state") == "validating_profile":
        users.note_second_factor_set(user)
        flash(_("For the day your telephone is lost: make recovery codes now, under «My account»."), "warning")


def _factor_set(_app: Flask, user: User, **_more: object) -> None:
    # the library gives a proxy where the person is signed in
    person = getattr(user, "_get_current_object", lambda: user)()
    users.note_second_factor_set(person)
    _stay(person, True)
    session["second_factor"] = True


def _factor_removed(_app: Flask, user: User, **_more: object) -> None:
    person = getattr(user, "_get_current_object", lambda: user)()
    users.note_second_factor_removed(person)
    _stay(person, True)


def _stay(user: User, here: bool) -> None:
    """All other sessions end; this one, in which the person acts, goes on."""
    if here:
        session["_user_id"] = user.fs_uniquifier
        session["identity.id"] = user.fs_uniquifier
