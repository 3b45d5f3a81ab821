"""Signing in as people do, and as attackers try."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.roles import Role
from inspect_app.models import AuditEvent, User, db
from tests.factories.users import PASSWORD, make_person, make_user, sign_in
from tests.web.account.door import code_now, give_authenticator, is_in, token_of, type_code, type_password


def _verbs(user: User) -> list[str]:
    return list(
        db.session.scalars(
            select(AuditEvent.verb).where(AuditEvent.chain == f"user/{user.id}").order_by(AuditEvent.seq)
        )
    )


def test_amina_signs_in_with_her_password_and_it_is_written_down(client: FlaskClient) -> None:
    amina = make_person("Amina", province="04.421")
    answer = type_password(client, amina)
    assert answer.status_code == 302
    assert answer.location == "/"
    assert is_in(client)
    assert _verbs(amina) == ["user.signed_in"]
    assert amina.last_sign_in_at is not None


def test_fatima_is_asked_to_tie_an_authenticator_before_anything_else(client: FlaskClient) -> None:
    fatima = make_person("Fatima", national=True)
    answer = type_password(client, fatima)
    assert answer.location == "/account/second-step"
    assert not is_in(client)
    page = client.get("/account/second-step?lang=en")
    assert "Your role asks for it" in page.text
    page = client.post("/account/second-step", data={"setup": "authenticator"})
    assert "data:image/svg" in page.text
    with client.session_transaction() as session:
        from passlib.totp import TOTP

        from inspect_app.web.account.security_settings import security

        key = security._totp_factory._totp.from_source(session["tf_totp_secret"]).base32_key
    wrong = type_code(client, "000000")
    assert "data:image/svg" in wrong.text, "she can still let the telephone read the picture"
    assert security._totp_factory.get_totp_pretty_key(session["tf_totp_secret"]) in wrong.text
    assert type_code(client, str(TOTP(key=key).generate().token)).status_code == 302
    assert "recovery codes now" in client.get("/account?lang=en").text
    assert is_in(client)
    assert fatima.tf_totp_secret
    assert "user.second_factor_set" in _verbs(fatima)


@pytest.mark.parametrize("role", [Role.MINISTRY_OFFICER, Role.SIGNATORY, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_password_alone_does_not_open_an_office_account(client: FlaskClient, role: Role) -> None:
    type_password(client, make_user(role, national=True))
    assert not is_in(client)


def test_ghali_signs_in_with_a_code_in_arabic_digits(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    assert type_password(client, ghali).location == "/sign-in/code"
    assert not is_in(client)
    arabic = code_now().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert type_code(client, f"{arabic[:3]} {arabic[3:]}").status_code == 302
    assert is_in(client)


def test_a_code_seen_over_the_shoulder_opens_nothing_a_second_time(app: Flask, client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    code = code_now()
    type_password(client, ghali)
    type_code(client, code)
    assert is_in(client)
    thief = app.test_client()
    type_password(thief, ghali)
    assert type_code(thief, code).status_code == 200
    assert not is_in(thief)
    type_code(thief, code_now(-1))  # nor an older one
    assert not is_in(thief)
    assert type_code(thief, code_now(1)).status_code == 302


def test_five_wrong_passwords_close_the_account_and_the_right_one_no_longer_opens_it(client: FlaskClient) -> None:
    amina = make_person("Amina")
    for _ in range(5):
        assert type_password(client, amina, "wrong-wrong-wrong").status_code == 200
    closed = type_password(client, amina, data={"lang": "en"})
    assert not is_in(client)
    wrong = type_password(client, amina, "wrong-wrong-wrong")
    assert _said(closed.text) == _said(wrong.text)  # who guessed right does not learn it
    assert amina.locked_until is not None
    assert _verbs(amina).count("user.locked_out") == 1
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert type_password(client, amina).status_code == 302
        assert is_in(client)
    assert amina.failed_sign_ins == 0


def test_each_further_closing_lasts_twice_as_long(client: FlaskClient) -> None:
    amina = make_person("Amina")
    now = clock.now()
    waits = []
    for _ in range(3):
        with clock.frozen(now):
            for _ in range(6):  # the sixth is not counted: the account is closed
                type_password(client, amina, "wrong-wrong-wrong")
        assert amina.locked_until is not None
        waits.append((amina.locked_until - now) // timedelta(minutes=1))
        now = amina.locked_until + timedelta(seconds=1)
    assert waits == [15, 30, 60]


def test_wrong_codes_close_the_account_too_even_between_right_passwords(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    for _ in range(5):
        type_password(client, ghali)
        type_code(client, "000000")
    assert ghali.locked_until is not None
    type_password(client, ghali)
    type_code(client, code_now())
    assert not is_in(client)


def test_a_code_does_not_help_while_the_account_is_closed_after_the_password_was_right(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    type_password(client, ghali)
    for _ in range(5):
        type_code(client, "000000")
    type_code(client, code_now())
    assert not is_in(client)


def test_guessing_recovery_codes_closes_the_account(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    type_password(client, ghali)
    for _ in range(5):
        client.post("/sign-in/recovery-code", data={"code": "aaaa-bbbb-cccc"})
    assert ghali.locked_until is not None


def test_a_recovery_code_opens_once(client: FlaskClient) -> None:
    ghali = make_person("Ghali")
    give_authenticator(ghali)
    sign_in(client, ghali)
    page = client.post("/account/recovery-codes")
    import re

    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", page.text)
    assert len(codes) == 8
    assert codes[0] not in str(ghali.mf_recovery_codes)  # only a hash is stored
    client.post("/sign-out")
    for outcome in (True, False):
        type_password(client, ghali)
        client.post("/sign-in/recovery-code", data={"code": codes[0].upper()})
        assert is_in(client) is outcome
        client.post("/sign-out")
    assert "user.recovery_code_used" in _verbs(ghali)


def _said(page: str) -> str:
    start = page.index('role="alert"')
    return page[start : page.index("</div>", start)]


def test_the_door_says_the_same_whether_the_account_exists_or_not(client: FlaskClient) -> None:
    amina = make_person("Amina")
    closed = make_person("Brahim", active=False)
    invited = make_person("Driss", password=None)
    nobody = client.post("/sign-in", data={"email": "nobody@miyar.test", "password": PASSWORD})
    for answer in (
        type_password(client, amina, "wrong-wrong-wrong"),
        type_password(client, closed),
        type_password(client, invited),
    ):
        assert answer.status_code == nobody.status_code
        assert _said(answer.text) == _said(nobody.text)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.chain == "access")).all()
    assert [event.verb for event in events] == ["access.sign_in_refused"]
    assert "nobody" not in str(events[0].data)


def test_asking_for_a_new_password_says_the_same_whether_the_account_exists_or_not(client: FlaskClient) -> None:
    amina = make_person("Amina")
    texts = []
    for email in (amina.email, "nobody@miyar.test"):
        page = client.post("/new-password", data={"email": email})
        texts.append(page.text.replace(email, ""))
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "evil",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example", "\\\\evil.example", "%09//evil.example",
     "javascript:alert(1)", "https:evil.example", "/\t/evil.example", " //evil.example"],
)  # fmt: skip
def test_the_door_leads_nowhere_but_home(client: FlaskClient, evil: str) -> None:
    amina = make_person("Amina")
    for data, query in (({"next": evil}, {}), ({}, {"next": evil})):
        answer = type_password(client, amina, data=data, query_string=query)
        if answer.status_code == 302:
            assert answer.location.startswith("/")
            assert answer.location[1:2] not in ("/", "\\")
            assert "\t" not in answer.location
            client.post("/sign-out")


def test_after_the_door_amina_is_where_she_wanted_to_go(client: FlaskClient) -> None:
    amina = make_person("Amina")
    door = client.get("/account")
    assert door.location == "/sign-in?next=/account"
    page = client.get(door.location)
    assert 'value="/account"' in page.text
    assert type_password(client, amina, data={"next": "/account"}).location == "/account"


def test_a_session_planted_on_amina_is_worthless_after_she_signed_in(client: FlaskClient) -> None:
    amina = make_person("Amina")
    with client.session_transaction() as session:
        session.update(sid="planted", csrf_token="planted", second_factor=True, planted="yes", lang="fr")
    type_password(client, amina)
    with client.session_transaction() as session:
        assert session["sid"] != "planted"
        assert session.get("csrf_token") != "planted"
        assert "planted" not in session
        assert session["second_factor"] is False
        assert session["lang"] == "fr"


def test_a_form_without_our_token_is_refused(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    amina = make_person("Amina")
    type_password(client, amina)
    assert not is_in(client)
    sign_in(client, amina)
    forged = client.post("/account/language", data={"language": "fr"}, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 400
    assert amina.language == "ar"
    assert "evil" not in forged.text
    assert client.post("/sign-out").status_code != 500
    assert is_in(client)


def test_a_form_with_our_token_is_taken(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    amina = make_person("Amina")
    token = token_of(client.get("/sign-in"))
    type_password(client, amina, data={"csrf_token": token})
    assert is_in(client)


def test_a_machine_that_asks_for_many_new_passwords_is_slowed_down(tmp_path: Path) -> None:
    """In a server of its own: the limits are off for all other tests."""
    program = """
