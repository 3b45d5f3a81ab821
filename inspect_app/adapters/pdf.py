"""HTML becomes a PDF: by WeasyPrint (default; tagged PDF/A-3u) or by pdfkit where wkhtmltopdf is installed.

A document reaches nothing but what it is given: ``picture:NAME`` is one of the pictures passed in, ``photo:SHA256`` a
photograph in our storage, made smaller for paper. Any other address, or a photograph that is missing, ends the
rendering: an official document is never issued with a hole in it. No JavaScript runs in either engine.
"""

import base64
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app
from PIL import Image

from inspect_app.adapters import apart, files

ENGINES = ("weasyprint", "pdfkit")
#: Longest side of a photograph on paper, in pixels: 60 mm at 300 dpi.
_PHOTO_SIDE = 720
#: Seconds that a document may take; the server gives up on a request after 60.
_PATIENCE = 50.0
_ADDRESS = re.compile(r"(?:picture|photo):[\w.-]+")


class PdfError(Exception):
    """The document could not be made; the message says which part was at fault."""


@dataclass(frozen=True)
class Picture:
    """A picture that a document may show."""

    data: bytes
    media_type: str


@dataclass(frozen=True)
class Made:
    """A finished document and the engine, with its version, that made it."""

    data: bytes
    engine: str


def render(html: str, *, language: str, title: str, pictures: Mapping[str, Picture] | None = None) -> Made:
    """The document as PDF, by the engine of ``PDF_ENGINE``. Raises PdfError.

    ``language`` and ``title`` must be those of the HTML (``lang``, ``<title>``); pdfkit is told them apart.
    """
    engine = current_app.config["PDF_ENGINE"]
    if engine not in ENGINES:
        raise PdfError(f"PDF_ENGINE is «{engine}»; known: {', '.join(ENGINES)}")
    fetch = _fetcher(pictures or {})
    if engine == "weasyprint":
        return _weasyprint(html, fetch)
    return _pdfkit(html, fetch, language, title)


def _fetcher(pictures: Mapping[str, Picture]) -> Callable[[str], Picture]:
    def fetch(address: str) -> Picture:
        kind, _, name = address.partition(":")
        if kind == "picture" and name in pictures:
            return pictures[name]
        if kind == "photo":
            try:
                return Picture(for_paper(files.get(name)), "image/jpeg")
            except files.MissingFileError:
                raise PdfError(f"the storage has no photograph {name}") from None
        raise PdfError(f"a document may not load {address[:100]}")

    return fetch


def for_paper(data: bytes) -> bytes:
    """A photograph small enough for paper, as JPEG. Raises PdfError where it is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            # the decoder itself skips what would be thrown away
            picture.draft("RGB", (_PHOTO_SIDE, _PHOTO_SIDE))
            picture.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE), Image.Resampling.BILINEAR)
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=80)
    except (OSError, SyntaxError, ValueError):
        raise PdfError("a photograph in the storage cannot be decoded") from None
    return out.getvalue()


def _weasyprint(html: str, fetch: Callable[[str], Picture]) -> Made:
    """Printed by a child process that ends with the document: what the engine took, some 70 MB, is given back.

    The child is a copy of this process, in which the engine is loaded already. It is handed everything it may show and
    touches neither database nor storage nor connections.
    """
    import weasyprint

    # asked for here, faults included: a missing photograph is known before a page is laid out
    found = {address: fetch(address) for address in dict.fromkeys(_ADDRESS.findall(html))}

    def known(address: str) -> Picture:
        return found.get(address) or fetch(address)

    try:
        data = apart.run(lambda: _print(html, known), _PATIENCE)
    except apart.LostError:
        raise PdfError(f"no document after {_PATIENCE:.0f} seconds, or no memory for it") from None
    return Made(data, f"weasyprint {weasyprint.__version__}")


def _print(html: str, fetch: Callable[[str], Picture]) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                found = fetch(url)
            except PdfError as error:
                raise FatalURLFetchingError(str(error)) from error
            return URLFetcherResponse(url, found.data, {"Content-Type": found.media_type})

    try:
        data: bytes = weasyprint.HTML(string=html, url_fetcher=OwnFetcher()).write_pdf(
            pdf_variant="pdf/a-3u", pdf_tags=True, font_config=FontConfiguration()
        )
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    return data


def _pdfkit(html: str, fetch: Callable[[str], Picture], language: str, title: str) -> Made:
    import pdfkit

    path, version = _wkhtmltopdf()
    patched = "patched qt" in version
    if language == "ar" and not patched:
        raise PdfError(
            f"{version}, built without patched Qt, loses Arabic letters (docs/decisions/0005); "
            "install the build with patched Qt or set PDF_ENGINE=weasyprint"
        )

    def inline(match: re.Match[str]) -> str:
        found = fetch(match[0])
        return f"data:{found.media_type};base64,{base64.b64encode(found.data).decode()}"

    options: dict[str, Any] = {
        "page-size": "A4",
        "encoding": "UTF-8",
        "title": title,
        "margin-top": "20mm",
        "margin-bottom": "20mm",
        "margin-left": "18mm",
        "margin-right": "18mm",
        "disable-javascript": None,
        "disable-local-file-access": None,
        "load-error-handling": "ignore",
        "quiet": None,
    }
    if patched:
        # the unpatched build of distributions knows no footers and refuses nothing: it would print none
        options |= {"footer-center": "[page] / [topage]", "footer-font-size": "8"}
    try:
        data = pdfkit.from_string(
            re.sub(r'(?<=src=")' + _ADDRESS.pattern, inline, html),
            False,
            options=options,
            configuration=pdfkit.configuration(wkhtmltopdf=path),
        )
    except OSError as error:
        raise PdfError(f"wkhtmltopdf failed: {error}") from error
    return Made(data, f"pdfkit, {version}")


def _wkhtmltopdf() -> tuple[str, str]:
    path = shutil.which("wkhtmltopdf")
    if path is None:
        raise PdfError(
            "PDF_ENGINE is pdfkit, but wkhtmltopdf is not installed; install it or set PDF_ENGINE=weasyprint"
        )
    return path, _version(path)


@lru_cache(maxsize=4)
def _version(path: str) -> str:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    return done.stdout.strip() or "wkhtmltopdf"
