"""Who gets which report when; made once, kept by its hash, written down."""

import hashlib

import pytest
from sqlalchemy import select

from inspect_app.adapters import files, pdf
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import AuditEvent, Report, ScoreCard, db
from inspect_app.queries.reports import answers_at, card_of
from inspect_app.services import inspections as deeds
from inspect_app.services.reports import report_for
from reports.inspection import context
from reports.inspection.context import Document
from tests.factories.inspections import play_until
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person, make_user


@pytest.fixture
def printer(monkeypatch):
    """A printer that is quick and counts."""
    printed = []

    def render(html, *, language, title, pictures=None):
        printed.append((language, title))
        return pdf.Made(f"%PDF {len(printed)} {title}".encode(), "test 1")

    monkeypatch.setattr(pdf, "render", render)
    return printed


def test_the_first_who_asks_has_it_made_and_brahim_gets_the_same_bytes(app, printer):
    play = play_until("final")
    first, row = report_for(play.actor("Chaimae"), inspection_id=play.id, stage="final", language="ar")
    again, same = report_for(play.actor("Brahim"), inspection_id=play.id, stage="final", language="ar")
    assert first == again
    assert row.id == same.id
    assert len(printer) == 1
    assert row.sha256 == hashlib.sha256(first).hexdigest()
    assert files.get(row.sha256) == first
    assert (row.size, row.engine) == (len(first), "test 1")


def test_each_stage_and_language_is_a_report_of_its_own(app, printer):
    play = play_until("final")
    for stage in ("draft", "final"):
        for language in ("ar", "fr", "en"):
            report_for(play.actor("Hind"), inspection_id=play.id, stage=stage, language=language)
    assert len(printer) == 6
    assert len(db.session.scalars(select(Report)).all()) == 6


def test_that_it_was_made_stands_in_the_journal_of_the_visit(app, printer):
    play = play_until("final")
    _, row = report_for(play.actor("Brahim"), inspection_id=play.id, stage="final", language="fr")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "report.made")).one()
    assert event.chain == f"inspection/{play.id}"
    assert event.data["sha256"] == row.sha256
    assert event.actor_id == play.people["Brahim"].id


def test_there_is_no_draft_before_it_is_sent_and_no_final_before_it_is_issued(app, printer):
    play = play_until("accepted")
    with pytest.raises(DomainError, match="report-not-yet"):
        report_for(play.actor("Chaimae"), inspection_id=play.id, stage="draft", language="ar")
    with pytest.raises(NotVisibleError):  # the director knows of nothing yet
        report_for(play.actor("Brahim"), inspection_id=play.id, stage="draft", language="ar")
    play_until("draft_sent", play)
    report_for(play.actor("Brahim"), inspection_id=play.id, stage="draft", language="ar")
    with pytest.raises(DomainError, match="report-not-yet"):
        report_for(play.actor("Brahim"), inspection_id=play.id, stage="final", language="ar")


def test_another_director_another_province_and_the_administrator_get_nothing(app, printer):
    play = play_until("final")
    elsewhere = make_user("coordinator", province="01.511")
    stranger = make_user("director", institution=make_institution())
    for person in (elsewhere, stranger):
        with pytest.raises(NotVisibleError):
            report_for(actor_of(person), inspection_id=play.id, stage="final", language="ar")
    with pytest.raises(ForbiddenError):
        report_for(actor_of(make_person("Ghali", national=True)), inspection_id=play.id, stage="final", language="ar")
    assert printer == []


@pytest.mark.parametrize(("stage", "language"), [("rough", "ar"), ("final", "de"), ("submitted", "fr")])
def test_a_stage_or_language_that_does_not_exist_is_not_found(app, printer, stage, language):
    play = play_until("final")
    with pytest.raises(NotVisibleError):
        report_for(play.actor("Hind"), inspection_id=play.id, stage=stage, language=language)


def test_a_broken_engine_leaves_no_half_report(app, monkeypatch):
    play = play_until("final")

    def broken(*args, **kwargs):
        raise pdf.PdfError("out of ink")

    monkeypatch.setattr(pdf, "render", broken)
    with pytest.raises(DomainError, match="report-failed"):
        report_for(play.actor("Hind"), inspection_id=play.id, stage="final", language="ar")
    assert db.session.scalars(select(Report)).all() == []


def test_two_who_ask_at_the_same_moment_get_the_one_that_was_kept(app, printer, monkeypatch):
    play = play_until("final")
    kept, row = report_for(play.actor("Hind"), inspection_id=play.id, stage="final", language="ar")
    from inspect_app.queries import reports as questions

    answers = iter([None, row])  # not there when asked first, there when writing
    monkeypatch.setattr(questions, "made", lambda *args: next(answers))
    data, same = report_for(play.actor("Brahim"), inspection_id=play.id, stage="final", language="ar")
    assert data == kept
    assert same.id == row.id


def test_a_draft_first_asked_for_after_answers_changed_prints_what_was_sent(app, monkeypatch):
    printed = {}

    def document(inspection, stage, language):
        printed[stage] = (answers_at(inspection, stage)[code].level, card_of(inspection, stage).card["score"])
        return Document(stage, stage, {})

    monkeypatch.setattr(context, "document", document)
    monkeypatch.setattr(pdf, "render", lambda html, **_more: pdf.Made(html.encode(), "test"))
    play = play_until("draft_sent", level=2)
    code = play.codes()[0]
    sent = db.session.query(ScoreCard).filter_by(inspection_id=play.id, stage="draft").one().card["score"]
    said = deeds.observe(play.actor("Brahim"), inspection_id=play.id, words="Réparé.", criterion=code)
    play_until("responding", play)
    deeds.respond(
        play.actor("Salma"),
        inspection_id=play.id,
        observation_id=said.id,
        outcome="accepted",
        reasons="Vu sur place.",
        new_level=3,
    )
    play_until("final", play)
    for stage in ("draft", "final"):
        report_for(play.actor("Brahim"), inspection_id=play.id, stage=stage, language="fr")
    assert printed["draft"] == (2, sent)
    assert printed["final"][0] == 3
    assert printed["final"][1] != sent
