"""Many institutions from a file: the dry run, its faults, and all or nothing."""

import io
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.models import AuditEvent, Institution, db
from inspect_app.services.institutions import Plan, apply_import, preview_import
from inspect_app.web.institutions.imports import labels
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person

pytestmark = pytest.mark.usefixtures("app")

HEADERS = "code,name_ar,name_fr,category,province_code,commune,setting,authorised,authorisation_law,authorisation_number,capacity_girls"
GOOD = ",دار الأمل,Dar Al Amal,children,04.421,Rabat,urban,1,14-05,12/2010,٤٠"


def fatima() -> Actor:
    """The ministry officer, of the whole country."""
    return actor_of(make_person("Fatima", national=True))


def check(actor: Actor, *rows: str, headers: str = HEADERS, **kwargs: Any) -> Plan:
    """The dry run of a CSV of these rows."""
    data = "\n".join([headers, *rows]).encode(kwargs.pop("encoding", "utf-8"))
    return preview_import(actor, data=data, name="list.csv", labels=labels())


def faults(plan: Plan) -> list[tuple[int, str, str]]:
    """Row, column and code of each fault."""
    return [(row.number, fault.column, fault.code) for row in plan.rows for fault in row.faults]


def confirm(actor: Actor, plan: Plan, **changes: str) -> Plan:
    """Confirm what the dry run showed."""
    told = {"sha256": plan.sha256, "name": plan.name, "digest": plan.digest, **changes}
    return apply_import(actor, **told, labels=labels())


def test_fatima_imports_a_new_home_and_changes_another(app: Flask) -> None:
    known = make_institution(
        code="04.421-0003", name_ar="دار النور", capacity_girls=10, present_girls=0, present_boys=0
    )
    known.authorisation_number = "1"
    actor = fatima()
    plan = check(actor, GOOD, "04.421-0003,,,,,,,,,,25")
    assert [(r.action, r.changed.get("capacity_girls")) for r in plan.rows] == [("create", None), ("update", [10, 25])]
    assert db.session.scalar(select(func.count(Institution.id))) == 1  # nothing yet
    confirm(actor, plan)
    made = db.session.scalars(select(Institution).where(Institution.code == "04.421-0004")).one()
    assert (made.capacity_girls, made.authorised, made.commune) == (40, True, "Rabat")
    assert known.capacity_girls == 25
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "institutions.imported")).one()
    assert event.data["counts"] == {"create": 1, "update": 1, "unchanged": 0, "fault": 0}
    assert event.data["file"] == plan.sha256


def test_the_same_file_twice_changes_nothing_the_second_time(app: Flask) -> None:
    actor = fatima()
    row = GOOD.replace(",دار", "04.421-0007,دار", 1)
    confirm(actor, check(actor, row))
    again = check(actor, row)
    assert again.counts == {"create": 0, "update": 0, "unchanged": 1, "fault": 0}
    assert not again.ready


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        (("04.421", "99.999"), "province_code", "unknown-province"),
        (("children", "hotel"), "category", "unknown-code"),
        (("٤٠", "-٤"), "capacity_girls", "negative"),
        (("٤٠", "forty"), "capacity_girls", "not-a-whole-number"),
        (("٤٠", "12.5"), "capacity_girls", "not-a-whole-number"),
        ((",1,", ",perhaps,"), "authorised", "not-yes-or-no"),
        (("Rabat", "x" * 101), "commune", "too-long"),
        (("Dar Al Amal", ""), "name_fr", "required"),
        (("12/2010", ""), "authorisation_number", "authorisation-number-missing"),
        ((",دار", "a b,دار"), "code", "code-malformed"),
    ],
)
def test_each_wrong_cell_is_named_by_row_and_column(
    app: Flask, change: tuple[str, str], column: str, code: str
) -> None:
    plan = check(fatima(), GOOD.replace("الأمل", "النور"), GOOD.replace(*change, 1))
    assert faults(plan) == [(3, column, code)]
    assert not plan.ready


def test_one_wrong_row_keeps_the_whole_file_out(app: Flask) -> None:
    actor = fatima()
    plan = check(actor, GOOD, GOOD.replace("04.421", "99.1"))
    with pytest.raises(DomainError, match="import-has-faults"):
        confirm(actor, plan)
    assert db.session.scalar(select(func.count(Institution.id))) == 0


