"""Entering and changing one institution."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.domain.registry import defaults
from inspect_app.models import AuditEvent, db
from inspect_app.services.institutions import create_institution, edit_institution, particulars
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person

pytestmark = pytest.mark.usefixtures("app")


def typed(**changes: Any) -> dict[str, Any]:
    """What Chaimae types for a new home."""
    return {
        **defaults(),
        "name_ar": "دار الرحمة",
        "name_fr": "Dar Rahma",
        "category": "elderly",
        "province_code": "04.421",
        "commune": "Rabat",
        "setting": "urban",
        "authorised": True,
        "authorisation_law": "65-15",
        "authorisation_number": "7/2024",
        **changes,
    }


def events(chain: str) -> list[AuditEvent]:
    """What the audit says of a file."""
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.chain == chain).order_by(AuditEvent.seq)))


def test_chaimae_registers_a_home_and_it_gets_the_next_number_of_its_province(app: Flask) -> None:
    make_institution(code="04.421-0041")
    made = create_institution(actor_of(make_person("Chaimae", region="04")), values=typed())
    assert made.code == "04.421-0042"
    assert "dar rahma" in made.search_text
    assert [e.verb for e in events(f"institution/{made.id}")] == ["institution.created"]


def test_chaimae_cannot_register_outside_her_region(app: Flask) -> None:
    with pytest.raises(DomainError) as refusal:
        create_institution(actor_of(make_person("Chaimae", region="04")), values=typed(province_code="07.351"))
    assert refusal.value.params["faults"] == {"province_code": "not-in-your-territory"}


def test_the_same_home_is_not_registered_twice(app: Flask) -> None:
    chaimae = actor_of(make_person("Chaimae", region="04"))
    first = create_institution(chaimae, values=typed())
    with pytest.raises(DomainError) as refusal:
        create_institution(chaimae, values=typed(name_ar="دار  الرحمه"))
    assert refusal.value.params == {"faults": {"name_ar": "already-registered"}, "number": first.code}


def test_hind_reads_and_changes_nothing(app: Flask) -> None:
    hind = actor_of(make_person("Hind", national=True))
    row = make_institution(present_on=date(2026, 1, 1))
    with pytest.raises(ForbiddenError):
        create_institution(hind, values=typed())
    with pytest.raises(ForbiddenError):
        edit_institution(hind, institution_id=row.id, version=row.version, values=particulars(row))


def test_an_edit_leaves_old_and_new_value_in_the_audit(app: Flask) -> None:
    chaimae = actor_of(make_person("Chaimae", region="04"))
    row = create_institution(chaimae, values=typed())
    values = {**particulars(row), "capacity_women": 12, "present_on": date(2026, 1, 2)}
    edit_institution(chaimae, institution_id=row.id, version=row.version, values=values)
    assert row.capacity_women == 12
    assert row.version == 2
    assert events(f"institution/{row.id}")[-1].data == {
        "changed": {"capacity_women": [0, 12], "present_on": [None, "2026-01-02"]}
    }


def test_saving_without_a_change_writes_nothing(app: Flask) -> None:
    chaimae = actor_of(make_person("Chaimae", region="04"))
    row = create_institution(chaimae, values=typed())
    edit_institution(chaimae, institution_id=row.id, version=1, values=particulars(row))
    assert row.version == 1
    assert len(events(f"institution/{row.id}")) == 1


def test_the_second_of_two_people_who_edit_at_once_is_told(app: Flask) -> None:
    chaimae = actor_of(make_person("Chaimae", region="04"))
    fatima = actor_of(make_person("Fatima", national=True))
    row = create_institution(chaimae, values=typed())
    edit_institution(fatima, institution_id=row.id, version=1, values={**particulars(row), "commune": "Agdal"})
    with pytest.raises(DomainError, match="changed-meanwhile"):
        edit_institution(chaimae, institution_id=row.id, version=1, values={**particulars(row), "commune": "Hay Riad"})
    assert row.commune == "Agdal"


def test_a_home_of_another_region_does_not_exist_for_chaimae(app: Flask) -> None:
    row = make_institution(province_code="07.351")
    with pytest.raises(NotVisibleError):
        edit_institution(
            actor_of(make_person("Chaimae", region="04")), institution_id=row.id, version=1, values=particulars(row)
        )
