"""Who is told of what, in which language; and a mail that fails undoes nothing."""

import email
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.adapters import mail
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import choose, chosen
from tests.factories.inspections import make_play, play_until


@pytest.fixture
def box(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty mail box."""
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path)
    return tmp_path


def _letters(box: Path) -> list[tuple[str, str]]:
    found = [email.message_from_bytes(p.read_bytes(), policy=default) for p in sorted(box.iterdir())]
    return [(str(m["To"]), m.get_body().get_content()) for m in found]  # type: ignore[union-attr]


def test_a_declared_conflict_is_told_to_the_coordinator_without_its_words(box: Path) -> None:
    play = make_play()
    before = len(_letters(box))
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=True, detail="أختي تعمل هناك")
    ((to, text),) = _letters(box)[before:]
    assert to == "chaimae@miyar.test"
    assert "Amina" in text
    assert "أختي" not in text
    assert f"/inspections/{play.id}" in text


def test_the_director_is_told_of_the_draft_and_of_the_last_day(box: Path) -> None:
    play = play_until("accepted")
    play.people["Brahim"].language = "fr"
    before = len(_letters(box))
    deeds.send_draft(play.actor("Chaimae"), inspection_id=play.id)
    ((to, text),) = _letters(box)[before:]
    due = play.inspection.observations_due_on
    assert to == "brahim@miyar.test"
    assert due is not None
    assert str(due.year) in text
    assert f"/inspections/{play.id}/observations" in text


def test_the_second_rater_is_told_without_the_criteria(box: Path) -> None:
    play = make_play()
    before = len(_letters(box))
    choose(play)
    ((to, text),) = _letters(box)[before:]
    assert to == play.people["Younes"].email
    assert f"/inspections/{play.id}" in text
    assert not [code for code in chosen(play) if code in text]


def test_a_mail_that_fails_undoes_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> bool:
        raise RuntimeError("no line")

    monkeypatch.setattr(mail, "send", fail)
    assert play_until("submitted").inspection.state == "submitted"
