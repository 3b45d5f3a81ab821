"""What inspectors found, criterion by criterion: append-only revisions, the current one pointed at, and photographs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.users import User


class AnswerRevision(Base):
    """One operation of one person on one criterion. ``op_id`` comes from the device; the row never changes."""

    __tablename__ = "answer_revisions"
    __table_args__ = (
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name="level"),
        CheckConstraint("NOT (not_applicable AND level IS NOT NULL)", name="level_or_na"),
        CheckConstraint("NOT not_applicable OR length(na_reason) > 0", name="na_reason"),
        CheckConstraint("outcome IN ('accepted', 'superseded', 'conflict')", name="outcome"),
        CheckConstraint("source IN ('visit', 'observation')", name="source"),
        Index("ix_answer_revisions_inspection_id_criterion", "inspection_id", "criterion"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)  # UUID made on the device
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    criterion: Mapped[str]
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    na_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    measurements: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # code → decimal as text
    base_op_id: Mapped[str | None]  # the revision this one was made on top of
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    source: Mapped[str] = mapped_column(default="visit")  # visit | observation (changed after a director's observation)
    answered_at: Mapped[datetime]  # device clock
    received_at: Mapped[datetime]  # server clock
    digest: Mapped[str]  # sha256 of the canonical content: the same id with other content is refused
    outcome: Mapped[str] = mapped_column(default="accepted")  # what the server made of it on arrival
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))  # None: from a page of the office's browser
    # op_ids of the differing answers that its author was shown and set aside; None: written before choices were kept
    settles: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    author: Mapped[User] = relationship(lazy="joined")


class Answer(Base):
    """The current answer to one criterion of one visit, with what scoring needs repeated from the revision."""

    __tablename__ = "answers"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("answer_revisions.id"))
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)

    revision: Mapped[AnswerRevision] = relationship(lazy="joined", innerjoin=True)


class Evidence(Base):
    """A photograph on a criterion. Metadata is removed before it is stored; the name of the file is its sha256."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_inspection_id_criterion", "inspection_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    criterion: Mapped[str]
    sha256: Mapped[str]  # of the stored bytes
    received_sha256: Mapped[str]  # of the bytes as sent
    thumb_sha256: Mapped[str]  # of the stored thumbnail
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes stored
    caption: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime]
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[
        datetime | None
    ]  # withdrawn because somebody can be recognised: the bytes are gone, the hash stays
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))

    author: Mapped[User] = relationship(lazy="joined")
