"""Everything that scoring the country again must read, in bounded portions: on a connection, columns only, no objects.

Portions are runs of institutions (keyset: numbers from … to …), so that the visits of one institution stay together and
a portion is the same size whether the country has a hundred institutions or ten thousand. Each portion costs two
statements, on SQLite as on PostgreSQL.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, func, select, type_coerce
from sqlalchemy.engine import Row

from inspect_app.adapters import clock
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.scoring import AnswerInput
from inspect_app.models import Answer, FrozenVersion, Inspection, Institution, Province, RescoredCard, ScoreCard, db

#: Institutions in one portion: some 5 visits of 200 answers each.
PORTION = 16


@dataclass(frozen=True)
class Reach:
    """Which institutions: all, those of a region (its code), or one (its number in the registry)."""

    region: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of institutions, by id, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A final visit with its own final card, as far as scoring again needs it."""

    institution_id: int
    institution: str
    name: str
    category: str
    region: str
    inspection_id: int
    reference: str
    on: date
    checklist_id: int
    facts: Mapping[str, Any]
    level: str | None
    score: Decimal | None
    sha256: str
    rules_sha256: str
    engine: str
    input_digest: str
    card: Mapping[str, Any] | None  # only where the card is under the rule-set on trial


_i, _n, _c, _a = Inspection.__table__.c, Institution.__table__.c, ScoreCard.__table__.c, Answer.__table__.c
#: The visit's own final card; the newest, should there be several.
_OWN = (
    select(func.max(_c.id))
    .where(_c.inspection_id == _i.id, _c.stage == "final", _c.kind == "own")
    .correlate(Inspection.__table__)
).scalar_subquery()


def _within(statement: Select[Any], reach: Reach) -> Select[Any]:
    if reach.region:
        mine = select(Province.code).where(Province.region_code == reach.region)
        statement = statement.where(_n.province_code.in_(mine))
    if reach.institution:
        statement = statement.where(_n.code == reach.institution)
    return statement


def next_span(connection: Connection, reach: Reach, after: int, size: int = PORTION) -> Span | None:
    """The next institutions in reach, ``size`` of them, some perhaps without a final visit. None at the end."""
    ids = connection.scalars(_within(select(_n.id), reach).where(_n.id > after).order_by(_n.id).limit(size)).all()
    return Span(ids[0], ids[-1]) if ids else None


def institutions(connection: Connection, reach: Reach) -> int:
    """How many institutions are in reach, with a final visit or without."""
    return connection.scalar(_within(select(func.count(_n.id)), reach)) or 0


@lru_cache(maxsize=8)
def _visits(reach: Reach) -> Select[Any]:
    statement = (
        select(
            _i.institution_id,
            _n.code,
            _n.name_fr,
            _n.category,
            Province.region_code,
            _i.id.label("inspection_id"),
            _i.reference,
            _i.planned_on,
            _i.started_at,
            _i.checklist_id,
            _i.facts,
            _c.level,
            _c.score,
            _c.sha256,
            _c.rules_sha256,
            _c.engine_version,
            _c.input_digest,
            _c.id.label("card_id"),
        )
        .select_from(Inspection)
        .join(Institution, _n.id == _i.institution_id)
        .join(Province, Province.code == _n.province_code)
        .join(ScoreCard, _c.id == _OWN)
        .where(_i.institution_id.between(bindparam("first"), bindparam("last")))
        .order_by(_i.institution_id, _i.planned_on, _i.id)
    )
    return _within(statement, reach)


_CARDS = select(_c.id, _c.card).where(_c.id.in_(bindparam("cards", expanding=True)))


def visits(connection: Connection, reach: Reach, span: Span, rules_sha256: str) -> list[Visit]:
    """The final visits of a run of institutions, those of one institution together, oldest first.

    The whole card comes along where it was made under the rule-set of the given hash.
    """
    rows = connection.execute(_visits(reach), {"first": span.first, "last": span.last}).all()
    own = [row.card_id for row in rows if row.rules_sha256 == rules_sha256]
    cards = {id_: card for id_, card in connection.execute(_CARDS, {"cards": own})} if own else {}
    return [_visit(row, cards) for row in rows]


def _visit(row: Row[Any], cards: Mapping[int, Mapping[str, Any]]) -> Visit:
    started = row.started_at
    return Visit(
        institution_id=row.institution_id,
        institution=row.code,
        name=row.name_fr,
        category=row.category,
        region=row.region_code,
        inspection_id=row.inspection_id,
        reference=row.reference,
        on=started.astimezone(clock.CASABLANCA).date() if started else row.planned_on,
        checklist_id=row.checklist_id,
        facts=row.facts,
        level=row.level,
        score=row.score,
        sha256=row.sha256,
        rules_sha256=row.rules_sha256,
        engine=row.engine_version,
        input_digest=row.input_digest,
        card=cards.get(row.card_id),
    )


# numbers instead of booleans spare a conversion for each of ten million rows
_ANSWERS = (
    select(_a.inspection_id, _a.criterion, _a.level, type_coerce(_a.not_applicable, Integer))
    .select_from(Inspection)
    .join(Answer, _a.inspection_id == _i.id)
    .where(_i.institution_id.between(bindparam("first"), bindparam("last")), _i.final_at.is_not(None))
    .order_by(_a.inspection_id)
)


class _Inputs(dict[tuple[int | None, int], AnswerInput]):
    """There are few different answers: each is made once."""

    def __missing__(self, key: tuple[int | None, int]) -> AnswerInput:
        level, not_applicable = key
        made = self[key] = AnswerInput(level, bool(not_applicable))
        return made


_INPUTS = _Inputs()


@lru_cache(maxsize=8)
def _answers(reach: Reach) -> Select[Any]:
    return _within(_ANSWERS.join(Institution, _n.id == _i.institution_id), reach) if reach != Reach() else _ANSWERS


def answers(connection: Connection, reach: Reach, span: Span) -> dict[int, dict[str, AnswerInput]]:
    """The answers of all final visits of a run of institutions, by visit and criterion."""
    found: dict[int, dict[str, AnswerInput]] = {}
    inputs, last, mine = _INPUTS, None, {}
    rows = connection.execute(_answers(reach), {"first": span.first, "last": span.last})
    for visit, code, level, not_applicable in rows:
        if visit != last:
            last, mine = visit, found.setdefault(visit, {})
        mine[code] = inputs[level, not_applicable]
    return found


def checklist(connection: Connection, version_id: int) -> Checklist:
    """A frozen checklist."""
    return Checklist.of(connection.scalars(select(FrozenVersion.content).where(FrozenVersion.id == version_id)).one())


def frozen_rules(connection: Connection, code: str, version: str) -> list[Mapping[str, Any]]:
    """The rule-sets on file of that code and version, as data; more than one where a draft was in use."""
    return list(
        connection.scalars(
            select(FrozenVersion.content)
            .where(FrozenVersion.kind == "rules", FrozenVersion.code == code, FrozenVersion.version == version)
            .order_by(FrozenVersion.id)
        )
    )


def with_card_under(inspection_ids: Collection[int], rules_sha256: str) -> set[int]:
    """Those of some visits that have a second card under the rule-set already."""
    statement = select(RescoredCard.inspection_id).where(
        RescoredCard.inspection_id.in_(inspection_ids), RescoredCard.rules_sha256 == rules_sha256
    )
    return set(db.session.scalars(statement))
