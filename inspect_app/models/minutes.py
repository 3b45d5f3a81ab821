"""What is set down on the spot beside the answers: signatures at the end of a visit, sheets of critical findings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.users import User


class Signature(Base):
    """One signature, or a refusal to sign with its reason. Append-only; whoever signs works there or inspects."""

    __tablename__ = "signatures"
    __table_args__ = (
        CheckConstraint("capacity IN ('member', 'director', 'received')", name="capacity"),
        CheckConstraint("deed IN ('drawn', 'typed', 'refused')", name="deed"),
        CheckConstraint("(deed = 'drawn') = (length(drawing) > 0)", name="drawing"),
        CheckConstraint("deed <> 'refused' OR (length(reason) > 0 AND capacity <> 'member')", name="refusal"),
        CheckConstraint("length(signer_name) > 0 AND length(signer_function) > 0", name="signer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)  # UUID made on the device
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    capacity: Mapped[str]  # domain.signatures.Capacity
    deed: Mapped[str]  # domain.signatures.Deed
    signer_name: Mapped[str]
    signer_function: Mapped[str]
    drawing: Mapped[str] = mapped_column(default="")  # lines of an SVG path in a box of 600 × 200
    reason: Mapped[str] = mapped_column(default="")  # of a refusal
    record_digest: Mapped[str]  # of the receipt that was signed
    answers: Mapped[int]
    photographs: Mapped[int]
    signed_at: Mapped[datetime]  # device clock
    received_at: Mapped[datetime]  # server clock
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # on whose device it was taken
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    digest: Mapped[str]  # sha256 of the canonical content

    author: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class CriticalSheet(Base):
    """What was seen on a critical criterion, what was done at once, who was told. Append-only; a later one completes it."""

    __tablename__ = "critical_sheets"
    __table_args__ = (
        CheckConstraint("told IN ('director', 'deputy', 'on_duty', 'association', 'staff', 'nobody')", name="told"),
        CheckConstraint("length(seen) > 0", name="seen"),
        CheckConstraint("NOT danger OR length(measure) > 0", name="measure"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)  # UUID made on the device
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    criterion: Mapped[str]
    base_op_id: Mapped[str | None]  # the sheet that this one completes
    seen: Mapped[str]
    danger: Mapped[bool]  # immediate
    measure: Mapped[str] = mapped_column(default="")  # protective, taken on the spot
    told: Mapped[str]  # domain.critical.Told: who was told on site, by function
    seen_at: Mapped[datetime]  # device clock, as all but the last
    written_at: Mapped[datetime]
    phoned_at: Mapped[datetime | None]  # when the office was told by telephone
    received_at: Mapped[datetime]  # server clock
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    digest: Mapped[str]  # sha256 of the canonical content

    author: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class CriticalNotice(Base):
    """That somebody was told of a critical finding by mail: once for each audience of a criterion of a visit."""

    __tablename__ = "critical_notices"
    __table_args__ = (
        UniqueConstraint("inspection_id", "criterion", "audience"),
        CheckConstraint("audience IN ('coordinator', 'ministry')", name="audience"),
        CheckConstraint("letters > 0", name="letters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    criterion: Mapped[str]
    audience: Mapped[str]  # domain.critical.Audience
    sheet_id: Mapped[int] = mapped_column(ForeignKey("critical_sheets.id"))
    letters: Mapped[int]  # how many were handed over
    at: Mapped[datetime]
