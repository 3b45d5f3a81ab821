"""The registry in the browser."""

import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from inspect_app.domain.registry import search_text
from inspect_app.domain.roles import Role
from inspect_app.models import Institution, db
from inspect_app.services.institutions import particulars
from tests.factories.institutions import make_institution
from tests.factories.reports import reported_play
from tests.factories.users import make_person, make_user, sign_in


def home(**changes: object) -> Institution:
    """A home that could be saved as it is."""
    row = make_institution(**{"present_on": date(2026, 1, 1), "authorisation_number": "1", **changes})
    row.search_text = search_text(row.code, particulars(row))
    return row


def typed(page: str) -> dict[str, object]:
    """What a form holds, as the browser would send it back."""
    values: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            values[name[1]] = value[1] if value else ""
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', inner)
        values[name] = chosen[1] if chosen else ""
    return values


def test_chaimae_finds_a_home_by_a_name_spelt_otherwise(client: FlaskClient) -> None:
    home(name_ar="دار الأطفال", name_fr="Maison")
    home(name_ar="بيت السلام", name_fr="Foyer")
    sign_in(client, make_person("Chaimae", region="04"))
    page = client.get("/institutions/?q=الاطفال&lang=ar").text
    assert "دار الأطفال" in page
    assert "بيت السلام" not in page


def test_fatima_sees_past_results_as_a_picture_and_an_inspector_of_other_visits_does_not(client: FlaskClient) -> None:
    play = reported_play(photos=0)
    address = f"/institutions/{play.inspection.institution_id}?lang=en"
    sign_in(client, make_person("Fatima", national=True))
    page = client.get(address).text
    assert page.count("<svg viewBox") == 1
    assert "Score of each visit, in percent" in page
    assert "style=" not in page
    sign_in(client, make_user(Role.INSPECTOR, name="Nadia", region="04"))
    assert "Score of each visit" not in client.get(address).text


@pytest.mark.parametrize("query", ["?page=x", "?page=-5", "?region=zz&level=what&sort=-nonsense", "?q=" + "a" * 5000])
def test_a_strange_address_still_shows_a_list(client: FlaskClient, query: str) -> None:
    home()
    sign_in(client, make_person("Fatima", national=True))
    assert client.get(f"/institutions/{query}").status_code == 200


def test_the_page_of_a_home_warns_when_it_is_over_capacity(client: FlaskClient) -> None:
    row = home(present_girls=45, director_in_post=False, director_name="")
    sign_in(client, make_person("Chaimae", region="04"))
    page = client.get(f"/institutions/{row.id}?lang=en").text
    assert "Over capacity: 70 people present for 60 licensed places." in page
    assert "No director is in post." in page
    assert "15 over" in page


def test_somebody_elses_home_is_not_found(client: FlaskClient) -> None:
    row = home(province_code="07.351")
    sign_in(client, make_person("Chaimae", region="04"))
    db.session.commit()  # a refusal takes back what is not committed
    for address in (f"/institutions/{row.id}", f"/institutions/{row.id}/edit", "/institutions/99999999"):
        assert client.get(address).status_code == 404


def test_chaimae_registers_a_home_with_arabic_digits(client: FlaskClient) -> None:
    sign_in(client, make_person("Chaimae", region="04"))
    values = typed(client.get("/institutions/new").text)
    values |= {
        "name_ar": "دار الرحمة",
        "name_fr": "Dar Rahma",
        "category": "elderly",
        "province_code": "04.421",
        "commune": "Rabat",
        "setting": "urban",
        "authorised": "y",
        "authorisation_law": "65-15",
        "authorisation_number": "7/2024",
        "capacity_women": "٣٢",
        "latitude": "٣٤٫٠٢",
        "longitude": "-6,83",
        "services": ["meals", "health"],
    }
    answer = client.post("/institutions/new", data=values)
    assert answer.status_code == 302
    row = db.session.get(Institution, int(answer.location.rpartition("/")[2]))
    assert row is not None
    assert (row.capacity_women, str(row.latitude), str(row.longitude)) == (32, "34.02000", "-6.83000")
    assert row.services == ["health", "meals"]


def test_faults_stand_at_their_fields_and_what_was_typed_stays(client: FlaskClient) -> None:
    sign_in(client, make_person("Chaimae", region="04"))
    answer = client.post(
        "/institutions/new?lang=en",
        data={"name_ar": "دار", "commune": "x" * 101, "capacity_women": "many", "opened_year": "1500"},
    )
    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert 'id="capacity_women-error"' in answer.text
    assert "At most 100 characters; there are 101." in answer.text
    assert "Write a year between 1850 and this year." in answer.text
    assert 'value="دار"' in answer.text
    for name in ("name_fr", "category", "province_code", "setting"):
        assert f'id="{name}-error"' in answer.text


