"""Signatures and sheets of critical findings as tablets send them: kept once, told once, never changed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from inspect_app.adapters import clock, mail
from inspect_app.models import AuditEvent, CriticalNotice, CriticalSheet, Signature, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import chosen, play_twice
from tests.factories.inspections import Play, another_play, play_until
from tests.factories.minutes import DRAWING, critical_code, sheet, signature
from tests.factories.users import make_user, sign_in


class Post:
    """Every letter that left."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str]] = []
        self.works = True

    def send(self, to: str, subject: str, words: str) -> bool:
        if self.works:
            self.letters.append((to, subject, words))
        return self.works

    @property
    def to(self) -> list[str]:
        return sorted(to for to, _subject, _words in self.letters)


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit under way, and Amina in front of her tablet; the ministry watches the whole kingdom."""
    play = play_until("under_way")
    make_user("ministry_officer", name="Fatima", email="fatima@miyar.test", national=True)
    db.session.commit()
    sign_in(client, play.people["Amina"])
    return play


@pytest.fixture
def post(play: Play, monkeypatch: pytest.MonkeyPatch) -> Post:
    post = Post()
    monkeypatch.setattr(mail, "send", post.send)
    return post


def sent(client: FlaskClient, play: Play, what: str, *records: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(f"/api/v1/inspections/{play.id}/{what}?lang=fr", json={"records": list(records)})
    assert answer.status_code == 200, answer.get_json()
    results: list[dict[str, Any]] = answer.get_json()["results"]
    return results


def statuses(results: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(result["status"], result.get("code")) for result in results]


def test_a_signature_is_kept_as_it_was_drawn_with_both_times(client: FlaskClient, play: Play) -> None:
    signed_at = clock.now() - timedelta(days=3)
    record = signature(signed_at=signed_at.isoformat(timespec="milliseconds"))
    assert statuses(sent(client, play, "signatures", record)) == [("accepted", None)]
    row = db.session.query(Signature).one()
    assert (row.signer_name, row.signer_function, row.drawing) == ("إبراهيم", "مدير المؤسسة", DRAWING)
    assert (row.record_digest, row.answers, row.photographs) == ("a" * 64, 3, 1)
    assert abs(row.signed_at - signed_at) < timedelta(seconds=1)
    assert abs(row.received_at - clock.now()) < timedelta(minutes=1)
    assert row.author_id == play.people["Amina"].id


@pytest.mark.parametrize("what", ["signatures", "sheets"])
def test_the_same_again_is_already_here_and_another_content_is_refused(
    client: FlaskClient, play: Play, post: Post, what: str
) -> None:
    record = signature() if what == "signatures" else sheet(critical_code(play))
    changed = {**record, "name": "Autre"} if what == "signatures" else {**record, "seen": "Autre chose"}
    assert statuses(sent(client, play, what, record)) == [("accepted", None)]
    assert statuses(sent(client, play, what, record, changed, record)) == [
        ("already-here", None),
        ("refused", "op-id-reused"),
        ("already-here", None),
    ]
    kept = db.session.query(Signature if what == "signatures" else CriticalSheet).count()
    assert kept == 1


def test_the_number_of_another_visit_cannot_be_used_again(client: FlaskClient, play: Play) -> None:
    record = signature()
    sent(client, play, "signatures", record)
    other = play_until("under_way", another_play(play))
    assert statuses(sent(client, other, "signatures", record)) == [("refused", "op-id-reused")]


def test_one_faulty_signature_is_refused_alone(client: FlaskClient, play: Play) -> None:
    results = sent(
        client,
        play,
        "signatures",
        signature(drawing="M1 1"),
        signature(drawing="<svg onload=alert(1)>"),
        signature(name="  "),
        {**signature(), "child": "x"},
        {"op_id": 3},
        signature(deed="refused", drawing="", reason="Conteste deux constats."),
    )
    assert statuses(results) == [
        ("refused", "drawing-missing"),
        ("refused", "drawing-missing"),
        ("refused", "name-missing"),
        ("refused", "invalid"),
        ("refused", "invalid"),
        ("accepted", None),
    ]
    [row] = db.session.query(Signature).all()
    assert row.reason == "Conteste deux constats."
    assert db.session.query(AuditEvent).filter_by(verb="signature.refused").count() == 1


def test_a_signature_that_comes_after_the_answers_were_submitted_is_not_lost(client: FlaskClient, play: Play) -> None:
    play_until("submitted", play)
    assert statuses(sent(client, play, "signatures", signature())) == [("accepted", None)]


@pytest.mark.parametrize("what", ["signatures", "sheets"])
def test_nobody_but_the_team_and_nothing_before_the_visit(client: FlaskClient, play: Play, what: str) -> None:
    record = {"records": [signature()]}
    sign_in(client, play.people["Driss"])
    assert client.post(f"/api/v1/inspections/{play.id}/{what}", json=record).status_code == 403
    sign_in(client, play.people["Brahim"])
    assert client.post(f"/api/v1/inspections/{play.id}/{what}", json=record).status_code == 403
    early = play_until("planned", another_play(play))
    deeds.declare(early.actor("Amina"), inspection_id=early.id, conflict=False)
    sign_in(client, early.people["Amina"])
    answer = client.post(f"/api/v1/inspections/{early.id}/{what}", json=record)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not-begun")


@pytest.mark.parametrize("body", [None, [], {}, {"records": []}, {"records": [1]}, {"records": "x"}])
def test_what_is_no_list_of_records_is_refused(client: FlaskClient, play: Play, body: Any) -> None:
    for what in ("signatures", "sheets"):
        assert client.post(f"/api/v1/inspections/{play.id}/{what}", json=body).status_code == 422


def test_a_critical_finding_is_told_to_the_coordinator_once(client: FlaskClient, play: Play, post: Post) -> None:
    record = sheet(critical_code(play))
    [result] = sent(client, play, "sheets", record)
    assert (result["status"], result["told"]) == ("accepted", ["coordinator"])
    assert post.to == [play.people["Chaimae"].email]
    assert record["criterion"] in post.letters[0][2]
    assert f"/inspections/{play.id}" in post.letters[0][2]
    assert record["seen"] not in post.letters[0][2]
    [again] = sent(client, play, "sheets", record)
    assert (again["status"], again["told"]) == ("already-here", ["coordinator"])
    assert len(post.letters) == 1
    assert db.session.query(CriticalNotice).one().letters == 1


def test_of_immediate_danger_the_ministry_hears_too(client: FlaskClient, play: Play, post: Post) -> None:
    sent(client, play, "sheets", sheet(critical_code(play), danger=True))
    assert post.to == sorted([play.people["Chaimae"].email, "fatima@miyar.test"])
    assert all("danger" in subject.lower() or "خطر" in subject for _to, subject, _words in post.letters)


def test_danger_that_is_seen_later_goes_to_the_ministry_alone(client: FlaskClient, play: Play, post: Post) -> None:
    first = sheet(critical_code(play))
    sent(client, play, "sheets", first)
    post.letters.clear()
    more = sheet(first["criterion"], base_op_id=first["op_id"], danger=True, phoned_at=clock.now().isoformat())
    assert sent(client, play, "sheets", more)[0]["told"] == ["coordinator", "ministry"]
    assert post.to == ["fatima@miyar.test"]
    pack = client.get(f"/api/v1/inspections/{play.id}").get_json()
    assert [one["op_id"] for one in pack["sheets"]] == [more["op_id"]]


def test_a_letter_that_could_not_leave_leaves_with_the_next_repetition(
    client: FlaskClient, play: Play, post: Post
) -> None:
    record = sheet(critical_code(play))
    post.works = False
    assert sent(client, play, "sheets", record)[0] == {"op_id": record["op_id"], "status": "accepted", "told": []}
    post.works = True
    assert sent(client, play, "sheets", record)[0]["told"] == ["coordinator"]
    assert len(post.letters) == 1


def test_a_sheet_without_what_was_seen_or_on_another_criterion_is_refused(
    client: FlaskClient, play: Play, post: Post
) -> None:
    code = critical_code(play)
    plain = next(c for c in play.codes() if not checklist_of(play.inspection).criterion(c).critical)
    assert statuses(
        sent(
            client,
            play,
            "sheets",
            sheet(code, seen=" "),
            sheet(code, danger=True, measure=""),
            sheet("NO-99"),
            sheet(plain),
            sheet(code, told="Fatima"),
            sheet(code, danger="yes"),
        )
    ) == [
        ("refused", "seen-missing"),
        ("refused", "measure-missing"),
        ("refused", "criterion-not-asked"),
        ("refused", "criterion-not-critical"),
        ("refused", "invalid"),
        ("refused", "invalid"),
    ]
    assert post.letters == []


def test_the_journal_holds_no_word_of_what_was_seen(client: FlaskClient, play: Play, post: Post) -> None:
    sent(client, play, "sheets", sheet(critical_code(play), seen="كلام سري", danger=True))
    sent(client, play, "signatures", signature(name="اسم سري"))
    events = db.session.query(AuditEvent).filter(AuditEvent.chain == f"inspection/{play.id}").all()
    assert {"critical_sheet.filled", "critical_sheet.told", "signature.taken"} <= {e.verb for e in events}
    assert "سري" not in json.dumps([e.data for e in events], ensure_ascii=False)


@pytest.mark.parametrize("table", ["signatures", "critical_sheets", "critical_notices"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET inspection_id = 1", "DELETE FROM {}"])
def test_nobody_changes_them_even_with_a_database_console(
    client: FlaskClient, play: Play, post: Post, table: str, deed: str
) -> None:
    sent(client, play, "sheets", sheet(critical_code(play)))
    sent(client, play, "signatures", signature())
    with pytest.raises((DatabaseError, SQLAlchemyError), match="append-only"):
        db.session.execute(text(deed.format(table)))
    db.session.rollback()


def test_the_pack_says_what_was_signed_who_was_told_and_whom_to_telephone(
    client: FlaskClient, play: Play, post: Post
) -> None:
    record, finding = signature(), sheet(critical_code(play))
    sent(client, play, "signatures", record)
    sent(client, play, "sheets", finding)
    pack = client.get(f"/api/v1/inspections/{play.id}?texts=all").get_json()
    [signed] = pack["signatures"]
    assert {k: signed[k] for k in ("op_id", "name", "drawing", "deed")} == {
        k: record[k] for k in ("op_id", "name", "drawing", "deed")
    }
    [told] = pack["sheets"]
    assert told["seen"] == finding["seen"]
    assert list(told["mailed"]) == ["coordinator"]
    assert [one["email"] for one in pack["office"]] == [play.people["Chaimae"].email]


def test_whoever_rates_apart_hears_nothing_of_a_finding_on_their_criteria(
    client: FlaskClient, play: Play, post: Post
) -> None:
    other = play_twice("under_way", another_play(play), critical=True)
    code = next(code for code in chosen(other) if code in {critical_code(other, n) for n in range(2)})
    sign_in(client, other.people["Amina"])
    assert sent(client, other, "sheets", sheet(code))[0]["status"] == "accepted"
    sign_in(client, other.people["Younes"])
    assert client.get(f"/api/v1/inspections/{other.id}").get_json()["sheets"] == []
    assert statuses(sent(client, other, "sheets", sheet(code))) == [("refused", "rated-apart")]
