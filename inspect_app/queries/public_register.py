"""The register as anybody may read it. What is not named in these classes is never made public.

No person's name, address, telephone or coordinate stands here; no association either, because some bear a person's name.
Of categories whose places are withheld (policy: shelters for women victims of violence) nothing nearer than the
province is told, and a search does not find them by anything nearer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from inspect_app.adapters import clock
from inspect_app.adapters.decision_files import load_decision_policy
from inspect_app.domain.folding import search_words, western_digits
from inspect_app.domain.texts import Text
from inspect_app.models import (
    Accreditation,
    Decision,
    Dossier,
    Inspection,
    Institution,
    Province,
    Region,
    ScoreCard,
    db,
)
from inspect_app.queries.decisions.grounds import plan_facts
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.pages import SIZE, Page, bounds
from inspect_app.queries.searching import speaks_of


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed by; empty means all."""

    search: str = ""
    region: str = ""
    province: str = ""
    category: str = ""
    standing: str = ""


@dataclass(frozen=True)
class PublicLine:
    """A line of the register; its fields are those of the open data."""

    code: str
    name_ar: str
    name_fr: str
    category: str
    region: str
    region_ar: str
    region_fr: str
    province: str
    province_ar: str
    province_fr: str
    commune: str  # empty where the place is withheld
    place_withheld: bool
    standing: str
    level: str
    number: str  # of the decision
    decided_on: date | None
    valid_until: date | None
    visited_on: date | None

    def name(self, language: str) -> str:
        """The name in the language's script."""
        return self.name_ar if language == "ar" else self.name_fr

    def place(self, language: str) -> str:
        """Province and region, with the commune where it may be told."""
        near = (self.province_ar, self.region_ar) if language == "ar" else (self.province_fr, self.region_fr)
        return " · ".join(part for part in (self.commune, *near) if part)


#: The allow-list of the open data, in its order.
FIELDS = tuple(field.name for field in fields(PublicLine))


@dataclass(frozen=True)
class Found:
    """A line and where its page is."""

    id: int
    line: PublicLine


@dataclass(frozen=True)
class Point:
    """A past result that a decision rested on."""

    on: date
    score: Decimal | None
    outcome: str


@dataclass(frozen=True)
class Profile:
    """An institution's page. ``domains``: title and score in percent of the visit that the decision rests on."""

    id: int
    line: PublicLine
    domains: tuple[tuple[Text, Decimal | None], ...]
    trend: tuple[Point, ...]
    plan_verified: int | None
    plan_actions: int | None
    age_days: int | None


@dataclass(frozen=True)
class Checked:
    """What is known of a document. ``status``: genuine, superseded, suspended, withdrawn, expired."""

    status: str
    number: str
    outcome: str
    name_ar: str
    name_fr: str
    decided_on: date
    valid_until: date | None
    institution_id: int
    fingerprints: tuple[str, str]  # SHA-256 of the Arabic and the French document
    newer: str | None  # number of the decision that took its place
    invented: bool

    def name(self, language: str) -> str:
        """The name in the language's script."""
        return self.name_ar if language == "ar" else self.name_fr


_COLUMNS = (
    Institution.id,
    Institution.code,
    Institution.name_ar,
    Institution.name_fr,
    Institution.category,
    Region.code.label("region"),
    Region.name_ar.label("region_ar"),
    Region.name_fr.label("region_fr"),
    Province.code.label("province"),
    Province.name_ar.label("province_ar"),
    Province.name_fr.label("province_fr"),
    Institution.commune,
    Accreditation.standing,
    Accreditation.level,
    Decision.number,
    Decision.decided_on,
    Accreditation.valid_until,
    Inspection.started_at,
    Inspection.planned_on,
)


def _lines() -> Any:
    return (
        select(*_COLUMNS)
        .join(Province, Province.code == Institution.province_code)
        .join(Region, Region.code == Province.region_code)
        .outerjoin(Accreditation, Accreditation.institution_id == Institution.id)
        .outerjoin(Decision, Decision.id == Accreditation.decision_id)
        .outerjoin(Dossier, Dossier.id == Decision.dossier_id)
        .outerjoin(Inspection, Inspection.id == Dossier.inspection_id)
    )


def _line(row: Any) -> PublicLine:
    withheld = row.category in load_decision_policy().withheld
    started = row.started_at
    ended = row.standing in ("refused", "withdrawn", "expired")
    return PublicLine(
        code=row.code,
        name_ar=row.name_ar,
        name_fr=row.name_fr,
        category=row.category,
        region=row.region,
        region_ar=row.region_ar,
        region_fr=row.region_fr,
        province=row.province,
        province_ar=row.province_ar,
        province_fr=row.province_fr,
        commune="" if withheld else row.commune,
        place_withheld=withheld,
        standing=row.standing or "none",
        level="" if ended else row.level or "",
        number=row.number or "",
        decided_on=row.decided_on,
        valid_until=None if ended else row.valid_until,
        visited_on=started.astimezone(clock.CASABLANCA).date() if started else row.planned_on,
    )


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    withheld = Institution.category.in_(sorted(load_decision_policy().withheld))
    found: list[ColumnElement[bool]] = []
    for part in search_words(filters.search):
        by_name = or_(
            Institution.name_ar.icontains(part, autoescape=True), Institution.name_fr.icontains(part, autoescape=True)
        )
        found.append(or_(and_(~withheld, speaks_of(part)), and_(withheld, by_name)))
    if filters.region:
        found.append(Province.region_code == filters.region)
    if filters.province:
        found.append(Province.code == filters.province)
    if filters.category:
        found.append(Institution.category == filters.category)
    if filters.standing == "none":
        found.append(Accreditation.institution_id.is_(None))
    elif filters.standing:
        found.append(Accreditation.standing == filters.standing)
    return found


