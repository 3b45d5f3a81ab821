"""Labels of stored codes: one folder, one file per family. Templates write ``code|word("category")``."""

from flask_babel import LazyString

from inspect_app.web.words import agreement, audit, decisions, inspections, institutions, people, plans, scores
from inspect_app.web.words.audit import field_name, field_value

WORDS: dict[str, dict[str, LazyString]] = {
    **institutions.WORDS,
    **people.WORDS,
    **inspections.WORDS,
    **scores.WORDS,
    **plans.WORDS,
    **audit.WORDS,
    **agreement.WORDS,
    **decisions.WORDS,
}


def word(code: str | None, family: str) -> str:
    """The label of a code in the reader's language; a dash for none. An unknown family or code fails in tests."""
    if code is None or code == "":
        return "—"
    return str(WORDS[family][str(code)])


def choices(family: str, *, empty: str | LazyString | None = None) -> list[tuple[str, str | LazyString]]:
    """The family as choices of a select field."""
    rows: list[tuple[str, str | LazyString]] = list(WORDS[family].items())
    return [("", empty), *rows] if empty is not None else rows


__all__ = ["WORDS", "choices", "field_name", "field_value", "word"]
