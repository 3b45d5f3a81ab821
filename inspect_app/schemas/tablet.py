"""Shapes of what the offline tablet is told."""

from marshmallow import Schema, fields


class ContactSchema(Schema):
    """Who is signed in, and what they may take along."""

    csrf = fields.String()
    now = fields.AwareDateTime()
    account = fields.Dict()
    days_offline = fields.Integer()
    visits = fields.List(fields.Dict(keys=fields.String()))


__all__ = ["ContactSchema"]
