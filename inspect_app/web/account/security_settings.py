"""How Flask-Security guards the door: argon2, TOTP, resets by mail."""

from typing import Any

from flask import Flask
from flask_security import SQLAlchemyUserDatastore

from inspect_app.extensions import security

SETTINGS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
}


def bind(app: Flask, db: Any, user: type, role: type) -> None:
    """Attach Flask-Security with our settings and tables."""
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    security.init_app(app, SQLAlchemyUserDatastore(db, user, role))
