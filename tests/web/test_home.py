"""The front page."""

from flask.testing import FlaskClient


def test_a_citizen_reads_the_front_page_in_arabic_from_right_to_left(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text
