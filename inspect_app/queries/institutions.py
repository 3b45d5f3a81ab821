"""The registry as a person may see it: one institution, a filtered and sorted page, the figures above it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, not_, select
from sqlalchemy.orm import load_only

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.folding import fold, search_words
from inspect_app.models import AuditEvent, Institution, Province, db
from inspect_app.queries.pages import SIZE, Page, bounds
from inspect_app.queries.scope import in_territory, visible_institutions
from inspect_app.queries.searching import speaks_of

#: Value of the level filter for institutions that no final visit has rated.
NOT_EVALUATED = "not-evaluated"
#: What a list may be sorted by.
SORTS = ("name", "code", "province", "category", "capacity", "level", "score", "last_visit", "unvisited")

_CAPACITY = (
    Institution.capacity_women + Institution.capacity_men + Institution.capacity_girls + Institution.capacity_boys
)
_PRESENT = Institution.present_women + Institution.present_men + Institution.present_girls + Institution.present_boys
_LADDER = ("refused", "provisional", "conditional", "accredited", "distinction")


@dataclass(frozen=True)
class Filters:
    """What a list of institutions is narrowed by; empty means all."""

    search: str = ""
    region: str = ""
    province: str = ""
    category: str = ""
    level: str = ""  # a level, or NOT_EVALUATED
    authorised: bool | None = None
    over_capacity: bool = False
    no_director: bool = False
    imported: str = ""  # SHA-256 of a file: what its import entered or changed
    sort: str = "name"
    descending: bool = False
    language: str = "ar"  # which name the list is sorted by

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return replace(self, sort="name", descending=False, language="ar") != Filters()


@dataclass(frozen=True)
class Figures:
    """How many institutions the filters leave, and how many of these have a problem seen from the office."""

    total: int
    capacity: int
    not_authorised: int
    over_capacity: int
    no_director: int
    not_evaluated: int


def over_capacity() -> ColumnElement[bool]:
    """A condition on ``Institution``: more people present than licensed places."""
    return _PRESENT > _CAPACITY


def visible(actor: Actor, institution_id: int) -> Institution:
    """An institution in the actor's territory. Raises NotVisibleError."""
    found = db.session.scalar(visible_institutions(actor).where(Institution.id == institution_id))
    if found is None:
        raise NotVisibleError("institution")
    return found


def figures(actor: Actor, filters: Filters) -> Figures:
    """The counts above the list, in one pass over the rows."""

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    columns: list[Any] = [
        func.count(Institution.id),
        func.coalesce(func.sum(_CAPACITY), 0),
        count(not_(Institution.authorised)),
        count(over_capacity()),
        count(not_(Institution.director_in_post)),
        count(Institution.level.is_(None)),
    ]
    row = db.session.execute(_narrowed(select(*columns).select_from(Institution), actor, filters)).one()
    return Figures(*(int(value) for value in row))


def page_of(actor: Actor, filters: Filters, number: int = 1, *, total: int | None = None) -> Page[Institution]:
    """One page of the list. ``total`` spares a count when ``figures`` has it. A page beyond the last is the last."""
    if total is None:
        total = figures(actor, filters).total
    number, pages, offset = bounds(total, number)
    rows = db.session.scalars(
        _sorted(_narrowed(select(Institution), actor, filters), filters)
        .options(load_only(*_LISTED, raiseload=True))
        .limit(SIZE)
        .offset(offset)
    ).all()
    return Page(items=rows, number=number, pages=pages, total=total)


#: Columns that a list shows; the rest stays in the database.
_LISTED: tuple[Any, ...] = (
    Institution.code,
    Institution.name_ar,
    Institution.name_fr,
    Institution.category,
    Institution.commune,
    Institution.province_code,
    Institution.authorised,
    Institution.director_in_post,
    Institution.level,
    Institution.score,
    Institution.last_visit_on,
    *(getattr(Institution, f"{kind}_{group}") for kind in ("capacity", "present") for group in ("women", "men", "girls", "boys")),
)  # fmt: skip


