"""What the door and the pages behind it tell to whom it is none of their business."""

import pytest
from flask.testing import FlaskClient

from inspect_app.models import db
from tests.factories.users import make_person, sign_in


@pytest.mark.parametrize("page", ["/account", "/inspections/", "/institutions/", "/api/v1/inspections/999"])
def test_what_ilyas_read_is_kept_nowhere_for_whoever_sits_at_the_computer_after_him(
    client: FlaskClient, page: str
) -> None:
    sign_in(client, make_person("Ilyas", province="04.421"))
    assert client.get(page).headers["Cache-Control"] == "no-store, private"


def test_what_is_typed_at_the_door_is_kept_nowhere(client: FlaskClient) -> None:
    for page in ("/sign-in", "/new-password"):
        assert client.get(page).headers["Cache-Control"] == "no-store, private"


def test_what_everybody_may_read_may_be_kept(client: FlaskClient) -> None:
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


def test_asking_for_a_new_password_takes_as_long_for_amina_as_for_a_stranger(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = make_person("Amina")
    db.session.commit()
    hashed: list[str] = []
    for place in ("flask_security.views", "inspect_app.web.account.forms"):
        monkeypatch.setattr(f"{place}.hash_password", hashed.append)
    answers = []
    for email in (amina.email, "nobody@demo.miyar.example"):
        hashed.clear()
        page = client.post("/new-password?lang=en", data={"email": email})
        answers.append((page.status_code, page.text.replace(email, "…"), len(hashed)))
    assert answers[0] == answers[1]
    assert answers[0][2] == 1
