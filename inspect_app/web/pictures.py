"""The picture of an institution's past results: the director's desk and the registry show the same."""

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from inspect_app.adapters.charts import Visit, history_chart
from inspect_app.queries import director as results
from inspect_app.queries.frozen import rules_of
from inspect_app.web.context import format_date, format_number
from inspect_app.web.languages import language
from inspect_app.web.words import word

#: As many as a phone shows without dates touching.
_MOST = 5


def history_picture(visits: Sequence[results.Visit]) -> Markup | None:
    """The scores of the last final results as SVG; None where there is none. ``visits``: newest first."""
    finals = [v for v in reversed(visits) if v.stage == "final" and v.card.score is not None][-_MOST:]
    if not finals:
        return None
    points = [Visit(f"{v.on:%m/%Y}", v.card.score) for v in finals if v.card.score is not None]
    levels = [(level.threshold, word(level.code, "level")) for level in rules_of(finals[-1].inspection).levels]
    said = [f"{format_date(v.on)}: {format_number(v.card.score, 2)}" for v in finals]
    svg = history_chart(
        points, language(), levels=levels, title=_("Score of each visit, in percent"), description="; ".join(said)
    )
    return Markup(svg)  # noqa: S704 - drawn by us, every text escaped by the writer of XML
