"""Who could be on a team or review a visit, and who is to be told of it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select

from inspect_app.domain.permissions import PERMISSIONS, Permission
from inspect_app.domain.roles import Body, Role
from inspect_app.models import Institution, Province, RoleRow, User, UserScope, db, user_roles


@dataclass(frozen=True)
class Candidate:
    """A person who may be given a duty on a visit. ``near``: the institution lies in their own territory."""

    user_id: int
    name: str
    name_ar: str
    body: str
    near: bool

    def display_name(self, language: str) -> str:
        """The name in the script of the language, where both are known."""
        return self.name_ar if language == "ar" and self.name_ar else self.name


def candidates(institution: Institution, duty: Permission) -> list[Candidate]:
    """Everybody who may take the duty on a visit to this institution; those of its territory first, then by name.

    Left out (separation): whoever directs or works for the institution, whoever supports institutions of its
    territory, accounts that are closed.
    """
    rows = db.session.execute(
        select(User.id, User.name, User.name_ar, User.body, _covers(institution).label("near"))
        .where(_eligible(institution, duty))
        .order_by(User.name, User.id)
    )
    found = [Candidate(*row) for row in rows]
    return sorted(found, key=lambda c: not c.near)


def eligible(institution: Institution, duty: Permission, user_id: int) -> User | None:
    """The person, if they may take the duty on a visit to this institution."""
    return db.session.scalar(select(User).where(User.id == user_id, _eligible(institution, duty)))


def coordinators_of(institution: Institution) -> list[User]:
    """Coordinators in whose territory the institution lies, those of its own province first."""
    near = exists(
        select(UserScope.id)
        .where(UserScope.user_id == User.id, UserScope.province_code == institution.province_code)
        .correlate(User)
    )
    return list(
        db.session.scalars(
            select(User)
            .where(User.active, _holds(frozenset({Role.COORDINATOR})), _covers(institution))
            .order_by(near.desc(), User.id)
        )
    )


def directors_of(institution: Institution) -> list[User]:
    """People who direct the institution in Miyar."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.active, _holds(frozenset({Role.DIRECTOR})), _attached(institution))
            .order_by(User.id)
        )
    )


def ministry_of(institution: Institution) -> list[User]:
    """Officers of the ministry in whose territory the institution lies."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.active, _holds(frozenset({Role.MINISTRY_OFFICER})), _covers(institution))
            .order_by(User.id)
        )
    )


def _eligible(institution: Institution, duty: Permission) -> ColumnElement[bool]:
    supports = and_(_holds(frozenset({Role.SUPPORT_OFFICER})), _covers(institution))
    return and_(
        User.active,
        _holds(PERMISSIONS[duty]),
        User.body != Body.INSTITUTION,
        ~_attached(institution),
        ~supports,
    )


def _holds(roles: frozenset[Role]) -> ColumnElement[bool]:
    return exists(
        select(user_roles.c.user_id)
        .join(RoleRow, RoleRow.id == user_roles.c.role_id)
        .where(user_roles.c.user_id == User.id, RoleRow.name.in_([str(r) for r in sorted(roles)]))
        .correlate(User)
    )


def _attached(institution: Institution) -> ColumnElement[bool]:
    return exists(
        select(UserScope.id)
        .where(UserScope.user_id == User.id, UserScope.institution_id == institution.id)
        .correlate(User)
    )


def _covers(institution: Institution) -> ColumnElement[bool]:
    region = select(Province.region_code).where(Province.code == institution.province_code).scalar_subquery()
    return exists(
        select(UserScope.id)
        .where(
            UserScope.user_id == User.id,
            or_(
                UserScope.national,
                UserScope.region_code == region,
                UserScope.province_code == institution.province_code,
            ),
        )
        .correlate(User)
    )
