"""Photographs over a bad line: sent in pieces, gone on with where they stopped, put together when all is here.

The pieces of a photograph belong to one person, one visit and one content (SHA-256): whoever does not have the picture
cannot put it together, and nobody learns what others send.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select

from inspect_app.adapters import clock, pieces
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.models import Evidence, db
from inspect_app.services.inspections.answering import permitted
from inspect_app.services.inspections.photographing import add_photo

#: A piece is at most so large: a browser needs no larger one, and a server never holds more than this for it.
MOST_BYTES = 1024 * 1024
#: Photographs of one person and visit that may be on their way at once; one after the other is what tablets do.
AT_ONCE = 5
#: What has not grown for so long is given up: the tablet still has the picture and begins anew.
DAYS = 7


def photo_pieces(actor: Actor, *, inspection_id: int, sha256: str, op_id: str) -> tuple[int, Evidence | None]:
    """How many bytes of the photograph are here, and the photograph itself if it arrived whole already.

    Raises as ``apply_operations``.
    """
    permitted(actor, inspection_id)
    here = db.session.scalar(
        select(Evidence).where(
            Evidence.op_id == op_id, Evidence.inspection_id == inspection_id, Evidence.received_sha256 == sha256
        )
    )
    return pieces.length(_owner(actor, inspection_id), sha256), here


def keep_piece(
    actor: Actor, *, inspection_id: int, sha256: str, offset: int, data: bytes, checksum: str, longest: int
) -> int:
    """Keep the next piece; how many bytes are here then.

    The same piece again changes nothing. Raises as ``apply_operations`` and DomainError: ``piece-damaged`` (another
    SHA-256 than ``checksum``, hex), ``piece-elsewhere`` (it does not begin where the last one ended),
    ``photo-too-large`` (in bytes, with all before it, or the piece alone).
    """
    permitted(actor, inspection_id)
    if len(data) > MOST_BYTES or offset + len(data) > longest:
        raise DomainError("photo-too-large", field="file", status=413)
    if not data or hashlib.sha256(data).hexdigest() != checksum:
        raise DomainError("piece-damaged", status=422)
    owner = _owner(actor, inspection_id)
    here = pieces.length(owner, sha256)
    if offset != here:
        raise DomainError("piece-elsewhere", status=409)
    if offset == 0:
        _make_room(owner)
    pieces.keep(owner, sha256, offset, data)
    return here + len(data)


def put_together(
    actor: Actor,
    *,
    inspection_id: int,
    sha256: str,
    criterion: str,
    op_id: str,
    taken_at: datetime,
    caption: str,
    max_bytes: int,
) -> Evidence:
    """The pieces become the photograph. Again, after it did: the same photograph.

    Raises as ``add_photo`` and DomainError ``photo-damaged``: what is here is not what the tablet has, and is removed;
    the tablet begins anew.
    """
    _here, known = photo_pieces(actor, inspection_id=inspection_id, sha256=sha256, op_id=op_id)
    if known is not None and known.criterion == criterion:
        return known
    owner = _owner(actor, inspection_id)
    raw = pieces.whole(owner, sha256)
    if hashlib.sha256(raw).hexdigest() != sha256:
        pieces.remove(owner, sha256)
        raise DomainError("photo-damaged", field="file", status=422)
    row = add_photo(
        actor,
        inspection_id=inspection_id,
        criterion=criterion,
        op_id=op_id,
        raw=raw,
        taken_at=taken_at,
        caption=caption,
        max_bytes=max_bytes,
    )
    pieces.remove(owner, sha256)
    return row


def _owner(actor: Actor, inspection_id: int) -> str:
    return f"{inspection_id}-{actor.user_id}"


def _make_room(owner: str) -> None:
    """What was given up goes, everybody's by its age, one's own by number."""
    pieces.forget(clock.now() - timedelta(days=DAYS))
    for name in pieces.newest_first(owner)[AT_ONCE - 1 :]:
        pieces.remove(owner, name)
