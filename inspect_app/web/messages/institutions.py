"""Sentences about institutions."""

from flask_babel import LazyString

SENTENCES: dict[str, LazyString] = {}
