"""What stands in the header for whom, and where each person begins."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.domain.roles import Role
from inspect_app.models import db
from inspect_app.web.navigation import exists
from tests.factories.users import make_person, make_user, sign_in


def _signed_in(client: FlaskClient, name: str) -> None:
    person = make_person(name, national=True)
    db.session.commit()
    sign_in(client, person)


def test_nobody_in_particular_sees_the_standards_and_the_door(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    assert 'href="/standards' in page
    assert 'href="/sign-in"' in page
    assert "/inspections/" not in page


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Amina", "inspections.index"),
        ("Chaimae", "inspections.index"),
        ("Brahim", "director.desk"),
        ("Ghali", "admin.users"),
        ("Hind", "institutions.index"),
        ("Ilyas", "institutions.index"),
    ],
)
def test_a_person_begins_at_their_own_page(app: Flask, client: FlaskClient, name: str, first: str) -> None:
    if not exists(first):
        pytest.skip(f"{first} is not built")
    _signed_in(client, name)
    with app.test_request_context():
        from flask import url_for

        address = url_for(first)
    assert client.get("/").headers["Location"] == address
    assert client.get("/?about=1").status_code == 200


def test_every_role_has_a_first_page() -> None:
    from inspect_app.web.navigation import FIRST_PAGES

    assert set().union(*(roles for roles, _ in FIRST_PAGES)) == set(Role)


def test_amina_sees_her_name_and_the_way_out_and_nothing_of_the_administrator(client: FlaskClient) -> None:
    _signed_in(client, "Amina")
    page = client.get("/?about=1&lang=fr").text
    assert "<bdi>Amina</bdi>" in page
    assert 'action="/sign-out"' in page
    assert "/admin" not in page


def test_the_name_of_a_person_cannot_become_code(client: FlaskClient) -> None:
    person = make_user("inspector", name="<script>alert(1)</script>")
    db.session.commit()
    sign_in(client, person)
    page = client.get("/?about=1").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_language_changes_and_the_page_stays(client: FlaskClient) -> None:
    page = client.get("/standards/?lang=fr&q=eau").text
    assert '<html lang="fr" dir="ltr">' in page
    assert re.search(r'href="/standards/\?lang=ar&amp;q=eau"', page)


def test_a_page_that_does_not_exist_is_said_in_the_language_with_the_way_back(client: FlaskClient) -> None:
    page = client.get("/nothing-here?lang=fr")
    assert page.status_code == 404
    assert '<html lang="fr"' in page.text
    assert 'href="/nothing-here?lang=ar"' in page.text


def test_the_demonstration_says_that_it_is_invented(app: Flask, client: FlaskClient) -> None:
    assert 'class="demonstration"' not in client.get("/").text
    app.config["DEMONSTRATION"] = True
    try:
        assert 'class="demonstration"' in client.get("/").text
    finally:
        app.config["DEMONSTRATION"] = False
