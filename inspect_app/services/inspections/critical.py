"""A critical finding is set down on the spot and told the same day: to the coordinator, in immediate danger to the ministry."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Status
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.critical import Audience, Sheet, audiences, faults
from inspect_app.models import CriticalNotice, CriticalSheet, Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.minutes import notices_of, sheets_of
from inspect_app.services import audit
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.answering import Result
from inspect_app.services.inspections.common import chain
from inspect_app.services.inspections.signing import begun


def fill_sheets(actor: Actor, *, inspection_id: int, sheets: Sequence[Sheet]) -> list[Result]:
    """Keep sheets of critical findings, then tell who was not told yet; a fault in one refuses that one only.

    The mails leave after the commit, once for each criterion and audience. Where they could not leave, the same sheet
    sent again tries again. Raises as ``take_signatures``.
    """
    inspection = begun(actor, inspection_id)
    checklist, facts = checklist_of(inspection), Facts.of(inspection.facts)
    asked = {c.code: c for c in checklist.applicable(facts)}
    hidden = questions.hidden_from(actor, inspection.id)
    known = {
        op_id: (of, digest)
        for op_id, of, digest in db.session.execute(
            select(CriticalSheet.op_id, CriticalSheet.inspection_id, CriticalSheet.digest).where(
                CriticalSheet.op_id.in_([s.op_id for s in sheets])
            )
        )
    }
    results = []
    for sheet in sheets:
        if sheet.op_id in known:
            same = known[sheet.op_id] == (inspection.id, sheet.digest)
            status = Status.ALREADY_HERE if same else Status.REFUSED
            results.append(Result(sheet.op_id, status, None if same else "op-id-reused"))
            continue
        criterion = asked.get(sheet.criterion)
        found = {"criterion": "criterion-not-asked"} if criterion is None else faults(sheet, criterion)
        if sheet.criterion in hidden:
            found = {"criterion": "rated-apart"}
        if found:
            results.append(Result(sheet.op_id, Status.REFUSED, next(iter(found.values())), found))
            continue
        _keep(actor, inspection, sheet)
        known[sheet.op_id] = (inspection.id, sheet.digest)
        results.append(Result(sheet.op_id, Status.ACCEPTED))
    db.session.commit()
    _tell(actor, inspection, checklist)
    return results


def _keep(actor: Actor, inspection: Inspection, sheet: Sheet) -> None:
    db.session.add(
        CriticalSheet(
            op_id=sheet.op_id,
            inspection_id=inspection.id,
            criterion=sheet.criterion,
            base_op_id=sheet.base_op_id,
            seen=sheet.seen,
            danger=sheet.danger,
            measure=sheet.measure,
            told=sheet.told.value,
            seen_at=sheet.seen_at,
            written_at=sheet.written_at,
            phoned_at=sheet.phoned_at,
            received_at=clock.now(),
            author_id=actor.user_id,
            device_id=actor.device_id,
            digest=sheet.digest,
        )
    )
    # what was seen may speak of somebody: its words stay out of the journal, the fingerprint binds them
    audit.record(
        actor,
        "critical_sheet.filled",
        chain=chain(inspection.id),
        op=sheet.op_id,
        criterion=sheet.criterion,
        danger=sheet.danger,
        told=sheet.told.value,
        sha256=sheet.digest,
    )


def _tell(actor: Actor, inspection: Inspection, checklist: Checklist) -> None:
    """Whoever is not told yet of a finding is told, and the journal says to how many letters went."""
    told = notices_of(inspection.id)
    for row in sheets_of(inspection.id):
        for audience in audiences(row.danger, told.get(row.criterion, ())):
            letters = notices.critical_finding(inspection, checklist.criterion(row.criterion), row, audience)
            if letters == 0:
                continue
            told.setdefault(row.criterion, []).append(audience)
            _note(actor, inspection, row, audience, letters)


def _note(actor: Actor, inspection: Inspection, row: CriticalSheet, audience: Audience, letters: int) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(
                CriticalNotice(
                    inspection_id=inspection.id,
                    criterion=row.criterion,
                    audience=audience.value,
                    sheet_id=row.id,
                    letters=letters,
                    at=clock.now(),
                )
            )
    except IntegrityError:
        return  # a repetition of the same request told them at the same moment
    audit.record(
        actor,
        "critical_sheet.told",
        chain=chain(inspection.id),
        criterion=row.criterion,
        audience=audience.value,
        letters=letters,
    )
    db.session.commit()
