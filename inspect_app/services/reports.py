"""The report on a visit as a document: made once per stage and language, kept under its hash, written down."""

import structlog
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock, files, pdf
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.texts import LANGUAGES
from inspect_app.models import Inspection, Report, db
from inspect_app.queries import inspections as questions
from inspect_app.queries import reports as kept
from inspect_app.services import audit
from inspect_app.services.inspections.common import hold
from reports.inspection import context

log = structlog.get_logger()


def report_for(actor: Actor, *, inspection_id: int, stage: str, language: str) -> tuple[bytes, Report]:
    """The PDF of a visit's report and its row; the first who asks has it made, everybody gets the same bytes.

    A draft exists once it was sent to the director, a final report once it was issued. Raises NotVisibleError (visit,
    stage or language unknown to this person), ForbiddenError (no right to reports, interests not declared),
    DomainError("report-not-yet"), DomainError("report-failed") when the engine cannot make it.
    """
    if not actor.may(Permission.SEE_REPORTS):
        raise ForbiddenError
    if stage not in kept.STAGES or language not in LANGUAGES:
        raise NotVisibleError("report")
    inspection = questions.opened(actor, inspection_id)
    if not kept.due(inspection, stage):
        raise DomainError("report-not-yet")
    found = kept.made(inspection.id, stage, language)
    if found is not None:
        return files.get(found.sha256), found
    return _make(actor, inspection, stage, language)


def _make(actor: Actor, inspection: Inspection, stage: str, language: str) -> tuple[bytes, Report]:
    erased = kept.erased(inspection.id)
    document = context.document(inspection, stage, language)
    try:
        made = pdf.render(document.html, language=language, title=document.title, pictures=document.pictures)
    except pdf.PdfError as error:
        log.error("report-failed", inspection=inspection.id, stage=stage, language=language, reason=str(error))
        raise DomainError("report-failed", status=503) from error
    hold(inspection.id)
    if kept.erased(inspection.id) != erased:  # while it was printed a photograph had to go: print without it
        db.session.commit()
        return _make(actor, inspection, stage, language)
    # the file first: a row never speaks of bytes that are not there
    row = Report(
        inspection_id=inspection.id,
        stage=stage,
        language=language,
        sha256=files.put(made.data),
        size=len(made.data),
        engine=made.engine,
        created_at=clock.now(),
    )
    inspection_id = inspection.id
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else had it made at the same moment: theirs is the report
        winner = kept.made(inspection_id, stage, language)
        if winner is None:
            raise
        return files.get(winner.sha256), winner
    audit.record(
        actor,
        "report.made",
        chain=f"inspection/{inspection.id}",
        stage=stage,
        language=language,
        sha256=row.sha256,
        size=row.size,
        engine=row.engine,
    )
    db.session.commit()
    return made.data, row
