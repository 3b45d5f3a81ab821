"""Every sentence that Flask-Security may say, in our words. The library looks them up in our own catalogs.

``N_`` only marks them for extraction: the library translates when it speaks. ``tests/web/account/test_words.py`` sees
to it that a new version of the library says nothing that is not here.
"""


def N_(text: str) -> str:  # noqa: N802
    """The text itself; pybabel finds it by this name."""
    return text


_DOOR = N_(
    "The sign-in did not work. Check the mail address and the password. After five wrong attempts in a row an account "
    "closes for 15 minutes or longer; it opens again by itself, or by a new password."
)
_RESET_SENT = N_(
    "If this address belongs to an account, a letter with a link to choose a new password is on its way. Look into the "
    "junk folder too."
)
_ADDRESS_SENT = N_("A letter with a link was sent to the new address. The address changes when you open the link.")

#: Setting without the prefix SECURITY_MSG_ → sentence and kind of flash.
SENTENCES: dict[str, tuple[str, str]] = {
    "API_ERROR": (N_("This could not be understood. Please start again."), "error"),
    "GENERIC_AUTHN_FAILED": (_DOOR, "error"),
    "GENERIC_RECOVERY": (_RESET_SENT, "info"),
    "UNAUTHORIZED": (N_("Your role does not allow this."), "error"),
    "UNAUTHENTICATED": (N_("Please sign in first."), "info"),
    "REAUTHENTICATION_REQUIRED": (N_("For your safety, please type your password again."), "info"),
    "EMAIL_ALREADY_ASSOCIATED": (N_("This address cannot be used."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords are not the same."), "error"),
    "INVALID_REDIRECT": (N_("That address is not one of ours."), "error"),
    "INVALID_RECOVERY_CODE": (N_("This recovery code is not right, or was used before."), "error"),
    "PASSWORD_RESET_REQUEST": (_RESET_SENT, "info"),
    "PASSWORD_RESET_EXPIRED": (N_("This link is too old. Ask for a new one."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (N_("This link was used before, or is too old. Ask for a new one."), "error"),
    "DISABLED_ACCOUNT": (_DOOR, "error"),
    "EMAIL_NOT_PROVIDED": (N_("Please type your mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("This is not a mail address, for example name@example.ma."), "error"),
    "INVALID_CODE": (N_("The code is not right."), "error"),
    "INVALID_INPUT": (N_("This value does not fit here."), "error"),
    "INVALID_INPUT_LENGTH": (N_("This is too long."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Please type your password."), "error"),
    "PASSWORD_INVALID_LENGTH": (N_("The password needs at least %(length)s characters."), "error"),
    "PASSWORD_TOO_SIMPLE": (N_("This password is too easy to guess."), "error"),
    "USER_DOES_NOT_EXIST": (_DOOR, "error"),
    "INVALID_PASSWORD": (N_("The password is not right."), "error"),
    "INVALID_PASSWORD_CODE": (N_("The password or the code is not right."), "error"),
    "FORGOT_PASSWORD": (N_("I forgot my password"), "info"),
    "PASSWORD_RESET_NO_LOGIN": (N_("The new password is set. Please sign in with it."), "success"),
    "PASSWORD_IS_THE_SAME": (N_("The new password must differ from the present one."), "error"),
    "PASSWORD_CHANGE": (N_("The new password is set. Your other sessions have been ended."), "success"),
    "LOGIN": (N_("Please sign in first."), "info"),
    "REFRESH": (N_("For your safety, please type your password again."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you."), "info"),
    "ANONYMOUS_USER_REQUIRED": (N_("You are signed in already."), "info"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("The code is not right, or was used before. Wait for the next code and type that one."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (N_("The authenticator is tied to your account."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Please begin again with your mail address and password."), "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Your role asks for a second step; it cannot be taken off."), "error"),
    "TWO_FACTOR_DISABLED": (N_("The second step is taken off your account."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("This took too long. Please start again."), "error"),
    "CHANGE_EMAIL_EXPIRED": (N_("This link is too old. Please start again."), "error"),
    "CHANGE_EMAIL_CONFIRMED": (N_("Your mail address is changed."), "success"),
    "CHANGE_EMAIL_SENT": (_ADDRESS_SENT, "success"),
}

#: Sentences of features that are switched off: never said.
SILENT = frozenset(
    """
    GENERIC_US_SIGNIN CONFIRM_REGISTRATION EMAIL_CONFIRMED ALREADY_CONFIRMED INVALID_CONFIRMATION_TOKEN
    IDENTITY_ALREADY_ASSOCIATED IDENTITY_NOT_REGISTERED OAUTH_HANDSHAKE_ERROR PASSWORD_MISMATCH
    NO_RECOVERY_CODES_SETUP CONFIRMATION_REQUIRED CONFIRMATION_REQUEST CONFIRMATION_EXPIRED LOGIN_EXPIRED
    LOGIN_EMAIL_SENT INVALID_LOGIN_TOKEN PASSWORD_BREACHED PASSWORD_BREACHED_SITE_ERROR PHONE_INVALID
    PASSWORDLESS_LOGIN_SUCCESSFUL PASSWORD_RESET REFRESH_TOKEN_INVALID CODE_HAS_BEEN_SENT FAILED_TO_SEND_CODE
    US_CURRENT_METHODS US_METHOD_NOT_AVAILABLE US_SETUP_EXPIRED US_SETUP_SUCCESSFUL US_SPECIFY_IDENTITY USE_CODE
    USERNAME_CHANGE USERNAME_INVALID_LENGTH USERNAME_DISALLOWED_CHARACTERS USERNAME_NOT_PROVIDED
    USERNAME_ALREADY_ASSOCIATED USERNAME_RECOVERY_REQUEST WEBAUTHN_EXPIRED WEBAUTHN_NAME_REQUIRED WEBAUTHN_NAME_INUSE
    WEBAUTHN_NAME_NOT_FOUND WEBAUTHN_NAME_DISALLOWED_CHARACTERS WEBAUTHN_CREDENTIAL_DELETED
    WEBAUTHN_REGISTER_SUCCESSFUL WEBAUTHN_CREDENTIAL_ID_INUSE WEBAUTHN_UNKNOWN_CREDENTIAL_ID
    WEBAUTHN_ORPHAN_CREDENTIAL_ID WEBAUTHN_NO_VERIFY WEBAUTHN_CREDENTIAL_WRONG_USAGE WEBAUTHN_MISMATCH_USER_HANDLE
    """.split()  # noqa: SIM905
)

#: Small words that the library puts into its own sentences and letters.
OTHERS = (N_("authenticator"), N_("none"), N_("Confirm your new email address"))
