"""The file of a tablet that cannot send any more: taken in once, whoever brings it, for whoever wrote it."""

import base64
import hashlib
import io
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.domain.errors import DomainError
from inspect_app.models import AnswerRevision, AuditEvent, CriticalNotice, CriticalSheet, Evidence, Signature, db
from inspect_app.services import inspections as deeds
from tests.factories.devices import make_device
from tests.factories.inspections import Play, another_play, picture, play_until
from tests.factories.minutes import critical_code, sheet, signature
from tests.factories.users import sign_in
from tests.web.world import operation

TABLET = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def play(app: object) -> Play:
    """A visit under way; Amina's tablet holds what the server does not have."""
    play = play_until("under_way")
    make_device(play.people["Amina"], uid=TABLET)
    db.session.commit()
    return play


def photo(play: Play, code: str, raw: bytes | None = None) -> dict[str, Any]:
    raw = raw or picture()
    return {
        "criterion": code,
        "caption": "الباب",
        "taken_at": "2026-11-20T09:00:00.000Z",
        "type": "image/jpeg",
        "op_id": str(uuid.uuid4()),
        "visit": play.id,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "refused": None,
        "picture": base64.b64encode(raw).decode(),
    }


def unsent(play: Play, *operations: dict[str, Any], photos: tuple[dict[str, Any], ...] = (), **more: Any) -> bytes:
    """The file as the tablet writes it (``carry.ts``)."""
    contents = {
        "format": "miyar-unsent",
        "version": 1,
        "account": play.people["Amina"].id,
        "name": "Amina",
        "device": TABLET,
        "written_at": "2026-11-23T18:00:00.000Z",
        "operations": [{"visit": play.id, "refused": None, "operation": op} for op in operations],
        "photos": list(photos),
        **more,
    }
    text = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
    return json.dumps({**contents, "digest": hashlib.sha256(text.encode()).hexdigest()}, ensure_ascii=False).encode()


def statuses(report: deeds.Report) -> list[str]:
    return [str(record.status) for record in report.records]


def test_chaimae_takes_in_what_aminas_tablet_holds_for_amina(play: Play) -> None:
    first, second = play.codes()[:2]
    raw = unsent(play, operation(first), operation(second), photos=(photo(play, first),))
    report = deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert statuses(report) == ["accepted"] * 3
    rows = db.session.query(AnswerRevision).all()
    assert {row.author_id for row in rows} == {play.people["Amina"].id}
    assert all(row.device_id for row in rows)
    assert db.session.query(Evidence).one().caption == "الباب"
    event = db.session.query(AuditEvent).filter_by(verb="outbox.imported").one()
    assert event.actor_id == play.people["Chaimae"].id
    assert event.data["sha256"] == hashlib.sha256(raw).hexdigest()


def test_the_file_twice_and_the_tablet_afterwards_change_nothing(client: FlaskClient, play: Play) -> None:
    op = operation(play.codes()[0])
    raw = unsent(play, op, photos=(photo(play, play.codes()[0]),))
    deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert statuses(deeds.import_outbox(play.actor("Chaimae"), raw=raw)) == ["already-here"] * 2
    sign_in(client, play.people["Amina"])
    answer = client.post(f"/api/v1/inspections/{play.id}/operations", json={"operations": [op]})
    assert answer.get_json()["results"][0]["status"] == "already-here"
    assert db.session.query(AnswerRevision).count() == db.session.query(Evidence).count() == 1


def test_one_broken_record_is_refused_alone(play: Play) -> None:
    first, second = play.codes()[:2]
    broken = {**photo(play, first), "picture": base64.b64encode(b"cut").decode()}
    raw = unsent(play, {**operation(first), "level": 9}, operation(second), photos=(broken, photo(play, second)))
    report = deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert [(str(r.status), r.code) for r in report.records] == [
        ("refused", "invalid"),
        ("accepted", None),
        ("refused", "photo-damaged"),
        ("accepted", None),
    ]


def test_a_conflict_in_the_file_is_kept_and_shown(play: Play) -> None:
    code = play.codes()[0]
    play.answer("Younes", 3, [code])
    report = deeds.import_outbox(play.actor("Chaimae"), raw=unsent(play, operation(code, 1)))
    assert statuses(report) == ["conflict"]


def test_a_visit_that_is_closed_meanwhile_refuses_its_records_and_no_others(play: Play) -> None:
    other = play_until("submitted", another_play(play))
    rows = [
        {"visit": other.id, "refused": None, "operation": operation(other.codes()[0])},
        {"visit": play.id, "refused": None, "operation": operation(play.codes()[0])},
    ]
    report = deeds.import_outbox(play.actor("Chaimae"), raw=unsent(play, operations=rows))
    assert [(str(r.status), r.code) for r in report.records] == [("refused", "not-editable"), ("accepted", None)]


