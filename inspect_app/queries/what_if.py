"""The ground on which «what if?» is asked: the latest final result of an institution, with its answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspect_app.adapters.effort_files import load_effort
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring.way import Way
from inspect_app.domain.scoring.what_if import Stand
from inspect_app.models import Inspection
from inspect_app.queries.director import Visit, visits
from inspect_app.queries.frozen import checklist_of, rules_of
from inspect_app.queries.reports import answers_at


@dataclass(frozen=True)
class Ground:
    """A visit with a final report, and everything that its result follows from."""

    visit: Visit
    stand: Stand


def ground(seen: Sequence[Visit]) -> Ground | None:
    """The latest of these visits that has a final card; None where none has. ``seen`` stands newest first."""
    visit = next((one for one in seen if one.stage == "final"), None)
    if visit is None:
        return None
    answers = {
        code: AnswerInput(row.level, row.not_applicable) for code, row in answers_at(visit.inspection, "final").items()
    }
    return Ground(visit, stand_of(visit.inspection, answers))


def ground_of(actor: Actor, institution_id: int) -> Ground | None:
    """The same for an institution, of the visits that the actor may know of."""
    return ground(visits(actor, institution_id))


def stand_of(inspection: Inspection, answers: dict[str, AnswerInput]) -> Stand:
    """A visit with its frozen checklist, rules and facts."""
    return Stand(checklist_of(inspection), rules_of(inspection), answers, Facts.of(inspection.facts))


def least_work(found: Ground) -> tuple[Way, ...]:
    """The way to each higher level that asks for the least work, by the table of effort (policy)."""
    return found.stand.ways(load_effort().steps(found.stand.checklist))
