"""Who asks: the person as rules and queries see them, without the web."""

from dataclasses import dataclass, field

from inspect_app.domain.permissions import PERMISSIONS, Permission
from inspect_app.domain.roles import Role


@dataclass(frozen=True)
class Actor:
    """A signed-in person. Territory is not here: queries join ``user_scopes``, never lists of ids."""

    user_id: int
    roles: frozenset[Role] = field(default_factory=frozenset)
    name: str = ""
    language: str = "ar"
    device_id: int | None = None  # the registered device they work from; None: an office browser, or a command

    def may(self, permission: Permission) -> bool:
        """Whether any of the person's roles grants the permission (territory is checked apart)."""
        return bool(self.roles & PERMISSIONS[permission])

    def has(self, *roles: Role) -> bool:
        """Whether the person holds at least one of the roles."""
        return bool(self.roles & set(roles))
