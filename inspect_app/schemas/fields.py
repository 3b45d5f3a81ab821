"""Pieces that several shapes share: texts in three languages, with Arabic and French compulsory."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate


class Strict(Schema):
    """A shape that refuses unknown fields."""

    class Meta:
        unknown = RAISE

    def __init__(self, **kwargs: Any) -> None:
        """What may stand here is named to whoever writes something else."""
        super().__init__(**kwargs)
        known = ", ".join(f.data_key or name for name, f in self.load_fields.items())
        self.error_messages = {**self.error_messages, "unknown": f"no such entry; known here: {known}"}


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
