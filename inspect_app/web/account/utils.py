"""Parts of Flask-Security that we do our own way: letters, passwords, one-time codes, recovery codes."""

import hashlib
import hmac
from typing import Any

from flask import current_app
from flask_security import MailUtil, MfRecoveryCodesUtil, PasswordUtil, SQLAlchemyUserDatastore, Totp
from flask_security.utils import get_message
from passlib.exc import UsedTokenError
from passlib.totp import TOTP, TotpMatch

from inspect_app.adapters import mail
from inspect_app.domain.folding import western_digits
from inspect_app.queries.users import by_uniquifier
from inspect_app.services.users import note_recovery_code_used, take_counter

#: A longer password is not safer, only slower to hash: a way to tire the server.
LONGEST_PASSWORD = 200


class People(SQLAlchemyUserDatastore):
    """The library's way to our tables; whose cookie it is, asked at every request, is asked our own quicker way."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Any:
        if set(kwargs) == {"fs_uniquifier"}:
            return by_uniquifier(kwargs["fs_uniquifier"])
        return super().find_user(case_insensitive=case_insensitive, **kwargs)


class Letters(MailUtil):
    """The library's letters leave through our own adapter, as plain text."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **kwargs: Any
    ) -> None:
        mail.send(str(recipient), str(subject), str(body))


class Passwords(PasswordUtil):
    """Long enough, not too long, and not made of what everybody knows about the person."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        if len(password) > LONGEST_PASSWORD:
            return [get_message("INVALID_INPUT_LENGTH")[0]], ""
        faults, normal = super().validate(password, is_register, **kwargs)
        if faults:
            return faults, normal
        user = kwargs.get("user")
        known = [user.email.partition("@")[0], *user.name.split(), user.email] if user else []
        folded = normal.casefold()
        rest = folded
        for part in (*known, "miyar", "password", "azerty", "qwerty", "123456", "motdepasse", "maroc"):
            if len(part) >= 4:
                rest = rest.replace(part.casefold(), "")
        if len(set(folded)) < 6 or len(rest) < 6:
            return [get_message("PASSWORD_TOO_SIMPLE")[0]], normal
        return None, normal


class OneTimeCodes(Totp):
    """Each code of the authenticator is taken once, also when two requests bring it at the same moment."""

    def get_last_counter(self, user: Any) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        if not take_counter(user, tmatch.counter):
            raise UsedTokenError(expire_time=tmatch.expire_time)

    def stored(self, base32_key: str) -> str:
        """A known key as it is stored, sealed with the server's secret (demonstration accounts)."""
        factory: type[TOTP] = self._totp
        return str(factory(key=base32_key).to_json(encrypt=True))


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes for the day the telephone is lost: only a keyed hash is stored, whatever the capitals, spaces or digits typed."""

    def check_recovery_code(self, user: Any, code: str) -> bool:
        wanted = self._hash(code)
        return any(hmac.compare_digest(wanted, stored) for stored in user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        wanted = self._hash(code)
        left = [stored for stored in user.mf_recovery_codes or [] if stored != wanted]
        used = len(left) < len(user.mf_recovery_codes or [])
        user.mf_recovery_codes = left
        note_recovery_code_used(user)
        return used

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [self._hash(code) for code in codes]

    def _decrypt_codes(self, codes: list[str]) -> list[str]:
        return []  # nobody can read them again

    @staticmethod
    def _hash(code: str) -> str:
        key = current_app.config["SECURITY_PASSWORD_SALT"].encode()
        plain = western_digits(code).lower().replace("-", "").replace(" ", "").encode()
        return hmac.new(key, b"recovery " + plain, hashlib.sha256).hexdigest()
