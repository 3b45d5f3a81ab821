"""Who signs in to the demonstration: one account for each function, and those who carry the past visits."""

from dataclasses import dataclass, field

from inspect_app.domain.people import Scopes
from inspect_app.domain.roles import SECOND_FACTOR_ROLES, Body, Role

HOST = "demo.miyar.example"
#: Of all demonstration accounts. Public on purpose: such an installation holds nothing true.
PASSWORD = "miyar-demo-argan-2026"  # noqa: S105
#: Key of the one-time codes of the demonstration accounts that must have a second factor (base32, also public).
TOTP_KEY = "MIYARDEMONSTRATIONSECRET22222222"
#: Where the people with a province or region work.
REGION, PROVINCE = "04", "04.421"


@dataclass(frozen=True)
class Person:
    """A demonstration account. ``directs``: which institution (see ``load``), for directors."""

    key: str
    name: str
    name_ar: str
    role: Role
    body: Body
    scopes: Scopes = field(default_factory=Scopes)
    language: str = "ar"
    directs: str = ""
    signs_in: bool = True

    @property
    def email(self) -> str:
        """The address, of a domain that cannot exist."""
        return f"{self.key}@{HOST}"

    @property
    def second_factor(self) -> bool:
        """Whether sign-in asks for a one-time code."""
        return self.role in SECOND_FACTOR_ROLES


_region = Scopes(regions=frozenset({REGION}))
_province = Scopes(provinces=frozenset({PROVINCE}))
_nation = Scopes(national=True)

#: Names are first names only, with the mark of the demonstration.
CAST: tuple[Person, ...] = (
    Person("coordinator", "Chaimae (démo)", "شيماء (نموذج)", Role.COORDINATOR, Body.ENTRAIDE, _region),
    Person("coordinator-rabat", "Najat (démo)", "نجاة (نموذج)", Role.COORDINATOR, Body.ENTRAIDE, _province, "fr"),
    Person("inspector", "Amina (démo)", "أمينة (نموذج)", Role.INSPECTOR, Body.ENTRAIDE, _region),
    Person("inspector-health", "Younes (démo)", "يونس (نموذج)", Role.INSPECTOR, Body.HEALTH, _region, "fr"),
    Person("inspector-education", "Salma (démo)", "سلمى (نموذج)", Role.INSPECTOR, Body.EDUCATION, _region),
    Person("teamleader", "Jamila (démo)", "جميلة (نموذج)", Role.TEAM_LEADER, Body.ENTRAIDE, _region),
    Person("reader", "Driss (démo)", "إدريس (نموذج)", Role.INSPECTOR, Body.JUSTICE, _region),
    Person("responder", "Widad (démo)", "وداد (نموذج)", Role.INSPECTOR, Body.INTERIOR, _region, "fr"),
    Person("director", "Brahim (démo)", "إبراهيم (نموذج)", Role.DIRECTOR, Body.INSTITUTION, directs="draft"),
    Person(
        "director-2",
        "Zineb (démo)",
        "زينب (نموذج)",
        Role.DIRECTOR,
        Body.INSTITUTION,
        language="fr",
        directs="responding",
    ),
    Person("support", "Ilyas (démo)", "إلياس (نموذج)", Role.SUPPORT_OFFICER, Body.ENTRAIDE, _region),
    Person("ministry", "Fatima (démo)", "فاطمة (نموذج)", Role.MINISTRY_OFFICER, Body.SOLIDARITY, _nation, "fr"),
    Person("signatory", "Karim (démo)", "كريم (نموذج)", Role.SIGNATORY, Body.SOLIDARITY, _nation),
    Person("auditor", "Hind (démo)", "هند (نموذج)", Role.AUDITOR, Body.SOLIDARITY, _nation, "fr"),
    Person("administrator", "Ghali (démo)", "غالي (نموذج)", Role.ADMINISTRATOR, Body.SOLIDARITY, _nation, "fr"),
)


def field_people(region: str) -> tuple[Person, ...]:
    """Those who made the past visits of a region; nobody signs in as them."""
    scopes = Scopes(regions=frozenset({region}))
    parts = (
        ("coordinator", "منسق", "Coordination", Role.COORDINATOR, Body.ENTRAIDE),
        ("inspector-a", "مفتش أ", "Inspection A", Role.INSPECTOR, Body.ENTRAIDE),
        ("inspector-b", "مفتش ب", "Inspection B", Role.INSPECTOR, Body.HEALTH),
        ("reader", "قارئ ثان", "Seconde lecture", Role.INSPECTOR, Body.SOLIDARITY),
    )
    return tuple(
        Person(
            f"{key}-{region}",
            f"{fr} {region} (démo)",
            f"{ar} {region} (نموذج)",
            role,
            body,
            scopes,
            "fr" if key == "inspector-b" else "ar",
            signs_in=False,
        )
        for key, ar, fr, role, body in parts
    )
