"""Propose to the signatory, who signs it or returns it with reasons."""

from collections.abc import Collection

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierEvent, Matter, Side
from inspect_app.domain.decisions.completeness import check_complete
from inspect_app.domain.decisions.outcomes import OUTCOMES, WITHOUT_COMMITTEE, check_follows, next_state
from inspect_app.domain.decisions.people import check_signatory
from inspect_app.domain.decisions.proposal import check_departure, conditions
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Dossier, db
from inspect_app.queries import decisions as questions
from inspect_app.queries.decisions.grounds import final_card
from inspect_app.services.decisions import letters
from inspect_app.services.decisions.common import chain, declared, hold, move, require, stand, text


def propose(
    actor: Actor,
    *,
    dossier_id: int,
    outcome: str,
    reasons: str,
    departure_reason: str = "",
    without: Collection[str] = (),
) -> Dossier:
    """What is put before the signatory. Whoever departs from what the rules computed, or from what the committee found,
    writes down why. ``without``: criteria whose condition is left out, which is a departure too.

    Raises NotVisibleError, ForbiddenError, DomainError: ``decision-outcome-unknown``, ``deliberation-missing``,
    ``departure-without-reason``, ``reasons-missing``, ``dossier-incomplete``, ``cannot-follow``.
    """
    require(actor, Permission.PREPARE_DECISIONS)
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    next_state(dossier.state, DossierEvent.PROPOSED, dossier.matter)
    declared(dossier, actor)
    stand(dossier, actor.user_id, Side.PROPOSE)
    matter = Matter(dossier.matter)
    if outcome not in {str(o) for o in OUTCOMES[matter]}:
        raise DomainError("decision-outcome-unknown", field="outcome", status=422)
    policy = questions.policy_of(dossier)
    check_complete(questions.held(dossier), policy, clock.today())
    standing = questions.standing_of(dossier.institution_id)
    check_follows(standing.standing if standing else "none", outcome)
    committee = None if matter in WITHOUT_COMMITTEE else questions.last_deliberation(dossier.id)
    words = text(reasons, field="reasons")
    departure = text(departure_reason, field="departure_reason", required=False)
    opinion = committee.outcome if committee else None
    departs = check_departure(outcome, departure, computed=dossier.computed_outcome, committee=opinion)
    card = final_card(dossier.inspection_id) if dossier.inspection_id and matter is Matter.ACCREDITATION else None
    asked = conditions(card.card, outcome, policy) if card else ()
    if {c.criterion for c in asked} & set(without) and not departure:
        raise DomainError("departure-without-reason", field="departure_reason", status=422)
    dossier.conditions = [c.as_data() for c in asked if c.criterion not in without]
    dossier.proposed_outcome, dossier.proposed_reasons, dossier.departure_reason = outcome, words, departure
    dossier.proposed_by, dossier.proposed_at = actor.user_id, clock.now()
    move(
        actor,
        dossier,
        DossierEvent.PROPOSED,
        decided=outcome,
        departs=sorted(departs),
        left_out=sorted({c.criterion for c in asked} & set(without)),
    )
    letters.proposal_ready(dossier)
    db.session.commit()
    letters.send_queued()
    return dossier


def return_proposal(actor: Actor, *, dossier_id: int, reason: str) -> Dossier:
    """The signatory does not sign, and says why: the committee deliberates again.

    Raises NotVisibleError, ForbiddenError (by the side), DomainError: ``reason-missing``, ``illegal-dossier-move``,
    ``appeal-not-returned``.
    """
    require(actor, Permission.SIGN_DECISIONS)
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    check_signatory(questions.side_of(dossier.id, actor.user_id), questions.conflict_of(dossier.id, actor.user_id))
    if Matter(dossier.matter) is Matter.APPEAL:
        raise DomainError("appeal-not-returned")
    words = text(reason, field="reason")
    proposer = dossier.proposed_by
    stand(dossier, actor.user_id, Side.DECIDE)
    dossier.proposed_outcome = dossier.proposed_by = dossier.proposed_at = None
    move(actor, dossier, DossierEvent.RETURNED, reason=words)
    if proposer is not None:
        letters.proposal_returned(dossier, proposer, words)
    db.session.commit()
    letters.send_queued()
    return dossier
