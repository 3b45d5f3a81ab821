"""Downloading a report."""

from urllib.parse import unquote

import pytest

from inspect_app.adapters import pdf
from tests.factories.inspections import play_until
from tests.factories.users import make_user, sign_in


@pytest.fixture(autouse=True)
def _printer(monkeypatch):
    monkeypatch.setattr(
        pdf, "render", lambda html, **options: pdf.Made(b"%PDF-1.7 " + options["title"].encode(), "test")
    )


def test_brahim_keeps_the_report_under_a_name_he_will_find_again(client):
    play = play_until("final", name_fr="Dar «Al Amal»/1", name_ar="دار الأمل")
    sign_in(client, play.people["Brahim"])
    french = client.get(f"/reports/{play.id}/final.fr.pdf")
    assert french.status_code == 200
    assert french.mimetype == "application/pdf"
    assert french.data.startswith(b"%PDF")
    name = unquote(french.headers["Content-Disposition"])
    assert play.inspection.reference in name
    assert "Dar «Al Amal» 1.pdf" in name
    assert "attachment" in name
    arabic = client.get(f"/reports/{play.id}/final.ar.pdf")
    assert "دار الأمل.pdf" in unquote(arabic.headers["Content-Disposition"])


def test_the_same_report_is_not_sent_twice_over_a_slow_line(client):
    play = play_until("final")
    sign_in(client, play.people["Brahim"])
    first = client.get(f"/reports/{play.id}/final.fr.pdf")
    again = client.get(f"/reports/{play.id}/final.fr.pdf", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "private" in first.headers["Cache-Control"]


def test_a_report_that_is_not_yet_there_or_not_theirs_is_said_so(client):
    play = play_until("draft_sent")
    sign_in(client, play.people["Brahim"])
    assert client.get(f"/reports/{play.id}/draft.ar.pdf").status_code == 200
    assert client.get(f"/reports/{play.id}/final.ar.pdf").status_code == 409
    assert client.get(f"/reports/{play.id}/final.xx.pdf").status_code == 404
    sign_in(client, make_user("coordinator", province="01.511"))
    assert client.get(f"/reports/{play.id}/draft.ar.pdf").status_code == 404
    sign_in(client, make_user("administrator", national=True))
    assert client.get(f"/reports/{play.id}/draft.ar.pdf").status_code == 403
