"""Checklists, rule-sets and policies as they were on the day a visit froze them. Content-addressed; never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.models.base import Base


class FrozenVersion(Base):
    """One published text, compiled. ``kind`` is checklist, rules or policy; ``sha256`` is over the canonical JSON."""

    __tablename__ = "frozen_versions"
    __table_args__ = (UniqueConstraint("kind", "sha256", name="uq_frozen_versions_kind_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[str]  # e.g. "law-65-15/children"
    version: Mapped[str]  # e.g. "2026-1"
    sha256: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
