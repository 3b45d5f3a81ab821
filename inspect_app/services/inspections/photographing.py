"""Photographs on criteria: cleaned before they are kept, sent as often as the line needs, withdrawn but not destroyed."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from inspect_app.adapters import clock, files, photos
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.models import Evidence, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit
from inspect_app.services.inspections.answering import writable
from inspect_app.services.inspections.common import chain, text

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
    received = hashlib.sha256(raw).hexdigest()
    photo = photos.clean(raw, max_bytes=max_bytes)  # slow: before the file is held
    # Before the commit, unlike mails: a row never names a file that is not there, an orphan file harms nobody.
    sha256, thumb_sha256 = files.put(photo.data), files.put(photo.thumb)
    inspection = writable(actor, inspection_id)
    twin = db.session.scalar(select(Evidence).where(Evidence.op_id == op_id))
    if twin is not None:
        if (twin.inspection_id, twin.criterion, twin.received_sha256) != (inspection.id, criterion, received):
            raise DomainError("op-id-reused", field="op_id")
        db.session.commit()
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
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor, "photo.added", chain=chain(inspection.id), photo=row.id, criterion=criterion, op=op_id, sha256=sha256
    )
    db.session.commit()
    return row


def withdraw_photo(actor: Actor, *, inspection_id: int, photo_id: int, reason: str) -> Evidence:
    """Take a photograph out of the file (a face, a wrong room). Its row stays, with the reason.

    Raises as ``apply_operations``, NotVisibleError, DomainError("reason-missing").
    """
    inspection = writable(actor, inspection_id)
    row = db.session.scalar(select(Evidence).where(Evidence.id == photo_id, Evidence.inspection_id == inspection.id))
    if row is None:
        raise NotVisibleError("photo")
    if row.withdrawn_at is None:
        row.withdrawn_reason = text(reason, field="reason", longest=500)
        row.withdrawn_at = clock.now()
        audit.record(actor, "photo.withdrawn", chain=chain(inspection.id), photo=row.id, reason=row.withdrawn_reason)
        db.session.commit()
    return row


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
