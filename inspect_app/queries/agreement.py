"""How far inspectors agree: the pairs of ratings that an actor may read, grouped, with the names and criteria they are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.agreement_report import AgreementPolicy, Rated, Report, report
from inspect_app.domain.checklists import Criterion, Domain
from inspect_app.domain.roles import Role
from inspect_app.models import DoubleRatedCriterion, DoubleRating, Inspection, Institution, Province, User, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.scope import in_territory

#: Who reads the agreement of a whole territory; others read what they rated themselves.
_OVERSEERS = (Role.COORDINATOR, Role.MINISTRY_OFFICER, Role.AUDITOR)


@dataclass(frozen=True)
class Filters:
    """What the ratings are narrowed by; empty means all."""

    region: str = ""
    province: str = ""
    category: str = ""


@dataclass(frozen=True)
class Agreement:
    """A report and what its keys stand for."""

    report: Report
    visits: int
    own: bool  # the actor's own pairs alone
    invented: bool  # some of it is demonstration data
    people: Mapping[int, User]
    criteria: Mapping[str, Criterion]
    domains: Mapping[str, Domain]


def agreement(actor: Actor, filters: Filters, policy: AgreementPolicy) -> Agreement:
    """The agreement on all opened double ratings that the actor may read.

    Coordinators, ministry officers and auditors: of the visits of their territory. Everybody else: of their own
    ratings, so that nobody is shown how two colleagues agree with each other.
    """
    scope = [*_scope(actor), *_narrowed(filters)]
    rows = [Rated(*row) for row in _counted(scope)]
    criteria, domains = _texts(scope)
    people = {r.first for r in rows} | {r.second for r in rows}
    visits, invented = _visits(scope)
    return Agreement(
        report=report(rows, policy, {code: c.domain for code, c in criteria.items()}),
        visits=visits,
        own=not actor.has(*_OVERSEERS),
        invented=invented,
        people={u.id: u for u in db.session.scalars(select(User).where(User.id.in_(sorted(people))))},
        criteria=criteria,
        domains=domains,
    )


def _scope(actor: Actor) -> list[ColumnElement[bool]]:
    mine = or_(
        DoubleRatedCriterion.first_author_id == actor.user_id, DoubleRatedCriterion.second_rater_id == actor.user_id
    )
    seen = or_(mine, in_territory(actor)) if actor.has(*_OVERSEERS) else mine
    return [DoubleRating.opened_at.is_not(None), seen]


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.region:
        found.append(Province.region_code == filters.region)
    if filters.province:
        found.append(Institution.province_code == filters.province)
    if filters.category:
        found.append(Institution.category == filters.category)
    return found


def _counted(scope: list[ColumnElement[bool]]) -> list[tuple[str, int, int, int | None, int | None, int]]:
    """Counted by the database: as many rows as there are different outcomes, however many visits there were."""
    c = DoubleRatedCriterion
    columns = (c.criterion, c.first_author_id, c.second_rater_id, c.first_level, c.second_level)
    statement = (
        select(*columns, func.count())
        .join(DoubleRating, DoubleRating.id == c.double_rating_id)
        .join(Inspection, Inspection.id == DoubleRating.inspection_id)
        .join(Institution, Institution.id == Inspection.institution_id)
        .join(Province, Province.code == Institution.province_code)
        .where(*scope)
        .group_by(*columns)
    )
    # an opened double rating has a first author everywhere
    return [(row[0], row[1] or 0, row[2], row[3], row[4], row[5]) for row in db.session.execute(statement)]


def _texts(scope: list[ColumnElement[bool]]) -> tuple[dict[str, Criterion], dict[str, Domain]]:
    """Criteria and domains by code, from the checklists of these visits; where they differ, as the latest frozen says."""
    ids = db.session.scalars(
        select(Inspection.checklist_id)
        .join(DoubleRating, DoubleRating.inspection_id == Inspection.id)
        .join(DoubleRatedCriterion, DoubleRatedCriterion.double_rating_id == DoubleRating.id)
        .join(Institution, Institution.id == Inspection.institution_id)
        .join(Province, Province.code == Institution.province_code)
        .where(*scope)
        .distinct()
    ).all()
    criteria: dict[str, Criterion] = {}
    domains: dict[str, Domain] = {}
    for checklist_id in sorted(ids):
        checklist = checklist_of(Inspection(checklist_id=checklist_id))
        criteria.update({c.code: c for c in checklist})
        domains.update({d.code: d for d in checklist.domains})
    return criteria, domains


def _visits(scope: list[ColumnElement[bool]]) -> tuple[int, bool]:
    """How many visits, and whether any of them is invented."""
    rows = db.session.execute(
        select(Inspection.invented, func.count(func.distinct(Inspection.id)))
        .join(DoubleRating, DoubleRating.inspection_id == Inspection.id)
        .join(DoubleRatedCriterion, DoubleRatedCriterion.double_rating_id == DoubleRating.id)
        .join(Institution, Institution.id == Inspection.institution_id)
        .join(Province, Province.code == Institution.province_code)
        .where(*scope)
        .group_by(Inspection.invented)
    )
    found = {invented: count for invented, count in rows}
    return sum(found.values()), True in found
