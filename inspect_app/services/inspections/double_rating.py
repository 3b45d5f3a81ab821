"""The coordinator chooses what is rated twice and by whom, before the visit; or lets it go, with a reason."""

from sqlalchemy import delete

from inspect_app.adapters import clock
from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.double_rating import METHOD, check_rater, choose
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import BEFORE, EDITABLE, Hat, State
from inspect_app.domain.permissions import Permission
from inspect_app.models import DoubleRatedCriterion, DoubleRating, Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, require, text


def set_double_rating(
    actor: Actor, *, inspection_id: int, second_rater: int, share: int, critical: bool
) -> DoubleRating:
    """Choose, or choose again, who rates which share of the criteria a second time. The draw follows from the visit's uid.

    Raises NotVisibleError, ForbiddenError, DomainError: ``double-rating-fixed`` once the visit has begun,
    ``share-not-offered``, ``nothing-drawn``, and those of ``domain.double_rating.check_rater``.
    """
    inspection = _for_coordinator(actor, inspection_id)
    if State(inspection.state) not in BEFORE:
        raise DomainError("double-rating-fixed")
    if share not in load_agreement_policy().shares:
        raise DomainError("share-not-offered", field="share", status=422)
    leader = next((m.user_id for m in inspection.team if m.leader), 0)
    check_rater(second_rater, [m.user_id for m in inspection.team], leader)
    asked = checklist_of(inspection).applicable(Facts.of(inspection.facts))
    chosen = choose(asked, inspection.uid, share, critical=critical)
    _take_away(inspection.id)
    row = DoubleRating(
        inspection_id=inspection.id,
        second_rater_id=second_rater,
        share=share,
        critical=critical,
        method=METHOD,
        created_at=clock.now(),
        created_by=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    for c in chosen:
        db.session.add(
            DoubleRatedCriterion(double_rating_id=row.id, criterion=c.code, second_rater_id=second_rater, why=c.why)
        )
    audit.record(
        actor,
        "double_rating.chosen",
        chain=chain(inspection.id),
        second_rater=second_rater,
        share=share,
        critical=critical,
        method=METHOD,
        criteria=[c.code for c in chosen],
    )
    db.session.commit()
    notices.second_rater_named(inspection, row.second_rater)
    return row


def remove_double_rating(actor: Actor, *, inspection_id: int) -> None:
    """No second rating on this visit after all. Raises as ``set_double_rating``, and ``no-double-rating``."""
    inspection = _for_coordinator(actor, inspection_id)
    if State(inspection.state) not in BEFORE:
        raise DomainError("double-rating-fixed")
    if not _take_away(inspection.id):
        raise DomainError("no-double-rating")
    audit.record(actor, "double_rating.removed", chain=chain(inspection.id))
    db.session.commit()


def waive_double_rating(actor: Actor, *, inspection_id: int, reason: str) -> DoubleRating:
    """The second rating is not finished and will not be (illness, an interrupted visit): the visit goes on without it.

    What was rated stays on file and counts nowhere. Raises NotVisibleError, ForbiddenError, DomainError:
    ``no-double-rating``, ``double-rating-over``, ``reason-missing``.
    """
    inspection = _for_coordinator(actor, inspection_id)
    row = questions.double_rating_of(inspection.id)
    if row is None:
        raise DomainError("no-double-rating")
    if not row.sealed or State(inspection.state) not in EDITABLE:
        raise DomainError("double-rating-over")
    words = text(reason, field="reason", longest=1000)
    row.waived_at, row.waived_by, row.waived_reason = clock.now(), actor.user_id, words
    audit.record(actor, "double_rating.waived", chain=chain(inspection.id), reason=words)
    db.session.commit()
    return row


def without_rater(inspection: Inspection) -> bool:
    """Take a double rating away where its rater is no longer in the team, or leads it now; whether it was. No commit."""
    row = questions.double_rating_of(inspection.id)
    if row is None:
        return False
    if any(m.user_id == row.second_rater_id and not m.leader for m in inspection.team) and len(inspection.team) > 1:
        return False
    return _take_away(inspection.id)


def _for_coordinator(actor: Actor, inspection_id: int) -> Inspection:
    require(actor, Permission.PLAN_INSPECTIONS)
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    if Hat.COORDINATOR not in questions.hats(actor, inspection):
        raise NotVisibleError("inspection")
    return inspection


def _take_away(inspection_id: int) -> bool:
    """Before the visit nothing was rated yet, so that the rows may go; their choice stays in the journal."""
    row = questions.double_rating_of(inspection_id)
    if row is None:
        return False
    db.session.execute(delete(DoubleRatedCriterion).where(DoubleRatedCriterion.double_rating_id == row.id))
    db.session.delete(row)
    db.session.flush()
    return True
