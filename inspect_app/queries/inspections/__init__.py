"""Questions about visits: which, whose, where they stand, what was answered."""

from inspect_app.queries.inspections.answers import (
    AnswerRow,
    answer_inputs,
    current_answers,
    disputed,
    evidence_of,
    photos,
    previous_answers,
    unanswered,
)
from inspect_app.queries.inspections.blind import hidden_from, second_side_open
from inspect_app.queries.inspections.deadlines import deadlines_of, is_late
from inspect_app.queries.inspections.double_ratings import (
    Compared,
    SecondRow,
    compared,
    double_rating_of,
    rated_by,
    rated_twice,
    second_ratings,
)
from inspect_app.queries.inspections.file import (
    Move,
    closed_by,
    hats,
    membership,
    moves,
    opened,
    places,
    situation,
    visible,
)
from inspect_app.queries.inspections.lists import Filters, open_visits, page_of
from inspect_app.queries.inspections.minutes import critical_findings, signatures_of, urgent, urgent_count
from inspect_app.queries.inspections.observations import Observed, observed
from inspect_app.queries.inspections.pack import Pack, pack
from inspect_app.queries.inspections.people import (
    Candidate,
    candidates,
    coordinators_of,
    directors_of,
    eligible,
    ministry_of,
)
from inspect_app.queries.inspections.receipts import receipt_for

__all__ = [
    "AnswerRow",
    "Candidate",
    "Compared",
    "Filters",
    "Move",
    "Observed",
    "Pack",
    "SecondRow",
    "answer_inputs",
    "candidates",
    "closed_by",
    "compared",
    "coordinators_of",
    "critical_findings",
    "current_answers",
    "deadlines_of",
    "directors_of",
    "disputed",
    "double_rating_of",
    "eligible",
    "evidence_of",
    "hats",
    "hidden_from",
    "is_late",
    "membership",
    "ministry_of",
    "moves",
    "observed",
    "open_visits",
    "opened",
    "pack",
    "page_of",
    "photos",
    "places",
    "previous_answers",
    "rated_by",
    "rated_twice",
    "receipt_for",
    "second_ratings",
    "second_side_open",
    "signatures_of",
    "situation",
    "unanswered",
    "urgent",
    "urgent_count",
    "visible",
]
