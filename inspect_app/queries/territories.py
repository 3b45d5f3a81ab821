"""Regions, prefectures and provinces as choices and look-ups. They change by migration only, so they are kept in the process."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from inspect_app.domain.actors import Actor
from inspect_app.models import Province, Region, UserScope, db

_kept: dict[str, tuple["Place", ...]] = {}


@dataclass(frozen=True)
class Place:
    """A region, or a prefecture or province (``region`` is then the code of its region)."""

    code: str
    name_ar: str
    name_fr: str
    region: str = ""

    def name(self, language: str) -> str:
        """The name in the language's script."""
        return self.name_ar if language == "ar" else self.name_fr


def regions() -> tuple[Place, ...]:
    """The twelve regions, in the order of their codes."""
    if not _kept.get("regions"):
        rows = db.session.execute(select(Region.code, Region.name_ar, Region.name_fr).order_by(Region.code))
        _kept["regions"] = tuple(Place(*row) for row in rows)
    return _kept["regions"]


def provinces(region: str = "") -> tuple[Place, ...]:
    """Prefectures and provinces of a region, or all, in the order of their codes."""
    if not _kept.get("provinces"):
        rows = db.session.execute(
            select(Province.code, Province.name_ar, Province.name_fr, Province.region_code).order_by(Province.code)
        )
        _kept["provinces"] = tuple(Place(*row) for row in rows)
    return tuple(p for p in _kept["provinces"] if not region or p.region == region)


def province_in_scope(actor: Actor, code: str) -> bool:
    """Whether the actor's territory holds the province (nation, its region, or the province itself)."""
    statement = (
        select(UserScope.id)
        .join(Province, Province.code == code)
        .where(
            UserScope.user_id == actor.user_id,
            or_(
                UserScope.national,
                UserScope.region_code == Province.region_code,
                UserScope.province_code == Province.code,
            ),
        )
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def provinces_in_scope(actor: Actor) -> tuple[Place, ...]:
    """The provinces in which the actor may register an institution."""
    codes = set(
        db.session.scalars(
            select(Province.code)
            .join(
                UserScope,
                or_(
                    UserScope.national,
                    UserScope.region_code == Province.region_code,
                    UserScope.province_code == Province.code,
                ),
            )
            .where(UserScope.user_id == actor.user_id)
        )
    )
    return tuple(p for p in provinces() if p.code in codes)


def regions_in_scope(actor: Actor) -> tuple[Place, ...]:
    """The regions in which the actor's territory lies, wholly or in part."""
    codes = {place.region for place in provinces_in_scope(actor)}
    return tuple(region for region in regions() if region.code in codes)
