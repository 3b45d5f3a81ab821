"""Critical findings and signatures on the pages: the file of the visit, the list of the coordinator."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from inspect_app.adapters import clock, mail
from inspect_app.models import db
from inspect_app.queries.inspections.receipts import receipt
from inspect_app.schemas.minutes import SheetSchema, SignatureSchema
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, play_until
from tests.factories.minutes import DRAWING, critical_code, sheet, signature
from tests.factories.users import sign_in


@pytest.fixture
def play(app: object) -> Play:
    """A visit under way with three answers."""
    play = play_until("under_way")
    play.answer(codes=play.codes()[:3])
    return play


def found(play: Play, **more: Any) -> dict[str, Any]:
    """Amina's tablet sends the sheet of a critical finding."""
    record = sheet(critical_code(play), **more)
    deeds.fill_sheets(play.actor("Amina"), inspection_id=play.id, sheets=[SheetSchema().load(record)])
    return record


def signed(play: Play, **more: Any) -> None:
    """Amina's tablet sends a signature of what is on file now."""
    now = receipt(play.inspection)
    record = signature(record_digest=now.digest, answers=now.answers, photographs=now.photographs, **more)
    deeds.take_signatures(play.actor("Amina"), inspection_id=play.id, signatures=[SignatureSchema().load(record)])


def page(client: FlaskClient, play: Play, who: str, path: str = "") -> str:
    sign_in(client, play.people[who])
    answer = client.get(f"/inspections/{path or play.id}{'&' if '?' in path else '?'}lang=en")
    assert answer.status_code == 200
    return answer.text


def test_the_file_shows_what_was_seen_what_was_done_and_who_was_told(client: FlaskClient, play: Play) -> None:
    record = found(play, danger=True)
    text = page(client, play, "Chaimae")
    assert record["seen"] in text
    assert record["measure"] in text
    assert "Immediate danger" in text
    assert "Told the same day" in text
    assert "The coordinator of the territory" in text


def test_a_finding_that_came_a_day_late_says_so_unless_it_was_told_by_telephone(
    client: FlaskClient, play: Play
) -> None:
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    record = found(play, seen_at=yesterday)
    assert "Not told the same day" in page(client, play, "Chaimae")
    found(play, seen_at=yesterday, base_op_id=record["op_id"], phoned_at=yesterday)
    text = page(client, play, "Chaimae")
    assert "Told the same day" in text
    assert "Told by telephone" in text
    assert "1 earlier sheet" in text


def test_a_mail_that_could_not_leave_is_said(client: FlaskClient, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "send", lambda *_args: False)
    found(play)
    assert "the mail could not leave" in page(client, play, "Chaimae")


def test_the_list_calls_the_coordinator_until_the_visit_has_ended(client: FlaskClient, play: Play) -> None:
    assert "critical finding" not in page(client, play, "Chaimae", "?")
    found(play, danger=True)
    text = page(client, play, "Chaimae", "?")
    assert "A critical finding was told on 1 visit." in text
    assert "Immediate danger" in text
    assert play.inspection.reference in page(client, play, "Chaimae", "?late=critical")
    play_until("final", play)
    assert "critical finding" not in page(client, play, "Chaimae", "?")
    assert play.inspection.reference not in page(client, play, "Chaimae", "?late=critical")


def test_another_territory_hears_nothing_of_it(client: FlaskClient, play: Play) -> None:
    from tests.factories.users import make_user

    found(play)
    sign_in(client, make_user("coordinator", name="Zineb", province="01.511"))
    assert "critical finding" not in client.get("/inspections/?lang=en").text


def test_the_file_shows_who_signed_and_draws_the_signature(client: FlaskClient, play: Play) -> None:
    signed(play, name="Brahim <b>", function="Directeur")
    signed(play, name="Amina", function="Inspectrice", capacity="member", deed="typed", drawing="")
    text = page(client, play, "Driss")
    assert f'd="{DRAWING}"' in text
    assert "Brahim &lt;b&gt;" in text
    assert "Typed the name and confirmed" in text
    assert "is not what was signed" not in text


def test_an_answer_that_changes_after_the_signature_is_told_on_the_page(client: FlaskClient, play: Play) -> None:
    signed(play)
    play.answer(level=0, codes=play.codes()[:1])
    assert "What is on file now is not what was signed" in page(client, play, "Chaimae")


def test_a_refusal_is_shown_with_its_reason(client: FlaskClient, play: Play) -> None:
    signed(play, deed="refused", drawing="", reason="Conteste le constat sur l'issue de secours.")
    db.session.commit()
    text = page(client, play, "Chaimae")
    assert "Refused to sign" in text
    assert "Conteste le constat" in text
