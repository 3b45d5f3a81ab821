"""Sessions end: alone, at sign-out, everywhere at once; and what was typed is not lost by it."""

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.domain.roles import Role
from inspect_app.models import KeptForm, db
from inspect_app.services import users
from tests.factories.users import PASSWORD, actor_of, make_person, make_user, sign_in
from tests.web.account.door import code_now, give_authenticator, is_in, token_of, type_code, type_password


def _age(client: FlaskClient, *, began: float = 0, seen: float = 0) -> None:
    """Make the session older by so many hours."""
    with client.session_transaction() as session:
        session["began"] = session["began"] - 3600 * began
        session["seen"] = session["seen"] - 3600 * seen


@pytest.mark.parametrize(
    ("person", "began", "seen", "alive"),
    [
        ("Amina", 11, 11, True),
        ("Amina", 13, 13, False),
        ("Amina", 71, 0, True),
        ("Amina", 73, 0, False),
        ("Brahim", 11, 11, True),
        ("Fatima", 0.4, 0.4, True),
        ("Fatima", 0.6, 0.6, False),
        ("Ghali", 11.5, 0, True),
        ("Ghali", 12.5, 0, False),
    ],
)
def test_a_session_ends_after_its_time(
    client: FlaskClient, person: str, began: float, seen: float, alive: bool
) -> None:
    sign_in(client, make_person(person))
    _age(client, began=began, seen=seen)
    assert is_in(client) is alive
    if not alive:
        page = client.get("/sign-in?lang=en")
        assert "after a time without activity" in page.text


def test_working_keeps_the_session_alive(client: FlaskClient) -> None:
    sign_in(client, make_person("Fatima"))
    _age(client, seen=0.4)
    assert is_in(client)
    with client.session_transaction() as session:
        assert time.time() - session["seen"] < 60


def test_a_session_that_does_not_say_when_it_began_is_over(client: FlaskClient) -> None:
    amina = make_person("Amina")
    with client.session_transaction() as session:
        session["_user_id"] = amina.fs_uniquifier
    assert not is_in(client)


def test_an_office_session_without_second_step_is_over(client: FlaskClient) -> None:
    sign_in(client, make_person("Ghali"))
    with client.session_transaction() as session:
        session["second_factor"] = False
    assert not is_in(client)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app: Flask, client: FlaskClient) -> None:
    amina = make_person("Amina")
    type_password(client, amina)
    with client.session_transaction() as session:
        copy = dict(session)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copy)
    assert is_in(thief)
    assert client.post("/sign-out").status_code == 302
    assert not is_in(client)
    assert not is_in(thief)


def test_signing_out_here_leaves_the_other_device_alone(app: Flask, client: FlaskClient) -> None:
    amina = make_person("Amina")
    tablet = app.test_client()
    type_password(client, amina)
    type_password(tablet, amina)
    client.post("/sign-out")
    assert is_in(tablet)


