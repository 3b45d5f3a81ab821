"""People with an account, for administrators and auditors; and what the pages of one's own account need."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import ForbiddenError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.models import (
    AuditEvent,
    EndedSession,
    Institution,
    KeptForm,
    Province,
    Region,
    RoleRow,
    User,
    UserScope,
    db,
)
from inspect_app.queries.pages import SIZE, Page, bounds

#: States that a list may be narrowed to.
STATES = ("active", "closed", "locked", "invited")


@dataclass(frozen=True)
class Filters:
    """What the list of people is narrowed by; empty means all."""

    search: str = ""  # in names and mail address
    role: str = ""
    region: str = ""  # people of the region, its provinces and its institutions; national ones not
    state: str = ""


def page_of(actor: Actor, filters: Filters, number: int = 1) -> Page[User]:
    """One page of people by name. Raises ForbiddenError for those who may not see accounts."""
    _check(actor)
    conditions = _conditions(filters)
    total = db.session.scalar(select(func.count(User.id)).where(*conditions)) or 0
    number, pages, offset = bounds(total, number)
    rows = db.session.scalars(
        select(User)
        .where(*conditions)
        .options(selectinload(User.scopes).joinedload(UserScope.institution))
        .order_by(func.lower(User.name), User.id)
        .limit(SIZE)
        .offset(offset)
    ).all()
    return Page(items=rows, number=number, pages=pages, total=total)


def visible(actor: Actor, user_id: int) -> User:
    """One account. Raises ForbiddenError, NotVisibleError."""
    _check(actor)
    user = db.session.get(User, user_id)
    if user is None:
        raise NotVisibleError("user")
    return user


def history(actor: Actor, user_id: int, limit: int = 20) -> Sequence[AuditEvent]:
    """The last events on an account's own chain, newest first."""
    _check(actor)
    return db.session.scalars(
        select(AuditEvent).where(AuditEvent.chain == f"user/{user_id}").order_by(AuditEvent.seq.desc()).limit(limit)
    ).all()


def by_email(email: str) -> User | None:
    """The account of a mail address, for commands."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def all_users() -> Sequence[User]:
    """Every account by address, for commands."""
    return db.session.scalars(select(User).order_by(User.email)).all()


def institution_ids(codes: set[str]) -> dict[str, int]:
    """Ids by registry code, wherever they lie: an administrator has no territory."""
    rows = db.session.execute(select(Institution.code, Institution.id).where(Institution.code.in_(sorted(codes))))
    return {code: number for code, number in rows}


def place_names(user: User) -> list[tuple[str, str, str]]:
    """The person's territory for words: kind (national | region | province | institution), Arabic and French name."""
    rows = db.session.execute(
        select(
            UserScope.national,
            Region.name_ar,
            Region.name_fr,
            Province.name_ar,
            Province.name_fr,
            Institution.name_ar,
            Institution.name_fr,
        )
        .outerjoin(Region, Region.code == UserScope.region_code)
        .outerjoin(Province, Province.code == UserScope.province_code)
        .outerjoin(Institution, Institution.id == UserScope.institution_id)
        .where(UserScope.user_id == user.id)
        .order_by(UserScope.id)
    )
    places = []
    for national, region_ar, region_fr, province_ar, province_fr, house_ar, house_fr in rows:
        if national:
            places.append(("national", "", ""))
        elif region_ar:
            places.append(("region", region_ar, region_fr))
        elif province_ar:
            places.append(("province", province_ar, province_fr))
        else:
            places.append(("institution", house_ar, house_fr))
    return places


# built once: asked at every request
_ENDED = select(EndedSession.__table__.c.sid).where(EndedSession.__table__.c.sid == bindparam("sid"))


def session_ended(sid: str) -> bool:
    """Whether a session was signed out."""
    return db.session.scalar(_ENDED, {"sid": sid}) is not None


def kept_form(actor: Actor) -> KeptForm | None:
    """What the person had typed when their last session ended."""
    return db.session.scalar(select(KeptForm).where(KeptForm.user_id == actor.user_id))


# built once: asked at every request of somebody signed in
_OF_COOKIE = select(User).options(joinedload(User.roles)).where(User.fs_uniquifier == bindparam("uniquifier"))


def by_uniquifier(uniquifier: str) -> User | None:
    """The person whose cookie this is, while it is still theirs."""
    return db.session.scalar(_OF_COOKIE, {"uniquifier": uniquifier})


def _check(actor: Actor) -> None:
    if not actor.may(Permission.SEE_USERS):
        raise ForbiddenError


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        or_(
            func.lower(User.name).contains(part, autoescape=True),
            User.name_ar.contains(part, autoescape=True),
            User.email.contains(part, autoescape=True),
        )
        for part in filters.search.lower().split()
    ]
    if filters.role:
        conditions.append(User.roles.any(RoleRow.name == filters.role))
    if filters.region:
        conditions.append(
            exists(
                select(UserScope.id)
                .outerjoin(Institution, Institution.id == UserScope.institution_id)
                .outerjoin(
                    Province,
                    or_(Province.code == UserScope.province_code, Province.code == Institution.province_code),
                )
                .where(
                    UserScope.user_id == User.id,
                    or_(UserScope.region_code == filters.region, Province.region_code == filters.region),
                )
                .correlate(User)
            )
        )
    now = clock.now()
    states: dict[str, ColumnElement[bool]] = {
        "active": and_(User.active, User.password.is_not(None)),
        "closed": ~User.active,
        "locked": User.locked_until > now,
        "invited": and_(User.active, User.password.is_(None)),
    }
    if filters.state in states:
        conditions.append(states[filters.state])
    return conditions
