"""Letters leave, or their failure is written down and nothing else happens."""

import email
import smtplib
from email import policy
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.adapters import mail


def _newest(box: Path) -> email.message.EmailMessage:
    letter = max(box.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    found = email.message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def test_a_letter_in_arabic_lies_in_the_box_for_its_owner_alone(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path / "mail")
    assert mail.send("amina@miyar.test", "حسابكم في معيار", "مرحبا،\nhttp://localhost/welcome/x")
    letter = _newest(tmp_path / "mail")
    assert letter["To"] == "amina@miyar.test"
    assert letter["Subject"] == "حسابكم في معيار"
    assert "مرحبا" in letter.get_content()
    (file,) = (tmp_path / "mail").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_subject_of_two_lines_adds_no_header(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path)
    assert mail.send("amina@miyar.test", "Hello\r\nBcc: thief@evil.example", "text")
    assert _newest(tmp_path)["Bcc"] is None


def test_an_address_of_two_lines_is_refused(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path)
    assert not mail.send("amina@miyar.test\r\nBcc: thief@evil.example", "Hello", "text")
    assert list(tmp_path.iterdir()) == []


def test_a_box_that_cannot_be_written_does_not_fail_the_deed(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path / "file")
    assert mail.send("amina@miyar.test", "Hello", "text") is False


def test_a_server_that_is_away_does_not_fail_the_deed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
    monkeypatch.setitem(app.config, "MAIL_PORT", "1")
    assert mail.send("amina@miyar.test", "Hello", "text") is False


def test_letters_go_to_the_server_encrypted_unless_told_otherwise(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    class Server:
        def __init__(self, host: str, port: int, **_more: object) -> None:
            done.append(f"{host}:{port}")

        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *_error: object) -> None:
            done.append("quit")

        def starttls(self, **_more: object) -> None:
            done.append("starttls")

        def login(self, name: str, _password: str) -> None:
            done.append(f"login {name}")

        def send_message(self, letter: email.message.EmailMessage) -> None:
            done.append(str(letter["From"]))

    monkeypatch.setattr(smtplib, "SMTP", Server)
    for key, value in {
        "MAIL_SERVER": "smtp.test",
        "MAIL_USERNAME": "miyar",
        "MAIL_SENDER": "no-reply@miyar.test",
    }.items():
        monkeypatch.setitem(app.config, key, value)
    assert mail.send("amina@miyar.test", "Hello", "text")
    assert done[:3] == ["smtp.test:587", "starttls", "login miyar"]
    assert "no-reply@miyar.test" in done[3]