@pytest.mark.parametrize("spoil", [lambda raw: raw.replace(b'"level": 2', b'"level": 3'), lambda raw: raw[:-20]])
def test_a_file_that_was_changed_or_cut_is_refused_whole(play: Play, spoil: Any) -> None:
    with pytest.raises(DomainError, match="import-damaged"):
        deeds.import_outbox(play.actor("Chaimae"), raw=spoil(unsent(play, operation(play.codes()[0]))))
    assert db.session.query(AnswerRevision).count() == 0


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff\xfe", b'{"digest": 1}', b"[" * 100_000])
def test_what_is_no_file_of_a_tablet_is_refused(play: Play, raw: bytes) -> None:
    with pytest.raises(DomainError, match="import-damaged"):
        deeds.import_outbox(play.actor("Chaimae"), raw=raw)


def test_younes_who_does_not_lead_brings_in_his_own_file_and_nobody_elses(play: Play) -> None:
    code = play.codes()[0]
    report = deeds.import_outbox(play.actor("Younes"), raw=unsent(play, operation(code)))
    assert [(str(r.status), r.code) for r in report.records] == [("refused", "forbidden")]
    own = unsent(play, operation(code), account=play.people["Younes"].id)
    assert statuses(deeds.import_outbox(play.actor("Younes"), raw=own)) == ["accepted"]


def test_a_file_of_somebody_outside_the_team_writes_nothing(play: Play) -> None:
    raw = unsent(play, operation(play.codes()[0]), account=play.people["Driss"].id)
    report = deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert statuses(report) == ["refused"]
    assert db.session.query(AnswerRevision).count() == 0


def test_the_page_reports_each_record(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    assert client.get("/inspections/import?lang=en").status_code == 200
    code = play.codes()[0]
    raw = unsent(play, operation(code), photos=(photo(play, code),))
    form = {"file": (io.BytesIO(raw), "miyar-unsent.json")}
    page = client.post("/inspections/import?lang=en", data=form)
    assert page.status_code == 200
    assert "Taken in: 2 · here already: 0 · refused: 0" in page.text
    assert code in page.text
    assert client.post("/inspections/import", data={}).status_code == 422
    assert client.post("/inspections/import", data={"file": (io.BytesIO(b"x"), "x")}).status_code == 422


def test_a_file_with_many_photographs_is_larger_than_any_form(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    big = unsent(play, operation(play.codes()[0]), filler="x" * (14 * 1024 * 1024))
    boundary = b"--b\r\nContent-Disposition: form-data; name=file; filename=f.json\r\n\r\n"
    body = boundary + big + b"\r\n--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    assert client.post("/inspections/import", data=body, content_type=kind).status_code == 200
    refused = client.post("/inspections/new", data=body, content_type=kind)
    assert refused.status_code in (403, 413), "other forms keep their limit"


def test_the_command_takes_it_in_and_names_what_was_refused(app: Flask, play: Play, tmp_path: Path) -> None:
    path = tmp_path / "unsent.json"
    path.write_bytes(unsent(play, operation(play.codes()[0])))
    result = app.test_cli_runner().invoke(args=["inspections", "import-outbox", str(path)])
    assert result.exit_code == 0
    assert "1 accepted" in result.output
    path.write_bytes(unsent(play, {**operation(play.codes()[1]), "level": 9}))
    result = app.test_cli_runner().invoke(args=["inspections", "import-outbox", str(path)])
    assert result.exit_code == 1
    assert "refused (invalid)" in result.output


def test_signatures_and_critical_findings_come_in_and_are_told(play: Play) -> None:
    code = critical_code(play)
    papers = [
        {"visit": play.id, "kind": "signature", "refused": None, "record": signature()},
        {"visit": play.id, "kind": "sheet", "refused": None, "record": sheet(code)},
        {"visit": play.id, "kind": "sheet", "refused": None, "record": sheet(code, seen="")},
    ]
    raw = unsent(play, operation(code, 0), version=2, papers=papers)
    report = deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert [(r.kind, str(r.status), r.code) for r in report.records] == [
        ("sheet", "accepted", None),
        ("sheet", "refused", "seen-missing"),
        ("answer", "accepted", None),
        ("signature", "accepted", None),
    ]
    assert db.session.query(Signature).one().author_id == play.people["Amina"].id
    assert db.session.query(CriticalSheet).one().seen == papers[1]["record"]["seen"]  # type: ignore[index]
    assert db.session.query(CriticalNotice).one().audience == "coordinator"
    again = deeds.import_outbox(play.actor("Chaimae"), raw=raw)
    assert statuses(again) == ["already-here", "refused", "already-here", "already-here"]


def test_the_page_names_what_came_in(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    papers = [{"visit": play.id, "kind": "signature", "refused": None, "record": signature(name="Brahim")}]
    form = {"file": (io.BytesIO(unsent(play, version=2, papers=papers)), "miyar-unsent.json")}
    page = client.post("/inspections/import?lang=en", data=form).text
    assert "Brahim" in page
    assert "Signature" in page


def test_the_signatures_of_somebody_elses_visit_are_refused(play: Play) -> None:
    papers = [{"visit": play.id, "kind": "signature", "refused": None, "record": signature()}]
    raw = unsent(play, version=2, papers=papers, account=play.people["Driss"].id)
    assert statuses(deeds.import_outbox(play.actor("Chaimae"), raw=raw)) == ["refused"]
    assert db.session.query(Signature).count() == 0
