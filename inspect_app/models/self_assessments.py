"""What a director says of their own institution, on the checklist of the inspectors, before a visit."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.frozen import FrozenVersion
from inspect_app.models.institutions import Institution

_OPEN = text("submitted_at IS NULL")


class SelfAssessment(Base):
    """One self-assessment; at most one of an institution is still being written."""

    __tablename__ = "self_assessments"
    __table_args__ = (
        CheckConstraint("submitted_at IS NULL OR card IS NOT NULL", name="submitted"),
        Index(
            "uq_self_assessments_open",
            "institution_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    rules_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    begun_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    level: Mapped[str | None]
    score: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    card: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    checklist: Mapped[FrozenVersion] = relationship(foreign_keys=[checklist_id])
    rules: Mapped[FrozenVersion] = relationship(foreign_keys=[rules_id])

    __mapper_args__ = {"version_id_col": version}


class SelfAnswer(Base):
    """The director's own answer to one criterion."""

    __tablename__ = "self_answers"
    __table_args__ = (
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name="level"),
        CheckConstraint("(level IS NULL) = not_applicable", name="level_or_na"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("self_assessments.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]