def all_of(actor: Actor, filters: Filters) -> Iterator[Institution]:
    """Every institution that the filters leave, whole, in their order (exports)."""
    statement = _sorted(_narrowed(select(Institution), actor, filters), filters)
    yield from db.session.scalars(statement.execution_options(yield_per=500))


def by_codes(actor: Actor, codes: set[str]) -> dict[str, Institution]:
    """The institutions of these codes that lie in the actor's territory, by code."""
    found: dict[str, Institution] = {}
    ordered = sorted(codes)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        found.update(
            {row.code: row for row in db.session.scalars(visible_institutions(actor).where(Institution.code.in_(part)))}
        )
    return found


def taken_codes(codes: set[str]) -> set[str]:
    """Which of these codes the registry has, wherever they lie."""
    ordered = sorted(codes)
    taken: set[str] = set()
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        taken.update(db.session.scalars(select(Institution.code).where(Institution.code.in_(part))))
    return taken


def known_names() -> dict[tuple[str, str, str], str]:
    """Code by folded Arabic name, category and province, of all institutions (to find duplicates)."""
    rows = db.session.execute(
        select(Institution.name_ar, Institution.category, Institution.province_code, Institution.code)
    )
    return {(fold(name), category, province): code for name, category, province, code in rows}


def last_number(province_code: str) -> int:
    """The highest running number given in a province; 0 where none was."""
    codes = db.session.scalars(select(Institution.code).where(Institution.code.startswith(f"{province_code}-")))
    tails = [code.rpartition("-")[2] for code in codes]
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)


def _narrowed(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [in_territory(actor)]
    conditions += [speaks_of(part) for part in search_words(filters.search)]
    if filters.region:
        conditions.append(
            Institution.province_code.in_(select(Province.code).where(Province.region_code == filters.region))
        )
    for column, value in ((Institution.province_code, filters.province), (Institution.category, filters.category)):
        if value:
            conditions.append(column == value)
    if filters.level == NOT_EVALUATED:
        conditions.append(Institution.level.is_(None))
    elif filters.level:
        conditions.append(Institution.level == filters.level)
    if filters.authorised is not None:
        conditions.append(Institution.authorised.is_(filters.authorised))
    if filters.over_capacity:
        conditions.append(over_capacity())
    if filters.no_director:
        conditions.append(not_(Institution.director_in_post))
    if filters.imported:
        conditions.append(_came_with(filters.imported))
    return statement.where(and_(*conditions))


def _came_with(sha256: str) -> ColumnElement[bool]:
    """A condition on ``Institution``: its journal says that the file entered or changed it."""
    return exists(
        select(AuditEvent.id)
        .where(
            AuditEvent.chain == literal("institution/") + cast(Institution.id, String),
            AuditEvent.verb.in_(("institution.created", "institution.edited")),
            AuditEvent.data["file"].as_string() == sha256,
        )
        .correlate(Institution)
    )


def _sorted(statement: Select[Any], filters: Filters) -> Select[Any]:
    name = Institution.name_ar if filters.language == "ar" else Institution.name_fr
    keys: dict[str, Any] = {
        "name": name,
        "code": Institution.code,
        "province": Institution.province_code,
        "category": Institution.category,
        "capacity": _CAPACITY,
        "level": case({level: rank for rank, level in enumerate(_LADDER)}, value=Institution.level, else_=None),
        "score": Institution.score,
        "last_visit": Institution.last_visit_on,
    }
    key = keys.get(filters.sort, name)
    if filters.sort == "unvisited":  # never visited first, then the longest ago: what must be visited
        last = Institution.last_visit_on
        return statement.order_by(last.is_not(None), last.asc(), name, Institution.id)
    # what has no value comes last in both directions, on both databases
    empty_last = key.is_(None)
    return statement.order_by(empty_last, key.desc() if filters.descending else key.asc(), Institution.id)
