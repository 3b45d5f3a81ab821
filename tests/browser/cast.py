"""The people of a play and their institution, committed to the server's database."""

from dataclasses import dataclass
from itertools import count

from flask import Flask

from inspect_app.domain.roles import Role
from inspect_app.models import Institution, User, db
from tests.factories.institutions import make_institution
from tests.factories.users import make_user

PROVINCE = "04.421"
_numbers = count(1)


@dataclass
class Cast:
    """Who plays; every play has an institution and people of its own, so that no test sees another's."""

    institution: Institution
    chaimae: User  # coordinator
    amina: User  # inspector, leads the team
    driss: User  # second reader
    salma: User  # answers the director
    brahim: User  # director


def make_cast(app: Flask) -> Cast:
    """Five people of one province and a children's home, authorised, with director and committee."""
    number = next(_numbers)
    home = make_institution(
        name_ar=f"دار الطفل أركان {number}",
        name_fr=f"Dar Attifl Argane {number}",
        search_text=f"دار الطفل اركان dar attifl argane {number}",
        province_code=PROVINCE,
    )

    def person(name: str, name_ar: str, role: Role, **more: object) -> User:
        email = f"{name.lower()}{number}@miyar.test"
        return make_user(role, name=name, name_ar=name_ar, email=email, **more)  # type: ignore[arg-type]

    cast = Cast(
        home,
        person("Chaimae", "شيماء", Role.COORDINATOR, province=PROVINCE),
        person("Amina", "أمينة", Role.INSPECTOR, province=PROVINCE),
        person("Driss", "إدريس", Role.INSPECTOR, province=PROVINCE, body="health"),
        person("Salma", "سلمى", Role.INSPECTOR, province=PROVINCE, body="education"),
        person("Brahim", "إبراهيم", Role.DIRECTOR, institution=home, body="institution", language="fr"),
    )
    db.session.commit()
    return cast
