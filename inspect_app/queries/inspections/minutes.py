"""What was set down on the spot: signatures of a visit, sheets of its critical findings, and who was told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, exists, func, select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.critical import Audience, latest, same_day
from inspect_app.domain.inspections import ENDED
from inspect_app.models import CriticalNotice, CriticalSheet, Inspection, Institution, Signature, db
from inspect_app.queries.scope import visible_inspection


@dataclass(frozen=True)
class Finding:
    """A critical finding by the sheet that stands, the earlier ones that it completes, and who was told when."""

    sheet: CriticalSheet
    earlier: tuple[CriticalSheet, ...]
    told: dict[str, datetime]  # audience → when the letters left
    same_day: bool

    @property
    def criterion(self) -> str:
        """Code of the criterion."""
        return self.sheet.criterion


def signatures_of(inspection_id: int, until: datetime | None = None) -> list[Signature]:
    """The signatures of a visit in the order of their receipt; those received ``until`` an instant."""
    statement = select(Signature).where(Signature.inspection_id == inspection_id).order_by(Signature.id)
    if until is not None:
        statement = statement.where(Signature.received_at <= until)
    return list(db.session.scalars(statement))


def sheets_of(inspection_id: int, until: datetime | None = None) -> list[CriticalSheet]:
    """The sheets of a visit in the order of their receipt; those received ``until`` an instant."""
    statement = select(CriticalSheet).where(CriticalSheet.inspection_id == inspection_id).order_by(CriticalSheet.id)
    if until is not None:
        statement = statement.where(CriticalSheet.received_at <= until)
    return list(db.session.scalars(statement))


def notices_of(inspection_id: int) -> dict[str, list[Audience]]:
    """Criterion → who was told of it by mail."""
    found: dict[str, list[Audience]] = {}
    for row in _notices(inspection_id):
        found.setdefault(row.criterion, []).append(Audience(row.audience))
    return found


def critical_findings(
    inspection_id: int, without: frozenset[str] = frozenset(), until: datetime | None = None
) -> list[Finding]:
    """The critical findings of a visit: immediate danger first, then as they were received."""
    rows = [row for row in sheets_of(inspection_id, until) if row.criterion not in without]
    if not rows:
        return []
    notices: dict[str, dict[str, datetime]] = {}
    for notice in _notices(inspection_id):
        notices.setdefault(notice.criterion, {})[notice.audience] = notice.at
    standing = latest([(row.criterion, row.op_id, row.base_op_id) for row in rows])
    found = []
    for criterion, op_id in standing.items():
        mine = [row for row in rows if row.criterion == criterion]
        sheet = next(row for row in mine if row.op_id == op_id)
        earlier = tuple(row for row in mine if row is not sheet)
        first = min(row.received_at for row in mine)
        phoned = [row.phoned_at for row in mine if row.phoned_at is not None]
        seen = min(row.seen_at for row in mine)
        in_time = same_day(_day(seen), _day(first), _day(min(phoned)) if phoned else None)
        found.append(Finding(sheet, earlier, notices.get(criterion, {}), in_time))
    return sorted(found, key=lambda one: (not one.sheet.danger, one.sheet.id))


def has_critical() -> ColumnElement[bool]:
    """A condition on ``Inspection``: a critical finding was told of it, and the visit has not ended."""
    return exists(select(CriticalSheet.id).where(CriticalSheet.inspection_id == Inspection.id)) & (
        Inspection.state.not_in([state.value for state in ENDED])
    )


def urgent(inspections: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """Of these visits (one page): how many critical findings were told, and whether one is an immediate danger.

    Visits that have ended are left out: what became of their findings stands in the file.
    """
    rows = db.session.execute(
        select(
            CriticalSheet.inspection_id,
            func.count(CriticalSheet.criterion.distinct()),
            func.max(case((CriticalSheet.danger, 1), else_=0)),
        )
        .join(Inspection, Inspection.id == CriticalSheet.inspection_id)
        .where(
            CriticalSheet.inspection_id.in_(list(inspections)),
            Inspection.state.not_in([state.value for state in ENDED]),
        )
        .group_by(CriticalSheet.inspection_id)
    )
    return {inspection: (count, bool(danger)) for inspection, count, danger in rows}


def urgent_count(actor: Actor) -> int:
    """On how many visits that the actor may know of a critical finding was told, and which have not ended."""
    return (
        db.session.scalar(
            select(func.count(CriticalSheet.inspection_id.distinct()))
            .join(Inspection, Inspection.id == CriticalSheet.inspection_id)
            .join(Institution, Institution.id == Inspection.institution_id)
            .where(visible_inspection(actor), Inspection.state.not_in([state.value for state in ENDED]))
        )
        or 0
    )


def _notices(inspection_id: int) -> list[CriticalNotice]:
    return list(
        db.session.scalars(
            select(CriticalNotice).where(CriticalNotice.inspection_id == inspection_id).order_by(CriticalNotice.id)
        )
    )


def _day(at: datetime) -> date:
    return at.astimezone(clock.CASABLANCA).date()
