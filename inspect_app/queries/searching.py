"""One word of a search box, as a condition on institutions."""

from sqlalchemy import ColumnElement, func, or_

from inspect_app.models import Institution


def speaks_of(part: str) -> ColumnElement[bool]:
    """Whether the institution's names, association, commune or number hold a folded word.

    A word that begins with a digit may be a registry number typed without its full stop (04421 for 04.421).
    """
    whole = Institution.search_text.contains(part, autoescape=True)
    if not part[:1].isdigit() or "." in part:
        return whole
    return or_(whole, func.replace(Institution.search_text, ".", "").contains(part, autoescape=True))
