"""JSON for devices and machines, described by OpenAPI. The same services and queries as the pages."""

from flask import Flask


def register_api(app: Flask) -> None:
    """Attach the JSON API (flask-smorest) under /api/v1."""
