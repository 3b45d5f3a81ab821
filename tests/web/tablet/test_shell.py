"""The tablet's shell: the same bytes for everybody; its worker changes when it does."""

import pytest
from flask.testing import FlaskClient

from tests.factories.users import make_person, sign_in


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_shell_is_the_same_whoever_is_signed_in(client: FlaskClient, language: str) -> None:
    before = client.get(f"/tablet/{language}").data
    sign_in(client, make_person("Amina", province="04.421"))
    with client.session_transaction() as session:
        session["lang"] = "fr" if language != "fr" else "ar"
    answer = client.get(f"/tablet/{language}")
    assert answer.data == before
    assert f'<html lang="{language}"' in answer.text
    assert "Amina" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_manifest_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    told = client.get("/tablet/ar/manifest.webmanifest").get_json(force=True)
    assert (told["lang"], told["dir"], told["scope"], told["start_url"]) == ("ar", "rtl", "/tablet/", "/tablet/")


def test_no_other_language_has_a_shell(client: FlaskClient) -> None:
    assert client.get("/tablet/de").status_code == 404
