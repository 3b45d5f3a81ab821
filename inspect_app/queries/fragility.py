"""On which answers the level of a visit hangs, for whoever reads it a second time."""

from collections.abc import Collection, Sequence

from inspect_app.domain.actors import Actor
from inspect_app.domain.inspections import State
from inspect_app.domain.scoring.fragility import Fragility, fragility
from inspect_app.models import Inspection
from inspect_app.queries.inspections import hidden_from
from inspect_app.queries.scorecards import answers_of
from inspect_app.queries.what_if import stand_of


def fragility_of(inspection: Inspection, without: Collection[str] = ()) -> Fragility:
    """The answers, as they stand now, on which the level hangs; ``without`` those that must not be seen yet."""
    answers = {code: answer for code, answer in answers_of(inspection.id).items() if code not in without}
    stand = stand_of(inspection, answers)
    return fragility(stand.checklist, stand.rules, stand.answers, stand.facts)


def to_read_with_care(actor: Actor, visits: Sequence[Inspection]) -> dict[int, int]:
    """Of these visits those that wait for the actor's second reading and hang on single answers: how many, by id."""
    found = {}
    for visit in visits:
        if visit.state == State.SUBMITTED and any(
            one.user_id == actor.user_id and one.duty == "second_reading" and one.conflict == "none"
            for one in visit.reviewers
        ):
            criteria = fragility_of(visit, hidden_from(actor, visit.id)).criteria
            if criteria:
                found[visit.id] = len(criteria)
    return found
