"""Templates of documents: always escaped, undefined names fail, labels and formats in the language of the document."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from inspect_app.config import ROOT
from reports.formats import LOCALES, Formats, direction


def render(template: str, language: str, context: Mapping[str, Any]) -> str:
    """The HTML of a document. ``code|word("family")`` is the application's own table of labels."""
    with force_locale(LOCALES[language]):
        return _environment(language).get_template(template).render(context)


@lru_cache(maxsize=4)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    formats = Formats(language)
    for name in ("date", "number", "decimals", "percent", "text", "typed", "name", "plain", "css_string", "isolated"):
        environment.filters[name] = getattr(formats, name)
    environment.filters["word"] = word
    right_to_left = direction(language) == "rtl"
    environment.globals.update(
        _=gettext,
        ngettext=ngettext,
        lang=language,
        dir=direction(language),
        start="right" if right_to_left else "left",
        end="left" if right_to_left else "right",
    )
    return environment


def word(code: str | None, family: str) -> str:
    """The label of a code, from the application's own table, in the language of the moment."""
    context = None  # the filter is asked outside of a page
    return str(current_app.jinja_env.filters["word"](context, code, family))
