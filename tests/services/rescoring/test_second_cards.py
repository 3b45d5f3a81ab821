"""A new version of the rules gives each visit a second card; nothing old changes, and the old one stays in force."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.errors import DomainError
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import AuditEvent, FrozenVersion, RescoredCard, ScoreCard, db
from inspect_app.queries import audit as journal
from inspect_app.queries import director, reports
from inspect_app.queries.scorecards import history, latest_card
from inspect_app.services import rescoring
from inspect_app.services.rescoring import Reach
from tests.factories.inspections import Play, another_play, make_play, play_until
from tests.factories.rules import draft
from tests.factories.second_cards import LENIENT, publish

EVERYWHERE = Reach()


@pytest.fixture
def visits(app: Flask) -> list[Play]:
    """Two final visits, one very good and one refused, and one whose draft the director reads."""
    good = play_until("final", make_play(), level=3)
    refused = play_until("final", another_play(good), level=1)
    return [good, refused, play_until("draft_sent", another_play(good), level=1)]


@pytest.fixture
def lenient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RuleSet:
    """A published version under which the refused institution would be provisional."""
    return publish(tmp_path, monkeypatch, **LENIENT)


def add(rules: RuleSet, reach: Reach = EVERYWHERE) -> Any:
    return rescoring.add_cards(rules, reach=reach, processes=1)


def rows() -> dict[int, str]:
    """Every card on file, byte for byte as the database keeps it."""
    return {row[0]: repr(row) for row in db.session.execute(text("SELECT * FROM score_cards ORDER BY id"))}


def test_the_bytes_of_all_cards_before_are_the_bytes_after(visits: list[Play], lenient: RuleSet) -> None:
    before = rows()
    report = add(lenient)
    after = rows()
    assert (report.added, report.already) == (2, 0)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 2


def test_the_second_card_says_its_rules_its_day_and_its_own_level(visits: list[Play], lenient: RuleSet) -> None:
    add(lenient)
    second = db.session.scalars(select(RescoredCard).where(RescoredCard.inspection_id == visits[1].id)).one()
    own = latest_card(visits[1].id)
    assert own is not None
    assert (own.level, second.level) == ("refused", "provisional")
    assert second.rules_sha256 == lenient.sha256 != own.rules_sha256
    assert second.input_digest == own.input_digest
    assert second.checklist_sha256 == own.checklist_sha256
    assert second.created_at > own.created_at
    frozen = db.session.scalars(select(FrozenVersion).where(FrozenVersion.sha256 == lenient.sha256)).one()
    assert (frozen.kind, frozen.version) == ("rules", "2027-1")


def test_the_same_rule_set_twice_adds_nothing(visits: list[Play], lenient: RuleSet) -> None:
    add(lenient)
    cards, events = rows(), db.session.scalars(select(AuditEvent.id)).all()
    report = add(lenient)
    assert (report.added, report.already) == (0, 2)
    assert rows() == cards
    assert db.session.scalars(select(AuditEvent.id)).all() == events


def test_a_visit_under_this_very_rule_set_gets_no_second_card(visits: list[Play]) -> None:
    before = rows()
    report = add(load_rules())
    assert (report.added, report.in_order) == (0, True)
    assert rows() == before


def test_the_visits_own_card_stays_in_force_everywhere(visits: list[Play], lenient: RuleSet) -> None:
    refused = visits[1]
    levels = [point.level for point in history(refused.institution.id)]
    add(lenient)
    db.session.expire_all()
    brahim = refused.actor("Brahim")
    desk = director.desk(brahim, refused.institution.id)
    assert desk.newest is not None
    assert (desk.newest.card.level, len(desk.visits)) == ("refused", 1)
    assert isinstance(desk.newest.card, ScoreCard)
    assert [point.level for point in history(refused.institution.id)] == levels == ["refused"]
    assert reports.card_of(refused.inspection, "final").level == "refused"
    assert refused.institution.level == "refused"
    assert rescoring.trial(load_rules(), reach=EVERYWHERE, processes=1).in_order


def test_each_visits_journal_has_one_event_and_its_seals_hold(visits: list[Play], lenient: RuleSet) -> None:
    add(lenient)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "scorecard.rescored")).all()
    assert sorted(e.chain for e in events) == sorted(f"inspection/{play.id}" for play in visits[:2])
    of_refused = next(e for e in events if e.chain == f"inspection/{visits[1].id}")
    assert of_refused.actor == "system"
    assert of_refused.data["ruleset"] == "law-65-15-default@2027-1"
    assert (of_refused.data["level_own"], of_refused.data["level"]) == ("refused", "provisional")
    assert list(journal.all_faults()) == []


def test_rules_that_may_still_change_give_no_cards(visits: list[Play]) -> None:
    before = rows()
    with pytest.raises(DomainError, match="rules-not-published"):
        add(draft(**LENIENT))
    assert rows() == before


def test_the_database_itself_keeps_second_cards_as_they_are(visits: list[Play], lenient: RuleSet) -> None:
    add(lenient)
    for statement in (update(RescoredCard).values(level="distinction"), delete(RescoredCard)):
        with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(statement)
    row = dict(
        db.session.execute(select(RescoredCard.__table__).where(RescoredCard.kind == "rescored")).mappings().first()
        or {}
    )
    for changes in ({}, {"stage": "draft", "rules_sha256": "0"}, {"kind": "better", "rules_sha256": "0"}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(insert(RescoredCard.__table__), [{**row, "id": None, **changes}])


def test_a_second_card_does_not_make_the_next_rule_set_count_twice(visits: list[Play], lenient: RuleSet) -> None:
    add(lenient)
    report = rescoring.trial(draft("2028-1"), reach=EVERYWHERE, processes=1)
    assert (report.total.institutions, report.visits.total(), report.total.changed) == (2, 2, 0)
