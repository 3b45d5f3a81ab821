"""Sentences about accounts."""

from flask_babel import LazyString

SENTENCES: dict[str, LazyString] = {}
