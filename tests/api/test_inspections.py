"""The answering page's JSON: packs, operations, photographs."""

import io
import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.models import AnswerRevision, AuditEvent, db
from tests.factories.inspections import Play, picture, play_until
from tests.factories.users import make_person, sign_in


def _op(criterion: str, level: int | None = 2, **more: Any) -> dict[str, Any]:
    return {
        "op_id": str(uuid.uuid4()),
        "criterion": criterion,
        "level": level,
        "not_applicable": False,
        "na_reason": "",
        "note": "",
        "measurements": {},
        "base_op_id": None,
        "answered_at": "2026-11-23T10:00:00+01:00",
        **more,
    }


def _send(client: FlaskClient, play: Play, *operations: dict[str, Any]) -> Any:
    return client.post(f"/api/v1/inspections/{play.id}/operations", json={"operations": list(operations)})


def _sign_in_a_stranger(client: FlaskClient) -> None:
    stranger = make_person("Jamila", province="01.511")
    db.session.commit()
    sign_in(client, stranger)


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit under way, and Amina, its leader, in front of the browser."""
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    return play


def test_amina_gets_the_whole_visit_in_one_answer(client: FlaskClient, play: Play) -> None:
    answer = client.get(f"/api/v1/inspections/{play.id}")
    pack = answer.get_json()
    assert answer.status_code == 200
    assert pack["reference"] == play.inspection.reference
    assert pack["editable"] is True
    assert pack["answers"] == {}
    assert pack["previous"] is None
    criteria = [c["code"] for d in pack["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]]
    assert criteria == play.codes()
    assert len(pack["score"]["unanswered"]) == len(criteria)


def test_an_unchanged_visit_is_not_sent_twice(client: FlaskClient, play: Play) -> None:
    first = client.get(f"/api/v1/inspections/{play.id}")
    again = client.get(f"/api/v1/inspections/{play.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    _send(client, play, _op(play.codes()[0]))
    after = client.get(f"/api/v1/inspections/{play.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200


def test_a_pack_with_all_answers_fits_the_line_of_a_village(client: FlaskClient, play: Play) -> None:
    play.answer()
    answer = client.get(f"/api/v1/inspections/{play.id}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= 150_000


def test_texts_come_in_the_language_of_the_reader_or_in_all_three(client: FlaskClient, play: Play) -> None:
    assert set(client.get(f"/api/v1/inspections/{play.id}?lang=fr").get_json()["checklist"]["title"]) == {"fr"}
    every = client.get(f"/api/v1/inspections/{play.id}?texts=all").get_json()
    assert {"ar", "fr"} <= set(every["checklist"]["title"])
    assert {"ar", "fr"} <= set(every["score"]["explanation"])


def test_a_tap_is_saved_and_moves_the_score(client: FlaskClient, play: Play) -> None:
    code = play.codes()[0]
    answer = _send(client, play, _op(code, 2, note="باب الطوارئ مفتوح"))
    body = answer.get_json()
    assert answer.status_code == 200
    assert body["results"][0]["status"] == "accepted"
    assert body["score"]["counts"]["answered"] == 1
    kept = client.get(f"/api/v1/inspections/{play.id}").get_json()["answers"][code]
    assert (kept["level"], kept["note"], kept["author"]) == (2, "باب الطوارئ مفتوح", "Amina")
    event = db.session.query(AuditEvent).filter_by(chain=f"inspection/{play.id}", verb="answers.saved").one()
    assert event.data["operations"][0]["criterion"] == code
    assert "note" not in event.data["operations"][0]


def test_the_same_operation_twice_is_one_answer(client: FlaskClient, play: Play) -> None:
    operation = _op(play.codes()[0])
    assert _send(client, play, operation).get_json()["results"][0]["status"] == "accepted"
    assert _send(client, play, operation).get_json()["results"][0]["status"] == "already-here"
    assert db.session.query(AnswerRevision).count() == 1


def test_the_same_operation_twice_in_one_request_is_one_answer(client: FlaskClient, play: Play) -> None:
    operation = _op(play.codes()[0])
    results = _send(client, play, operation, operation).get_json()["results"]
    assert [r["status"] for r in results] == ["accepted", "already-here"]


def test_the_same_id_with_another_content_is_refused(client: FlaskClient, play: Play) -> None:
    operation = _op(play.codes()[0], 2)
    _send(client, play, operation)
    result = _send(client, play, {**operation, "level": 3}).get_json()["results"][0]
    assert (result["status"], result["code"]) == ("refused", "op-id-reused")


def test_a_faulty_operation_is_refused_alone(client: FlaskClient, play: Play) -> None:
    first, second = play.codes()[:2]
    faulty = {**_op(first), "level": 4, "colour": "red"}
    results = _send(client, play, faulty, _op(second)).get_json()["results"]
    assert results[0]["status"] == "refused"
    assert results[0]["op_id"] == faulty["op_id"]
    assert set(results[0]["errors"]) == {"level", "colour"}
    assert results[1]["status"] == "accepted"


@pytest.mark.parametrize(
    "body", [None, [], {}, {"operations": []}, {"operations": "x"}, {"operations": [1]}, {"operations": [], "x": 1}]
)
def test_a_request_that_is_no_list_of_operations_is_refused(client: FlaskClient, play: Play, body: Any) -> None:
    answer = client.post(f"/api/v1/inspections/{play.id}/operations", json=body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_a_critical_criterion_is_never_not_applicable(client: FlaskClient, play: Play) -> None:
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    criteria = [c for d in pack["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]]
    critical = next(c["code"] for c in criteria if c["class"] == "critical")
    result = _send(client, play, _op(critical, None, not_applicable=True, na_reason="x")).get_json()["results"][0]
    assert (result["status"], result["code"]) == ("refused", "na-not-allowed")


def test_not_applicable_needs_its_reason(client: FlaskClient, play: Play) -> None:
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    criteria = [c for d in pack["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]]
    code = next(c["code"] for c in criteria if c["class"] != "critical" and c["na_allowed"])
    bare = _send(client, play, _op(code, None, not_applicable=True)).get_json()["results"][0]
    assert bare["errors"] == {"na_reason": "na-reason-missing"}
    result = _send(client, play, _op(code, None, not_applicable=True, na_reason="لا مطبخ")).get_json()["results"][0]
    assert result["status"] == "accepted"


def test_numbers_typed_with_arabic_digits_are_understood(client: FlaskClient, play: Play) -> None:
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    criteria = [c for d in pack["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]]
    measured, name = next((c, m["code"]) for c in criteria for m in c["measurements"] if not m["whole"])
    _send(client, play, _op(measured["code"], measurements={name: "١٢٫٥"}))
    kept = client.get(f"/api/v1/inspections/{play.id}").get_json()["answers"][measured["code"]]
    assert kept["measurements"] == {name: "12.5"}
    result = _send(client, play, _op(measured["code"], measurements={name: "many"})).get_json()["results"][0]
    assert result["code"] == "measurement-not-a-number"


def test_what_is_counted_is_counted_in_whole_numbers(client: FlaskClient, play: Play) -> None:
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    criteria = [c for d in pack["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]]
    counted, name = next((c["code"], m["code"]) for c in criteria for m in c["measurements"] if m["whole"])
    for typed in ("12.5", "many"):
        result = _send(client, play, _op(counted, measurements={name: typed})).get_json()["results"][0]
        assert result["errors"] == {f"measurements.{name}": "measurement-not-whole"}
    assert _send(client, play, _op(counted, measurements={name: "١٢"})).get_json()["results"][0]["status"] == "accepted"


def test_two_tablets_that_differ_are_both_kept_and_the_first_stays_until_someone_chooses(
    client: FlaskClient, play: Play
) -> None:
    code = play.codes()[0]
    mine = _op(code, 3)
    _send(client, play, mine)
    sign_in(client, play.people["Younes"])
    theirs = _op(code, 1)
    assert _send(client, play, theirs).get_json()["results"][0]["status"] == "conflict"
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    assert pack["answers"][code]["level"] == 3
    assert [(c["level"], c["author"]) for c in pack["conflicts"][code]] == [(1, "Younes")]
    chosen = _op(code, 1, base_op_id=mine["op_id"])
    assert _send(client, play, chosen).get_json()["results"][0]["status"] == "accepted"
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    assert pack["conflicts"] == {}
    assert pack["answers"][code]["level"] == 1


def test_an_older_tap_that_arrives_late_does_not_undo_a_newer_one(client: FlaskClient, play: Play) -> None:
    code = play.codes()[0]
    _send(client, play, _op(code, 3, answered_at="2026-11-23T10:05:00Z"))
    late = _send(client, play, _op(code, 0, answered_at="2026-11-23T10:01:00Z")).get_json()["results"][0]
    assert late["status"] == "superseded"
    assert client.get(f"/api/v1/inspections/{play.id}").get_json()["answers"][code]["level"] == 3


def test_somebody_elses_visit_does_not_exist(client: FlaskClient, play: Play) -> None:
    _sign_in_a_stranger(client)
    assert client.get(f"/api/v1/inspections/{play.id}").status_code == 404
    assert _send(client, play, _op(play.codes()[0])).status_code == 404


def test_the_second_reader_reads_but_does_not_answer(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Driss"])
    assert client.get(f"/api/v1/inspections/{play.id}").get_json()["editable"] is False
    refused = _send(client, play, _op(play.codes()[0]))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not-on-team")


def test_nobody_signed_in_gets_401_as_problem_json(client: FlaskClient, app: object) -> None:
    answer = client.get("/api/v1/inspections/1")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "sign-in-required")


def test_the_file_is_closed_until_interests_are_declared(client: FlaskClient, app: object) -> None:
    play = play_until("planned")
    sign_in(client, play.people["Amina"])
    answer = client.get(f"/api/v1/inspections/{play.id}")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "declaration-first")


def test_after_submission_nothing_is_written(client: FlaskClient, app: object) -> None:
    play = play_until("submitted")
    sign_in(client, play.people["Amina"])
    answer = _send(client, play, _op(play.codes()[0]))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not-editable")


def _photo(client: FlaskClient, play: Play, data: bytes, **more: str) -> Any:
    fields = {"criterion": play.codes()[0], "op_id": str(uuid.uuid4()), "caption": "المطبخ", **more}
    return client.post(f"/api/v1/inspections/{play.id}/photos", data={**fields, "file": (io.BytesIO(data), "a.jpg")})


def test_a_photograph_is_kept_shown_and_small(client: FlaskClient, play: Play) -> None:
    answer = _photo(client, play, picture(size=(800, 600)))
    photo = answer.get_json()["photo"]
    assert answer.status_code == 201
    assert (photo["width"], photo["height"], photo["caption"]) == (800, 600, "المطبخ")
    assert client.get(photo["url"]).content_type == "image/jpeg"
    assert len(client.get(photo["thumb_url"]).data) < len(client.get(photo["url"]).data)
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    assert pack["photos"][play.codes()[0]][0]["id"] == photo["id"]


def test_the_same_photograph_sent_twice_is_one(client: FlaskClient, play: Play) -> None:
    op_id = str(uuid.uuid4())
    first = _photo(client, play, picture(), op_id=op_id).get_json()["photo"]["id"]
    assert _photo(client, play, picture(), op_id=op_id).get_json()["photo"]["id"] == first
    other = _photo(client, play, picture(size=(20, 20)), op_id=op_id)
    assert (other.status_code, other.get_json()["code"]) == (409, "op-id-reused")


@pytest.mark.parametrize("data", [b"", b"GIF89a not a picture", b"%PDF-1.7 ...", picture()[:200], picture("GIF")])
def test_what_is_not_a_photograph_is_refused(client: FlaskClient, play: Play, data: bytes) -> None:
    answer = _photo(client, play, data)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo-not-an-image")


def test_a_photograph_above_the_limit_is_refused(
    app: Flask, client: FlaskClient, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_PHOTO_BYTES", 500)
    answer = _photo(client, play, picture())
    assert (answer.status_code, answer.get_json()["code"]) == (413, "photo-too-large")


def test_a_photograph_on_a_criterion_that_is_not_asked_is_refused(client: FlaskClient, play: Play) -> None:
    assert _photo(client, play, picture(), criterion="X-99").get_json()["code"] == "criterion-not-asked"


def test_a_photograph_is_withdrawn_with_a_reason_and_its_row_stays(client: FlaskClient, play: Play) -> None:
    photo = _photo(client, play, picture()).get_json()["photo"]
    address = f"/api/v1/inspections/{play.id}/photos/{photo['id']}"
    assert client.delete(address, json={"reason": " "}).status_code == 422
    assert client.delete(address, json={"reason": "وجه طفل"}).status_code == 204
    assert client.get(photo["url"]).status_code == 404
    assert client.get(f"/api/v1/inspections/{play.id}").get_json()["photos"] == {}


def test_a_browser_asks_again_before_it_shows_a_photograph(client: FlaskClient, play: Play) -> None:
    photo = _photo(client, play, picture()).get_json()["photo"]
    for address in (photo["url"], photo["thumb_url"]):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "private, no-cache"
        same = {"If-None-Match": first.headers["ETag"]}
        assert client.get(address, headers=same).status_code == 304
    client.delete(f"/api/v1/inspections/{play.id}/photos/{photo['id']}", json={"reason": "وجه طفل"})
    assert client.get(address, headers=same).status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_table_holds_does_not_exist(client: FlaskClient, play: Play, number: int) -> None:
    for address in ("/api/v1/photos/{}", "/api/v1/inspections/{}", "/inspections/{}", "/institutions/{}"):
        assert client.get(address.format(number)).status_code == 404, address


def test_a_photograph_of_another_visit_does_not_exist(client: FlaskClient, play: Play) -> None:
    photo = _photo(client, play, picture()).get_json()["photo"]
    _sign_in_a_stranger(client)
    assert client.get(photo["url"]).status_code == 404
    assert client.get(photo["thumb_url"]).status_code == 404


def test_the_director_sees_photographs_only_once_the_draft_is_with_them(client: FlaskClient, play: Play) -> None:
    photo = _photo(client, play, picture()).get_json()["photo"]
    sign_in(client, play.people["Brahim"])
    assert client.get(photo["url"]).status_code == 404
    play_until("draft_sent", play)
    assert client.get(photo["url"]).status_code == 200


def test_the_api_describes_itself(client: FlaskClient, app: object) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert "/api/v1/inspections/{inspection_id}/operations" in document["paths"]