def test_duplicates_are_found_within_the_file_and_in_the_registry(app: Flask) -> None:
    make_institution(name_ar="دار الامل", code="04.421-0001")
    plan = check(
        fatima(), GOOD, GOOD.replace("الأمل", "السلام"), GOOD.replace("الأمل", "السَّلام"), "04.421-0001", "04.421-0001"
    )
    assert (2, "name_ar", "already-registered") in faults(plan)
    assert (4, "name_ar", "twice-in-file") in faults(plan)
    assert (6, "code", "twice-in-file") in faults(plan)
    assert plan.rows[2].faults[0].params == {"row": 3}


def test_labels_in_three_languages_names_of_provinces_and_excel_habits_are_understood(app: Flask) -> None:
    headers = "Name in Arabic,name_fr [name_fr],CATEGORY,province_code,commune,setting,authorised,authorisation_law"
    plan = check(
        fatima(),
        "دار أ,Dar A,Elderly persons,Rabat,R,urban,non,none",
        "دار ب,Dar B,elderly,الرباط,R,Urban,لا,none",
        "دار ج,Dar C,elderly,4.421,R,rural,0,unknown",
        "دار د,Dar D,elderly,1.05,R,rural,0,unknown".replace("1.05", "١٫٠٥١"),
        headers=headers,
    )
    assert faults(plan) == []
    assert [row.values["province_code"] for row in plan.rows] == ["04.421", "04.421", "04.421", "01.051"]


def test_an_empty_cell_changes_nothing_and_a_hyphen_empties(app: Flask) -> None:
    row = make_institution(code="K-001", phone="05 37", address="Rue 1", present_girls=0, present_boys=0)
    row.authorisation_number = "1"
    plan = check(fatima(), "K-001,,-", headers="code,phone,address")
    assert plan.rows[0].changed == {"address": ["Rue 1", ""]}


@pytest.mark.parametrize(
    ("headers", "code"),
    [("nom,ville", "columns-unknown"), ("code,code", "columns-twice"), ("name_fr,commune", "columns-missing")],
)
def test_wrong_headers_are_refused_with_their_names(app: Flask, headers: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        check(fatima(), "a,b", headers=headers)
    assert refusal.value.code == code
    assert refusal.value.params["columns"]


def test_a_list_in_windows_arabic_is_read(app: Flask) -> None:
    plan = check(fatima(), GOOD.replace("٤٠", "40"), encoding="cp1256")
    assert plan.encoding == "windows-1256"
    assert plan.rows[0].name == "دار الأمل"


def test_dates_of_excel_arrive_as_dates(app: Flask) -> None:
    from datetime import date

    book = Workbook()
    book.active.append([*HEADERS.split(","), "authorisation_date"])
    book.active.append([*GOOD.split(","), date(2010, 5, 31)])
    out = io.BytesIO()
    book.save(out)
    plan = preview_import(fatima(), data=out.getvalue(), name="x.xlsx", labels=labels())
    assert plan.rows[0].values["authorisation_date"] == date(2010, 5, 31)


def test_when_the_registry_moved_since_the_check_nothing_is_imported(app: Flask) -> None:
    row = make_institution(code="K-002", present_girls=0, present_boys=0)
    row.authorisation_number = "1"
    actor = fatima()
    plan = check(actor, "K-002,New", headers="code,commune")
    row.commune = "Meanwhile"
    db.session.commit()
    with pytest.raises(DomainError, match="import-outdated"):
        confirm(actor, plan)
    assert row.commune == "Meanwhile"


def test_a_territory_bounds_an_import_too(app: Flask) -> None:
    make_institution(code="far-1", province_code="07.351")
    actor = actor_of(make_person("Fatima", region="04"))
    plan = check(actor, GOOD.replace("04.421", "07.351"), "far-1")
    assert (2, "province_code", "not-in-your-territory") in faults(plan)
    assert (3, "code", "code-taken") in faults(plan)


def test_chaimae_does_not_import(app: Flask) -> None:
    with pytest.raises(ForbiddenError):
        check(actor_of(make_person("Chaimae", region="04")), GOOD)
