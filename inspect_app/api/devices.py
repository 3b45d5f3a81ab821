"""Devices register themselves for their person. Which device knocks, and a revoked one's refusal: ``web/device_door.py``."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import ValidationError

from inspect_app.api.problems import problem
from inspect_app.domain.permissions import Permission
from inspect_app.schemas.devices import DeviceSchema, RegisteredSchema
from inspect_app.schemas.inspections import first_code
from inspect_app.services import devices as deeds
from inspect_app.web.access import current_actor, may

api = Blueprint("api_devices", __name__, url_prefix="/api/v1", description="Tablets of inspectors")


@api.post("/devices")
@api.doc(requestBody={"required": True, "content": {"application/json": {"schema": DeviceSchema}}})
@api.alt_response(201, schema=RegisteredSchema, description="Registered for the person who is signed in (200: it was)")
@may(Permission.REGISTER_DEVICES)
def register() -> ResponseReturnValue:
    """Register the device for the person who is signed in. The same again is harmless; another name renames it."""
    body = request.get_json(silent=True)
    try:
        form = DeviceSchema().load(body if isinstance(body, dict) else {})
    except ValidationError as error:
        return problem("invalid", 422, errors=first_code(error))
    row, new = deeds.register_device(current_actor(), uid=str(form["device"]), label=form["name"])
    data = {"device": row.uid, "name": row.label, "created_at": row.created_at.isoformat()}
    return data, 201 if new else 200
