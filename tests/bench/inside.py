"""The application in this process, on the large site: for what is measured without HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from flask import Flask

from inspect_app import create_app
from tests.bench.place import Site


@contextmanager
def inside(site: Site) -> Iterator[Flask]:
    """An application context of the site."""
    _ = site.world
    with mock.patch.dict("os.environ", site.environment):
        app = create_app()
    with app.app_context():
        try:
            yield app
        finally:
            from inspect_app.models import db

            db.session.remove()
            db.engine.dispose()
