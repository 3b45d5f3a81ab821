"""Administration of accounts: open, change, close, unlock, reset the second factor, invite again.

Whatever changes what a person may do ends their sessions, so that nobody goes on with yesterday's rights.
"""

import uuid
from collections.abc import Callable

from sqlalchemy import func, select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.people import Scopes, check_functions
from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Body, Role
from inspect_app.domain.texts import LANGUAGES
from inspect_app.models import Institution, Province, Region, RoleRow, User, UserScope, db
from inspect_app.services import audit
from inspect_app.services.users import letters
from inspect_app.services.users.common import chain_of, end_all_sessions, managed

#: Gives the link by which an invited person chooses a password.
LinkFor = Callable[[User], str]


def create_user(
    actor: Actor,
    *,
    email: str,
    name: str,
    name_ar: str,
    body: str,
    language: str,
    roles: frozenset[Role],
    scopes: Scopes,
    link_for: LinkFor,
) -> User:
    """Open an account and invite the person by mail. Raises DomainError (see ``check_functions``, and email-taken)."""
    if not actor.may(Permission.MANAGE_USERS):
        raise ForbiddenError
    user = add_user(email=email, name=name, name_ar=name_ar, body=body, language=language, roles=roles, scopes=scopes)
    _record(actor, user, "user.created", roles=sorted(roles), scopes=scopes.as_data())
    db.session.commit()
    letters.invitation(user, link_for(user))
    return user


def open_from_console(
    *,
    email: str,
    name: str,
    name_ar: str,
    body: str,
    language: str,
    roles: frozenset[Role],
    scopes: Scopes,
    password_hash: str | None,
    link_for: LinkFor,
) -> User:
    """Open an account from the server's console (the first administrator). Invites unless a password is given."""
    user = add_user(email=email, name=name, name_ar=name_ar, body=body, language=language, roles=roles, scopes=scopes)
    user.password = password_hash
    _record(None, user, "user.created", roles=sorted(roles), scopes=scopes.as_data(), by="console")
    db.session.commit()
    if password_hash is None:
        letters.invitation(user, link_for(user))
    return user


def add_user(
    *, email: str, name: str, name_ar: str, body: str, language: str, roles: frozenset[Role], scopes: Scopes
) -> User:
    """The row of a new account, checked and flushed; the caller records and commits (commands, demonstration data)."""
    check_functions(roles, scopes)
    _check_places(scopes)
    if language not in LANGUAGES:
        raise DomainError("language-unknown", field="language")
    if db.session.scalar(select(User.id).where(func.lower(User.email) == email.lower())) is not None:
        raise DomainError("email-taken", field="email")
    user = User(
        email=email.lower(),
        password=None,
        name=name,
        name_ar=name_ar,
        body=str(Body(body)),
        language=language,
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        create_datetime=clock.now(),
        roles=_role_rows(roles),
        scopes=_scope_rows(scopes),
    )
    db.session.add(user)
    db.session.flush()
    return user


def change_user(
    actor: Actor, user_id: int, *, name: str, name_ar: str, body: str, roles: frozenset[Role], scopes: Scopes
) -> User:
    """Change a person's names, body, roles and territory. Sessions end when roles or territory changed.

    Raises DomainError: see ``check_functions``; not-yourself when administrators take their own role away.
    """
    user = managed(actor, user_id)
    check_functions(roles, scopes)
    _check_places(scopes)
    if user.id == actor.user_id and Role.ADMINISTRATOR not in roles:
        raise DomainError("not-yourself", field="roles")
    before, was = scopes_of(user), frozenset(Role(role.name) for role in user.roles)
    user.name, user.name_ar, user.body = name, name_ar, str(Body(body))
    if was != roles or before != scopes:
        user.roles = _role_rows(roles)
        user.scopes = _scope_rows(scopes)
        end_all_sessions(user)
    _record(
        actor,
        user,
        "user.changed",
        roles_before=sorted(was),
        roles=sorted(roles),
        scopes_before=before.as_data(),
        scopes=scopes.as_data(),
    )
    db.session.commit()
    return user


