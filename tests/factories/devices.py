"""Tablets in people's hands."""

import uuid
from datetime import datetime

from inspect_app.adapters import clock
from inspect_app.models import Device, User, db


def make_device(user: User | int, *, label: str = "Tablette 1", uid: str = "", seen: datetime | None = None) -> Device:
    """A registered tablet; flushed, not committed."""
    now = clock.now()
    owner = user.id if isinstance(user, User) else user
    device = Device(uid=uid or str(uuid.uuid4()), user_id=owner, label=label, created_at=now, last_seen_at=seen or now)
    db.session.add(device)
    db.session.flush()
    return device
