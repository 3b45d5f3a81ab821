"""Sentences about inspections."""

from flask_babel import LazyString

SENTENCES: dict[str, LazyString] = {}
