"""The forms at the door, in our words, each with the same care: closed accounts stay closed, failures are counted."""

from typing import Any, cast

from flask import request
from flask_babel import lazy_gettext as _
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.change_email import ChangeEmailForm
from flask_security.forms import (
    EmailValidation,
    EqualToLocalize,
    IsString,
    RequiredLocalize,
    email_required,
    password_required,
    unique_user_email,
    valid_user_email,
)
from flask_security.utils import get_message, hash_password
from wtforms import EmailField, Field, PasswordField, RadioField, SelectChoice, StringField
from wtforms.validators import StopValidation

from inspect_app.domain.folding import western_digits
from inspect_app.models import User
from inspect_app.services import users
from inspect_app.web.account.utils import LONGEST_PASSWORD


def address() -> str:
    """Where the request comes from, for the audit trail."""
    return request.remote_addr or ""


class _NotEndless:
    def __call__(self, form: Any, field: Field) -> None:
        if isinstance(field.data, str) and len(field.data) > LONGEST_PASSWORD:
            raise StopValidation(get_message("INVALID_INPUT_LENGTH")[0])


def _code_digits(text: Any) -> Any:
    return western_digits(text).replace(" ", "") if isinstance(text, str) else text


def _email(*checks: Any, verify: bool) -> EmailField:
    return EmailField(
        _("Mail address"),
        render_kw={"autocomplete": "username", "dir": "ltr"},
        validators=[IsString(), email_required, _NotEndless(), EmailValidation(verify=verify), *checks],
    )


def _password(label: Any, kind: str, *checks: Any) -> PasswordField:
    return PasswordField(
        label,
        render_kw={"autocomplete": kind, "dir": "ltr"},
        validators=[IsString(), password_required, _NotEndless(), *checks],
    )


def _code(label: Any, **attributes: str) -> StringField:
    return StringField(
        label,
        filters=[_code_digits],
        render_kw={"dir": "ltr", "autocomplete": "one-time-code", "autocapitalize": "none", **attributes},
        validators=[IsString(), RequiredLocalize(message="INVALID_CODE")],
    )


class SignInForm(LoginForm):
    """Mail address and password. No «remember me»: sessions end."""

    email = _email(verify=False)
    password = _password(_("Password"), "current-password")
    remember = None

    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            if self.ifield is not None and self.user is None:  # well typed, and nobody
                users.refuse_stranger(address=address())
            return False
        assert self.user is not None
        if users.is_locked(cast(User, self.user)):
            # the same sentence as for a wrong password: who guessed right does not learn it
            self.password.errors.append(get_message("INVALID_PASSWORD")[0])
            return False
        return True


class VerifyAgainForm(VerifyForm):
    """The password once more before something sensitive."""

    password = _password(_("Password"), "current-password")

    def validate(self, **kwargs: Any) -> bool:
        return _unless_locked(self.user, self.password) and super().validate(**kwargs)


class ForgotForm(ForgotPasswordForm):
    """Ask for a new password."""

    email = _email(valid_user_email, verify=True)

    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            return False
        hash_password("as long as for a stranger")  # the library hashes for strangers alone: their answer came later
        return True


class NewPasswordForm(ResetPasswordForm):
    """Choose a new password through a link."""

    password = _password(_("New password"), "new-password")
    password_confirm = _password(
        _("New password once more"), "new-password", EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH")
    )


class OtherPasswordForm(ChangePasswordForm):
    """Change the password: the present one is asked, and guessed at in vain."""

    password = _password(_("Present password"), "current-password")
    new_password = _password(_("New password"), "new-password")
    new_password_confirm = _password(
        _("New password once more"),
        "new-password",
        EqualToLocalize("new_password", message="RETYPE_PASSWORD_MISMATCH"),
    )

    def validate(self, **kwargs: Any) -> bool:
        from flask_security import current_user

        user = current_user._get_current_object()
        if not _unless_locked(user, self.password):
            return False
        if super().validate(**kwargs):
            return True
        if get_message("INVALID_PASSWORD")[0] in self.password.errors:
            user.track_failed_authn("password")
        return False


class OtherAddressForm(ChangeEmailForm):
    """Change the mail address; it changes when the link sent there is opened."""

    email = EmailField(
        _("New mail address"),
        render_kw={"autocomplete": "email", "dir": "ltr"},
        validators=[IsString(), email_required, _NotEndless(), EmailValidation(verify=True), unique_user_email],
    )


class SetUpForm(TwoFactorSetupForm):
    """Tie an authenticator, or take it off where the role allows."""

    setup = RadioField(
        _("What to do"),
        choices=[SelectChoice("authenticator", _("Start")), SelectChoice("disable", _("Take it off"))],
        validate_choice=False,
    )


class RescueForm(TwoFactorRescueForm):
    """The library builds it beside the second step; its page is closed and it is never shown."""

    help_setup = RadioField(choices=[])


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits of the authenticator, in any script of digits."""

    code = _code(_("Six-digit code"), inputmode="numeric", maxlength="12")

    def validate(self, **kwargs: Any) -> bool:
        # while an account is closed no code opens it: neither right nor wrong ones are told apart
        return _unless_locked(self.user, self.code, "TWO_FACTOR_INVALID_TOKEN") and super().validate(**kwargs)


class RecoveryForm(MfRecoveryForm):
    """A recovery code instead of the authenticator's; wrong ones are counted like wrong passwords."""

    code = _code(_("Recovery code"), autocomplete="off")

    def validate(self, **kwargs: Any) -> bool:
        if not _unless_locked(self.user, self.code, "INVALID_RECOVERY_CODE"):
            return False
        if super().validate(**kwargs):
            return True
        if self.code.data and self.user is not None:
            self.user.track_failed_authn("recovery-code", True)
        return False


def _unless_locked(user: Any, field: Field, message: str = "INVALID_PASSWORD") -> bool:
    if user is None or not users.is_locked(user):
        return True
    hash_password("as long as a real check")
    field.errors = [*field.errors, get_message(message)[0]]
    return False


__all__ = [
    "CodeForm",
    "ForgotForm",
    "NewPasswordForm",
    "OtherAddressForm",
    "OtherPasswordForm",
    "RecoveryForm",
    "SetUpForm",
    "SignInForm",
    "VerifyAgainForm",
    "address",
]
