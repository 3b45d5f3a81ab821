"""Built files: found by their entry, in the direction of the page, compressed, kept for a year."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from inspect_app.web.context import built

_BUILT = Path(__file__).resolve().parents[2] / "inspect_app/static/build/.vite/manifest.json"
pytestmark = pytest.mark.skipif(not _BUILT.exists(), reason="the front end is not built")


def test_a_page_from_right_to_left_gets_its_own_style_sheet(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        assert built("main.ts", "css")[0].endswith(".rtl.css")
    with app.test_request_context("/?lang=fr"):
        assert not built("main.ts", "css")[0].endswith(".rtl.css")


def _fetch(client: FlaskClient, name: str, encoding: str = "br") -> tuple[bytes, Headers]:
    with client.get(name, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.status_code == 200, name
        return answer.data, answer.headers


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_every_file_a_page_names_is_there_compressed_and_kept(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/?lang={lang}").text
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert any(name.endswith(".css") for name in files)
    for name in files:
        _data, headers = _fetch(client, name)
        assert "immutable" in headers["Cache-Control"], name
        assert headers["Content-Encoding"] == "br", name


def test_the_front_page_fits_a_slow_line(client: FlaskClient) -> None:
    """200 kB on first load (3 s, 50 kB/s line): page, style, script, icons and the four fonts at worst."""
    total = len(_fetch(client, "/?lang=ar")[0])
    names = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/?lang=ar").text))
    style = next(name for name in names if name.endswith(".css"))
    fonts = re.findall(r"url\(\.?/?([\w./-]+\.woff2)", _fetch(client, style, "identity")[0].decode())
    assert fonts
    names |= {f"/static/build/assets/{Path(font).name}" for font in fonts}
    for name in names:
        total += len(_fetch(client, name)[0])
    assert total <= 200_000


def test_nothing_of_another_host_is_asked_for(client: FlaskClient) -> None:
    page = client.get("/").text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "<style" not in page
    assert "style=" not in page
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page)
