"""Anybody can read how answers become a level, and that the same program comes to other bodies' results."""

from flask.testing import FlaskClient


def test_a_citizen_reads_the_levels_and_what_limits_them(client: FlaskClient) -> None:
    page = client.get("/standards/rules?lang=fr").text
    assert "accrédité avec distinction" in page.lower()
    assert "Au moins un critère critique n&#39;est pas satisfait" in page
    assert "« Au moins" not in page


def test_a_jurist_reads_another_bodys_rule_in_words(client: FlaskClient) -> None:
    page = client.get("/standards/rules/cqc/2023?lang=en").text
    assert "at least 2 of “Key questions”: at most “Inadequate”" in page
    assert "From memory" in page


def test_every_rule_set_has_its_page(client: FlaskClient) -> None:
    from inspect_app.adapters.rule_books import load_rule_books

    for book in load_rule_books():
        for language in ("ar", "fr", "en"):
            answer = client.get(f"/standards/rules/{book.code}/{book.version}?lang={language}")
            assert answer.status_code == 200, book.code


def test_a_rule_set_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/standards/rules/cqc/1999").status_code == 404
