"""How the parts are put together; called once by the factory, in this order."""

import sqlite3
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import ConnectionPoolEntry
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from inspect_app import config, extensions
from inspect_app.models import RoleRow, User, db
from inspect_app.web import access, context, languages, numbers, static_files

_FOLDERS = ("checklists", "templates", "reports", "migrations")

#: What a page may load: ourselves only; photographs come from us, previews from the device's memory.
_CSP = {
    "default-src": "'self'",
    "img-src": ["'self'", "data:", "blob:"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
#: What no page of ours may ever ask of a device. Photographs come from the camera's own program.
_PERMISSIONS = {"microphone": "()", "camera": "()", "geolocation": "()", "browsing-topics": "()"}


def check_folders() -> None:
    """Say plainly at start which folder beside the package is missing (a wheel alone is not Miyar)."""
    missing = [name for name in _FOLDERS if not (config.ROOT / name).is_dir()]
    if missing:
        raise RuntimeError(f"Miyar runs from its checkout; missing beside the package: {', '.join(missing)}")


def plain_logs() -> None:
    """A failure is written down with its lines and its message alone.

    The library's own way prints every variable on the way, with what people typed and the keys of the server, and takes
    half a minute of the processor for it.
    """
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


@event.listens_for(Engine, "connect")
def _sqlite_pragmas(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Embedded database: readers never wait, nothing acknowledged is lost, foreign keys hold."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        # a small cache of its own for each connection: the system's cache, which all processes share, has the pages anyway
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-512",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def bind_database(app: Flask) -> None:
    """Database and migrations. Alembic is loaded by the commands that need it: a server does without, and starts sooner."""
    db.init_app(app)

    def migrations() -> Any:
        from flask_migrate import Migrate

        Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)  # takes its place in the app
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(migrations)


def bind_extensions(app: Flask) -> None:
    """Everything that libraries do for us."""
    from inspect_app.web.account import security_settings

    extensions.babel.init_app(app, locale_selector=languages.choose, timezone_selector=lambda: "Africa/Casablanca")
    extensions.csrf.init_app(app)
    extensions.limiter.init_app(app)
    extensions.compress.init_app(app)
    extensions.talisman.init_app(
        app,
        content_security_policy=_CSP,
        force_https=app.config.get("SESSION_COOKIE_SECURE", False),
        session_cookie_secure=app.config.get("SESSION_COOKIE_SECURE", False),
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy=_PERMISSIONS,
    )
    security_settings.bind(app, db, User, RoleRow)
    if proxies := app.config.get("PROXIES", 0):
        # without this every visitor has the balancer's address, and one guesser slows everybody down
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.jinja_env.add_extension("jinja2.ext.do")
    context.bind(app)
    static_files.bind(app)


def register_pages(app: Flask) -> None:
    """Blueprints of pages and of the API, each behind the guard."""
    from inspect_app.api import register_api
    from inspect_app.web.blueprints import BLUEPRINTS

    numbers.bind(app)
    app.before_request(access.guard)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_api(app)
    for endpoint in ("static", "security.static", "api-docs.openapi_json"):
        access.LIBRARY_DOORS[endpoint] = access.Access("public")


def register_errors(app: Flask) -> None:
    """Errors as a page or as problem+json, as the client asked."""
    from inspect_app.web import errors

    errors.register(app)


def register_commands(app: Flask) -> None:
    """``flask`` commands."""
    from inspect_app.cli import Commands

    library = app.cli.commands
    app.cli = Commands(app.name, commands=library)
