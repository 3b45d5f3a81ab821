"""Tablets and browsers that inspectors registered: a lost one is revoked and wipes itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.users import User


class Device(Base):
    """One device in the hands of one person: two who share a tablet have a row each, with the same ``uid``."""

    __tablename__ = "devices"
    __table_args__ = (
        UniqueConstraint("uid", "user_id"),
        CheckConstraint(
            "revoked_at IS NULL OR (revoked_by IS NOT NULL AND length(revoked_reason) > 0)", name="revoked"
        ),
        CheckConstraint("told_at IS NULL OR revoked_at IS NOT NULL", name="told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str]  # UUID made on the device
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str]  # as its owner calls it
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]  # to some minutes
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_reason: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None]  # when it first heard that it is revoked

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)
    revoker: Mapped[User | None] = relationship(foreign_keys=[revoked_by])
