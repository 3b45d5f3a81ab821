"""Plan a visit: freeze the texts, note the facts, name the team and those who will review it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import BEFORE, PLANNED_KINDS, Event, Hat, Kind, State, check_team
from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Body
from inspect_app.models import Inspection, InspectionPerson, Institution, Reviewer, TeamMember, User, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.scope import visible_institutions
from inspect_app.services import audit
from inspect_app.services.frozen import freeze_checklist, freeze_policy, freeze_rules
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, require, text, write_event
from inspect_app.services.inspections.double_rating import without_rater


@dataclass(frozen=True)
class MemberInput:
    """A member of the team to be, and the body that sends them (None: the body of their account)."""

    user_id: int
    body: Body | None = None
    leader: bool = False


def plan_inspection(
    actor: Actor,
    *,
    institution_id: int,
    kind: Kind | str,
    planned_on: date,
    team: Sequence[MemberInput],
    second_reader: int,
    responder: int,
    purpose: str = "",
    invented: bool = False,
) -> Inspection:
    """A new visit, with checklist, rules and policy frozen as they are today.

    Raises NotVisibleError (institution), ForbiddenError, DomainError: ``kind-not-planned``, ``date-past``,
    ``visit-open`` (another visit of the same day and institution), the team's (``domain.inspections.check_team``),
    ``not-eligible`` with the field at fault.
    """
    require(actor, Permission.PLAN_INSPECTIONS)
    institution = db.session.scalar(visible_institutions(actor).where(Institution.id == institution_id))
    if institution is None:
        raise NotVisibleError("institution")
    if kind not in PLANNED_KINDS:
        raise DomainError("kind-not-planned", field="kind", status=422)
    check_date(institution.id, planned_on)
    checklist, rules, policy = freeze_checklist(institution.category), freeze_rules(), freeze_policy()
    uid = str(uuid.uuid4())
    inspection = Inspection(
        uid=uid,
        reference=uid,  # the number follows from the row's id
        institution_id=institution.id,
        kind=Kind(kind).value,
        state=State.PLANNED.value,
        purpose=text(purpose, field="purpose", required=False),
        planned_on=planned_on,
        checklist_id=checklist.id,
        rules_id=rules.id,
        policy_id=policy.id,
        facts=facts_of(institution).as_data(),
        previous_id=last_final(institution.id),
        invented=invented or institution.invented,
        created_at=clock.now(),
        created_by=actor.user_id,
    )
    db.session.add(inspection)
    db.session.flush()
    inspection.reference = f"V-{clock.today().year}-{inspection.id:05d}"
    _name_people(institution, inspection.id, team, second_reader, responder)
    write_event(
        actor,
        inspection,
        Event.PLANNED,
        reference=inspection.reference,
        institution=institution.id,
        kind=inspection.kind,
        planned_on=planned_on.isoformat(),
        checklist=checklist.sha256,
        rules=rules.sha256,
        policy=policy.sha256,
        team=[m.user_id for m in team],
        second_reader=second_reader,
        responder=responder,
    )
    db.session.commit()
    notices.planned(inspection)
    return inspection


def change_team(
    actor: Actor,
    *,
    inspection_id: int,
    team: Sequence[MemberInput],
    second_reader: int,
    responder: int,
    reason: str,
) -> Inspection:
    """Name other people, as long as the visit has not begun (a conflict was declared, somebody is ill).

    Declarations of those who stay are kept. Raises NotVisibleError, ForbiddenError, DomainError: ``team-fixed``
    once the visit has begun, ``reason-missing``, and those of planning.
    """
    require(actor, Permission.PLAN_INSPECTIONS)
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    if Hat.COORDINATOR not in questions.hats(actor, inspection):
        raise NotVisibleError("inspection")
    if State(inspection.state) not in BEFORE:
        raise DomainError("team-fixed")
    reason = text(reason, field="reason")
    declared = declarations(inspection)
    for table in (TeamMember, Reviewer, InspectionPerson):
        db.session.execute(delete(table).where(table.inspection_id == inspection.id))
    db.session.expire(inspection, ["team", "reviewers"])
    _name_people(inspection.institution, inspection.id, team, second_reader, responder, declared)
    gone = {"double_rating_removed": True} if without_rater(inspection) else {}
    audit.record(
        actor,
        "inspection.team_changed",
        chain=chain(inspection.id),
        reason=reason,
        team=[m.user_id for m in team],
        second_reader=second_reader,
        responder=responder,
        **gone,
    )
    db.session.commit()
    notices.planned(inspection)
    return inspection


def facts_of(institution: Institution) -> Facts:
    """What is known of the institution today; decides which criteria apply and which facts limit the level."""
    flags = {
        "not-authorised": not institution.authorised,
        "over-capacity": institution.present > institution.capacity,
        "no-director": not institution.director_in_post,
        "no-committee": not institution.committee_constituted,
    }
    return Facts(
        category=institution.category,
        capacity=institution.capacity,
        present=institution.present,
        services=frozenset(institution.services),
        flags=frozenset(name for name, true in flags.items() if true),
    )


def last_final(institution_id: int) -> int | None:
    """The institution's last visit with a final report: the one that stands beside the answers of the next."""
    return db.session.scalar(
        select(Inspection.id)
        .where(Inspection.institution_id == institution_id, Inspection.state == State.FINAL.value)
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        .limit(1)
    )


