"""A thief with the database console has dropped the triggers: ``flask audit verify`` says where they were at work."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from inspect_app.adapters import clock
from inspect_app.models import db
from inspect_app.services import audit
from tests.factories.users import actor_of, make_person

Run = Callable[..., Result]


@pytest.fixture
def journal(app: Flask) -> None:
    """Six deeds on two chains over two days, and the triggers gone."""
    amina = actor_of(make_person("Amina"))
    for day in (2, 3):
        with clock.frozen(datetime(2026, 3, day, 10, tzinfo=UTC)):
            for number in range(2):
                audit.record(amina, "inspection.answered", chain="inspection/1", number=number, note="تم")
            audit.record(None, "institution.edited", chain="institution/7", day=day)
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        for table in ("audit_events", "audit_anchors"):
            for deed in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER {table}_no_{deed}"))
    else:
        for table in ("audit_events", "audit_anchors"):
            db.session.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))


@pytest.fixture
def verify(app: Flask) -> Run:
    def run(command: str = "verify", *options: str) -> Result:
        db.session.expire_all()
        return app.test_cli_runner().invoke(args=["audit", command, *options])

    return run


def _sql(statement: str) -> None:
    db.session.execute(text(statement))
    db.session.commit()


def test_an_untouched_journal_is_whole(journal: None, verify: Run) -> None:
    result = verify()
    assert result.exit_code == 0, result.output
    assert "2 chains, 6 events, 0 faults." in result.output


@pytest.mark.parametrize(
    ("theft", "said"),
    [
        ("UPDATE audit_events SET data = '{\"number\": 9}' WHERE chain = 'inspection/1' AND seq = 2", "inspection/1 #2: the event was changed"),
        ("UPDATE audit_events SET actor = 'Somebody' WHERE chain = 'institution/7' AND seq = 1", "institution/7 #1: the event was changed"),
        ("DELETE FROM audit_events WHERE chain = 'inspection/1' AND seq = 2", "inspection/1 #2: an event is missing"),
        ("DELETE FROM audit_events WHERE chain = 'inspection/1' AND seq = 1", "inspection/1 #1: an event is missing"),
        ("DELETE FROM audit_events WHERE chain = 'inspection/1' AND seq = 4", "inspection/1 #4: events were removed from the end"),
        ("DELETE FROM audit_events WHERE chain = 'inspection/1'", "inspection/1 #1: events were removed from the end"),
        ("UPDATE audit_heads SET hash = 'x' WHERE chain = 'inspection/1'", "inspection/1 #4: the recorded end of the chain is not"),
        ("DELETE FROM audit_heads WHERE chain = 'inspection/1'", "inspection/1 #4: the end of the chain is not on record"),
        ("UPDATE audit_heads SET seq = 3 WHERE chain = 'inspection/1'", "inspection/1 #4: the recorded end of the chain is not"),
    ],
)  # fmt: skip
def test_a_changed_or_removed_row_is_found(journal: None, verify: Run, theft: str, said: str) -> None:
    _sql(theft)
    result = verify()
    assert result.exit_code == 1
    assert said in result.output


def test_a_row_that_nobody_can_read_any_more_is_told_not_fallen_over(journal: None, verify: Run) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL takes neither as JSON nor as a date what is none")
    _sql("UPDATE audit_events SET data = '{\"number' WHERE chain = 'inspection/1' AND seq = 2")
    result = verify()
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "inspection/1 #2: the event was changed" in result.output
    assert "inspection/1 #3" not in result.output
    _sql("UPDATE audit_events SET at = 'yesterday' WHERE chain = 'inspection/1' AND seq = 3")
    result = verify()
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "an event after this one cannot be read at all" in result.output


def test_two_rows_exchanged_are_found(journal: None, verify: Run) -> None:
    _sql("UPDATE audit_events SET seq = 99 WHERE chain = 'inspection/1' AND seq = 2")
    _sql("UPDATE audit_events SET seq = 2 WHERE chain = 'inspection/1' AND seq = 3")
    _sql("UPDATE audit_events SET seq = 3 WHERE chain = 'inspection/1' AND seq = 99")
    result = verify()
    assert result.exit_code == 1
    assert "inspection/1 #2" in result.output
    assert "inspection/1 #3" in result.output


def test_an_inserted_row_is_found_even_with_a_right_seal_of_its_own(journal: None, verify: Run) -> None:
    _sql("UPDATE audit_events SET seq = seq + 100 WHERE chain = 'inspection/1' AND seq > 2")
    _sql("UPDATE audit_events SET seq = seq - 99 WHERE chain = 'inspection/1' AND seq > 100")
    columns = "chain, at, actor_id, actor, verb, data, previous_hash, hash"
    _sql(
        f"INSERT INTO audit_events (seq, {columns}) SELECT 3, {columns} FROM audit_events "
        "WHERE chain = 'inspection/1' AND seq = 2"
    )
    result = verify()
    assert result.exit_code == 1
    assert "inspection/1 #3: the event was changed" in result.output


def test_sealing_the_days_twice_changes_nothing(journal: None, verify: Run) -> None:
    with clock.frozen(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        first = verify("anchor")
        again = verify("anchor")
    assert first.output.count(" chains ") == 3  # 2 and 3 March with events, 4 March without
    assert "Nothing to seal; last sealed day: 2026-03-04" in again.output
    assert verify().exit_code == 0


def test_the_day_that_is_not_over_is_not_sealed(journal: None, verify: Run) -> None:
    with clock.frozen(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)):
        assert verify("anchor").output.count(" chains ") == 1


def test_a_thief_who_rewrites_a_whole_chain_with_right_seals_is_found_by_the_anchor(journal: None, verify: Run) -> None:
    with clock.frozen(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        verify("anchor")
    _sql("DELETE FROM audit_events WHERE chain = 'institution/7'")
    _sql("DELETE FROM audit_heads WHERE chain = 'institution/7'")
    for day in (2, 3):
        with clock.frozen(datetime(2026, 3, day, 10, tzinfo=UTC)):
            audit.record(None, "institution.edited", chain="institution/7", day=day, forged=True)
    db.session.commit()
    result = verify()
    assert result.exit_code == 1
    assert "2026-03-02: the day's digest does not fit its events" in result.output


@pytest.mark.parametrize(
    ("theft", "said"),
    [
        ("UPDATE audit_anchors SET digest = 'x' WHERE day = '2026-03-02'", "2026-03-02: the day's digest does not fit"),
        ("DELETE FROM audit_anchors WHERE day = '2026-03-03'", "2026-03-03: the day has no digest"),
        ("DELETE FROM audit_anchors WHERE day = '2026-03-02'", "2026-03-02: the day has no digest"),
    ],
)
def test_a_touched_anchor_is_found(journal: None, verify: Run, theft: str, said: str) -> None:
    with clock.frozen(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        verify("anchor")
    _sql(theft)
    result = verify()
    assert result.exit_code == 1
    assert said in result.output


def test_the_database_itself_refuses_to_change_an_event(app: Flask) -> None:
    audit.record(None, "access.sign_in_refused", chain="access")
    db.session.flush()
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text("DELETE FROM audit_events"))
    db.session.rollback()


@pytest.mark.parametrize("chain", ["", " WHERE chain = 'inspection/1'"])
def test_hind_who_kept_the_digest_outside_finds_a_journal_cut_off_with_its_seals(
    journal: None, verify: Run, chain: str
) -> None:
    with clock.frozen(datetime(2026, 3, 5, 3, tzinfo=UTC)):
        verify("anchor")
        kept = str(db.session.scalar(text("SELECT digest FROM audit_anchors ORDER BY day DESC LIMIT 1")))
        assert verify("verify", "--digest", kept).exit_code == 0
        for table in ("audit_events", "audit_heads"):
            _sql(f"DELETE FROM {table}{chain}")
        _sql("DELETE FROM audit_anchors")
        verify("anchor")  # the thief seals what is left
        assert verify().exit_code == 0
        result = verify("verify", "--digest", kept)
    assert result.exit_code == 1
    assert kept in result.output
