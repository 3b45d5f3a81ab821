"""Photographs on criteria: cleaned before they are kept, sent as often as the line needs, withdrawn, and erased where somebody is seen."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import or_, select

from inspect_app.adapters import clock, files, photos
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import Hat, State
from inspect_app.models import Evidence, Inspection, Report, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit
from inspect_app.services.inspections.answering import permitted, writable
from inspect_app.services.inspections.common import chain, hold, text

log = structlog.get_logger()

CAPTION = 300
#: Photographs on one criterion of one visit.
MOST = 20


def add_photo(
    actor: Actor,
    *,
    inspection_id: int,
    criterion: str,
    op_id: str,
    raw: bytes,
    taken_at: datetime,
    caption: str = "",
    max_bytes: int = 8 * 1024 * 1024,
) -> Evidence:
    """Keep a photograph; the same ``op_id`` with the same bytes again gives the same row.

    Raises as ``apply_operations`` and DomainError: ``criterion-not-asked``, ``op-id-reused``, ``photo-too-large``,
    ``photo-not-an-image``, ``photos-too-many``, ``text-too-long``.
    """
    permitted(actor, inspection_id)  # nobody fills the storage, or tires the server, from outside the team
    db.session.commit()  # nothing is held while the picture is decoded
    received = hashlib.sha256(raw).hexdigest()
    photo = photos.clean(raw, max_bytes=max_bytes)  # slow: before the file is held
    # Before the commit, unlike mails: a row never names a file that is not there, an orphan file harms nobody.
    sha256, thumb_sha256 = files.put(photo.data), files.put(photo.thumb)
    inspection = writable(actor, inspection_id)
    twin = db.session.scalar(select(Evidence).where(Evidence.op_id == op_id))
    if twin is not None:
        if (twin.inspection_id, twin.criterion, twin.received_sha256) != (inspection.id, criterion, received):
            raise DomainError("op-id-reused", field="op_id")
        gone = twin.erased_at is not None
        db.session.commit()
        if gone:  # a tablet that did not hear of it sent the picture again
            _erase({sha256, thumb_sha256})
        return twin
    asked = {c.code for c in checklist_of(inspection).applicable(Facts.of(inspection.facts))}
    if criterion not in asked:
        raise DomainError("criterion-not-asked", field="criterion", status=422)
    _check_number(inspection.id, criterion)
    row = Evidence(
        op_id=op_id,
        inspection_id=inspection.id,
        criterion=criterion,
        sha256=sha256,
        received_sha256=received,
        thumb_sha256=thumb_sha256,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        size=len(photo.data),
        caption=text(caption, field="caption", required=False, longest=CAPTION),
        author_id=actor.user_id,
        taken_at=taken_at,
        received_at=clock.now(),
        device_id=actor.device_id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor, "photo.added", chain=chain(inspection.id), photo=row.id, criterion=criterion, op=op_id, sha256=sha256
    )
    db.session.commit()
    return row


def withdraw_photo(actor: Actor, *, inspection_id: int, photo_id: int, reason: str, identity: bool = False) -> Evidence:
    """Take a photograph out of the file (a wrong room, a face). Its row stays, with the reason and the hash.

    The team may while it writes answers; second reader and coordinator until the final report. With ``identity``
    (somebody can be recognised) the bytes go, too: the picture, its thumbnail, the same picture on other criteria of
    the visit, and drafts already printed, which are printed anew without it. Raises NotVisibleError, ForbiddenError,
    DomainError: ``not-editable``, ``photo-final``, ``reason-missing``, ``text-too-long``.
    """
    inspection = _withdrawing(actor, inspection_id)
    row = db.session.scalar(select(Evidence).where(Evidence.id == photo_id, Evidence.inspection_id == inspection.id))
    if row is None:
        raise NotVisibleError("photo")
    if row.erased_at is not None or (row.withdrawn_at is not None and not identity):
        return row
    words = text(reason, field="reason", longest=500)
    rows = _same_picture(row) if identity else [row]
    for photo in rows:
        photo.withdrawn_reason = words
        photo.withdrawn_at = photo.withdrawn_at or clock.now()
        photo.erased_at = clock.now() if identity else None
        audit.record(
            actor,
            "photo.withdrawn",
            chain=chain(inspection.id),
            photo=photo.id,
            reason=words,
            identity=identity,
            sha256=photo.sha256,
        )
    hashes = {h for photo in rows for h in (photo.sha256, photo.thumb_sha256)} if identity else set()
    hashes |= _without_drafts(actor, inspection) if identity else set()
    db.session.commit()
    _erase(hashes)
    return row


def _withdrawing(actor: Actor, inspection_id: int) -> Inspection:
    """The visit, held, out of which the actor may take photographs now."""
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    if not questions.hats(actor, inspection) & {Hat.SECOND_READER, Hat.COORDINATOR}:
        return writable(actor, inspection_id)
    if inspection.state == State.FINAL.value:
        raise DomainError("photo-final")
    return inspection


def _same_picture(row: Evidence) -> list[Evidence]:
    return list(
        db.session.scalars(
            select(Evidence)
            .where(
                Evidence.inspection_id == row.inspection_id,
                Evidence.sha256 == row.sha256,
                Evidence.erased_at.is_(None),
            )
            .order_by(Evidence.id)
        )
    )


def _without_drafts(actor: Actor, inspection: Inspection) -> set[str]:
    """Drafts that may show the picture are no longer kept; whoever asks next gets one without it."""
    drafts = db.session.scalars(
        select(Report).where(Report.inspection_id == inspection.id, Report.stage == "draft")
    ).all()
    for draft in drafts:
        audit.record(actor, "report.removed", chain=chain(inspection.id), language=draft.language, sha256=draft.sha256)
        db.session.delete(draft)
    return {draft.sha256 for draft in drafts}


def _erase(hashes: Iterable[str]) -> None:
    """Remove files after the commit, unless a row that stands still names them (the same picture on another visit)."""
    for sha256 in sorted(hashes):
        named = select(Evidence.id).where(
            Evidence.erased_at.is_(None), or_(Evidence.sha256 == sha256, Evidence.thumb_sha256 == sha256)
        )
        printed = select(Report.id).where(Report.sha256 == sha256)
        if db.session.scalar(named.limit(1)) or db.session.scalar(printed.limit(1)):
            continue
        try:
            files.remove(sha256)
        except OSError:
            log.exception("file not removed", sha256=sha256)


def _check_number(inspection_id: int, criterion: str) -> None:
    kept = db.session.scalars(
        select(Evidence.id).where(
            Evidence.inspection_id == inspection_id,
            Evidence.criterion == criterion,
            Evidence.withdrawn_at.is_(None),
        )
    ).all()
    if len(kept) >= MOST:
        raise DomainError("photos-too-many", field="file", most=MOST)
