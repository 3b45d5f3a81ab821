"""Writers of one chain wait for each other; no number is given twice."""

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

from inspect_app.models import db
from inspect_app.queries import audit as journal
from inspect_app.services import audit
from tests.factories.users import actor_of, make_person

_WRITER = """
from inspect_app import create_app
from inspect_app.models import db
from inspect_app.services import audit
app = create_app()
with app.app_context():
    for number in range(40):
        audit.record(None, "access.sign_in_refused", chain="access", number=number)
        db.session.commit()
"""


def test_several_events_of_one_transaction_follow_each_other(app: Flask) -> None:
    amina = actor_of(make_person("Amina"))
    seqs = [audit.record(amina, "answers.saved", chain="inspection/1", n=n) for n in range(3)]
    audit.record(amina, "answers.saved", chain="inspection/2")
    db.session.commit()
    assert seqs == [1, 2, 3]
    assert list(journal.all_faults()) == []


def test_a_deed_that_is_undone_leaves_no_trace_and_no_gap(app: Flask) -> None:
    audit.record(None, "answers.saved", chain="inspection/1")
    db.session.commit()
    audit.record(None, "answers.saved", chain="inspection/1")
    audit.record(None, "answers.saved", chain="inspection/9")
    db.session.rollback()
    assert audit.record(None, "answers.saved", chain="inspection/1") == 2
    db.session.commit()
    assert list(journal.all_faults()) == []
    assert journal.counts() == (1, 2)


def test_three_servers_write_one_chain_at_once(tmp_path: Path) -> None:
    """Real processes on one SQLite file: all events are there, each number once."""
    here = {**os.environ, "MIYAR_INSTANCE": str(tmp_path), "DATABASE_URL": ""}
    flask = [sys.executable, "-m", "flask", "--app", "inspect_app"]
    subprocess.run([*flask, "db", "upgrade"], env=here, check=True, capture_output=True)
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER], env=here, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    done = subprocess.run([*flask, "audit", "verify"], env=here, check=True, capture_output=True, text=True)
    assert "1 chains, 120 events, 0 faults." in done.stdout
