"""All that the library may say is in our words, and the translator finds it."""

from flask import Flask
from flask.testing import FlaskClient
from flask_security.core import _default_messages

from inspect_app.web.access import LIBRARY_DOORS
from inspect_app.web.account import library_words
from tests.factories.users import make_person, sign_in


def test_no_sentence_of_the_library_is_left_out() -> None:
    ours = set(library_words.SENTENCES) | library_words.SILENT
    assert ours == set(_default_messages)
    assert not set(library_words.SENTENCES) & library_words.SILENT


def test_every_door_of_the_library_is_declared(app: Flask) -> None:
    registered = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    assert registered == {door for door in LIBRARY_DOORS if door.startswith("security.") and door != "security.static"}


def test_the_invited_choose_a_password_once(client: FlaskClient) -> None:
    from inspect_app.web.account import links

    driss = make_person("Driss", password=None)
    link = links.invitation(driss).removeprefix("http://localhost")
    form = client.get(link).location
    assert form.startswith("/new-password/")
    new = "four unlike words: cedar, kettle"
    assert client.post(form, data={"password": new, "password_confirm": new}).location == "/sign-in"
    assert driss.password
    assert client.get(link).location == "/sign-in"  # used
    assert client.get("/welcome/forged").location == "/sign-in"


def test_a_link_to_a_new_password_works_once_and_opens_a_closed_account(client: FlaskClient) -> None:
    from datetime import timedelta

    from flask_security.recoverable import generate_reset_password_token

    from inspect_app.adapters import clock

    amina = make_person("Amina")
    amina.locked_until = clock.now() + timedelta(hours=1)
    amina.failed_sign_ins = 5
    address = f"/new-password/{generate_reset_password_token(amina)}"
    new = "four unlike words: cedar, kettle"
    client.post(address, data={"password": new, "password_confirm": new})
    assert amina.locked_until is None
    again = "five other words: olive, ladder"
    client.post(address, data={"password": again, "password_confirm": again})
    assert client.post("/sign-in", data={"email": amina.email, "password": again}).status_code == 200
    assert client.post("/sign-in", data={"email": amina.email, "password": new}).status_code == 302


def test_own_account_says_who_one_is_in_three_languages(client: FlaskClient) -> None:
    amina = make_person("Amina", province="04.421")
    sign_in(client, amina)
    for language in ("ar", "fr", "en"):
        page = client.get(f"/account?lang={language}")
        assert page.status_code == 200
        assert "amina@miyar.test" in page.text
    client.post("/account/language", data={"language": "fr"})
    assert amina.language == "fr"
    assert '<html lang="fr"' in client.get("/account").text


def test_every_page_of_the_door_opens_in_three_languages(client: FlaskClient) -> None:
    for language in ("ar", "fr", "en"):
        for path in ("/sign-in", "/new-password"):
            assert client.get(f"{path}?lang={language}").status_code == 200
    sign_in(client, make_person("Amina"))
    for path in ("/account/password", "/account/address", "/account/second-step", "/sign-in/again"):
        assert client.get(path).status_code == 200