def test_an_edit_that_meets_another_shows_both_and_keeps_what_was_typed(client: FlaskClient) -> None:
    row = home()
    sign_in(client, make_person("Chaimae", region="04"))
    values = typed(client.get(f"/institutions/{row.id}/edit?lang=en").text)
    row.commune = "Agdal"
    db.session.commit()
    answer = client.post(f"/institutions/{row.id}/edit", data={**values, "commune": "Hay Riad"})
    assert answer.status_code == 409
    assert "Agdal" in answer.text
    assert 'value="Hay Riad"' in answer.text
    again = client.post(f"/institutions/{row.id}/edit", data=typed(answer.text))
    assert again.status_code == 302
    assert row.commune == "Hay Riad"


def test_hind_may_not_edit(client: FlaskClient) -> None:
    row = home()
    sign_in(client, make_person("Hind", national=True))
    assert client.get(f"/institutions/{row.id}").status_code == 200
    assert client.get(f"/institutions/{row.id}/edit").status_code == 403
    assert client.get("/institutions/import").status_code == 403


def test_an_export_holds_the_filtered_list_and_nothing_of_other_territories(client: FlaskClient) -> None:
    home(name_fr="=HYPERLINK(1)", code="E-001", name_ar="دار", category="women")
    home(code="E-002", category="elderly")
    home(code="E-003", province_code="07.351", category="women")
    sign_in(client, make_person("Chaimae", region="04"))
    answer = client.get("/institutions/export?format=csv&category=women&lang=en")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Registry number [code],Name in Arabic [name_ar]")
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]
    sheet = load_workbook(io.BytesIO(client.get("/institutions/export?format=xlsx&lang=ar").data)).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"E-001", "E-002"}


def test_an_export_comes_back_unchanged(client: FlaskClient) -> None:
    home(name_fr="=Dar", phone="+212 5", latitude=34, longitude=-6, services=["meals", "health"])
    sign_in(client, make_person("Fatima", national=True))
    for kind in ("csv", "xlsx"):
        data = client.get(f"/institutions/export?format={kind}&lang=fr").data
        page = client.post("/institutions/import?lang=en", data={"file": (io.BytesIO(data), f"list.{kind}")})
        assert page.status_code == 200
        assert "There is nothing to import." in page.text


def test_fatima_checks_a_file_and_imports_it(client: FlaskClient, app: Flask) -> None:
    home(name_fr="Another")
    sign_in(client, make_person("Fatima", national=True))
    data = "name_ar,name_fr,category,province_code,commune,setting,authorised,authorisation_law\nدار,Dar,women,04.421,R,urban,0,none\n"
    page = client.post("/institutions/import?lang=en", data={"file": (io.BytesIO(data.encode()), "list.csv")}).text
    assert "Import now" in page
    answer = client.post("/institutions/import/confirm", data=typed(page), follow_redirects=True)
    assert "Import done: 1 new, 0 changed, 0 unchanged." in answer.text
    assert "imported=" in answer.request.url  # what came in is shown, and nothing else
    assert "Only what this import entered or changed is shown." in answer.text
    assert answer.text.count('<th scope="row">') == 1
    twice = client.post("/institutions/import/confirm", data=typed(page), follow_redirects=True)
    assert "no longer at hand" in twice.text


def test_faults_of_a_file_are_told_by_row_and_column(client: FlaskClient) -> None:
    sign_in(client, make_person("Fatima", national=True))
    data = b"code,capacity_girls,province_code\nNEW-1,-3,99\n"
    page = client.post("/institutions/import?lang=en", data={"file": (io.BytesIO(data), "list.csv")})
    assert page.status_code == 422
    assert "A number of people cannot be negative." in page.text
    assert "No prefecture or province has this code or name." in page.text
    assert "Import now" not in page.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", b"", "Choose a file first."),
        ("x.csv", b"", "The file is empty."),
        ("x.pdf", b"%PDF-1.4", "not a CSV or XLSX"),
        ("x.csv", b"nom;ville\na;b\n", "These columns are not known: nom · ville."),
    ],
)
def test_a_wrong_file_is_refused_with_a_clear_sentence(client: FlaskClient, name: str, data: bytes, said: str) -> None:
    sign_in(client, make_person("Fatima", national=True))
    page = client.post("/institutions/import?lang=en", data={"file": (io.BytesIO(data), name)})
    assert page.status_code == 422
    assert said in page.text


def test_somebody_elses_file_is_not_imported_by_its_hash(client: FlaskClient) -> None:
    sign_in(client, make_person("Fatima", national=True))
    answer = client.post(
        "/institutions/import/confirm", data={"sha256": "0" * 64, "digest": "x"}, follow_redirects=True
    )
    assert "no longer at hand" in answer.text or "لم" in answer.text


def test_the_template_is_a_file_that_can_be_filled_in(client: FlaskClient) -> None:
    sign_in(client, make_person("Fatima", national=True))
    book = load_workbook(io.BytesIO(client.get("/institutions/import/template?lang=fr").data))
    assert len(book.worksheets) == 3
    assert book.worksheets[0]["A1"].value.endswith("[code]")
    assert client.get("/institutions/import/template?format=csv").data.startswith(b"\xef\xbb\xbf")
