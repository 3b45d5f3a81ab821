"""JSON for devices and machines, described by OpenAPI. The same services and queries as the pages."""

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from inspect_app.extensions import smorest

SETTINGS = {
    "API_TITLE": "Miyar",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


class Json(DefaultJSONProvider):
    """JSON as Flask reads it; what is nested deeper than any shape of ours is no JSON either."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value. Raises ValueError."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def register_api(app: Flask) -> None:
    """Attach the JSON API (flask-smorest) under /api/v1, and its description for anybody to read."""
    from inspect_app.api.devices import api as devices
    from inspect_app.api.inspections import api as inspections
    from inspect_app.api.minutes import api as minutes
    from inspect_app.api.photo_pieces import api as pieces
    from inspect_app.api.second_ratings import api as second_ratings
    from inspect_app.api.standards import api as standards
    from inspect_app.api.tablet import api as tablet

    app.json = Json(app)
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    smorest.init_app(app)
    for blueprint in (devices, inspections, minutes, pieces, second_ratings, standards, tablet):
        smorest.register_blueprint(blueprint)
