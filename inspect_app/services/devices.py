"""Devices: registered by whoever works with them, revoked when lost. A revoked one wipes itself at its next contact."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Device, User, db
from inspect_app.queries import devices as questions
from inspect_app.services import audit
from inspect_app.services.users.common import end_all_sessions

LABEL = 80
REASON = 500
#: A contact is written down at most this often.
EVERY = timedelta(minutes=5)


def register_device(actor: Actor, *, uid: str, label: str = "") -> tuple[Device, bool]:
    """The actor works with this device from now on; the device, and whether it is new.

    Doing it again changes the name at most. Raises ForbiddenError, ForbiddenError("device-revoked"), DomainError:
    ``device-not-a-uuid``, ``text-too-long``.
    """
    if not actor.may(Permission.REGISTER_DEVICES):
        raise ForbiddenError
    uid, label = _uuid(uid), label.strip()
    if len(label) > LABEL:
        raise DomainError("text-too-long", field="name", status=422, longest=LABEL)
    found = _of(actor, uid)
    if found is None:
        now = clock.now()
        found = Device(uid=uid, user_id=actor.user_id, label=label, created_at=now, last_seen_at=now)
        try:
            with db.session.begin_nested():
                db.session.add(found)
        except IntegrityError:  # its other request was quicker
            return register_device(actor, uid=uid, label=label)
        audit.record(actor, "device.registered", chain=f"user/{actor.user_id}", uid=uid, label=label)
        db.session.commit()
        return found, True
    if found.revoked_at is not None:
        raise ForbiddenError("device-revoked")
    if label and found.label != label:
        found.label = label
        audit.record(actor, "device.renamed", chain=f"user/{actor.user_id}", uid=uid, label=label)
    db.session.commit()
    return found, False


def note_contact(device: questions.Knocking) -> None:
    """The device was heard of; a revoked one now knows."""
    now = clock.now()
    if device.revoked_at is not None:
        if device.told_at is None:
            row = db.session.get_one(Device, device.id)
            row.told_at = row.last_seen_at = now
            audit.record(None, "device.told", chain=f"user/{row.user_id}", uid=row.uid)
            db.session.commit()
    elif now - device.last_seen_at >= EVERY:
        db.session.execute(update(Device).where(Device.id == device.id).values(last_seen_at=now))
        db.session.commit()


def revoke_device(actor: Actor, *, device_id: int, reason: str) -> Sequence[Device]:
    """The device is not to be trusted any more: it is told to wipe itself, and sessions of its people end.

    Who answers for a territory revokes it for everybody who shares the tablet; its own person for themselves alone.
    Raises NotVisibleError, DomainError: ``reason-missing``, ``text-too-long``, ``device-revoked``.
    """
    device = questions.visible(actor, device_id)
    words = reason.strip()
    if not words:
        raise DomainError("reason-missing", field="reason", status=422)
    if len(words) > REASON:
        raise DomainError("text-too-long", field="reason", status=422, longest=REASON)
    if device.revoked_at is not None:
        raise DomainError("device-revoked")
    rows = questions.sharing(device) if actor.may(Permission.MANAGE_DEVICES) else [device]
    for row in rows:
        row.revoked_at, row.revoked_by, row.revoked_reason = clock.now(), actor.user_id, words
        end_all_sessions(db.session.get_one(User, row.user_id))
        audit.record(actor, "device.revoked", chain=f"user/{row.user_id}", uid=row.uid, reason=words)
    db.session.commit()
    return rows


def _of(actor: Actor, uid: str) -> Device | None:
    return db.session.scalar(select(Device).where(Device.uid == uid, Device.user_id == actor.user_id))


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        raise DomainError("device-not-a-uuid", field="device", status=422) from None
