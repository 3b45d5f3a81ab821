"""The ministry's desk: what waits and how long already against its clock; what was decided, expires, is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from inspect_app.adapters import clock
from inspect_app.adapters.decision_files import load_decision_policy
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import IN_FORCE
from inspect_app.domain.decisions.outcomes import clock_of
from inspect_app.domain.inspections import State
from inspect_app.models import Accreditation, Appeal, Decision, Dossier, Inspection, Institution, db
from inspect_app.queries.decisions.appeals import open_appeals
from inspect_app.queries.decisions.dossiers import policy_of, visible_dossiers
from inspect_app.queries.pages import Page, bounds
from inspect_app.queries.scope import in_territory

#: Lines of each list of the desk.
LINES = 25


@dataclass(frozen=True)
class Waiting:
    """A visit without dossier, or a dossier: what is awaited, since when, until when."""

    institution: Institution
    inspection: Inspection | None
    dossier: Dossier | None
    clock: str
    since: date
    due_on: date
    today: date

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.today > self.due_on

    @property
    def age(self) -> int:
        """Days since the clock began."""
        return (self.today - self.since).days


@dataclass(frozen=True)
class Desk:
    """Everything on the desk."""

    visits: Sequence[Waiting]
    visits_total: int
    dossiers: Sequence[Waiting]
    appeals: Sequence[Appeal]
    month: Sequence[tuple[str, int]]  # outcome, how many this month
    expiring: Sequence[Accreditation]
    overdue: Sequence[Accreditation]
    expiring_days: int
    today: date

    @property
    def late(self) -> int:
        """How many files are over their clock."""
        return (
            sum(w.late for w in self.visits)
            + sum(w.late for w in self.dossiers)
            + sum(a.due_on < self.today for a in self.appeals)
        )


def desk(actor: Actor) -> Desk:
    """The desk of the actor's territory."""
    policy, today = load_decision_policy(), clock.today()
    visits, total = _visits(actor)
    return Desk(
        visits=visits,
        visits_total=total,
        dossiers=_dossiers(actor),
        appeals=open_appeals(actor),
        month=_month(actor, today),
        expiring=_standing(
            actor, Accreditation.valid_until.between(today, today + timedelta(days=policy.expiring_days))
        ),
        overdue=_overdue(actor, today),
        expiring_days=policy.expiring_days,
        today=today,
    )


def _day(at: object) -> date:
    return at.astimezone(clock.CASABLANCA).date()  # type: ignore[attr-defined,no-any-return]


def _visits(actor: Actor) -> tuple[list[Waiting], int]:
    """Visits with a final report, the newest of their institution, of which no dossier was opened."""
    later = aliased(Inspection)
    policy, today = load_decision_policy(), clock.today()
    statement = (
        select(Inspection)
        .join(Institution, Institution.id == Inspection.institution_id)
        .where(
            in_territory(actor),
            Inspection.state == State.FINAL.value,
            Inspection.planned_on >= today - timedelta(days=policy.visit_age_days),
            ~exists(
                select(Dossier.id)
                .where(Dossier.inspection_id == Inspection.id, Dossier.matter == "accreditation")
                .correlate(Inspection)
            ),
            ~exists(
                select(later.id)
                .where(
                    later.institution_id == Inspection.institution_id,
                    later.state == State.FINAL.value,
                    later.planned_on > Inspection.planned_on,
                )
                .correlate(Inspection)
            ),
        )
    )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = db.session.scalars(statement.order_by(Inspection.final_at, Inspection.id).limit(LINES))
    holidays = moroccan_holidays(today.year - 2, today.year + 1)
    found = []
    for row in rows:
        since = _day(row.final_at)
        due = policy.clock("dossier").due(since, holidays)
        found.append(Waiting(row.institution, row, None, "dossier", since, due, today))
    return found, total


def _dossiers(actor: Actor) -> list[Waiting]:
    """Dossiers that are not decided, the longest over their clock first."""
    today = clock.today()
    holidays = moroccan_holidays(today.year - 2, today.year + 1)
    rows = db.session.scalars(
        visible_dossiers(actor).where(Dossier.state.not_in(("signed", "closed"))).order_by(Dossier.since, Dossier.id)
    )
    found = []
    for row in rows:
        code = clock_of(row.state, row.matter)
        if code is None:
            continue
        since = _day(row.since)
        due = policy_of(row).clock(code).due(since, holidays)
        found.append(Waiting(row.institution, row.inspection, row, code, since, due, today))
    return sorted(found, key=lambda w: w.due_on)


def _month(actor: Actor, today: date) -> list[tuple[str, int]]:
    rows = db.session.execute(
        select(Decision.outcome, func.count())
        .join(Institution, Institution.id == Decision.institution_id)
        .where(in_territory(actor), Decision.decided_on >= today.replace(day=1))
        .group_by(Decision.outcome)
        .order_by(Decision.outcome)
    )
    return [(outcome, count) for outcome, count in rows]


def _standing(actor: Actor, *conditions: object) -> list[Accreditation]:
    return list(
        db.session.scalars(
            select(Accreditation)
            .join(Institution, Institution.id == Accreditation.institution_id)
            .where(
                in_territory(actor),
                Accreditation.standing.in_([str(s) for s in IN_FORCE]),
                *conditions,  # type: ignore[arg-type]
            )
            .order_by(Accreditation.valid_until, Accreditation.institution_id)
            .limit(LINES)
        )
    )


def _overdue(actor: Actor, today: date) -> list[Accreditation]:
    """Institutions whose visit was due and did not take place."""
    rows = _standing(actor, Accreditation.visit_by < today)
    last = {
        institution_id: _day(at)
        for institution_id, at in db.session.execute(
            select(Inspection.institution_id, func.max(Inspection.started_at))
            .where(Inspection.institution_id.in_([r.institution_id for r in rows]), Inspection.started_at.is_not(None))
            .group_by(Inspection.institution_id)
        )
        if at is not None
    }
    return [r for r in rows if last.get(r.institution_id, date.min) <= r.since]


@dataclass(frozen=True)
class Filters:
    """What the list of dossiers is narrowed by; empty means all."""

    state: str = ""
    outcome: str = ""


def page_of(actor: Actor, filters: Filters, number: int = 1) -> Page[Dossier]:
    """A page of dossiers, the newest first."""
    statement = visible_dossiers(actor)
    if filters.state:
        statement = statement.where(Dossier.state == filters.state)
    if filters.outcome:
        statement = statement.where(
            exists(
                select(Decision.id)
                .where(Decision.dossier_id == Dossier.id, Decision.outcome == filters.outcome)
                .correlate(Dossier)
            )
        )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    kept, pages, offset = bounds(total, number)
    rows = db.session.scalars(statement.order_by(Dossier.id.desc()).offset(offset).limit(25)).all()
    return Page(rows, kept, pages, total)


def decisions_by_dossier(ids: Sequence[int]) -> dict[int, Decision]:
    """The decisions of some dossiers."""
    return {d.dossier_id: d for d in db.session.scalars(select(Decision).where(Decision.dossier_id.in_(ids)))}
