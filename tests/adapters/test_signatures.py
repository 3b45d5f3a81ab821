"""Signatures on documents: whole, verified against the authority that made them, broken by a changed byte."""

import asyncio
import io
import stat
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from inspect_app.adapters import signatures


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A document of one empty page."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_a_signed_document_verifies(app: Flask, paper: bytes) -> None:
    found = signatures.verify(signatures.sign(paper, name="Karim", reason="Decision 2026/0001"))
    assert found is not None
    assert found.good
    assert found.signer == "Miyar test signature: binds nobody"


def test_a_document_is_signed_and_verified_inside_a_running_loop_of_events(app: Flask, paper: bytes) -> None:
    async def inside() -> signatures.Verified | None:
        return signatures.verify(signatures.sign(paper, name="Fatima", reason="A decision"))

    found = asyncio.run(inside())
    assert found is not None
    assert found.good


def test_a_document_without_a_signature_has_none(app: Flask, paper: bytes) -> None:
    assert signatures.verify(paper) is None


def test_a_changed_byte_is_seen(app: Flask, paper: bytes) -> None:
    signed = bytearray(signatures.sign(paper, name="Karim", reason="Decision 2026/0001"))
    at = signed.index(b"MediaBox") + 12
    signed[at] = ord("9") if signed[at] != ord("9") else ord("8")
    found = signatures.verify(bytes(signed))
    assert found is not None
    assert not found.intact


def test_what_is_added_after_the_signature_is_seen(app: Flask, paper: bytes) -> None:
    signed = signatures.sign(paper, name="Karim", reason="Decision 2026/0001")
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    found = signatures.verify(out.getvalue())
    assert found is None or not found.good


def test_another_authority_is_not_trusted(
    app: Flask, paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = signatures.sign(paper, name="Karim", reason="Decision 2026/0001")
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)
    found = signatures.verify(signed)
    assert found is not None
    assert found.intact
    assert not found.trusted


def test_the_key_is_readable_by_its_owner_alone_and_made_once(app: Flask, paper: bytes) -> None:
    signatures.sign(paper, name="Karim", reason="x")
    key = Path(app.config["INSTANCE"]) / "signing" / "signer.p12"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    signatures.sign(paper, name="Karim", reason="x")
    assert key.read_bytes() == before


def test_the_ministrys_own_certificate_is_used_where_there_is_one(
    app: Flask, paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signatures.sign(paper, name="Karim", reason="x")
    own = Path(app.config["INSTANCE"]) / "signing"
    monkeypatch.setitem(app.config, "SIGNING_PKCS12", str(own / "signer.p12"))
    monkeypatch.setitem(app.config, "SIGNING_PASSWORD", "miyar-test-authority")
    monkeypatch.setitem(app.config, "SIGNING_AUTHORITY", str(own / "authority.pem"))
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)
    assert not signatures.is_test()
    found = signatures.verify(signatures.sign(paper, name="Karim", reason="x"))
    assert found is not None
    assert found.good


def test_a_wrong_password_is_said(app: Flask, paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    signatures.sign(paper, name="Karim", reason="x")
    monkeypatch.setitem(app.config, "SIGNING_PKCS12", str(Path(app.config["INSTANCE"]) / "signing" / "signer.p12"))
    monkeypatch.setitem(app.config, "SIGNING_PASSWORD", "wrong")
    with pytest.raises(signatures.SignatureError):
        signatures.sign(paper, name="Karim", reason="x")
