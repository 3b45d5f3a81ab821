"""Miyar (معيار): accreditation and standards inspection of social-care institutions. The factory."""

from typing import Any

from flask import Flask

from inspect_app import config


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """An application, from the environment or from the given settings (tests)."""
    app = Flask(__name__, template_folder=str(config.ROOT / "templates"), static_folder="static")
    app.config.update(config.from_environment() if settings is None or "SECRET_KEY" not in settings else {})
    app.config.update(settings or {})

    from inspect_app import wiring

    wiring.check_folders()
    wiring.plain_logs()
    wiring.bind_database(app)
    wiring.bind_extensions(app)
    wiring.register_pages(app)
    wiring.register_errors(app)
    wiring.register_commands(app)
    return app