def register_page(filters: Filters, number: int = 1, *, language: str = "ar") -> Page[Found]:
    """A page of the register, by name."""
    conditions = _narrowed(filters)
    # the few of this page are found first, among narrow rows; only they are read whole
    narrow = select(Institution.id).where(*conditions)
    if filters.region or filters.province:
        narrow = narrow.join(Province, Province.code == Institution.province_code)
    if filters.standing:
        narrow = narrow.outerjoin(Accreditation, Accreditation.institution_id == Institution.id)
    total = db.session.scalar(select(func.count()).select_from(narrow.subquery())) or 0
    kept, pages, offset = bounds(total, number)
    name = Institution.name_ar if language == "ar" else Institution.name_fr
    ids = db.session.scalars(narrow.order_by(name, Institution.id).offset(offset).limit(SIZE)).all()
    rows = db.session.execute(_lines().where(Institution.id.in_(ids)).order_by(name, Institution.id))
    return Page([Found(row.id, _line(row)) for row in rows], kept, pages, total)


def register_lines() -> Iterator[PublicLine]:
    """The whole register, by registry number: the open data."""
    for row in db.session.execute(_lines().order_by(Institution.code).execution_options(yield_per=500)):
        yield _line(row)


def territories() -> list[tuple[str, str, str]]:
    """The regions: code, Arabic name, French name."""
    rows = db.session.execute(select(Region.code, Region.name_ar, Region.name_fr).order_by(Region.code))
    return [(code, ar, fr) for code, ar, fr in rows]


def figures() -> dict[str, int]:
    """How many institutions stand where; those without a decision as «none»."""
    rows = db.session.execute(select(Accreditation.standing, func.count()).group_by(Accreditation.standing))
    found: dict[str, int] = {standing: count for standing, count in rows}
    every = db.session.scalar(select(func.count(Institution.id))) or 0
    return {**found, "none": every - sum(found.values())}


def profile(institution_id: int) -> Profile | None:
    """The page of an institution; None where there is none."""
    row = db.session.execute(_lines().where(Institution.id == institution_id)).one_or_none()
    if row is None:
        return None
    decided = db.session.execute(
        select(Decision.outcome, Inspection, ScoreCard)
        .join(Dossier, Dossier.id == Decision.dossier_id)
        .join(Inspection, Inspection.id == Dossier.inspection_id)
        .join(ScoreCard, (ScoreCard.inspection_id == Inspection.id) & (ScoreCard.stage == "final"))
        .where(Decision.institution_id == institution_id, Dossier.matter == "accreditation")
        .order_by(Decision.id)
    ).all()
    plan = plan_facts(institution_id)
    line = _line(row)
    last = decided[-1] if decided else None
    return Profile(
        id=institution_id,
        line=line,
        domains=_domains(last[1], last[2]) if last else (),
        trend=tuple(Point(_visited(inspection), card.score, outcome) for outcome, inspection, card in decided),
        plan_verified=plan.verified if plan else None,
        plan_actions=plan.actions if plan else None,
        age_days=(clock.today() - _visited(last[1])).days if last else None,
    )


def _visited(inspection: Inspection) -> date:
    started = inspection.started_at
    return started.astimezone(clock.CASABLANCA).date() if started else inspection.planned_on


def _domains(inspection: Inspection, card: ScoreCard) -> tuple[tuple[Text, Decimal | None], ...]:
    titles = {d.code: d.title for d in checklist_of(inspection).domains}
    return tuple(
        (titles[d["code"]], None if d["score"] is None else Decimal(d["score"]))
        for d in card.card["domains"]
        if d["code"] in titles
    )


def normal_code(typed: str) -> str:
    """A code as it stands on the document, however it was typed: spaces, small letters, digits of three scripts."""
    plain = "".join(c for c in western_digits(typed).upper() if c.isalnum())
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))[:40]


def checked(typed: str) -> Checked | None:
    """What is known of the document with this code; None where no document has it."""
    decision = db.session.scalar(select(Decision).where(Decision.code == normal_code(typed)))
    if decision is None:
        return None
    now = db.session.get_one(Accreditation, decision.institution_id)
    newer = now.decision if now.decision_id != decision.id else None
    status = "superseded"
    if newer is None:
        # a withdrawal, its own document in the hand, is genuine
        status = "expired" if now.standing == "expired" else "genuine"
    elif newer.standing in ("withdrawn", "suspended"):
        status = newer.standing
    return Checked(
        status=status,
        number=decision.number,
        outcome=decision.outcome,
        name_ar=decision.institution.name_ar,
        name_fr=decision.institution.name_fr,
        decided_on=decision.decided_on,
        valid_until=None if decision.outcome == "suspended" else decision.valid_until,
        institution_id=decision.institution_id,
        fingerprints=(decision.pdf_ar, decision.pdf_fr),
        newer=newer.number if newer else None,
        invented=decision.invented,
    )
