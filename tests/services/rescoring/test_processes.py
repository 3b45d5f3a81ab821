"""The work divided among processes, each with a connection of its own to a database that is really there."""

from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from inspect_app import create_app
from inspect_app.models import db
from inspect_app.queries import frozen
from inspect_app.services import rescoring
from inspect_app.services.rescoring import Reach
from tests.factories.inspections import another_play, make_play, play_until
from tests.factories.rules import draft

EVERYWHERE = Reach()


def test_several_processes_say_what_one_says(settings: dict[str, Any], tmp_path: Path) -> None:
    apart = create_app({**settings, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'own.db'}"})
    with apart.app_context():
        upgrade()
        frozen.forget()
        first = play_until("final", make_play(), level=1)
        for level in (2, 3):
            play_until("final", another_play(first), level=level)
        rules = draft(thresholds={"provisional": "10"})
        one = rescoring.trial(rules, reach=EVERYWHERE, listing=True, processes=1)
        two = rescoring.trial(rules, reach=EVERYWHERE, listing=True, processes=2)
        assert one == two
        assert one.total.institutions == 3
        db.session.remove()
        db.engine.dispose()
        frozen.forget()
