"""Before and during the visit: declare interests, prepare, start, submit."""

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.inspections import ENDED, Event, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, move, text
from inspect_app.services.inspections.planning import last_final
from inspect_app.services.inspections.sides import write_first_side
from inspect_app.services.scorecards import take_card

#: Whoever may take part in a visit on one of its sides.
DUTIES = (Permission.ANSWER_INSPECTIONS, Permission.REVIEW_INSPECTIONS, Permission.ANSWER_OBSERVATIONS)


def declare(actor: Actor, *, inspection_id: int, conflict: bool, detail: str = "") -> Inspection:
    """A member of the team, or a reviewer, declares whether they have a conflict of interests: then the file opens.

    A declared conflict closes the file to them and is told to the coordinators. Said once; who erred tells the
    coordinator, who names somebody else. Raises NotVisibleError, ForbiddenError("no-part"), DomainError:
    ``already-declared``, ``detail-missing`` (a conflict needs its words), ``visit-ended``.
    """
    if not any(actor.may(duty) for duty in DUTIES):
        raise ForbiddenError
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    places = questions.places(actor, inspection)
    if not places:
        raise ForbiddenError("no-part")
    if State(inspection.state) in ENDED:
        raise DomainError("visit-ended")
    open_ = [place for place in places if place.conflict == "undeclared"]
    if not open_:
        raise DomainError("already-declared")
    words = text(detail, field="detail", required=conflict) if conflict else ""
    for place in open_:  # who reads and answers the director says it once
        place.conflict, place.conflict_detail = "declared" if conflict else "none", words
        place.declared_at = clock.now()
    audit.record(actor, "inspection.interests_declared", chain=chain(inspection.id), conflict=conflict)
    db.session.commit()
    if conflict:
        notices.conflict_declared(inspection, actor)
    return inspection


def prepare(actor: Actor, *, inspection_id: int, note: str = "") -> Inspection:
    """The visit is prepared: documents asked for, previous report read. Raises DomainError (illegal move, not yours)."""
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    inspection.preparation_note = text(note, field="note", required=False)
    move(actor, inspection, Event.PREPARED)
    db.session.commit()
    return inspection


def start(actor: Actor, *, inspection_id: int) -> Inspection:
    """The team is at the institution and begins.

    Raises DomainError: ``declarations-missing``, ``conflict-in-team``, illegal move; ForbiddenError.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    move(actor, inspection, Event.STARTED)
    inspection.started_at = clock.now()
    inspection.previous_id = last_final(inspection.institution_id)  # another visit may have ended since planning
    db.session.commit()
    return inspection


def submit(actor: Actor, *, inspection_id: int) -> Inspection:
    """The leader hands the answers to the second reader; a score card is taken.

    Raises DomainError("unanswered", codes=…) while applicable criteria have no answer, ("disputed", codes=…) while two
    members differ, ("second-rating-open") while a second rater has not finished, illegal move; ForbiddenError.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    try:
        move(actor, inspection, Event.SUBMITTED)
    except DomainError as error:
        raise _with_codes(error, inspection) from None
    inspection.submitted_at = clock.now()
    write_first_side(actor, inspection)
    card = take_card(inspection, "submitted")
    audit.record(actor, "scorecard.taken", chain=chain(inspection.id), stage="submitted", sha256=card.sha256)
    db.session.commit()
    notices.submitted(inspection)
    return inspection


def _with_codes(error: DomainError, inspection: Inspection) -> DomainError:
    """The refusal with the criteria at fault, so that the person finds them."""
    if error.code == "unanswered":
        answers = questions.current_answers(inspection.id)
        error.params["codes"] = questions.unanswered(checklist_of(inspection), Facts.of(inspection.facts), answers)
    elif error.code == "disputed":
        error.params["codes"] = sorted(questions.disputed(inspection.id))
    return error
