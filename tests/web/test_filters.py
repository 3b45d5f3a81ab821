"""Filters above lists: what they offer to whom, and that they leave room for the list on a phone."""

import re

import pytest
from flask.testing import FlaskClient

from inspect_app.domain.registry import search_text
from inspect_app.models import db
from inspect_app.services.institutions import particulars
from tests.factories.inspections import another_play, make_play, play_until
from tests.factories.institutions import make_institution
from tests.factories.users import make_person, make_user, sign_in


def folded(page: str) -> str:
    """What lies in the fold."""
    found = re.search(r'<details class="folded".*?</details>', page, re.S)
    assert found
    return found[0]


@pytest.mark.parametrize("path", ["/institutions/", "/inspections/", "/agreement/"])
def test_chaimae_who_has_one_region_chooses_among_its_provinces(client: FlaskClient, path: str) -> None:
    sign_in(client, make_person("Chaimae", region="04"))
    page = client.get(f"{path}?lang=fr").text
    assert 'name="region"' not in page
    assert 'value="04.421"' in page
    assert 'value="07.351"' not in page


def test_fatima_who_has_the_kingdom_chooses_a_region_first(client: FlaskClient) -> None:
    sign_in(client, make_person("Fatima", national=True))
    page = client.get("/institutions/?region=07&lang=fr").text
    assert page.count('<option value="0') + page.count('<option selected value="0') >= 9
    assert 'value="07.351"' in page
    assert 'value="04.421"' not in page


def test_somebody_who_has_one_province_is_asked_for_no_place(client: FlaskClient) -> None:
    sign_in(client, make_person("Ilyas", province="04.421"))
    page = client.get("/institutions/?lang=fr").text
    assert 'name="region"' not in page
    assert 'name="province"' not in page


def test_a_province_narrows_the_visits_and_a_foreign_one_narrows_nothing(client: FlaskClient) -> None:
    play = make_play(province_code="04.421", name_fr="Maison Agdal")
    another_play(play, name_fr="Maison Salé").institution.province_code = "04.441"
    sign_in(client, make_person("Fatima", national=True))
    narrowed = client.get("/inspections/?province=04.421&lang=fr").text
    assert "Maison Agdal" in narrowed
    assert "Maison Salé" not in narrowed
    assert "Maison Salé" in client.get("/inspections/?province=99.999&lang=fr").text


def test_the_search_box_stays_in_sight_and_the_fold_says_how_many_filters_are_active(client: FlaskClient) -> None:
    make_institution()
    db.session.commit()
    sign_in(client, make_person("Fatima", national=True))
    page = client.get("/institutions/?q=maison&region=04&category=children&level=nonsense&lang=en").text
    assert 'name="q"' in page
    assert 'name="q"' not in folded(page)
    assert "2 active" in folded(page)
    assert "open" not in re.search(r"<details[^>]*data-folded[^>]*>", page)[0]  # type: ignore[index]
    assert "active" not in folded(client.get("/institutions/?lang=en").text)


def test_ghali_narrows_the_journal_by_day_and_the_fold_counts_it(client: FlaskClient) -> None:
    sign_in(client, make_person("Ghali", national=True))
    assert "1 active" in folded(client.get("/admin/audit?since=2026-01-01&lang=en").text)


@pytest.mark.parametrize("typed", ["04.421", "04421", "٠٤٤٢١", "04421-0007"])
def test_a_number_of_the_registry_is_found_without_its_full_stop(client: FlaskClient, typed: str) -> None:
    for code, name in (("04.421-0007", "Maison Agdal"), ("07.351-0002", "Maison Menara")):
        row = make_institution(code=code, province_code=code[:6], name_fr=name)
        row.search_text = search_text(row.code, particulars(row))
    sign_in(client, make_user("ministry_officer", national=True))
    for path in ("/institutions/", "/inspections/new"):
        if path == "/inspections/new":
            sign_in(client, make_person("Chaimae", national=True))
        page = client.get(f"{path}?q={typed}&lang=fr").text
        assert "Maison Agdal" in page
        assert "Maison Menara" not in page


def test_fatima_begins_at_the_registry_and_reads_what_waits(client: FlaskClient) -> None:
    play = play_until("submitted")
    sign_in(client, make_person("Fatima", national=True))
    first = client.get("/?lang=en", follow_redirects=True)
    assert first.request.path == "/institutions/"
    assert "What waits" in first.text
    assert 'href="/inspections/?state=submitted"' in first.text
    assert "state=responding" not in first.text
    assert "What waits" not in client.get("/institutions/?category=children&lang=en").text
    sign_in(client, play.people["Chaimae"])
    assert "What waits" not in client.get("/institutions/?lang=en").text
