"""Which device knocks: read from ``X-Miyar-Device`` before anything else of a request to the API.

A revoked device hears so whatever it asks, with or without a session (``X-Miyar-Account`` says whose it is), and wipes
itself. A device that nobody registered yet is entered at its first change of data, so that each answer has its device.
"""

import re

from flask import g, request
from flask_security import current_user

from inspect_app.domain.errors import ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.queries import devices as questions
from inspect_app.services import devices as deeds

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_READS = ("GET", "HEAD", "OPTIONS")


def meet() -> None:
    """Remember the device for this request (``g.device_id``). Raises ForbiddenError("device-revoked")."""
    uid = request.headers.get("X-Miyar-Device", "").strip().lower()
    if not _UUID.fullmatch(uid):
        return
    person = _person()
    if person is None:
        return
    device = questions.at_the_door(uid, person)
    if device is None:
        if request.method not in _READS:
            _enter(uid, person)
        return
    if device.revoked_at is not None:
        deeds.note_contact(device)
        raise ForbiddenError("device-revoked")
    if current_user.is_authenticated and current_user.id == person:
        g.device_id = device.id
        deeds.note_contact(device)


def _person() -> int | None:
    """Whose records the device speaks of; else who is signed in."""
    meant = request.headers.get("X-Miyar-Account", "")
    if re.fullmatch(r"[0-9]{1,9}", meant):
        return int(meant)
    return current_user.id if current_user.is_authenticated else None


def _enter(uid: str, person: int) -> None:
    from inspect_app.web.access import current_actor

    if request.endpoint == "api_devices.register" or not current_user.is_authenticated or current_user.id != person:
        return
    if current_actor().may(Permission.REGISTER_DEVICES):
        device, _new = deeds.register_device(current_actor(), uid=uid)
        g.device_id = device.id
        g.pop("actor")  # from now on with the device
