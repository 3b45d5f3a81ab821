"""Shapes of the registration of a device."""

from marshmallow import RAISE, Schema, fields, validate


class DeviceSchema(Schema):
    """A device as it registers: its id, made on it, and how its person calls it."""

    class Meta:
        unknown = RAISE

    device = fields.UUID(required=True)
    name = fields.String(load_default="", validate=validate.Length(max=80))


class RegisteredSchema(Schema):
    """A device as the server knows it."""

    device = fields.UUID()
    name = fields.String()
    created_at = fields.AwareDateTime()
