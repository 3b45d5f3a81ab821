"""Is everything ready for the server? Port free, newest tables, demonstration data; then who can sign in.

gunicorn calls :func:`application` once, before it divides: one start of Python instead of four, which is most of the wait.
"""

import os
import socket
import sys

from flask import Flask
from flask.cli import FlaskGroup

from inspect_app import create_app


def _refuse_taken_port() -> None:
    port = int(os.environ["PORT"])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Another one: PORT={port + 1} make run")


def application() -> Flask:
    """The application, on a database that has its tables and, for a demonstration, its institutions."""
    _refuse_taken_port()
    app = create_app()
    commands = [["db", "upgrade"]]
    if app.config["DEMONSTRATION"]:
        commands += [["demo", "load"], ["demo", "accounts"]]
    group = FlaskGroup(create_app=lambda: app)
    for command in commands:
        group.main(args=command, prog_name="flask", standalone_mode=False)
    return app
