"""What every template may use: language, direction, formats, the person, and addresses of built files."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode

from babel import dates, numbers
from flask import Flask, current_app, request, url_for
from flask_security import current_user
from jinja2 import StrictUndefined, pass_context
from markupsafe import Markup

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.permissions import Permission
from inspect_app.domain.texts import Text
from inspect_app.web import languages, navigation, words
from inspect_app.web.access import current_actor


@lru_cache(maxsize=1)
def _manifest(path: str, stamp: float) -> dict[str, Any]:
    with open(path) as file:
        found: dict[str, Any] = json.load(file)
    return found


def built(source: str, kind: str = "file") -> Any:
    """Addresses of a front-end entry as Vite built it; ``kind`` is file, or css (in the direction of the page)."""
    folder = current_app.static_folder or ""
    path = f"{folder}/build/.vite/manifest.json"
    try:
        import os

        entry = _manifest(path, os.path.getmtime(path))[source]
    except (FileNotFoundError, KeyError):
        return [] if kind == "css" else ""
    if kind == "css":
        names = entry.get("css", [])
        if languages.direction(languages.language()) == "rtl":
            names = [name.removesuffix(".css") + ".rtl.css" for name in names]
        return [url_for("static", filename=f"build/{name}") for name in names]
    return url_for("static", filename=f"build/{entry['file']}")


def format_date(value: date | datetime | None, style: str = "long") -> str:
    """A date as Moroccans write it in the reader's language; a dash where there is none."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = value.astimezone(clock.CASABLANCA).date()
    return dates.format_date(value, format=style, locale=languages.choose())


def format_time(value: datetime | None) -> str:
    """Date, hour and minute in Morocco; nobody here waits for seconds."""
    if value is None:
        return "—"
    locale = languages.choose()
    day = dates.format_date(value.astimezone(clock.CASABLANCA).date(), format="medium", locale=locale)
    hour = dates.format_time(value, format="short", locale=locale, tzinfo=clock.CASABLANCA)
    return str(dates.get_datetime_format("medium", locale=locale)).replace("{1}", day).replace("{0}", hour)


def format_number(value: int | Decimal | None, digits: int | None = None) -> str:
    """A number with the language's separators and Western digits."""
    if value is None:
        return "—"
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=languages.choose())


def left_to_right(value: str) -> str:
    """A version such as 2027-1 in one piece: after an Arabic word it would be read as 1-2027. Also good in attributes."""
    return f"\u2066{value}\u2069" if languages.direction(languages.language()) == "rtl" else value


def decimals(arithmetic: str) -> str:
    """A line of arithmetic with the decimal comma of Arabic and French; it has no other dot."""
    return arithmetic if languages.language() == "en" else arithmetic.replace(".", ",")


def format_percent(value: Decimal | str | None, digits: int = 1) -> Markup | str:
    """A percentage given as 0–100 (cards carry it as text), in one piece whatever the direction of the line."""
    if value is None:
        return "—"
    value = Decimal(value)
    return Markup('<bdi class="percent">{}&nbsp;%</bdi>').format(format_number(value, digits))


def page_address(**changes: Any) -> str:
    """This page's address with some query arguments changed (None removes one); values given twice stay so."""
    args: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    args = {k: v for k, v in args.items() if v is not None}
    query = urlencode(args, doseq=True)
    return request.script_root + request.path + (f"?{query}" if query else "")


def in_my_language(text: Text | Mapping[str, str] | None) -> str:
    """A text of the checklist or of a card in the reader's language."""
    if text is None:
        return ""
    return (text if isinstance(text, Text) else Text.of(text)).get(languages.language())


def text_language(text: Text | Mapping[str, str] | None) -> str:
    """The language in which ``in_my_language`` answers, for the ``lang`` attribute of what it wrote."""
    wanted = languages.language()
    data = text.as_dict() if isinstance(text, Text) else (text or {})
    return next((code for code in (wanted, "fr", "ar") if data.get(code)), wanted)


def when_shown(said: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is asked each time a page is shown.

    Jinja works ``"locked"|word("account_state")`` out once, when it compiles the template: whoever came first would
    choose the language for everybody after. What needs the context is left for later.
    """

    @pass_context
    @wraps(said)
    def asked(_context: Any, *args: Any, **kwargs: Any) -> Any:
        return said(*args, **kwargs)

    return asked


def _may(permission: str) -> bool:
    return bool(current_user.is_authenticated and current_actor().may(Permission(permission)))


def _actor() -> Actor | None:
    return current_actor() if current_user.is_authenticated else None


def bind(app: Flask) -> None:
    """Filters, globals, and undefined names that fail."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    spoken: dict[str, Callable[..., Any]] = {
        "date": format_date,
        "time": format_time,
        "number": format_number,
        "percent": format_percent,
        "ltr": left_to_right,
        "decimals": decimals,
        "word": words.word,
        "field_name": words.field_name,
        "field_value": words.field_value,
        "text": in_my_language,
        "text_lang": text_language,
    }
    app.jinja_env.filters.update({name: when_shown(said) for name, said in spoken.items()})
    app.jinja_env.globals.update(built=built, page_address=page_address, may=_may, actor=_actor)
    app.jinja_env.globals.update(navigation=navigation.navigation, exists=navigation.exists)

    @app.context_processor
    def _language() -> dict[str, Any]:
        code = languages.language()
        return {
            "lang": code,
            "dir": languages.direction(code),
            "language_names": languages.NAMES,
            "demonstration": app.config.get("DEMONSTRATION", False),
        }