def test_signing_out_everywhere_ends_the_other_device_too(app: Flask, client: FlaskClient) -> None:
    amina = make_person("Amina")
    tablet = app.test_client()
    type_password(client, amina)
    type_password(tablet, amina)
    client.post("/account/sign-out-everywhere")
    assert not is_in(client)
    assert not is_in(tablet)
    assert "you signed out elsewhere" in tablet.get("/sign-in?lang=en").text


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app: Flask, client: FlaskClient) -> None:
    amina = make_person("Amina")
    other = app.test_client()
    type_password(client, amina)
    type_password(other, amina)
    new = "four unlike words: cedar, kettle"
    answer = client.post(
        "/account/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    )
    assert answer.status_code == 302, answer.text
    assert is_in(client)
    assert not is_in(other)
    client.post("/sign-out")
    assert type_password(client, amina, new).status_code == 302


def test_ghali_changes_his_password_and_is_not_asked_for_a_code_again(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    type_password(client, ghali)
    type_code(client, code_now())
    new = "four unlike words: cedar, kettle"
    client.post("/account/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new})
    assert is_in(client)


@pytest.mark.parametrize("password", ["short-one", "aminaamina12", "aaaaaaaaaaaaaaaa", "password1234", "azerty123456"])
def test_easy_passwords_are_refused(client: FlaskClient, password: str) -> None:
    amina = make_person("Amina")
    sign_in(client, amina)
    answer = client.post(
        "/account/password",
        data={"password": PASSWORD, "new_password": password, "new_password_confirm": password},
    )
    assert answer.status_code == 200


def test_guessing_the_present_password_with_a_stolen_session_closes_the_account(client: FlaskClient) -> None:
    amina = make_person("Amina")
    sign_in(client, amina)
    new = "four unlike words: cedar, kettle"
    for _ in range(5):
        client.post("/account/password", data={"password": "guess", "new_password": new, "new_password_confirm": new})
    assert amina.locked_until is not None
    client.post("/account/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new})
    client.post("/sign-out")
    amina.locked_until = None
    assert type_password(client, amina).status_code == 302  # still the old one


def test_another_role_ends_the_sessions(client: FlaskClient) -> None:
    from inspect_app.domain.people import Scopes

    amina = make_person("Amina", province="04.421")
    ghali = make_person("Ghali")
    type_password(client, amina)
    assert is_in(client)
    users.change_user(
        actor_of(ghali), amina.id, name="Amina", name_ar="", body="entraide",
        roles=frozenset({Role.COORDINATOR}), scopes=Scopes(provinces=frozenset({"04.421"})),
    )  # fmt: skip
    assert not is_in(client)


def test_a_closed_account_is_out_at_once(client: FlaskClient) -> None:
    amina = make_person("Amina", province="04.421")
    type_password(client, amina)
    users.close_user(actor_of(make_person("Ghali")), amina.id)
    assert not is_in(client)


def test_what_chaimae_typed_is_kept_when_her_session_is_over(client: FlaskClient) -> None:
    chaimae = make_person("Chaimae", province="04.421")
    sign_in(client, chaimae)
    _age(client, began=13, seen=13)
    answer = client.post(
        "/account/language?lang=en", data={"language": "fr", "note": "كتبت كثيرا", "password": "secret"}
    )
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account/kept"
    assert "What you had typed is kept" in client.get(f"{answer.location}&lang=en").text
    assert chaimae.language == "ar"  # nothing was done meanwhile
    answer = type_password(client, chaimae, data={"next": "/account/kept"})
    page = client.get(answer.location)
    assert "كتبت كثيرا" in page.text
    assert "secret" not in page.text
    assert 'action="/account/language?lang=en"' in page.text
    client.post("/account/language", data={"language": "fr", "note": "كتبت كثيرا", "_kept": "1"})
    assert chaimae.language == "fr"
    assert client.get("/account/kept").status_code == 302  # sent, so forgotten


def test_what_chaimae_typed_is_not_shown_to_whoever_signs_in_next(client: FlaskClient) -> None:
    chaimae = make_person("Chaimae", province="04.421")
    sign_in(client, chaimae)
    _age(client, began=13, seen=13)
    client.post("/account/language", data={"note": "about her province"})
    type_password(client, make_person("Amina"), data={"next": "/account/kept"})
    assert client.get("/account/kept").status_code == 302
    assert db.session.scalars(select(KeptForm)).one().user_id == chaimae.id


def test_a_stranger_cannot_fill_our_tables_with_forms(client: FlaskClient) -> None:
    client.post("/account/language", data={"note": "x"})
    assert db.session.scalars(select(KeptForm)).all() == []


def test_a_form_from_before_a_new_sign_in_is_shown_to_be_sent_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    amina = make_person("Amina")
    sign_in(client, amina)
    old = token_of(client.get("/account"))
    sign_in(client, amina)
    ours = {"Origin": "http://localhost"}
    page = client.post("/account/language?lang=en", data={"language": "fr", "csrf_token": old}, headers=ours)
    assert page.status_code == 400
    assert "one press sends it again" in page.text
    assert amina.language == "ar"
    again = client.post(
        "/account/language", data={"language": "fr", "_kept": "1", "csrf_token": token_of(page)}, headers=ours
    )
    assert again.status_code == 303
    assert amina.language == "fr"


def test_a_form_sent_signed_out_is_shown_to_be_copied(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = client.post(
        "/account/language?lang=en",
        data={"note": "<b>long text</b>", "name_fr": "Dar Amal"},
        headers={"Origin": "http://localhost"},
    )
    assert page.status_code == 400
    assert "&lt;b&gt;long text&lt;/b&gt;" in page.text
    assert "Copy what you need" in page.text
    assert "Name in French" in page.text, "fields are called as on their page"


def test_sensitive_pages_ask_for_the_password_again_after_a_while(client: FlaskClient) -> None:
    amina = make_person("Amina")
    sign_in(client, amina)
    with client.session_transaction() as session:
        session["fs_paa"] = time.time() - 3600
    for path in ("/account/address", "/account/second-step"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in/again")
    assert client.post("/sign-in/again", data={"password": PASSWORD}).status_code == 302
    assert client.get("/account/address").status_code == 200


def test_somebody_who_must_have_a_second_step_cannot_take_it_off(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    sign_in(client, ghali)
    client.post("/account/second-step", data={"setup": "disable"})
    assert ghali.tf_totp_secret


def test_amina_may_set_a_second_step_up_and_take_it_off(app: Flask, client: FlaskClient) -> None:
    amina = make_user(Role.INSPECTOR)
    sign_in(client, amina)
    page = client.post("/account/second-step", data={"setup": "authenticator"})
    import re

    from passlib.totp import TOTP

    key = re.search(r"user-select-all\">([A-Z2-7-]+)<", page.text)
    address = re.search(r'action="(/account/second-step/[^"]+)"', page.text)
    assert key
    assert address
    code = TOTP(key=key[1].replace("-", "")).generate().token
    assert client.post(address[1], data={"code": code}).status_code == 302
    assert amina.tf_totp_secret
    assert is_in(client)
    client.post("/account/second-step", data={"setup": "disable"})
    assert amina.tf_totp_secret is None
    assert is_in(client)


def test_the_mail_address_changes_when_the_new_one_answers(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://miyar.example")
    from pathlib import Path

    amina = make_person("Amina")
    other = app.test_client()
    sign_in(client, amina)
    sign_in(other, amina)
    box = Path(app.config["MAIL_BOX"])
    before = set(box.glob("*.eml"))
    client.post("/account/address", data={"email": "amina.new@miyar.test"})
    assert amina.email == "amina@miyar.test"
    (letter,) = set(box.glob("*.eml")) - before
    import email
    import re
    from email import policy

    parsed = email.message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert parsed["To"] == "amina.new@miyar.test"
    link = re.search(r"https://miyar.example(/account/address/\S+)", parsed.get_content())
    assert link
    client.get(link[1])
    assert amina.email == "amina.new@miyar.test"
    assert is_in(client)
    assert not is_in(other)
    assert client.get(link[1]).status_code == 302  # a second time it does nothing


def test_what_chaimae_typed_while_she_was_signed_out_elsewhere_is_shown_to_copy(
    app: Flask, client: FlaskClient
) -> None:
    chaimae = sign_in(client, make_person("Chaimae", region="04"))
    other = app.test_client()
    sign_in(other, chaimae)
    other.post("/account/sign-out-everywhere")
    ours = {"Origin": "http://localhost"}
    form = {"name_ar": "دار", "category": "children", "csrf_token": "x"}
    answer = client.post("/institutions/new?lang=en", data=form, headers=ours)
    assert answer.status_code == 401
    assert "Copy what you need" in answer.text
    assert "دار" in answer.text
    assert "Abandoned children" in answer.text
    assert "دار" not in client.post("/institutions/new", data=form, headers={"Origin": "http://evil.example"}).text
