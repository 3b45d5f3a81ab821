"""What the public reads: where an institution stands, whether a document is genuine, and nothing else."""

import csv
import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.adapters import pdf, signatures
from inspect_app.models import db
from inspect_app.queries.public import REGISTER_FIELDS
from tests.factories.decisions import Case, case_until, make_case, measure, sign
from tests.factories.institutions import make_institution

#: What may be published of an institution; whoever adds a field to the register writes it down here too.
ALLOWED = {
    "code", "name_ar", "name_fr", "category", "region", "region_ar", "region_fr", "province", "province_ar",
    "province_fr", "commune", "place_withheld", "standing", "level", "number", "decided_on", "valid_until", "visited_on",
}  # fmt: skip
#: Never public, of anybody.
SECRETS: dict[str, Any] = {
    "director_name": "SECRETdirector", "phone": "SECRETphone", "email": "SECRETmail", "address": "SECRETaddress",
    "association_ar": "SECRETassociation", "association_fr": "SECRETassociation", "unauthorised_reason": "SECRETreason",
    "authorisation_number": "SECRETnumber", "latitude": "34.02222", "longitude": "-6.83333",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper is blank."""
    monkeypatch.setattr(pdf, "render", lambda *_args, **_more: pdf.Made(b"%PDF-1.7", "none"))
    monkeypatch.setattr(signatures, "sign", lambda data, **_more: data)


def decided(**institution: Any) -> Case:
    case = case_until("signed", make_case(level=2, **institution))
    db.session.commit()
    return case


def test_a_citizen_finds_an_institution_and_reads_where_it_stands(app: Flask, client: FlaskClient) -> None:
    case = decided(name_ar="دار النجاح", name_fr="Dar Najah", search_text="دار النجاح dar najah")
    found = client.get("/register/?q=najah&lang=fr").text
    assert "Dar Najah" in found
    page = client.get(f"/register/{case.institution.id}?lang=en").text
    assert "Conditional" in page
    assert "Accredited under conditions" in page, "never the level alone: what it means stands beside it"
    assert re.search(r"This information is \d+ days? old", page)
    assert "Results by domain" in page


def test_an_institution_without_a_decision_says_so(app: Flask, client: FlaskClient) -> None:
    institution = make_institution(level="accredited")  # a visit's result is no decision
    db.session.commit()
    page = client.get(f"/register/{institution.id}?lang=en").text
    assert "No decision yet" in page
    assert "Accredited" not in page.replace("Public register of accreditations", "")


def test_a_genuine_document(app: Flask, client: FlaskClient) -> None:
    case = decided()
    code = case.decision.code
    for typed in (code, code.lower(), code.replace("-", " ")):
        assert "genuine and in force" in client.get(f"/check/{typed}?lang=en").text
    assert client.get(f"/check/?code={code}").headers["Location"].endswith(code)


def test_a_superseded_a_suspended_and_a_withdrawn_document(app: Flask, client: FlaskClient) -> None:
    case = decided()
    code = case.decision.code
    measure(case, "urgent_suspension")
    sign(case)
    assert "suspended" in client.get(f"/check/{code}?lang=en").text
    assert "genuine and in force" in client.get(f"/check/{case.decision.code}?lang=en").text
    measure(case, "reinstatement")
    sign(case)
    assert "another decision took its place" in client.get(f"/check/{code}?lang=en").text
    measure(case, "withdrawal")
    sign(case)
    assert "was withdrawn" in client.get(f"/check/{code}?lang=en").text


def test_a_code_that_nobody_issued(app: Flask, client: FlaskClient) -> None:
    assert "No document has this code" in client.get("/check/AAAA-BBBB-CCCC?lang=en").text
    assert client.get("/check/" + "x" * 300).status_code == 200


def everything_public(client: FlaskClient, ids: list[int], codes: list[str]) -> dict[str, str]:
    """All that nobody in particular can read of the register, in each language."""
    addresses = ["/open-data/register.csv", "/open-data/register.json", "/open-data/", "/check/", "/"]
    for language in ("ar", "fr", "en"):
        addresses += [f"/register/?lang={language}", f"/register/?page=2&lang={language}"]
        addresses += [f"/register/{i}?lang={language}" for i in ids] + [f"/check/{c}?lang={language}" for c in codes]
    return {address: client.get(address).text for address in addresses}


def test_nothing_outside_the_allow_list_is_public(app: Flask, client: FlaskClient) -> None:
    case = decided(**SECRETS)
    shelter = make_institution(category="women", commune="SECRETcommune", **SECRETS)
    db.session.commit()
    people = {user.name for user in case.people.values()} | {user.email for user in case.people.values()}
    for address, text in everything_public(client, [case.institution.id, shelter.id], [case.decision.code]).items():
        assert "SECRET" not in text, f"{address}: {text[text.index('SECRET') - 80 :][:200]}"
        assert "34.02222" not in text
        told = {name for name in people if re.search(rf"\b{re.escape(name)}\b", text)}
        assert not told, f"{address} names {told}"
    assert set(REGISTER_FIELDS) == ALLOWED
    rows = json.loads(client.get("/open-data/register.json").text)
    assert set(rows["fields"]) == ALLOWED
    assert all(set(row) == ALLOWED for row in rows["institutions"])
    table = list(csv.reader(io.StringIO(client.get("/open-data/register.csv").data.decode("utf-8-sig"))))
    assert set(table[0]) == ALLOWED
    assert len(table) == 1 + len(rows["institutions"])


def test_a_shelter_is_not_found_by_its_place(app: Flask, client: FlaskClient) -> None:
    make_institution(
        category="women", name_fr="Espace Amal", commune="Tazenakht", search_text="espace amal tazenakht",
    )  # fmt: skip
    make_institution(name_fr="Dar Tazenakht", commune="Tazenakht", search_text="dar tazenakht")
    db.session.commit()
    found = client.get("/register/?q=tazenakht&lang=fr").text
    assert "Dar Tazenakht" in found
    assert "Espace Amal" not in found
    assert "Espace Amal" in client.get("/register/?q=espace&lang=fr").text


def test_every_field_of_the_open_data_has_its_meaning(app: Flask, client: FlaskClient) -> None:
    page = client.get("/open-data/?lang=en").text
    assert all(f">{name}</code>" in page for name in ALLOWED)
