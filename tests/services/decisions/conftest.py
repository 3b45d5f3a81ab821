"""Paper is blank where a test is not about paper."""

import pytest

from inspect_app.adapters import pdf, signatures


@pytest.fixture
def blank_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are made at once and are not signed."""
    monkeypatch.setattr(pdf, "render", lambda html, **_more: pdf.Made(b"%PDF-1.7 " + html.encode(), "none"))
    monkeypatch.setattr(signatures, "sign", lambda data, **_more: data)
