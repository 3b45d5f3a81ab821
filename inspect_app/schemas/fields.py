"""Pieces that several shapes share: texts in three languages, with Arabic and French compulsory."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate


class Strict(Schema):
    """A shape that refuses unknown fields."""

    class Meta:
        unknown = RAISE


def line(**kwargs: Any) -> fields.String:
    """A text that may not be blank."""
    return fields.String(validate=validate.Length(min=1), **kwargs)


class Bilingual(Strict):
    """Arabic and French; English welcome."""

    ar = line(required=True)
    fr = line(required=True)
    en = line()


class Trilingual(Strict):
    """Arabic, French and English."""

    ar = line(required=True)
    fr = line(required=True)
    en = line(required=True)
