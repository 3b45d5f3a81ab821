"""The journal of deeds: pages of it, and whether its chains and daily anchors are whole."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain as joined
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, Fault, Head, Row, anchor_digest, chain_faults
from inspect_app.domain.errors import ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.models import AuditAnchor, AuditEvent, AuditHead, db
from inspect_app.queries.pages import Page, bounds

#: Events on one page of the journal.
SIZE = 50


@dataclass(frozen=True)
class Filters:
    """What the journal is narrowed by; empty means all. Days are Morocco's, both included."""

    actor: str = ""
    verb: str = ""
    chain: str = ""
    since: date | None = None
    until: date | None = None


def page_of(actor: Actor, filters: Filters, number: int = 1) -> Page[AuditEvent]:
    """One page, the newest event first. Raises ForbiddenError for those who may not see the journal."""
    _check(actor)
    conditions = _conditions(filters)
    total = _count(conditions)
    number, pages, offset = bounds(total, number, SIZE)
    rows = db.session.scalars(
        select(AuditEvent).where(*conditions).order_by(AuditEvent.id.desc()).limit(SIZE).offset(offset)
    ).all()
    return Page(items=rows, number=number, pages=pages, total=total)


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many events; of all of them the heads of the chains know it, without counting each one."""
    if not conditions:
        return db.session.scalar(select(func.coalesce(func.sum(AuditHead.seq), 0))) or 0
    return db.session.scalar(select(func.count(AuditEvent.id)).where(*conditions)) or 0


def verbs(actor: Actor) -> Sequence[str]:
    """The verbs that occur, for the filter: from one to the next through the index, not through every event."""
    _check(actor)
    found = select(func.min(AuditEvent.verb).label("verb")).cte("verbs", recursive=True)
    following = select(func.min(AuditEvent.verb)).where(AuditEvent.verb > found.c.verb).scalar_subquery()
    found = found.union_all(select(following).where(found.c.verb.is_not(None)))
    return db.session.scalars(select(found.c.verb).where(found.c.verb.is_not(None)).order_by(found.c.verb)).all()


def last_anchor() -> AuditAnchor | None:
    """The newest daily digest."""
    return db.session.scalar(select(AuditAnchor).order_by(AuditAnchor.day.desc()).limit(1))


def sealed(digest: str) -> bool:
    """Whether a digest that was kept outside is still the seal of one of the days."""
    return db.session.scalar(select(AuditAnchor.day).where(AuditAnchor.digest == digest)) is not None


def faults_of(chain: str) -> list[Fault]:
    """What is wrong with one chain."""
    return list(_faults(db.session.execute(_rows().where(AuditEvent.chain == chain))))


def all_faults() -> Iterator[Fault]:
    """What is wrong anywhere, found while reading once through all events: memory stays flat."""
    last: tuple[str, int] = ("", 0)

    def told(stream: Iterable[Any]) -> Iterator[Any]:
        nonlocal last
        for row in stream:
            last = (row[0], row[3])
            yield row

    try:
        yield from _faults(told(db.session.execute(_rows().execution_options(yield_per=500))))
    except ValueError:  # a date that is none: SQLite takes anything; among the next 500 events
        yield Fault(last[0], last[1], "unreadable")
    orphans = select(AuditHead.chain, AuditHead.seq).where(
        ~exists(select(AuditEvent.id).where(AuditEvent.chain == AuditHead.chain))
    )
    for chain, _seq in db.session.execute(orphans):
        yield Fault(chain, 1, "tail-missing")
    yield from anchor_faults()


def anchor_faults() -> Iterator[Fault]:
    """Days whose digest is not what their events give, and days left out between two anchors."""
    previous, expected = GENESIS, None
    for anchor in db.session.scalars(select(AuditAnchor).order_by(AuditAnchor.day)).all():
        if expected is None:
            first = first_day()
            if first is not None and first < anchor.day:
                yield Fault(first.isoformat(), 0, "anchor-missing")
        elif anchor.day != expected:
            yield Fault(expected.isoformat(), 0, "anchor-missing")
        ends, events = ends_of(anchor.day)
        if (anchor.chains, anchor.events) != (len(ends), events) or anchor.digest != anchor_digest(
            previous, anchor.day, ends, events
        ):
            yield Fault(anchor.day.isoformat(), 0, "anchor-differs")
        previous, expected = anchor.digest, anchor.day + timedelta(days=1)


def ends_of(day: date) -> tuple[list[tuple[str, int, str]], int]:
    """Where each chain that grew on a day of Morocco stood at its end, and how many events that day had."""
    within = and_(AuditEvent.at >= start_of(day), AuditEvent.at < start_of(day + timedelta(days=1)))
    last = (
        select(AuditEvent.chain, func.max(AuditEvent.seq).label("seq"))
        .where(within)
        .group_by(AuditEvent.chain)
        .subquery()
    )
    rows = db.session.execute(
        select(AuditEvent.chain, AuditEvent.seq, AuditEvent.hash).join(
            last, and_(last.c.chain == AuditEvent.chain, last.c.seq == AuditEvent.seq)
        )
    )
    events = db.session.scalar(select(func.count(AuditEvent.id)).where(within)) or 0
    return [(chain, seq, sealed) for chain, seq, sealed in rows], events


def first_day() -> date | None:
    """The day of Morocco on which the journal begins; None when it is empty."""
    at = db.session.scalar(select(func.min(AuditEvent.at)))
    return at.astimezone(clock.CASABLANCA).date() if at else None


def counts() -> tuple[int, int]:
    """How many chains and how many events there are."""
    chains = db.session.scalar(select(func.count()).select_from(AuditHead)) or 0
    return chains, db.session.scalar(select(func.count(AuditEvent.id))) or 0


def start_of(day: date) -> datetime:
    """The instant at which a day begins in Morocco."""
    return datetime.combine(day, time.min, tzinfo=clock.CASABLANCA)


def _check(actor: Actor) -> None:
    if not actor.may(Permission.SEE_AUDIT):
        raise ForbiddenError


def _rows() -> Select[Any]:
    # the head comes in the same statement: events written meanwhile are seen with their head or not at all
    columns: tuple[Any, ...] = (
        AuditEvent.chain,
        AuditHead.seq,
        AuditHead.hash,
        AuditEvent.seq,
        AuditEvent.at,
        AuditEvent.actor_id,
        AuditEvent.actor,
        AuditEvent.verb,
        cast(AuditEvent.data, Text),  # read below: one that is no JSON any more is a finding, not the end
        AuditEvent.previous_hash,
        AuditEvent.hash,
    )
    joined_to_heads = select(*columns).outerjoin(AuditHead, AuditHead.chain == AuditEvent.chain)
    return joined_to_heads.order_by(AuditEvent.chain, AuditEvent.seq)


def _faults(stream: Iterable[Any]) -> Iterator[Fault]:
    for chain, rows in groupby(stream, key=lambda row: row[0]):
        first = next(rows)
        head = Head(first[1], first[2]) if first[1] is not None else None
        yield from chain_faults(chain, (_row(*row[3:]) for row in joined((first,), rows)), head)


def _row(seq: int, at: datetime, actor_id: int | None, actor: str, verb: str, data: str, *seals: str) -> Row:
    try:
        content = json.loads(data)
    except (TypeError, ValueError):
        content = None  # fits no seal
    return Row(seq, at, actor_id, actor, verb, content, *seals)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.actor:
        conditions.append(func.lower(AuditEvent.actor).contains(filters.actor.lower(), autoescape=True))
    if filters.verb:
        conditions.append(AuditEvent.verb == filters.verb)
    if filters.chain:
        conditions.append(AuditEvent.chain == filters.chain)
    if filters.since:
        conditions.append(AuditEvent.at >= start_of(filters.since))
    if filters.until:
        conditions.append(AuditEvent.at < start_of(filters.until + timedelta(days=1)))
    return conditions
