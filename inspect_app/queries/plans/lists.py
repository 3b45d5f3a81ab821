"""The support plans of a territory, what is late first; and the institutions with findings that have no plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import joinedload

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.findings_register import FindingState
from inspect_app.domain.folding import search_words
from inspect_app.domain.plans import WAITING, ActionState, PlanState
from inspect_app.models import Finding, Institution, PlanAction, Province, SupportPlan, db
from inspect_app.queries.pages import SIZE, Page, bounds
from inspect_app.queries.scope import in_territory
from inspect_app.queries.searching import speaks_of

_LATE = (ActionState.PLANNED.value, ActionState.RETURNED.value)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed by; empty means all."""

    search: str = ""
    state: str = ""  # of the plan; "none": institutions with findings and without a plan
    region: str = ""
    province: str = ""
    late: bool = False


@dataclass(frozen=True)
class Line:
    """A plan in the list."""

    plan: SupportPlan
    actions: int
    done: int
    late: int
    critical_late: int
    to_verify: int
    next_due: date | None


@dataclass(frozen=True)
class WithoutPlan:
    """An institution with findings to mend and without a plan."""

    institution: Institution
    findings: int
    critical: int
    first_due: date


def page_of(actor: Actor, filters: Filters, number: int = 1) -> Page[Line]:
    """One page of the plans: critical and late first, then late, then what waits to be verified, then the next deadline."""
    counts = _counts()
    statement = (
        _narrowed(
            select(SupportPlan)
            .join(Institution, Institution.id == SupportPlan.institution_id)
            .join(Province, Province.code == Institution.province_code),
            actor,
            filters,
        )
        .outerjoin(counts, counts.c.plan_id == SupportPlan.id)
        .add_columns(*(c for c in counts.c if c.key != "plan_id"))
    )
    if filters.state:
        statement = statement.where(SupportPlan.state == filters.state)
    if filters.late:
        statement = statement.where(counts.c.late > 0, SupportPlan.state != PlanState.CLOSED)
    total = db.session.scalar(select(func.count()).select_from(statement.with_only_columns(SupportPlan.id).subquery()))
    kept, pages, offset = bounds(total or 0, number)
    closed = case((SupportPlan.state == PlanState.CLOSED, 1), else_=0)
    rows = db.session.execute(
        statement.options(joinedload(SupportPlan.institution), joinedload(SupportPlan.officer))
        .order_by(
            closed,
            func.coalesce(counts.c.critical_late, 0).desc(),
            func.coalesce(counts.c.late, 0).desc(),
            func.coalesce(counts.c.to_verify, 0).desc(),
            counts.c.next_due.is_(None),
            counts.c.next_due,
            SupportPlan.id,
        )
        .limit(SIZE)
        .offset(offset)
    ).all()
    items = [Line(r[0], r[1] or 0, r[2] or 0, r[3] or 0, r[4] or 0, r[5] or 0, r[6]) for r in rows]
    return Page(items=items, number=kept, pages=pages, total=total or 0)


def without_plan(actor: Actor, filters: Filters, number: int = 1) -> Page[WithoutPlan]:
    """One page of the institutions with findings to mend and no plan that runs, the most critical findings first."""
    critical = func.sum(case((Finding.severity == "critical", 1), else_=0))
    running = (
        select(SupportPlan.id)
        .where(SupportPlan.institution_id == Institution.id, SupportPlan.state != PlanState.CLOSED)
        .exists()
    )
    statement = _narrowed(
        select(Institution)
        .join(Province, Province.code == Institution.province_code)
        .join(
            Finding,
            and_(
                Finding.institution_id == Institution.id,
                Finding.state.not_in((FindingState.CLOSED.value, FindingState.VERIFIED.value)),
            ),
        )
        .where(~running),
        actor,
        filters,
    ).group_by(Institution.id)
    total = db.session.scalar(select(func.count()).select_from(statement.with_only_columns(Institution.id).subquery()))
    kept, pages, offset = bounds(total or 0, number)
    found = db.session.execute(
        statement.with_only_columns(
            Institution.id, func.count(Finding.id), critical.label("critical"), func.min(Finding.due_on)
        )
        .order_by(critical.desc(), func.min(Finding.due_on), Institution.id)
        .limit(SIZE)
        .offset(offset)
    ).all()
    rows = {
        i.id: i for i in db.session.scalars(select(Institution).where(Institution.id.in_([row[0] for row in found])))
    }
    items = [WithoutPlan(rows[row[0]], row[1], row[2], row[3]) for row in found]
    return Page(items=items, number=kept, pages=pages, total=total or 0)


def _counts() -> Subquery:
    """Of each plan: actions, done, late, critical and late, to verify, next deadline."""
    left = PlanAction.state != ActionState.REMOVED.value
    late = and_(PlanAction.state.in_(_LATE), PlanAction.due_on < clock.today())
    waiting = PlanAction.state.in_([s.value for s in WAITING])
    done = PlanAction.state.in_((ActionState.ACCEPTED.value, ActionState.SETTLED.value))
    return (
        select(
            PlanAction.plan_id,
            _sum(left).label("actions"),
            _sum(done).label("done"),
            _sum(late).label("late"),
            _sum(and_(late, Finding.severity == "critical")).label("critical_late"),
            _sum(PlanAction.state == ActionState.PROOF_SENT.value).label("to_verify"),
            func.min(case((waiting, PlanAction.due_on))).label("next_due"),
        )
        .outerjoin(Finding, Finding.id == PlanAction.finding_id)
        .group_by(PlanAction.plan_id)
        .subquery()
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _narrowed(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    statement = statement.where(in_territory(actor))
    if filters.region:
        statement = statement.where(Province.region_code == filters.region)
    if filters.province:
        statement = statement.where(Institution.province_code == filters.province)
    for word in search_words(filters.search)[:8]:
        statement = statement.where(speaks_of(word))
    return statement
