"""Signed decisions, the register that they make, appeals, and letters that wait to be sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.dossiers import Dossier
from inspect_app.models.institutions import Institution
from inspect_app.models.users import User


class Decision(Base):
    """A signed decision: its number of an unbroken yearly series, its documents by their hash (append-only)."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("year", "serial", name="uq_decisions_year_serial"),
        CheckConstraint(
            "outcome IN ('refused', 'provisional', 'conditional', 'accredited', 'distinction', 'suspended',"
            " 'reinstated', 'withdrawn')",
            name="outcome",
        ),
        CheckConstraint("serial > 0", name="serial"),
        CheckConstraint("proposed_by <> signed_by", name="two_people"),
        CheckConstraint("length(reasons) > 0", name="reasons"),
        CheckConstraint("length(code) >= 12", name="code"),
        CheckConstraint("length(pdf_ar) = 64 AND length(pdf_fr) = 64", name="documents"),
        CheckConstraint("valid_until IS NULL OR valid_until >= decided_on", name="valid_until"),
        CheckConstraint(
            "outcome NOT IN ('provisional', 'conditional', 'accredited', 'distinction') OR valid_until IS NOT NULL",
            name="validity",
        ),
        Index("ix_decisions_institution_id_id", "institution_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # "2026/0012"
    year: Mapped[int]
    serial: Mapped[int]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    outcome: Mapped[str]  # domain.decisions.Outcome
    standing: Mapped[str]  # domain.decisions.Standing: where the institution stands after it
    level: Mapped[str | None]  # the level in force, or stopped by a suspension
    reasons: Mapped[str]
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # criterion, severity, due_on
    decided_on: Mapped[date] = mapped_column(index=True)
    valid_until: Mapped[date | None]
    visit_by: Mapped[date | None]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    signed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime]
    code: Mapped[str] = mapped_column(unique=True)  # of the verification page
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    pdf_ar: Mapped[str]
    pdf_fr: Mapped[str]
    invented: Mapped[bool] = mapped_column(default=False)

    dossier: Mapped[Dossier] = relationship()
    institution: Mapped[Institution] = relationship()
    signatory: Mapped[User] = relationship(foreign_keys=[signed_by])
    replaces: Mapped["Decision | None"] = relationship(remote_side=[id])
    appeal: Mapped["Appeal | None"] = relationship(back_populates="decision", foreign_keys="Appeal.decision_id")


class AccreditationEntry(Base):
    """A line of the register: a decision, or its expiry (append-only)."""

    __tablename__ = "accreditation_entries"
    __table_args__ = (
        UniqueConstraint("decision_id", "event", name="uq_accreditation_entries_decision_event"),
        CheckConstraint("event IN ('decided', 'expired')", name="event"),
        CheckConstraint("(event = 'expired') = (standing = 'expired')", name="expired"),
        Index("ix_accreditation_entries_institution_id_id", "institution_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    event: Mapped[str]
    standing: Mapped[str]
    level: Mapped[str | None]
    day: Mapped[date]
    created_at: Mapped[datetime]

    decision: Mapped[Decision] = relationship()


class Accreditation(Base):
    """Where an institution stands today: the last line of its register, kept apart so that lists need no search."""

    __tablename__ = "accreditations"
    __table_args__ = (
        CheckConstraint(
            "standing IN ('refused', 'provisional', 'conditional', 'accredited', 'distinction', 'suspended',"
            " 'withdrawn', 'expired')",
            name="standing",
        ),
        Index("ix_accreditations_standing_valid_until", "standing", "valid_until"),
        Index("ix_accreditations_visit_by", "visit_by"),
    )

    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    standing: Mapped[str]
    level: Mapped[str | None]
    since: Mapped[date]
    valid_until: Mapped[date | None]
    visit_by: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    decision: Mapped[Decision] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Appeal(Base):
    """A director's appeal against a decision, examined by somebody who was not involved."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("state IN ('lodged', 'under_examination', 'upheld', 'rejected')", name="state"),
        CheckConstraint("length(grounds) > 0", name="grounds"),
        CheckConstraint("state = 'lodged' OR examiner_id IS NOT NULL", name="examiner"),
        CheckConstraint("examiner_id IS NULL OR examiner_id <> lodged_by", name="two_people"),
        CheckConstraint("state NOT IN ('upheld', 'rejected') OR length(reasons) > 0", name="reasons"),
        CheckConstraint("(state IN ('upheld', 'rejected')) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("(state = 'upheld') = (new_outcome IS NOT NULL)", name="new_outcome"),
        Index("ix_appeals_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)  # "R-2026-00012"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    state: Mapped[str]  # domain.decisions.appeals.AppealState
    grounds: Mapped[str]
    lodged_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    lodged_at: Mapped[datetime]
    due_on: Mapped[date]  # of the answer
    examiner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    named_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reasons: Mapped[str] = mapped_column(default="")
    new_outcome: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))  # opened because it was upheld
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    decision: Mapped[Decision] = relationship(back_populates="appeal", foreign_keys=[decision_id])
    institution: Mapped[Institution] = relationship()
    examiner: Mapped[User | None] = relationship(foreign_keys=[examiner_id])
    author: Mapped[User] = relationship(foreign_keys=[lodged_by])
    points: Mapped[list["AppealPoint"]] = relationship(order_by="AppealPoint.criterion")

    __mapper_args__ = {"version_id_col": version}


class AppealPoint(Base):
    """A criterion that an appeal contests, and what its examiner found."""

    __tablename__ = "appeal_points"
    __table_args__ = (
        CheckConstraint("verdict IS NULL OR verdict IN ('upheld', 'rejected')", name="verdict"),
        Index("ix_appeal_points_criterion", "criterion"),
    )

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str | None]


class QueuedLetter(Base):
    """A letter written into the same transaction as the deed it tells of; sent afterwards, once."""

    __tablename__ = "queued_letters"
    __table_args__ = (
        UniqueConstraint("user_id", "once", name="uq_queued_letters_once"),
        Index("ix_queued_letters_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]  # services.decisions.letters.KINDS
    once: Mapped[str]  # what it tells: never told twice to the same person
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()
