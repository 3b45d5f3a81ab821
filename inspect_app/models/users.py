"""People with an account, their roles, and the territory or institution each may see."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.domain.roles import SECOND_FACTOR_ROLES
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
    tf_last_counter: Mapped[int | None]  # the last one-time code taken, so that none is taken twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    create_datetime: Mapped[datetime]
    invented: Mapped[bool] = mapped_column(default=False)  # demonstration account

    roles: Mapped[list[RoleRow]] = relationship(secondary=user_roles, lazy="selectin")  # type: ignore[assignment]
    scopes: Mapped[list["UserScope"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    @property
    def second_factor_due(self) -> bool:
        """Whether one of the person's roles makes a second factor compulsory."""
        return any(role.name in SECOND_FACTOR_ROLES for role in self.roles)

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Flask-Security asks at sign-in: always for those roles, and for everybody who set one up."""
        return self.second_factor_due or bool(tf_setup_methods), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Flask-Security asks on the set-up page: who must have a second factor cannot take it off."""
        return self.second_factor_due

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


class EndedSession(Base):
    """A session that was signed out: its cookie, had somebody copied it, opens nothing any more."""

    __tablename__ = "ended_sessions"

    sid: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)


class KeptForm(Base):
    """What a person had typed when their session was over, until they have signed in again. Never a password or a file."""

    __tablename__ = "kept_forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)  # the last one only
    path: Mapped[str]
    fields: Mapped[list[list[str]]] = mapped_column(JSON)  # name and value, in order
    files_lost: Mapped[bool] = mapped_column(default=False)
    kept_at: Mapped[datetime]
