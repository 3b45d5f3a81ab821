"""People with accounts, and the cast of the tests: each name always has the same function."""

import itertools
import time
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select

from inspect_app.domain.actors import Actor
from inspect_app.domain.roles import Body, Role
from inspect_app.models import RoleRow, User, UserScope, db

#: The password of everybody in the tests.
PASSWORD = "argan-cedar-thuya-7"
_numbers = itertools.count(1)
_hashes: dict[str, str] = {}

#: Who is who: function, body, name in Arabic. Nobody here has a territory until the test gives one.
CAST: dict[str, tuple[Role, Body, str]] = {
    "Amina": (Role.INSPECTOR, Body.ENTRAIDE, "أمينة"),
    "Brahim": (Role.DIRECTOR, Body.INSTITUTION, "إبراهيم"),
    "Chaimae": (Role.COORDINATOR, Body.ENTRAIDE, "شيماء"),
    "Driss": (Role.INSPECTOR, Body.HEALTH, "إدريس"),
    "Fatima": (Role.MINISTRY_OFFICER, Body.SOLIDARITY, "فاطمة"),
    "Ghali": (Role.ADMINISTRATOR, Body.SOLIDARITY, "غالي"),
    "Hind": (Role.AUDITOR, Body.SOLIDARITY, "هند"),
    "Ilyas": (Role.SUPPORT_OFFICER, Body.ENTRAIDE, "إلياس"),
    "Jamila": (Role.TEAM_LEADER, Body.ENTRAIDE, "جميلة"),
    "Karim": (Role.SIGNATORY, Body.SOLIDARITY, "كريم"),
}


def make_user(
    *roles: Role | str,
    name: str = "",
    name_ar: str = "",
    email: str = "",
    body: Body | str = Body.ENTRAIDE,
    language: str = "ar",
    active: bool = True,
    national: bool = False,
    region: str | None = None,
    province: str | None = None,
    institution: Any = None,
    password: str | None = PASSWORD,
    totp_secret: str | None = None,
) -> User:
    """A person with the roles and at most one territory of each kind; flushed, not committed (``sign_in`` commits).

    ``region`` "04", ``province`` "04.421"; ``institution`` is a row or an id.
    """
    number = next(_numbers)
    user = User(
        email=email or f"person{number}@miyar.test",
        password=_hash(password) if password else None,
        name=name or f"Person {number}",
        name_ar=name_ar,
        body=str(body),
        language=language,
        active=active,
        fs_uniquifier=f"uniquifier-{number}-{time.monotonic_ns()}",
        create_datetime=datetime(2026, 1, 5, 9, tzinfo=UTC),
        roles=[_role(role) for role in roles],
        tf_primary_method="authenticator" if totp_secret else None,
        tf_totp_secret=totp_secret,
    )
    if national:
        user.scopes.append(UserScope(national=True))
    if region:
        user.scopes.append(UserScope(region_code=region))
    if province:
        user.scopes.append(UserScope(province_code=province))
    if institution is not None:
        user.scopes.append(UserScope(institution_id=getattr(institution, "id", institution)))
    db.session.add(user)
    db.session.flush()
    return user


def make_person(name: str, **options: Any) -> User:
    """One of the cast by first name, in their usual function: ``make_person("Amina", province="04.421")``."""
    role, body, name_ar = CAST[name]
    options.setdefault("body", body)
    return make_user(role, name=name, name_ar=name_ar, email=f"{name.lower()}@miyar.test", **options)


def actor_of(user: User) -> Actor:
    """The person as services and queries are asked."""
    return Actor(
        user_id=user.id,
        roles=frozenset(Role(role.name) for role in user.roles),
        name=user.name,
        language=user.language,
    )


def sign_in(client: FlaskClient, user: User) -> User:
    """Put the person's session in the browser: no password, no second factor. A former person's session is cleared.

    Commits what the test has prepared: a page that refuses something rolls back, and must not undo the test's people.
    """
    db.session.commit()
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"] = user.fs_uniquifier
        session["_fresh"] = True
        session["sid"] = f"test-{time.monotonic_ns()}"
        session["began"] = session["seen"] = time.time()
        session["second_factor"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = time.time()
        session["identity.id"] = user.fs_uniquifier
        session["identity.auth_type"] = None
    return user


def sign_out(client: FlaskClient) -> None:
    """Nobody is in front of the browser any more."""
    with client.session_transaction() as session:
        session.clear()


def _role(role: Role | str) -> RoleRow:
    name = str(Role(role))
    found = db.session.scalar(select(RoleRow).where(RoleRow.name == name))
    if found is None:
        found = RoleRow(name=name)
        db.session.add(found)
    return found


def _hash(password: str) -> str:
    # once per process: argon2 is slow on purpose
    if password not in _hashes:
        _hashes[password] = hash_password(password)
    return _hashes[password]
