"""Tablets: registered, named on what they write, revoked when lost."""

import hashlib
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.models import AnswerRevision, AuditEvent, Device, Evidence, db
from inspect_app.services import devices as deeds
from tests.factories.devices import make_device
from tests.factories.inspections import Play, picture, play_until
from tests.factories.users import actor_of, make_user, sign_in, sign_out
from tests.web.world import operation

TABLET = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit under way, and Amina, its leader, in front of the tablet."""
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    return play


def register(client: FlaskClient, **body: Any) -> Any:
    return client.post("/api/v1/devices", json={"device": TABLET, "name": "Tablette 7", **body})


def send(client: FlaskClient, play: Play, *operations: dict[str, Any], **headers: str) -> Any:
    sent = {"X-Miyar-Device": TABLET, **headers}
    return client.post(f"/api/v1/inspections/{play.id}/operations", json={"operations": list(operations)}, headers=sent)


def test_amina_registers_her_tablet_once(client: FlaskClient, play: Play) -> None:
    assert register(client).status_code == 201
    assert register(client).status_code == 200
    row = db.session.query(Device).one()
    assert (row.uid, row.user_id, row.label) == (TABLET, play.people["Amina"].id, "Tablette 7")
    assert db.session.query(AuditEvent).filter_by(verb="device.registered").count() == 1


def test_a_tablet_is_renamed_by_registering_again(client: FlaskClient, play: Play) -> None:
    register(client)
    assert register(client, name="Tablette 8").get_json()["name"] == "Tablette 8"


@pytest.mark.parametrize("body", [{"device": "x"}, {"name": "x" * 81}, {"colour": "red"}])
def test_a_device_that_says_something_else_is_refused(client: FlaskClient, play: Play, body: dict[str, Any]) -> None:
    assert register(client, **body).status_code == 422


def test_two_people_share_a_tablet_and_each_has_it_alone(client: FlaskClient, play: Play) -> None:
    register(client)
    sign_in(client, play.people["Younes"])
    assert register(client, name="").status_code == 201
    assert {row.user_id for row in db.session.query(Device)} == {play.people[n].id for n in ("Amina", "Younes")}


def test_what_a_tablet_writes_carries_its_name_and_both_times(client: FlaskClient, play: Play) -> None:
    register(client)
    code = play.codes()[0]
    tapped = "2026-01-01T08:00:00+00:00"  # a clock that stopped months ago
    assert send(client, play, {**operation(code), "answered_at": tapped}).status_code == 200
    photo = {"file": (io.BytesIO(picture()), "p.jpg"), "criterion": code, "op_id": str(uuid.uuid4())}
    client.post(f"/api/v1/inspections/{play.id}/photos", data=photo, headers={"X-Miyar-Device": TABLET})
    device = db.session.query(Device).one()
    revision, evidence = db.session.query(AnswerRevision).one(), db.session.query(Evidence).one()
    assert revision.device_id == evidence.device_id == device.id
    assert revision.answered_at.isoformat() == tapped
    assert clock.now() - revision.received_at < timedelta(minutes=5)
    event = db.session.query(AuditEvent).filter_by(verb="answers.saved").one()
    assert event.data["device"] == device.id


def test_a_tablet_that_nobody_registered_is_entered_at_its_first_answer(client: FlaskClient, play: Play) -> None:
    send(client, play, operation(play.codes()[0]))
    assert db.session.query(AnswerRevision).one().device_id == db.session.query(Device).one().id


def test_reading_enters_no_device(client: FlaskClient, play: Play) -> None:
    client.get(f"/api/v1/inspections/{play.id}", headers={"X-Miyar-Device": TABLET})
    assert db.session.query(Device).count() == 0


def test_a_revoked_tablet_hears_so_whatever_it_asks(client: FlaskClient, play: Play) -> None:
    register(client)
    amina = play.people["Amina"].id
    row = db.session.query(Device).one()
    deeds.revoke_device(play.actor("Chaimae"), device_id=row.id, reason="Perdue sur la route")
    headers = {"X-Miyar-Device": TABLET, "X-Miyar-Account": str(amina)}
    for address in ("/api/v1/tablet", f"/api/v1/inspections/{play.id}"):
        answer = client.get(address, headers=headers)  # its session has ended with it
        assert (answer.status_code, answer.get_json()["code"]) == (403, "device-revoked")
    answer = send(client, play, operation(play.codes()[0]), **headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device-revoked")
    assert db.session.query(AnswerRevision).count() == 0
    assert row.told_at is not None
    assert db.session.query(AuditEvent).filter_by(verb="device.told").count() == 1


def test_the_session_of_a_lost_tablet_opens_nothing(client: FlaskClient, play: Play) -> None:
    register(client)
    row = db.session.query(Device).one()
    deeds.revoke_device(play.actor("Chaimae"), device_id=row.id, reason="Volée")
    assert client.get(f"/api/v1/inspections/{play.id}").status_code == 401


def test_a_revoked_tablet_does_not_register_again(client: FlaskClient, play: Play) -> None:
    register(client)
    deeds.revoke_device(play.actor("Chaimae"), device_id=db.session.query(Device).one().id, reason="Volée")
    sign_in(client, play.people["Amina"])
    answer = register(client)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device-revoked")


def test_the_other_tablets_of_the_person_go_on(client: FlaskClient, play: Play) -> None:
    lost = make_device(play.people["Amina"])
    register(client)
    deeds.revoke_device(play.actor("Chaimae"), device_id=lost.id, reason="Perdue")
    sign_in(client, play.people["Amina"])
    assert send(client, play, operation(play.codes()[0])).status_code == 200


def test_contacts_are_written_down_now_and_then(client: FlaskClient, play: Play) -> None:
    old = clock.now() - timedelta(hours=1)
    row = make_device(play.people["Amina"], uid=TABLET, seen=old)
    client.get(f"/api/v1/inspections/{play.id}", headers={"X-Miyar-Device": TABLET})
    db.session.refresh(row)
    assert row.last_seen_at > old


def test_chaimae_sees_the_tablets_of_her_province_and_revokes_one(client: FlaskClient, play: Play) -> None:
    mine = make_device(play.people["Amina"], label="Tablette de Salé")
    elsewhere = make_device(make_user("inspector", name="Zineb", province="01.511"), label="Tablette de Tanger")
    sign_in(client, play.people["Chaimae"])
    page = client.get("/devices/?lang=en").text
    assert "Tablette de Salé" in page
    assert "Tablette de Tanger" not in page
    assert client.get(f"/devices/{elsewhere.id}/revoke").status_code == 404
    assert client.post(f"/devices/{mine.id}/revoke?lang=en", data={"reason": ""}).status_code == 422
    assert client.post(f"/devices/{mine.id}/revoke?lang=en", data={"reason": "Perdue"}).status_code == 302
    page = client.get("/devices/?lang=en").text
    assert "Perdue" in page
    assert "Chaimae" in page


def test_amina_revokes_her_own_for_herself_alone(client: FlaskClient, play: Play) -> None:
    mine = make_device(play.people["Amina"], uid=TABLET)
    hers = make_device(play.people["Younes"], uid=TABLET)
    db.session.commit()
    assert client.get(f"/devices/{hers.id}/revoke").status_code == 404
    client.post(f"/devices/{mine.id}/revoke", data={"reason": "Rendue"})
    db.session.expire_all()
    assert mine.revoked_at is not None
    assert hers.revoked_at is None


def test_a_lost_tablet_is_revoked_for_everybody_who_shares_it(client: FlaskClient, play: Play) -> None:
    rows = [make_device(play.people[name], uid=TABLET) for name in ("Amina", "Younes")]
    deeds.revoke_device(play.actor("Chaimae"), device_id=rows[0].id, reason="Perdue")
    assert all(row.revoked_at for row in rows)


def test_a_director_has_no_device(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Brahim"])
    assert register(client).status_code == 403
    sign_out(client)
    assert register(client).status_code == 401


def test_national_coordinators_see_every_tablet(client: FlaskClient, play: Play) -> None:
    from inspect_app.queries import devices as questions

    make_device(play.people["Amina"])
    nation = make_user("coordinator", name="Nabila", national=True)
    region = make_user("coordinator", name="Rachid", region="04")
    other = make_user("coordinator", name="Omar", region="01")
    assert [len(questions.managed(actor_of(c))) for c in (nation, region, other)] == [1, 1, 0]
    assert not questions.managed(actor_of(make_user("auditor", name="Hind", national=True)))


def test_a_photograph_that_arrives_damaged_is_sent_again(client: FlaskClient, play: Play) -> None:
    raw, op_id = picture(), str(uuid.uuid4())

    def post(sha256: str) -> Any:
        form = {"file": (io.BytesIO(raw), "p.jpg"), "criterion": play.codes()[0], "op_id": op_id, "sha256": sha256}
        return client.post(f"/api/v1/inspections/{play.id}/photos", data=form)

    answer = post("0" * 64)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo-damaged")
    assert db.session.query(Evidence).count() == 0
    assert post(hashlib.sha256(raw).hexdigest()).status_code == 201
