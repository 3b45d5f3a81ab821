"""Every page of visits opens for those it is made for."""

from flask.testing import FlaskClient
from tests.factories.inspections import play_until
from tests.factories.users import sign_in


def test_smoke(app: object, client: FlaskClient) -> None:
    play = play_until("responding")
    for who in ("Chaimae", "Amina", "Driss", "Salma", "Hind"):
        sign_in(client, play.people[who])
        for page in ("", f"{play.id}", f"{play.id}/review", f"{play.id}/observations"):
            answer = client.get(f"/inspections/{page}")
            assert answer.status_code == 200, (who, page, answer.text[:300])
