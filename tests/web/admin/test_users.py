"""Ghali looks after the accounts, Hind looks on, the others do not see the door."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.models import AuditEvent, User, db
from inspect_app.services import audit
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person, sign_in
from tests.web.account.door import give_authenticator

NEW = {
    "name": "Salma Idrissi", "name_ar": "سلمى", "email": "Salma@Miyar.test", "language": "fr", "body": "entraide",
    "roles": ["inspector"], "provinces": ["04.421"],
}  # fmt: skip


def test_ghali_opens_an_account_and_its_owner_is_invited_in_french(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_person("Ghali"))
    box = Path(app.config["MAIL_BOX"])
    before = set(box.glob("*.eml")) if box.exists() else set()
    assert client.get("/admin/users/new").status_code == 200
    answer = client.post("/admin/users/new", data=NEW)
    assert answer.status_code == 303, answer.text
    salma = db.session.scalars(select(User).where(User.email == "salma@miyar.test")).one()
    assert salma.password is None
    assert [scope.province_code for scope in salma.scopes] == ["04.421"]
    (letter,) = set(box.glob("*.eml")) - before
    assert b"salma@miyar.test" in letter.read_bytes()
    assert db.session.scalars(select(AuditEvent.verb).where(AuditEvent.chain == f"user/{salma.id}")).all() == [
        "user.created"
    ]


def test_all_faults_are_said_in_one_round(client: FlaskClient) -> None:
    sign_in(client, make_person("Ghali"))
    page = client.post("/admin/users/new?lang=en", data={**NEW, "name": "", "roles": []}).text
    assert "Please fill in this field." in page
    assert "Choose at least one role." in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["director", "inspector"]}, "holds no other role"),
        ({"roles": ["auditor", "administrator"]}, "holds no other role"),
        ({"roles": ["director"], "provinces": []}, "needs at least one institution"),
        ({"provinces": []}, "need a territory"),
        ({"institutions": "99.999-0001"}, "Not in the registry: 99.999-0001"),
        ({"email": "no address"}, "not a mail address"),
        ({"name": ""}, "Please fill in this field."),
        ({"name": "x" * 300}, "At most 200 characters"),
    ],
)
def test_faults_stand_at_their_field_and_what_was_typed_stays(
    client: FlaskClient, change: dict[str, object], said: str
) -> None:
    sign_in(client, make_person("Ghali"))
    page = client.post("/admin/users/new?lang=en", data={**NEW, **change})
    assert page.status_code == 422
    assert said in page.text
    assert "سلمى" in page.text


def test_an_address_is_taken_whatever_its_capitals(client: FlaskClient) -> None:
    make_person("Amina")
    sign_in(client, make_person("Ghali"))
    page = client.post("/admin/users/new?lang=en", data={**NEW, "email": "AMINA@miyar.test"})
    assert "There is an account with this mail address already." in page.text


def test_brahim_becomes_director_of_an_institution_by_its_number(client: FlaskClient) -> None:
    house = make_institution()
    sign_in(client, make_person("Ghali"))
    data = {**NEW, "roles": ["director"], "provinces": [], "institutions": house.code}
    assert client.post("/admin/users/new", data=data).status_code == 303
    salma = db.session.scalars(select(User).where(User.email == "salma@miyar.test")).one()
    assert [scope.institution_id for scope in salma.scopes] == [house.id]
    page = client.get(f"/admin/users/{salma.id}/edit")
    assert house.code in page.text


def test_ghali_changes_roles_and_territory(client: FlaskClient) -> None:
    amina = make_person("Amina", province="04.421")
    sign_in(client, make_person("Ghali"))
    assert client.get(f"/admin/users/{amina.id}/edit").status_code == 200
    was = amina.fs_uniquifier
    data = {"name": "Amina", "body": "health", "roles": ["coordinator"], "regions": ["04"]}
    assert client.post(f"/admin/users/{amina.id}/edit", data=data).status_code == 303
    assert [role.name for role in amina.roles] == ["coordinator"]
    assert [scope.region_code for scope in amina.scopes] == ["04"]
    assert amina.fs_uniquifier != was


def test_ghali_cannot_shut_himself_out(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    sign_in(client, ghali)
    for deed in ("close", "reset-second-factor"):
        client.post(f"/admin/users/{ghali.id}/{deed}")
    page = client.post(
        f"/admin/users/{ghali.id}/edit?lang=en",
        data={"name": "Ghali", "body": "solidarity", "roles": ["coordinator"], "national": "y"},
    )
    assert "Not on your own account" in page.text
    assert ghali.active
    assert [role.name for role in ghali.roles] == ["administrator"]


def test_ghali_closes_reopens_unlocks_and_takes_an_authenticator_off(client: FlaskClient) -> None:
    fatima = make_person("Fatima", national=True)
    give_authenticator(fatima)
    sign_in(client, make_person("Ghali"))
    client.post(f"/admin/users/{fatima.id}/reset-second-factor")
    assert fatima.tf_totp_secret is None
    client.post(f"/admin/users/{fatima.id}/close")
    assert not fatima.active
    client.post(f"/admin/users/{fatima.id}/reopen")
    assert fatima.active
    fatima.failed_sign_ins = 5
    client.post(f"/admin/users/{fatima.id}/unlock")
    assert fatima.failed_sign_ins == 0
    page = client.get(f"/admin/users/{fatima.id}?lang=en")
    assert "Account unlocked" in page.text
    assert client.post(f"/admin/users/{fatima.id}/promote").status_code == 404


def test_hind_reads_and_changes_nothing(client: FlaskClient) -> None:
    amina = make_person("Amina")
    sign_in(client, make_person("Hind", national=True))
    assert client.get("/admin/users").status_code == 200
    page = client.get(f"/admin/users/{amina.id}")
    assert page.status_code == 200
    assert "/close" not in page.text
    assert client.get("/admin/users/new").status_code == 403
    for deed in ("close", "reopen", "unlock", "reset-second-factor", "invite"):
        assert client.post(f"/admin/users/{amina.id}/{deed}").status_code == 403
    assert client.post(f"/admin/users/{amina.id}/edit", data={"name": "x"}).status_code == 403
    assert amina.active


@pytest.mark.parametrize("name", ["Amina", "Brahim", "Chaimae", "Fatima", "Ilyas", "Karim"])
def test_the_others_see_neither_people_nor_journal(client: FlaskClient, name: str) -> None:
    person = make_person(name)
    sign_in(client, person)
    for path in ("/admin/users", f"/admin/users/{person.id}", "/admin/users/new", "/admin/audit"):
        assert client.get(path).status_code == 403


def test_people_are_found_by_name_role_region_and_state(client: FlaskClient) -> None:
    make_person("Amina", province="04.421")
    make_person("Fatima", national=True)
    make_person("Driss", region="03", password=None)
    make_person("Brahim", institution=make_institution())
    sign_in(client, make_person("Ghali"))

    def found(**query: str) -> set[str]:
        page = client.get("/admin/users", query_string={"lang": "en", **query}).text
        return {name for name in ("Amina", "Brahim", "Driss", "Fatima", "Ghali") if f"{name.lower()}@" in page}

    assert found() == {"Amina", "Brahim", "Driss", "Fatima", "Ghali"}
    assert found(q="amin") == {"Amina"}
    assert found(q="أمينة") == {"Amina"}
    assert found(q="fatima@miyar") == {"Fatima"}
    assert found(role="director") == {"Brahim"}
    assert "Amina" in found(region="04")
    assert "Fatima" not in found(region="04")
    assert found(region="03") == {"Driss"} | ({"Brahim"} & found(region="03"))
    assert found(state="invited") == {"Driss"}
    assert found(role="nonsense", page="-3") == {"Amina", "Brahim", "Driss", "Fatima", "Ghali"}
    assert found(q="%") == set()


def test_hind_reads_the_journal(client: FlaskClient) -> None:
    amina = actor_of(make_person("Amina"))
    for number in range(60):
        audit.record(amina, "answers.saved", chain="inspection/1", criterion=f"C{number}", note="<b>ملاحظة</b>")
    audit.record(None, "user.signed_in", chain="user/9")
    db.session.commit()
    sign_in(client, make_person("Hind", national=True))
    page = client.get("/admin/audit?lang=en")
    assert page.status_code == 200
    assert "Signed in" in page.text
    assert "<b>ملاحظة" not in page.text
    second = client.get("/admin/audit?chain=inspection/1&page=2&lang=en")
    assert "inspection/1 #1<" in second.text
    assert "every seal was checked" in second.text
    assert "inspection/1" not in client.get("/admin/audit?verb=user.signed_in").text.split("<tbody>")[1]
    assert "No event fits" in client.get("/admin/audit?actor=nobody&lang=en").text
    for query in ("since=2026-13-40", "until=9999-12-31", "since=2999-01-01&until=1900-01-01", "page=x"):
        assert client.get(f"/admin/audit?{query}").status_code == 200
