"""People with an account, their roles, and the territory or institution each may see."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base

user_roles = Table(
    "user_roles",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class RoleRow(Base, RoleMixin):
    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)  # inspect_app.domain.roles.Role


class User(Base, UserMixin):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(default="")
    body: Mapped[str]  # inspect_app.domain.roles.Body
    language: Mapped[str] = mapped_column(default="ar")
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    create_datetime: Mapped[datetime]
    invented: Mapped[bool] = mapped_column(default=False)  # demonstration account

    roles: Mapped[list[RoleRow]] = relationship(secondary=user_roles, lazy="selectin")  # type: ignore[assignment]
    scopes: Mapped[list["UserScope"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    def display_name(self, language: str) -> str:
        """The name in the script of the language, where both are known."""
        return self.name_ar if language == "ar" and self.name_ar else self.name


class UserScope(Base):
    """What a person may see: the nation, a region, a province, or one institution. Exactly one of the four."""

    __tablename__ = "user_scopes"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN national THEN 1 ELSE 0 END)"
            " + (CASE WHEN region_code IS NOT NULL THEN 1 ELSE 0 END)"
            " + (CASE WHEN province_code IS NOT NULL THEN 1 ELSE 0 END)"
            " + (CASE WHEN institution_id IS NOT NULL THEN 1 ELSE 0 END) = 1",
            name="exactly_one",
        ),
        UniqueConstraint("user_id", "region_code", "province_code", "institution_id", name="uq_user_scopes_all"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    national: Mapped[bool] = mapped_column(default=False)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))

    user: Mapped[User] = relationship(back_populates="scopes")
    institution: Mapped[Any] = relationship("Institution")
