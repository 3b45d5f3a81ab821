"""At the door: signing in, guessing, being shut out, signing out. All of it on the audit chains."""

from datetime import timedelta

from sqlalchemy import delete, or_, update

from inspect_app.adapters import clock
from inspect_app.domain.people import FIELD_SESSION, lock_for
from inspect_app.models import EndedSession, User, db
from inspect_app.services import audit
from inspect_app.services.users.common import actor_of, chain_of


def is_locked(user: User) -> bool:
    """Whether the account is closed to sign-in at this moment after wrong passwords or codes."""
    return user.locked_until is not None and user.locked_until > clock.now()


def count_failure(user: User, *, address: str, factor: str) -> None:
    """A wrong password or code. Every fifth in a row closes the account, each time for twice as long.

    ``factor``: password | code | recovery-code. While the account is closed nothing more is counted, so that a
    guesser cannot keep it closed for ever by going on.
    """
    if is_locked(user):
        return
    # counted by the database: guesses sent side by side are all counted
    db.session.execute(update(User).where(User.id == user.id).values(failed_sign_ins=User.failed_sign_ins + 1))
    db.session.refresh(user, ["failed_sign_ins"])
    audit.record(None, "user.sign_in_refused", chain=chain_of(user), factor=factor, address=address)
    wait = lock_for(user.failed_sign_ins)
    if wait is not None:
        user.locked_until = clock.now() + wait
        audit.record(
            None,
            "user.locked_out",
            chain=chain_of(user),
            failures=user.failed_sign_ins,
            minutes=int(wait.total_seconds() // 60),
            address=address,
        )
    db.session.commit()


def take_counter(user: User, counter: int) -> bool:
    """Note that the one-time code of this counter was shown; False when it, or a later one, was taken before.

    One statement, so that the same code sent twice at once is taken once. The caller commits.
    """
    taken = db.session.scalar(
        update(User)
        .where(User.id == user.id, or_(User.tf_last_counter.is_(None), User.tf_last_counter < counter))
        .values(tf_last_counter=counter)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(user, ["tf_last_counter"])
    return taken is not None


def refuse_stranger(*, address: str) -> None:
    """Somebody tried an account that does not exist. What was typed is not kept: it might be a password."""
    audit.record(None, "access.sign_in_refused", chain="access", address=address)
    db.session.commit()


def note_sign_in(user: User, *, address: str, second_factor: bool) -> None:
    """The person is in: failures are forgotten, the moment is noted."""
    user.failed_sign_ins = 0
    user.locked_until = None
    user.last_sign_in_at = clock.now()
    audit.record(actor_of(user), "user.signed_in", chain=chain_of(user), address=address, second_factor=second_factor)
    db.session.commit()


def end_session(user: User, *, sid: str | None) -> None:
    """The person signed out: this session's cookie is worth nothing any more, even a copy of it."""
    now = clock.now()
    # rows older than any session may live say nothing more
    db.session.execute(
        delete(EndedSession).where(EndedSession.ended_at < now - FIELD_SESSION.absolute - timedelta(days=1))
    )
    if sid and db.session.get(EndedSession, sid) is None:
        db.session.add(EndedSession(sid=sid, ended_at=now))
    audit.record(actor_of(user), "user.signed_out", chain=chain_of(user))
    db.session.commit()
