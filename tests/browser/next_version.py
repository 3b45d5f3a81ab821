"""The same Miyar whose tablet was built anew: its worker lies in another folder (``MIYAR_NEXT``)."""

import os

from flask import Flask

from inspect_app import create_app


def next_app() -> Flask:
    """For gunicorn."""
    app = create_app()
    app.static_folder = os.environ["MIYAR_NEXT"]
    return app
