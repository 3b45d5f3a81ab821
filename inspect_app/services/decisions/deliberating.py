"""Declare interests; record what the committee found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierEvent, DossierState, Matter, Member, Side
from inspect_app.domain.decisions.outcomes import OUTCOMES
from inspect_app.domain.decisions.people import check_committee
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Deliberation, DeliberationMember, Dossier, DossierInterest, db
from inspect_app.queries import decisions as questions
from inspect_app.queries import inspections as people
from inspect_app.services import audit
from inspect_app.services.decisions.common import chain, declared, hold, move, require, stand, text


@dataclass(frozen=True)
class Seat:
    """A member of the committee as recorded: present or not, and the vote where there was one."""

    user_id: int
    present: bool = True
    vote: str | None = None


def declare_interests(actor: Actor, *, dossier_id: int, conflict: bool, detail: str = "") -> DossierInterest:
    """Somebody who deliberates, proposes or signs says whether they have a conflict of interests in this dossier.

    A declared conflict stays; whoever said to have none may still declare one. Raises NotVisibleError,
    ForbiddenError, DomainError: ``detail-missing``, ``conflict-stays``, ``dossier-over``.
    """
    require(actor, Permission.DELIBERATE)
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    if dossier.state in (DossierState.SIGNED, DossierState.CLOSED):
        raise DomainError("dossier-over")
    words = text(detail, field="detail", required=conflict)
    row = db.session.get(DossierInterest, (dossier.id, actor.user_id))
    if row is None:
        row = DossierInterest(dossier_id=dossier.id, user_id=actor.user_id)
        db.session.add(row)
    elif row.conflict == "declared":
        raise DomainError("conflict-stays")
    row.conflict = "declared" if conflict else "none"
    row.detail, row.declared_at = words if conflict else "", clock.now()
    db.session.flush()
    audit.record(actor, "dossier.interests_declared", chain=chain(dossier.id), conflict=conflict)
    db.session.commit()
    return row


def record_deliberation(
    actor: Actor,
    *,
    dossier_id: int,
    held_on: date,
    chair: int,
    seats: Sequence[Seat],
    manner: str,
    outcome: str,
    reasons: str,
) -> Deliberation:
    """What the committee found: who was there, by consensus or votes, its opinion with the reasons.

    Raises NotVisibleError, ForbiddenError, DomainError: those of ``check_committee``, ``decision-outcome-unknown``,
    ``reasons-missing``, ``date-future``, ``date-before-dossier``, ``member-not-eligible``, ``illegal-dossier-move``.
    """
    require(actor, Permission.PREPARE_DECISIONS)
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    declared(dossier, actor)
    stand(dossier, actor.user_id, Side.PROPOSE)
    if outcome not in {str(o) for o in OUTCOMES[Matter(dossier.matter)]}:
        raise DomainError("decision-outcome-unknown", field="outcome", status=422)
    words = text(reasons, field="reasons")
    _check_day(dossier, held_on)
    members = _members(dossier, seats)
    policy = questions.policy_of(dossier)
    check_committee(members, chair=chair, manner=manner, sides=questions.sides(dossier.id), policy=policy)
    row = Deliberation(
        dossier_id=dossier.id,
        held_on=held_on,
        chair_id=chair,
        manner=manner,
        outcome=outcome,
        reasons=words,
        quorum=policy.quorum,
        recorded_by=actor.user_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    for member in members:
        stand(dossier, member.user_id, Side.DECIDE)
        db.session.add(
            DeliberationMember(
                deliberation_id=row.id,
                dossier_id=dossier.id,
                user_id=member.user_id,
                side="decide",
                body=member.body,
                present=member.present,
                recused=member.present and member.conflict != "none",
                vote=member.vote,
            )
        )
    db.session.flush()
    counted = sum(member.counts for member in members)
    move(actor, dossier, DossierEvent.DELIBERATED, decided=outcome, manner=manner, members=counted)
    db.session.commit()
    return row


def _check_day(dossier: Dossier, held_on: date) -> None:
    if held_on > clock.today():
        raise DomainError("date-future", field="held_on", status=422)
    if held_on < dossier.opened_at.astimezone(clock.CASABLANCA).date():
        raise DomainError("date-before-dossier", field="held_on", status=422)


def _members(dossier: Dossier, seats: Sequence[Seat]) -> list[Member]:
    found = []
    for seat in seats:
        user = people.eligible(dossier.institution, Permission.DELIBERATE, seat.user_id)
        if user is None:
            raise DomainError("member-not-eligible", field="members", status=422)
        conflict = questions.conflict_of(dossier.id, user.id)
        found.append(Member(user.id, user.body, seat.present, conflict, seat.vote))
    return found
