"""The register of findings: what a final report found not met, until a later visit finds it in order."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.inspections import Inspection
from inspect_app.models.institutions import Institution

_NOT_CLOSED = text("state <> 'closed'")


class Finding(Base):
    """A failed criterion of an institution. One at a time for each criterion: a later visit finds it again, or closes it."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'in_hand', 'proof_sent', 'returned', 'verified', 'closed')", name="state"),
        CheckConstraint("severity IN ('critical', 'major', 'minor')", name="severity"),
        CheckConstraint("times > 0", name="times"),
        CheckConstraint("(state = 'closed') = (closed_by_id IS NOT NULL)", name="closed"),
        Index(
            "uq_findings_not_closed",
            "institution_id",
            "criterion",
            unique=True,
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
        Index("ix_findings_institution_id_state", "institution_id", "state"),
        Index("ix_findings_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    criterion: Mapped[str]
    domain: Mapped[str]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)  # the visit that opened it
    last_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))  # the last visit that found it
    state: Mapped[str]  # domain.findings_register.FindingState
    severity: Mapped[str]  # of the last visit
    level: Mapped[int]  # of the last visit
    times: Mapped[int] = mapped_column(default=1)  # visits that found it, those of earlier findings included
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))  # closed once, and back again
    opened_on: Mapped[date]  # day of the visit
    due_on: Mapped[date]  # by the policy frozen with the visit
    due_days: Mapped[int]
    verified_on: Mapped[date | None]
    closed_on: Mapped[date | None]  # day of the visit that closed it
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    closed_why: Mapped[str] = mapped_column(default="")  # domain.findings_register.Closing
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    inspection: Mapped[Inspection] = relationship(foreign_keys=[inspection_id])
    last: Mapped[Inspection] = relationship(foreign_keys=[last_id])

    __mapper_args__ = {"version_id_col": version}


class FindingSighting(Base):
    """A visit that found it, and what it found (append-only)."""

    __tablename__ = "finding_sightings"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    level: Mapped[int]
    severity: Mapped[str]
    reworded: Mapped[bool] = mapped_column(default=False)  # the checklist asked it in other words than the time before


class RegisterEntry(Base):
    """A final report that was entered into the register; once for each visit (append-only)."""

    __tablename__ = "register_entries"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    entered_at: Mapped[datetime]
    opened: Mapped[int]
    again: Mapped[int]
    closed: Mapped[int]
