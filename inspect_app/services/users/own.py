"""Deeds on one's own account: language, password, address, second factor, sign-out everywhere.

Flask-Security does the work on passwords and codes and calls the ``note_…`` deeds, which write it down, end the other
sessions and tell the person by mail.
"""

from flask_security import Security

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.texts import LANGUAGES
from inspect_app.models import User, db
from inspect_app.services import audit
from inspect_app.services.users import letters
from inspect_app.services.users.common import actor_of, chain_of, end_all_sessions


def choose_language(actor: Actor, *, language: str) -> None:
    """The language of pages and letters. Raises DomainError("language-unknown")."""
    if language not in LANGUAGES:
        raise DomainError("language-unknown", field="language")
    user = _own(actor)
    if user.language != language:
        user.language = language
        audit.record(actor, "user.language_chosen", chain=chain_of(user), language=language)
    db.session.commit()


def sign_out_everywhere(actor: Actor) -> None:
    """Every session of the person ends, this one too, and links sent by mail die."""
    user = _own(actor)
    end_all_sessions(user)
    audit.record(actor, "user.signed_out_everywhere", chain=chain_of(user))
    db.session.commit()


def note_reset_asked(user: User, *, link: str, hours: int, address: str) -> None:
    """A new password was asked at the door: the letter goes to the account's own address."""
    audit.record(None, "user.reset_asked", chain=chain_of(user), address=address)
    db.session.commit()
    letters.reset(user, link, hours)


def note_password_reset(user: User, *, address: str) -> None:
    """A new password was chosen through a letter: the mailbox is proof enough to open a closed account again."""
    user.failed_sign_ins = 0
    user.locked_until = None
    audit.record(actor_of(user), "user.password_reset", chain=chain_of(user), address=address)
    db.session.commit()
    letters.notice(user, "password-changed")


def note_password_change(user: User) -> None:
    """The person changed the password; Flask-Security has ended the other sessions."""
    audit.record(actor_of(user), "user.password_changed", chain=chain_of(user))
    db.session.commit()
    letters.notice(user, "password-changed")


def note_email_change(user: User, *, former: str) -> None:
    """Letters go to another address: links sent to the former one die with the other sessions."""
    end_all_sessions(user)
    audit.record(actor_of(user), "user.email_changed", chain=chain_of(user))
    db.session.commit()
    letters.notice(user, "email-changed", to=former)


def note_second_factor_set(user: User) -> None:
    """An authenticator was proved. The other sessions, which have not shown it, end; old recovery codes die."""
    end_all_sessions(user)
    user.mf_recovery_codes = []
    audit.record(actor_of(user), "user.second_factor_set", chain=chain_of(user))
    db.session.commit()
    letters.notice(user, "second-factor-set")


def note_second_factor_removed(user: User) -> None:
    """The person took the authenticator off (only where the role does not ask for one)."""
    end_all_sessions(user)
    user.mf_recovery_codes = []
    audit.record(actor_of(user), "user.second_factor_removed", chain=chain_of(user))
    db.session.commit()
    letters.notice(user, "second-factor-removed")


def note_recovery_code_used(user: User) -> None:
    """A recovery code opened the door; it does so once."""
    audit.record(
        actor_of(user), "user.recovery_code_used", chain=chain_of(user), left=len(user.mf_recovery_codes or [])
    )
    db.session.commit()


def make_recovery_codes(actor: Actor, *, security: Security) -> list[str]:
    """New recovery codes, shown once; the former ones die. Raises DomainError("second-factor-first")."""
    user = _own(actor)
    if not user.tf_totp_secret:
        raise DomainError("second-factor-first")
    codes: list[str] = security._mf_recovery_codes_util.create_recovery_codes(user)
    audit.record(actor, "user.recovery_codes_made", chain=chain_of(user), codes=len(codes))
    db.session.commit()
    return codes


def _own(actor: Actor) -> User:
    user = db.session.get(User, actor.user_id, with_for_update=True)
    if user is None:
        raise NotVisibleError("user")
    return user
