"""Devices: one's own, those of the people of a territory, and the one that knocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Device, Institution, Province, User, UserScope, db

# built once: asked at every request of a tablet
_AT_THE_DOOR = select(Device.id, Device.last_seen_at, Device.revoked_at, Device.told_at).where(
    Device.uid == bindparam("uid"), Device.user_id == bindparam("user_id")
)


@dataclass(frozen=True)
class Knocking:
    """A registered device that sends a request."""

    id: int
    last_seen_at: datetime
    revoked_at: datetime | None
    told_at: datetime | None


def at_the_door(uid: str, user_id: int) -> Knocking | None:
    """The device with this id in this person's hands; None where nobody registered it so."""
    row = db.session.execute(_AT_THE_DOOR, {"uid": uid, "user_id": user_id}).first()
    return None if row is None else Knocking(*row)


def own(actor: Actor) -> Sequence[Device]:
    """The actor's own devices, those in use first, then by last contact."""
    return db.session.scalars(
        select(Device)
        .where(Device.user_id == actor.user_id)
        .options(joinedload(Device.revoker))
        .order_by(Device.revoked_at.is_not(None), Device.last_seen_at.desc(), Device.id)
    ).all()


def managed(actor: Actor) -> Sequence[Device]:
    """Devices of the other people whom the actor answers for, by person; empty for those who answer for nobody."""
    return db.session.scalars(
        select(Device)
        .join(User, User.id == Device.user_id)
        .where(_managed_by(actor), Device.user_id != actor.user_id)
        .options(joinedload(Device.revoker))
        .order_by(Device.revoked_at.is_not(None), User.name, Device.last_seen_at.desc(), Device.id)
    ).all()


def visible(actor: Actor, device_id: int) -> Device:
    """One device, the actor's own or of somebody they answer for. Raises NotVisibleError."""
    found = db.session.scalar(
        select(Device)
        .join(User, User.id == Device.user_id)
        .where(Device.id == device_id, or_(Device.user_id == actor.user_id, _managed_by(actor)))
    )
    if found is None:
        raise NotVisibleError("device")
    return found


def sharing(device: Device) -> Sequence[Device]:
    """The rows of everybody who uses the same tablet and is not revoked there, this one included."""
    return db.session.scalars(
        select(Device).where(Device.uid == device.uid, Device.revoked_at.is_(None)).order_by(Device.id)
    ).all()


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    """A condition on ``Device``: its person works in the territory of the actor, a coordinator."""
    if not actor.may(Permission.MANAGE_DEVICES):
        return false()
    mine, theirs, province, house = aliased(UserScope), aliased(UserScope), aliased(Province), aliased(Institution)
    return exists(
        select(theirs.id)
        .outerjoin(house, house.id == theirs.institution_id)
        .outerjoin(province, or_(province.code == theirs.province_code, province.code == house.province_code))
        .join(mine, mine.user_id == actor.user_id)
        .where(
            theirs.user_id == Device.user_id,
            or_(
                mine.national,
                mine.region_code == theirs.region_code,
                mine.region_code == province.region_code,
                and_(mine.province_code.is_not(None), mine.province_code == province.code),
            ),
        )
        .correlate(Device)
    )
