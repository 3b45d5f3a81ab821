"""The shell of the tablet: the same bytes for everybody, kept on the device by its worker; data come from the API alone.

The worker's scope is ``/tablet/``. It keeps these pages and the files they name, and nothing else.
"""

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.web import context, languages
from inspect_app.web.access import public

pages = Blueprint("tablet", __name__, url_prefix="/tablet")
_ICONS = (("192", "any"), ("512", "any"), ("maskable-512", "maskable"))


@pages.get("/")
@public
def index() -> ResponseReturnValue:
    """In the language of the reader; without a network the worker answers here."""
    return redirect(url_for(".shell", language=languages.language()))


@pages.get("/<any(ar, fr, en):language>")
@public
def shell(language: str) -> ResponseReturnValue:
    """The page that starts the program. Asked again each time: the worker has the copy."""
    answer = Response(_page(), content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/<any(ar, fr, en):language>/manifest.webmanifest")
@public
def manifest(language: str) -> ResponseReturnValue:
    """What a device needs to put the tablet among its programs."""
    icons = [
        {
            "src": context.built(f"tablet-{size}.png"),
            "sizes": "{0}x{0}".format(size.split("-")[-1]),
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in _ICONS
    ]
    body = {
        "id": "/tablet/",
        "name": _("Miyar: visits"),
        "short_name": _("Miyar"),
        "description": _("Answer visits for days without a network."),
        "lang": language,
        "dir": languages.direction(language),
        "start_url": url_for(".index"),
        "scope": url_for(".index"),
        "display": "standalone",
        "background_color": "#fbfbf9",
        "theme_color": "#0b3d35",
        "icons": icons,
    }
    answer = Response(json.dumps(body, ensure_ascii=False), content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker, with the fingerprint of each shell: it changes when they do, and devices then fetch anew."""
    path = Path(current_app.static_folder or "") / "build" / "tablet-worker.js"
    if not path.is_file():
        abort(404)
    shells = {url_for(".shell", language=code): _fingerprint(code) for code in languages.NAMES}
    told = {"base": url_for("static", filename="build/"), "shells": shells, "index": url_for(".index")}
    answer = Response(
        f"self.__MIYAR={json.dumps(told, sort_keys=True)};\n{path.read_text()}", content_type="text/javascript"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _page() -> str:
    return render_template("tablet/shell.html", names=languages.NAMES)


def _fingerprint(language: str) -> str:
    """Of the page in that language, which stands in its address."""
    with current_app.test_request_context(url_for(".shell", language=language)):
        return hashlib.sha256(_page().encode()).hexdigest()[:16]
