"""What stands in the header for whom, and the first page of each role. An address that does not exist is left out."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security import current_user

from inspect_app.domain.permissions import Permission as P
from inspect_app.domain.roles import Role
from inspect_app.web.access import current_actor


@dataclass(frozen=True)
class Item:
    """An entry of the navigation; ``permission`` None: everybody."""

    endpoint: str
    label: LazyString
    icon: str
    permission: P | None


@dataclass(frozen=True)
class Link:
    """An entry as this page shows it."""

    address: str
    label: LazyString
    icon: str
    here: bool


ITEMS = (
    Item("director.desk", _("My institution"), "home", P.SEE_OWN_INSTITUTION),
    Item("director.visits", _("Visits and reports"), "history", P.SEE_OWN_INSTITUTION),
    Item("director.decisions", _("Decisions"), "law", P.SEE_OWN_INSTITUTION),
    Item("inspections.index", _("Visits"), "inspect", P.SEE_INSPECTIONS),
    Item("tablet.index", _("Without a network"), "offline", P.ANSWER_INSPECTIONS),
    Item("plans.index", _("Support plans"), "tools", P.SEE_PLANS),
    Item("decisions.desk", _("Decisions"), "check", P.SEE_DECISIONS),
    Item("institutions.index", _("Institutions"), "building", P.SEE_INSTITUTIONS),
    Item("agreement.index", _("Agreement"), "ruler", P.SEE_AGREEMENT),
    Item("devices.index", _("Devices"), "device", P.MANAGE_DEVICES),
    Item("register.index", _("Public register"), "search", None),
    Item("standards.index", _("Standards"), "law", None),
    Item("admin.users", _("People"), "people", P.SEE_USERS),
    Item("admin.audit", _("Journal"), "list", P.SEE_AUDIT),
)

#: The first page of a role; the first line that fits and exists.
FIRST_PAGES = (
    ({Role.DIRECTOR}, "director.desk"),
    ({Role.INSPECTOR, Role.TEAM_LEADER, Role.COORDINATOR}, "inspections.index"),
    ({Role.ADMINISTRATOR}, "admin.users"),
    ({Role.MINISTRY_OFFICER, Role.AUDITOR, Role.SIGNATORY, Role.SUPPORT_OFFICER}, "institutions.index"),
)


def exists(endpoint: str) -> bool:
    """Whether the address is built in this installation."""
    return endpoint in current_app.view_functions


def navigation() -> list[Link]:
    """The entries this person may open, the present one marked."""
    actor = current_actor() if current_user.is_authenticated else None
    return [
        Link(url_for(item.endpoint), item.label, item.icon, _is_here(item.endpoint))
        for item in ITEMS
        if exists(item.endpoint) and (item.permission is None or (actor is not None and actor.may(item.permission)))
    ]


def _is_here(endpoint: str) -> bool:
    here = request.endpoint or ""
    if here == endpoint:
        return True
    siblings = {item.endpoint for item in ITEMS}
    blueprint = endpoint.split(".")[0]
    alone = sum(e.startswith(f"{blueprint}.") for e in siblings) == 1
    return alone and here.startswith(f"{blueprint}.")


def first_page() -> str | None:
    """Where a signed-in person begins; None where no page of theirs exists."""
    actor = current_actor()
    for roles, endpoint in FIRST_PAGES:
        if actor.roles & roles and exists(endpoint):
            return url_for(endpoint)
    return None
