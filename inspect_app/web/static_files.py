"""Built files: compressed once at build time, kept for a year where the name carries a hash."""

import re
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

_HASHED = re.compile(r"/build/assets/.+-[\w-]{8}(\.rtl)?\.\w+$")


def _kept_for_ever(_path: str, url: str) -> bool:
    return bool(_HASHED.search(url))


def bind(app: Flask) -> None:
    """Serve the build folder before Flask is asked. Without a build (tests of the server alone) nothing is bound."""
    folder = Path(app.static_folder or "") / "build"
    if folder.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=str(folder),
            prefix="static/build/",
            max_age=3600,
            immutable_file_test=_kept_for_ever,
            allow_all_origins=False,
            add_headers_function=_headers,
        )


def _headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
