"""Numbers in addresses: those that a table can hold. Any other is the address of nothing, before a database is asked."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

#: The largest key of an integer column (PostgreSQL; SQLite holds more).
LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """``<int:…>`` up to the largest key, unless the address sets its own bounds."""

    def __init__(self, *args: Any, **bounds: Any) -> None:
        bounds.setdefault("max", LARGEST)
        super().__init__(*args, **bounds)


def bind(app: Flask) -> None:
    """Every ``<int:…>`` of the addresses declared after this."""
    app.url_map.converters["int"] = RowNumber
