"""The list of visits that a person may know of, filtered and in pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.domain.actors import Actor
from inspect_app.domain.folding import fold
from inspect_app.domain.inspections import BEFORE, EDITABLE, ENDED
from inspect_app.models import Inspection, InspectionPerson, Institution, Province, TeamMember, db
from inspect_app.queries.inspections.deadlines import is_late
from inspect_app.queries.inspections.minutes import has_critical
from inspect_app.queries.pages import SIZE, Page, bounds
from inspect_app.queries.scope import visible_inspection
from inspect_app.queries.searching import speaks_of


@dataclass(frozen=True)
class Filters:
    """What a list of visits is narrowed by; empty means all."""

    search: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    province: str = ""
    mine: bool = False
    late: bool = False
    critical: bool = False
    institution: int | None = None


def page_of(actor: Actor, filters: Filters, number: int = 1) -> Page[Inspection]:
    """One page of the visits, the latest planned date first. A page beyond the last is the last."""
    statement = (
        select(Inspection)
        .join(Institution, Institution.id == Inspection.institution_id)
        .join(Province, Province.code == Institution.province_code)
        .where(visible_inspection(actor))
    )
    for field, value in (
        (Inspection.state, filters.state),
        (Inspection.kind, filters.kind),
        (Institution.category, filters.category),
        (Province.region_code, filters.region),
        (Institution.province_code, filters.province),
    ):
        if value:
            statement = statement.where(field == value)
    if filters.institution is not None:
        statement = statement.where(Inspection.institution_id == filters.institution)
    if filters.mine:
        statement = statement.where(
            select(InspectionPerson.user_id)
            .where(InspectionPerson.inspection_id == Inspection.id, InspectionPerson.user_id == actor.user_id)
            .exists()
        )
    if filters.late:
        statement = statement.where(is_late())
    if filters.critical:
        statement = statement.where(has_critical())
    for word in filters.search.split()[:8]:
        statement = statement.where(_matches(word))
    total = db.session.scalar(select(func.count()).select_from(statement.with_only_columns(Inspection.id).subquery()))
    kept, pages, offset = bounds(total or 0, number)
    items = db.session.scalars(
        statement.options(
            joinedload(Inspection.institution), selectinload(Inspection.team), selectinload(Inspection.reviewers)
        )
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        .limit(SIZE)
        .offset(offset)
    ).all()
    return Page(items=items, number=kept, pages=pages, total=total or 0)


def open_visits(actor: Actor, institutions: Iterable[int]) -> dict[int, Inspection]:
    """The visit that each of these institutions (those of one page) has before it or running, the nearest by date."""
    found = db.session.scalars(
        select(Inspection)
        .join(Institution, Institution.id == Inspection.institution_id)
        .where(visible_inspection(actor), Inspection.institution_id.in_(list(institutions)))
        .where(Inspection.state.not_in([state.value for state in ENDED]))
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
    )
    return {visit.institution_id: visit for visit in found}


def assigned(actor: Actor) -> list[TeamMember]:
    """The actor's places on teams of visits that have not ended and are not submitted, the nearest date first."""
    return list(
        db.session.scalars(
            select(TeamMember)
            .join(Inspection, Inspection.id == TeamMember.inspection_id)
            .join(Institution, Institution.id == Inspection.institution_id)
            .where(TeamMember.user_id == actor.user_id, visible_inspection(actor))
            .where(Inspection.state.in_([state.value for state in BEFORE | EDITABLE]))
            .options(joinedload(TeamMember.inspection).joinedload(Inspection.institution))
            .order_by(Inspection.planned_on, Inspection.id)
        )
    )


def _matches(word: str) -> ColumnElement[bool]:
    """A word of the search box, in what the registry folds of the institution or in the visit's number."""
    parts = fold(word).split()
    named = and_(*(speaks_of(part) for part in parts)) if parts else false()
    return or_(named, func.lower(Inspection.reference).contains(word.lower(), autoescape=True))
