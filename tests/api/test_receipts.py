"""The receipt at the end of a visit: given over the API and as a page, verified by a command."""

import hashlib
import io
import json
import uuid
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.domain.receipts import receipt_bytes
from inspect_app.models import AuditEvent, db
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import chosen, play_twice
from tests.factories.inspections import Play, another_play, operation, picture, play_until
from tests.factories.users import sign_in


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit with three answers and a photograph, and Amina in front of the browser."""
    play = play_until("under_way")
    play.answer(codes=play.codes()[:3])
    sign_in(client, play.people["Amina"])
    photo = {"file": (io.BytesIO(picture()), "p.jpg"), "criterion": play.codes()[0], "op_id": str(uuid.uuid4())}
    client.post(f"/api/v1/inspections/{play.id}/photos", data=photo)
    return play


def receipt(client: FlaskClient, play: Play) -> dict[str, object]:
    answer = client.post(f"/api/v1/inspections/{play.id}/receipt?lang=fr")
    assert answer.status_code == 200
    found: dict[str, object] = answer.get_json()
    return found


def verify(app: Flask, what: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["inspections", "verify-receipt", what])
    return result.exit_code, result.output


def test_amina_gets_counts_and_a_digest_that_anybody_can_compute(client: FlaskClient, play: Play) -> None:
    found = receipt(client, play)
    assert found["counts"] == {"answers": 3, "photographs": 1}
    assert hashlib.sha256(receipt_bytes(play.inspection.uid, found["lines"])).hexdigest() == found["digest"]  # type: ignore[arg-type]
    assert str(found["qr"]).startswith("data:image/svg+xml")
    assert str(found["digest"]) in str(found["text"])


def test_a_pack_has_what_the_tablet_needs_for_the_same_receipt(client: FlaskClient, play: Play) -> None:
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    [photo] = pack["photos"][play.codes()[0]]
    assert photo["sha256"] == hashlib.sha256(picture()).hexdigest()
    assert pack["uid"] == play.inspection.uid


def test_a_receipt_is_written_down_once_and_without_words(client: FlaskClient, play: Play) -> None:
    secret = operation(play.codes()[3], 1, note="ملاحظة سرية")
    deeds.apply_operations(play.actor("Amina"), inspection_id=play.id, operations=[secret])
    receipt(client, play)
    receipt(client, play)
    [event] = db.session.query(AuditEvent).filter_by(verb="receipt.given").all()
    assert "سرية" not in json.dumps(event.data, ensure_ascii=False)


def test_the_receipt_is_still_what_is_on_file(app: Flask, client: FlaskClient, play: Play) -> None:
    code, said = verify(app, str(receipt(client, play)["code"]))
    assert code == 0
    assert "The same" in said


def test_the_command_names_the_answer_that_was_changed_since(app: Flask, client: FlaskClient, play: Play) -> None:
    found = receipt(client, play)
    play.answer(level=0, codes=[play.codes()[1]])
    code, said = verify(app, str(found["code"]))
    assert code == 1
    assert f"answer {play.codes()[1]}" in said
    assert play.codes()[0] not in said


def test_a_note_that_was_changed_since_is_found_from_the_file(
    app: Flask, client: FlaskClient, play: Play, tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt(client, play)))
    assert verify(app, str(path))[0] == 0
    again = operation(play.codes()[2], 3, note="Changé")
    deeds.apply_operations(play.actor("Amina"), inspection_id=play.id, operations=[again])
    code, said = verify(app, str(path))
    assert code == 1
    assert f"answer {play.codes()[2]}" in said


def test_a_file_that_was_touched_is_told_from_a_receipt(
    app: Flask, client: FlaskClient, play: Play, tmp_path: Path
) -> None:
    data = receipt(client, play)
    data["lines"][0][3] = 0  # type: ignore[index]
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(data))
    code, said = verify(app, str(path))
    assert code == 1
    assert "the file was changed" in said


def test_a_code_with_other_counts_is_no_receipt(app: Flask, client: FlaskClient, play: Play) -> None:
    code = str(receipt(client, play)["code"])
    assert verify(app, code.replace("/3/1/", "/3/2/"))[0] == 1


@pytest.mark.parametrize("what", ["", "hello", "{}", '{"code": 3}', f"MIYAR-R1/V-1999-00001/1/1/{'0' * 64}"])
def test_what_is_no_receipt_is_refused(app: Flask, what: str) -> None:
    assert verify(app, what)[0] == 1


def test_before_the_visit_there_is_nothing_to_confirm(client: FlaskClient, app: object) -> None:
    play = play_until("prepared")
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    sign_in(client, play.people["Amina"])
    assert client.get(f"/api/v1/inspections/{play.id}/receipt").status_code == 409
    assert client.post(f"/api/v1/inspections/{play.id}/receipt").status_code == 409
    assert client.get(f"/inspections/{play.id}/receipt").status_code == 302


def test_only_the_team_gives_it(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Driss"])
    assert client.get(f"/api/v1/inspections/{play.id}/receipt").status_code == 200
    assert client.post(f"/api/v1/inspections/{play.id}/receipt").status_code == 403


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_shows_code_counts_and_qr(client: FlaskClient, play: Play, language: str) -> None:
    found = receipt(client, play)
    page = client.get(f"/inspections/{play.id}/receipt?lang={language}").text
    assert str(found["code"]) in page
    assert 'src="data:image/svg+xml' in page


def test_whoever_rates_apart_gets_counts_and_digest_and_not_the_answers_of_the_others(
    client: FlaskClient, play: Play
) -> None:
    other = play_twice("under_way", another_play(play), critical=True)
    other.answer(codes=chosen(other)[:1])
    sign_in(client, other.people["Younes"])
    apart = client.post(f"/api/v1/inspections/{other.id}/receipt").get_json()
    assert "lines" not in apart
    sign_in(client, other.people["Amina"])
    found = receipt(client, other)
    assert (found["digest"], found["counts"]) == (apart["digest"], apart["counts"])
    assert found["lines"]
