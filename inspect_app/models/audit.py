"""Who did what, when: append-only events, hash-chained per file, the heads anchored each day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.models.base import Base


class AuditEvent(Base):
    """One deed. ``hash`` = sha256(previous hash + canonical JSON of the row); sequence numbers have no gaps."""

    __tablename__ = "audit_events"
    __table_args__ = (UniqueConstraint("chain", "seq", name="uq_audit_events_chain_seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str]  # the file it belongs to: "inspection/12", "institution/7", "user/3", "registry", "access"
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None]  # None: nobody signed in, or a command
    actor: Mapped[str]  # name and roles at that moment
    verb: Mapped[str] = mapped_column(index=True)  # past tense: "inspection.planned"
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The end of each chain, so that a removed last row is seen and appending needs no search."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]


class AuditAnchor(Base):
    """The digest of all heads at the end of a day, chained to the day before."""

    __tablename__ = "audit_anchors"

    day: Mapped[date] = mapped_column(primary_key=True)
    chains: Mapped[int]
    events: Mapped[int]
    digest: Mapped[str]
    created_at: Mapped[datetime]