def close_user(actor: Actor, user_id: int) -> None:
    """The person can no longer sign in; what they did stays. Raises DomainError("not-yourself")."""
    user = managed(actor, user_id)
    if user.id == actor.user_id:
        raise DomainError("not-yourself")
    user.active = False
    end_all_sessions(user)
    _record(actor, user, "user.closed")
    db.session.commit()


def reopen_user(actor: Actor, user_id: int) -> None:
    """The person may sign in again, with the password they had."""
    user = managed(actor, user_id)
    user.active = True
    end_all_sessions(user)
    _record(actor, user, "user.reopened")
    db.session.commit()


def unlock_user(actor: Actor | None, user_id: int) -> User:
    """End the wait after wrong passwords. ``actor`` None: a command on the server, for when no administrator gets in."""
    user = managed(actor, user_id) if actor else db.session.get_one(User, user_id, with_for_update=True)
    user.failed_sign_ins = 0
    user.locked_until = None
    _record(actor, user, "user.unlocked")
    db.session.commit()
    return user


def reset_second_factor(actor: Actor, user_id: int) -> None:
    """Take the authenticator off an account whose owner lost it; sessions end; the person is told by mail.

    Raises DomainError("not-yourself"): nobody weakens the own account this way.
    """
    user = managed(actor, user_id)
    if user.id == actor.user_id:
        raise DomainError("not-yourself")
    user.tf_primary_method = None
    user.tf_totp_secret = None
    user.mf_recovery_codes = []
    end_all_sessions(user)
    _record(actor, user, "user.second_factor_reset")
    db.session.commit()
    letters.notice(user, "second-factor-removed")


def invite_again(actor: Actor, user_id: int, *, link_for: LinkFor) -> None:
    """A new letter to somebody who never chose a password. Raises DomainError("already-in")."""
    user = managed(actor, user_id)
    if user.password is not None:
        raise DomainError("already-in")
    end_all_sessions(user)  # the former link dies
    _record(actor, user, "user.invited_again")
    db.session.commit()
    letters.invitation(user, link_for(user))


def scopes_of(user: User) -> Scopes:
    """What the person may see, as rules compare it."""
    return Scopes(
        national=any(scope.national for scope in user.scopes),
        regions=frozenset(scope.region_code for scope in user.scopes if scope.region_code),
        provinces=frozenset(scope.province_code for scope in user.scopes if scope.province_code),
        institutions=frozenset(scope.institution_id for scope in user.scopes if scope.institution_id),
    )


def _record(actor: Actor | None, user: User, verb: str, **data: object) -> None:
    audit.record(actor, verb, chain=chain_of(user), user_id=user.id, **data)


def _role_rows(roles: frozenset[Role]) -> list[RoleRow]:
    found = {row.name: row for row in db.session.scalars(select(RoleRow))}
    return [found.get(role) or RoleRow(name=str(role)) for role in sorted(roles)]


def _scope_rows(scopes: Scopes) -> list[UserScope]:
    rows = [UserScope(national=True)] if scopes.national else []
    rows += [UserScope(region_code=code) for code in sorted(scopes.regions)]
    rows += [UserScope(province_code=code) for code in sorted(scopes.provinces)]
    rows += [UserScope(institution_id=number) for number in sorted(scopes.institutions)]
    return rows


def _check_places(scopes: Scopes) -> None:
    for code in scopes.regions:
        if db.session.get(Region, code) is None:
            raise DomainError("place-unknown", field="regions")
    for code in scopes.provinces:
        if db.session.get(Province, code) is None:
            raise DomainError("place-unknown", field="provinces")
    for number in scopes.institutions:
        if db.session.get(Institution, number) is None:
            raise DomainError("institution-unknown", field="institutions")