def check_date(institution_id: int, planned_on: date) -> None:
    """Raise DomainError ``date-past`` or ``visit-open`` (the institution has a visit on that day) at the field."""
    if planned_on < clock.today():
        raise DomainError("date-past", field="planned_on", status=422)
    twin = db.session.scalar(
        select(Inspection.reference).where(
            Inspection.institution_id == institution_id,
            Inspection.planned_on == planned_on,
            Inspection.state != State.CANCELLED.value,
        )
    )
    if twin is not None:
        raise DomainError("visit-open", field="planned_on", status=422, reference=twin)


Declared = Mapping[int, tuple[str, str, datetime | None]]


def _name_people(
    institution: Institution,
    inspection_id: int,
    team: Sequence[MemberInput],
    second_reader: int,
    responder: int,
    declared: Declared | None = None,
) -> None:
    """Rows of the team and of the reviewers, each on their side of the file."""
    leader = next((m.user_id for m in team if m.leader), 0)
    check_team([m.user_id for m in team], leader=leader, second_reader=second_reader, responder=responder)
    bodies = {m.user_id: person_for(institution, Permission.ANSWER_INSPECTIONS, m.user_id, "team").body for m in team}
    duties = {"second_reading": second_reader, "responses": responder}
    person_for(institution, Permission.REVIEW_INSPECTIONS, second_reader, "second_reader")
    person_for(institution, Permission.ANSWER_OBSERVATIONS, responder, "responder")
    for side, people in (("visit", set(bodies)), ("review", set(duties.values()))):
        for user_id in sorted(people):
            db.session.add(InspectionPerson(inspection_id=inspection_id, user_id=user_id, side=side))
    db.session.flush()
    for member in team:
        conflict, detail, at = (declared or {}).get(member.user_id, ("undeclared", "", None))
        db.session.add(
            TeamMember(
                inspection_id=inspection_id,
                user_id=member.user_id,
                body=str(member.body or bodies[member.user_id]),
                leader=member.leader,
                conflict=conflict,
                conflict_detail=detail,
                declared_at=at,
            )
        )
    for duty, user_id in duties.items():
        db.session.add(reviewer(inspection_id, duty, user_id, declared or {}))
    db.session.flush()


def declarations(inspection: Inspection) -> Declared:
    """What each person of the file has declared, by their id; kept when people change."""
    people: list[TeamMember | Reviewer] = [*inspection.team, *inspection.reviewers]
    return {p.user_id: (p.conflict, p.conflict_detail, p.declared_at) for p in people}


def reviewer(inspection_id: int, duty: str, user_id: int, declared: Declared) -> Reviewer:
    """The row of a reviewer, with what they have already declared of this visit."""
    conflict, detail, at = declared.get(user_id, ("undeclared", "", None))
    return Reviewer(
        inspection_id=inspection_id,
        duty=duty,
        user_id=user_id,
        assigned_at=clock.now(),
        conflict=conflict,
        conflict_detail=detail,
        declared_at=at,
    )


def person_for(institution: Institution, duty: Permission, user_id: int, field: str) -> User:
    """The person, where they may take the duty at this institution. Raises DomainError("not-eligible") at the field."""
    user = questions.eligible(institution, duty, user_id)
    if user is None:
        raise DomainError("not-eligible", field=field, status=422)
    return user
