"""Is everything ready for the server? Port free, newest tables, demonstration data; then who can sign in.

gunicorn calls :func:`application` once, before it divides: one start of Python instead of four, which is most of the wait.
"""

import os
import socket
import sys

from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy import func, select

from inspect_app import create_app
from inspect_app.cli.demo.people import CAST
from inspect_app.models import User, db


def _refuse_taken_port() -> None:
    port = int(os.environ["PORT"])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Another one: PORT={port + 1} make run")


def _refuse_real_accounts(app: Flask) -> None:
    """Accounts whose password everybody knows have no place beside real ones."""
    with app.app_context():
        known = {person.email for person in CAST}
        played = db.session.scalar(select(func.count(User.id)).where(User.email.in_(known)))
        if not played and db.session.scalar(select(func.count(User.id))):
            sys.exit("This database has real accounts. Without the demonstration: MIYAR_DEMONSTRATION=0 make run")


def application() -> Flask:
    """The application, on a database that has its tables and, for a demonstration, its institutions."""
    _refuse_taken_port()
    app = create_app()
    group = FlaskGroup(create_app=lambda: app)

    def flask(*command: str) -> None:
        group.main(args=list(command), prog_name="flask", standalone_mode=False)

    flask("db", "upgrade")
    if app.config["DEMONSTRATION"]:
        _refuse_real_accounts(app)
        flask("demo", "load")
        flask("demo", "accounts")
    return app
