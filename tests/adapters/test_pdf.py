"""Engines of paper: what they may reach, what they refuse, and how they say so."""

import io
import stat

import pytest
from PIL import Image

from inspect_app.adapters import files, pdf
from tests.factories.inspections import picture

PAGE = '<html lang="{lang}"><head><title>T</title></head><body><p>Bonjour</p>{more}</body></html>'


def page(lang: str = "fr", more: str = "") -> str:
    return PAGE.format(lang=lang, more=more)


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "picture:other.svg"]
)
def test_a_document_reaches_nothing_but_what_it_was_given(app, address):
    with pytest.raises(pdf.PdfError, match="may not load"):
        pdf.render(page(more=f'<img src="{address}">'), language="fr", title="T")


def test_a_missing_photograph_ends_the_document(app):
    with pytest.raises(pdf.PdfError, match="no photograph"):
        pdf.render(page(more=f'<img src="photo:{"0" * 64}">'), language="fr", title="T")


def test_a_photograph_of_the_storage_is_printed_smaller(app):
    sha256 = files.put(picture(size=(2400, 1800)))
    made = pdf.render(page(more=f'<img alt="" src="photo:{sha256}">'), language="fr", title="T")
    assert made.data.startswith(b"%PDF-1.7")
    assert b"/Width 720" in made.data
    assert made.engine.startswith("weasyprint ")


def test_a_photograph_for_paper_keeps_its_proportions():
    with Image.open(io.BytesIO(pdf.for_paper(picture(size=(300, 2000))))) as small:
        assert small.size == (108, 720)


def test_an_unknown_engine_is_named(app, monkeypatch):
    monkeypatch.setitem(app.config, "PDF_ENGINE", "quill")
    with pytest.raises(pdf.PdfError, match="quill"):
        pdf.render(page(), language="fr", title="T")


def test_pdfkit_without_wkhtmltopdf_says_what_to_do(app, monkeypatch):
    monkeypatch.setitem(app.config, "PDF_ENGINE", "pdfkit")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(pdf.PdfError, match="PDF_ENGINE=weasyprint"):
        pdf.render(page(), language="fr", title="T")


def a_wkhtmltopdf(folder, monkeypatch, version: str) -> None:
    """A program that answers like wkhtmltopdf: its version, or a document that repeats arguments and input."""
    path = folder / "wkhtmltopdf"
    path.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" && exit\necho "%PDF-1.4 $*"\ncat\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_pdfkit_with_patched_qt_numbers_pages_runs_no_scripts_and_reads_no_files(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "PDF_ENGINE", "pdfkit")
    a_wkhtmltopdf(tmp_path, monkeypatch, "wkhtmltopdf 0.12.6.1 (with patched qt)")
    made = pdf.render(
        page("ar", '<img src="picture:a.svg">'),
        language="ar",
        title="T",
        pictures={"a.svg": pdf.Picture(b"<svg/>", "image/svg+xml")},
    )
    said = made.data.decode()
    assert "[page] / [topage]" in said
    assert "--disable-javascript" in said
    assert "--disable-local-file-access" in said
    assert "data:image/svg+xml;base64,PHN2Zy8+" in said
    assert made.engine == "pdfkit, wkhtmltopdf 0.12.6.1 (with patched qt)"


def test_pdfkit_without_patched_qt_prints_french_and_refuses_to_lose_arabic_letters(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "PDF_ENGINE", "pdfkit")
    a_wkhtmltopdf(tmp_path, monkeypatch, "wkhtmltopdf 0.12.6")
    assert b"topage" not in pdf.render(page(), language="fr", title="T").data
    with pytest.raises(pdf.PdfError, match="loses Arabic letters"):
        pdf.render(page("ar"), language="ar", title="T")