from inspect_app import create_app
from inspect_app.models import db
app = create_app({"MAIL_BOX": None, "WTF_CSRF_ENABLED": False, "SECURITY_PASSWORD_SCHEMES": ["argon2"]})
with app.app_context():
    db.create_all()
client = app.test_client()
print([client.post("/new-password", data={"email": f"nobody{n}@miyar.test"}).status_code for n in range(11)])
print(client.get("/new-password").status_code)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MIYAR_INSTANCE": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [str([200] * 10 + [429]), "200"]


def test_the_cookie_is_for_our_server_alone(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    answer = type_password(client, make_person("Amina"))
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    assert "remember_token" not in cookie


def test_the_headers_keep_others_out(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/tf-rescue", "/tf-select", "/mf-recovery-codes", "/confirm", "/us-signin"])
def test_doors_of_the_library_that_are_not_used_do_not_exist(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_nobody_makes_an_account_for_themselves(client: FlaskClient) -> None:
    answer = client.get("/register")  # the public register of institutions, not the library's page of that name
    assert (answer.status_code, answer.headers["Location"]) == (308, "http://localhost/register/")
    assert client.post("/register/", data={"email": "x@y.example", "password": PASSWORD}).status_code == 405
    assert "security.register" not in client.application.view_functions


def test_the_door_gives_no_tokens_to_machines(client: FlaskClient) -> None:
    amina = make_person("Amina")
    answer = client.post(
        "/sign-in?include_auth_token", json={"email": amina.email, "password": PASSWORD}, headers={"Accept": "application/json"}
    )  # fmt: skip
    assert "token" not in answer.text.replace("csrf_token", "") or not answer.is_json
    with client.application.test_request_context():
        token = amina.get_auth_token()
    fresh = client.application.test_client()
    assert fresh.get("/account", headers={"Authentication-Token": token}).status_code == 303
    assert fresh.get(f"/account?auth_token={token}").status_code == 303


def test_a_password_of_a_megabyte_is_refused_without_being_hashed(client: FlaskClient) -> None:
    amina = make_person("Amina")
    assert type_password(client, amina, "x" * 300_000).status_code == 200
    assert amina.failed_sign_ins == 0


def test_letters_do_not_trust_the_host_a_request_names(app: Flask, client: FlaskClient) -> None:
    amina = make_person("Amina")
    box = Path(app.config["MAIL_BOX"])
    before = set(box.glob("*.eml"))
    client.post("/new-password", data={"email": amina.email}, headers={"Host": "evil.example"})
    (letter,) = set(box.glob("*.eml")) - before
    import email
    from email import policy

    text = email.message_from_bytes(letter.read_bytes(), policy=policy.default).get_content()
    assert "evil.example" not in text
    assert "http://localhost/new-password/" in text
