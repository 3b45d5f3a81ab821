"""Documents that were made: which visit, which stage and language, and the hash of the very bytes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.inspections import Inspection


class Report(Base):
    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("inspection_id", "stage", "language", name="uq_reports_inspection_stage_language"),
        CheckConstraint("stage IN ('draft', 'final')", name="stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    stage: Mapped[str]
    language: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    engine: Mapped[str]
    created_at: Mapped[datetime]

    inspection: Mapped[Inspection] = relationship()
