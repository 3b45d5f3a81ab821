"""Open a dossier: after a visit with a final report, or for a measure; or close it without a decision."""

import uuid
from typing import Any

from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierEvent, DossierState, Matter, Outcome, Side, propose
from inspect_app.domain.decisions.completeness import check_complete
from inspect_app.domain.decisions.outcomes import OUTCOMES, check_follows
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import State
from inspect_app.domain.permissions import Permission
from inspect_app.models import Dossier, Inspection, Institution, SupportPlan, db
from inspect_app.queries import decisions as questions
from inspect_app.queries import inspections as visits
from inspect_app.queries import institutions
from inspect_app.queries.decisions.dossiers import frozen_policy
from inspect_app.queries.decisions.grounds import final_card, held_of_visit
from inspect_app.services.decisions import letters
from inspect_app.services.decisions.common import (
    chain,
    hold,
    move,
    require,
    stand,
    text,
    write_event,
)
from inspect_app.services.frozen import freeze_decisions

#: What an officer may open for an institution without a visit.
MEASURES = (Matter.SUSPENSION, Matter.URGENT_SUSPENSION, Matter.REINSTATEMENT, Matter.WITHDRAWAL)


def open_dossier(actor: Actor, *, inspection_id: int) -> Dossier:
    """The dossier of a visit with its final report; the proposal is computed and kept with it.

    Raises NotVisibleError, ForbiddenError (``visited-no-decision``, ``supports-it``), DomainError: ``dossier-incomplete``,
    ``dossier-runs``, ``already-decided``, ``cannot-follow``, ``card-without-level``.
    """
    require(actor, Permission.PREPARE_DECISIONS)
    inspection = visits.visible(actor, inspection_id)
    if inspection.state != State.FINAL.value:
        raise DomainError("dossier-incomplete", count=1, items="final-report")
    frozen = freeze_decisions()
    policy = frozen_policy(frozen.id)
    check_complete(held_of_visit(inspection, Matter.ACCREDITATION), policy, clock.today())
    if questions.dossier_of(inspection.id) is not None:
        raise DomainError("already-decided")
    card = final_card(inspection.id)
    if card is None:
        raise DomainError("dossier-incomplete", count=1, items="card-complete")
    computed = propose(questions.grounds_of(inspection, card), policy)
    standing = questions.standing_of(inspection.institution_id)
    check_follows(standing.standing if standing else "none", computed.outcome)
    dossier = _row(actor, inspection.institution, Matter.ACCREDITATION, frozen.id, inspection=inspection)
    dossier.card_sha256, dossier.computed = card.sha256, computed.as_data()
    dossier.computed_outcome = str(computed.outcome)
    _begin(actor, dossier, computed=str(computed.outcome), sha256=card.sha256, inspection=inspection.id)
    db.session.commit()
    return dossier


def open_measure(
    actor: Actor, *, institution_id: int, matter: str, grounds: str, inspection_id: int | None = None
) -> Dossier:
    """The dossier of a suspension (urgent or not), a reinstatement or a withdrawal, with what happened in words.

    Raises NotVisibleError, ForbiddenError, DomainError: ``matter-unknown``, ``grounds-missing``, ``cannot-follow``,
    ``dossier-runs``.
    """
    require(actor, Permission.PREPARE_DECISIONS)
    institution = institutions.visible(actor, institution_id)
    if matter not in {str(m) for m in MEASURES}:
        raise DomainError("matter-unknown", field="matter", status=422)
    words = text(grounds, field="grounds")
    (outcome,) = OUTCOMES[Matter(matter)]
    standing = questions.standing_of(institution.id)
    check_follows(standing.standing if standing else "none", outcome)
    inspection = visits.visible(actor, inspection_id) if inspection_id else None
    if inspection is not None and inspection.institution_id != institution.id:
        raise NotVisibleError("inspection")
    dossier = _row(actor, institution, Matter(matter), freeze_decisions().id, inspection=inspection, grounds=words)
    _begin(actor, dossier, decided=str(outcome))
    db.session.commit()
    return dossier


def close_dossier(actor: Actor, *, dossier_id: int, reason: str) -> Dossier:
    """Nothing is decided: the dossier ends with its reason. Raises NotVisibleError, DomainError (``reason-missing``)."""
    require(actor, Permission.PREPARE_DECISIONS)
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    words = text(reason, field="reason")
    dossier.closed_at, dossier.closed_by, dossier.closed_reason = clock.now(), actor.user_id, words
    move(actor, dossier, DossierEvent.CLOSED, reason=words)
    db.session.commit()
    return dossier


def open_for_appeal(
    actor: Actor, institution: Institution, *, inspection: Inspection | None, outcome: Outcome, grounds: str
) -> Dossier:
    """The dossier that an upheld appeal opens, proposed by its examiner. Part of another deed; no commit."""
    dossier = _row(actor, institution, Matter.APPEAL, freeze_decisions().id, inspection=inspection, grounds=grounds)
    _write(dossier)
    _name_visitors(dossier)
    stand(dossier, actor.user_id, Side.APPEAL)
    write_event(actor, dossier, "opened", matter=dossier.matter, reference=dossier.reference)
    dossier.proposed_outcome, dossier.proposed_reasons = str(outcome), grounds
    dossier.proposed_by, dossier.proposed_at = actor.user_id, clock.now()
    move(actor, dossier, DossierEvent.PROPOSED, decided=str(outcome))
    letters.proposal_ready(dossier)
    return dossier


def _row(
    actor: Actor,
    institution: Institution,
    matter: Matter,
    policy_id: int,
    *,
    inspection: Inspection | None = None,
    grounds: str = "",
) -> Dossier:
    return Dossier(
        reference=uuid.uuid4().hex,  # the number follows from the row's id
        institution_id=institution.id,
        inspection_id=inspection.id if inspection else None,
        matter=str(matter),
        state=DossierState.OPEN.value,
        since=clock.now(),
        grounds=grounds,
        policy_id=policy_id,
        opened_at=clock.now(),
        opened_by=actor.user_id,
        invented=institution.invented,
    )


def _begin(actor: Actor, dossier: Dossier, **data: Any) -> None:
    _write(dossier)
    _name_visitors(dossier)
    stand(dossier, actor.user_id, Side.PROPOSE)
    write_event(
        actor,
        dossier,
        "opened",
        matter=dossier.matter,
        reference=dossier.reference,
        institution=dossier.institution_id,
        **data,
    )


def _write(dossier: Dossier) -> None:
    """The row with its number. Raises DomainError("dossier-runs") where the institution has a dossier that runs."""
    try:
        with db.session.begin_nested():
            db.session.add(dossier)
    except IntegrityError:
        raise DomainError("dossier-runs") from None
    dossier.reference = f"D-{clock.today().year}-{dossier.id:05d}"
    db.session.flush()


def _name_visitors(dossier: Dossier) -> None:
    """Everybody who visited, and who supports the institution, stands on their side from the first moment."""
    if dossier.inspection is not None:
        for member in dossier.inspection.team:
            stand(dossier, member.user_id, Side.VISIT)
    plans = db.session.scalars(db.select(SupportPlan).where(SupportPlan.institution_id == dossier.institution_id)).all()
    supporters = {person for plan in plans for person in (plan.officer_id, plan.proposed_by) if person}
    for person in sorted(supporters - {m.user_id for m in (dossier.inspection.team if dossier.inspection else ())}):
        stand(dossier, person, Side.SUPPORT)
