"""A photograph over a line that breaks: in pieces, cut, repeated, out of order, damaged; it arrives once and whole."""

import base64
import hashlib
import os
import time
import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.adapters import files, pieces
from inspect_app.models import Evidence, db
from inspect_app.services.inspections import piecing
from tests.factories.inspections import Play, picture, play_until
from tests.factories.users import sign_in

SIZE = 1_000


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit under way, and Amina's tablet."""
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    return play


class Sender:
    """A tablet with one photograph to send."""

    def __init__(self, client: FlaskClient, play: Play, raw: bytes | None = None) -> None:
        self.client = client
        self.play = play
        self.raw = raw if raw is not None else picture(size=(640, 480), quality=95)
        self.sha256 = hashlib.sha256(self.raw).hexdigest()
        self.op_id = str(uuid.uuid4())
        self.address = f"/api/v1/inspections/{play.id}/pieces/{self.sha256}"

    def asks(self) -> Any:
        answer = self.client.get(f"{self.address}?op_id={self.op_id}")
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def sends(self, offset: int, data: bytes | None = None, checksum: str | None = None) -> Any:
        data = self.raw[offset : offset + SIZE] if data is None else data
        told = checksum or base64.b64encode(hashlib.sha256(data).digest()).decode()
        headers = {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {told}"}
        return self.client.patch(
            self.address, data=data, headers=headers, content_type="application/offset+octet-stream"
        )

    def goes_on(self) -> None:
        offset = self.asks()["offset"]
        while offset < len(self.raw):
            answer = self.sends(offset)
            assert answer.status_code == 204, answer.text
            offset = int(answer.headers["Upload-Offset"])

    def ends(self) -> Any:
        form = {"criterion": self.play.codes()[0], "op_id": self.op_id, "caption": "باب"}
        return self.client.post(self.address, data=form)


def test_a_photograph_goes_on_where_the_line_was_cut(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    assert len(amina.raw) > 4 * SIZE
    assert amina.asks() == {"offset": 0, "photo": None}
    for offset in (0, SIZE, 2 * SIZE):
        amina.sends(offset)
    assert amina.asks()["offset"] == 3 * SIZE  # the tablet comes back, perhaps days later
    amina.goes_on()
    answer = amina.ends()
    assert answer.status_code == 201
    [row] = db.session.query(Evidence).all()
    assert (row.received_sha256, row.caption, row.op_id) == (amina.sha256, "باب", amina.op_id)
    assert files.get(row.sha256)
    assert pieces.length(f"{play.id}-{play.people['Amina'].id}", amina.sha256) == 0


def test_whatever_is_repeated_the_photograph_is_there_once(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    amina.sends(0)
    again = amina.sends(0)  # its answer got lost
    assert (again.status_code, again.get_json()["code"]) == (409, "piece-elsewhere")
    assert amina.asks()["offset"] == SIZE
    amina.goes_on()
    first = amina.ends().get_json()
    assert amina.ends().get_json() == first
    assert amina.asks()["photo"] == first["photo"]  # so that nothing is sent again where only the last answer was lost
    amina.sends(0)  # a piece that the line still carried
    assert amina.ends().get_json() == first
    assert db.session.query(Evidence).count() == 1


def test_pieces_out_of_order_are_not_taken_and_leave_no_gap(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    assert amina.sends(2 * SIZE).status_code == 409
    amina.sends(0)
    assert amina.sends(2 * SIZE).status_code == 409
    assert amina.asks()["offset"] == SIZE
    amina.goes_on()
    assert amina.ends().status_code == 201


def test_a_damaged_piece_is_refused_and_what_came_before_stays(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    amina.sends(0)
    right = base64.b64encode(hashlib.sha256(amina.raw[SIZE : 2 * SIZE]).digest()).decode()
    answer = amina.sends(SIZE, data=b"x" * SIZE, checksum=right)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "piece-damaged")
    assert amina.asks()["offset"] == SIZE
    amina.goes_on()
    assert amina.ends().status_code == 201


def test_pieces_that_do_not_make_the_photograph_are_thrown_away_and_it_begins_anew(
    client: FlaskClient, play: Play
) -> None:
    amina = Sender(client, play)
    amina.sends(0, data=b"another picture")
    answer = amina.ends()
    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo-damaged")
    assert amina.asks()["offset"] == 0
    amina.goes_on()
    assert amina.ends().status_code == 201


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "piece-damaged"),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5 abcd"}, "piece-damaged"),
        ({"Upload-Offset": "0", "Upload-Checksum": "sha256 %%%"}, "piece-damaged"),
        ({"Upload-Offset": "-5", "Upload-Checksum": "sha256 LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="}, "piece-elsewhere"),
        ({"Upload-Offset": "٣", "Upload-Checksum": "sha256 LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="}, "piece-elsewhere"),
    ],
)  # fmt: skip
def test_nonsense_in_the_headers_is_refused(
    client: FlaskClient, play: Play, headers: dict[str, str], code: str
) -> None:
    told = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    answer = client.patch(f"/api/v1/inspections/{play.id}/pieces/{'0' * 64}", data=b"x", headers=told)
    assert answer.get_json()["code"] == code


@pytest.mark.parametrize("name", ["..", "0" * 63, "G" * 64, "..%2f..%2fx"])
def test_nobody_writes_elsewhere_in_the_storage(client: FlaskClient, play: Play, name: str) -> None:
    answer = client.patch(f"/api/v1/inspections/{play.id}/pieces/{name}", data=b"x", follow_redirects=True)
    assert answer.status_code in (404, 405)


def test_nobody_fills_the_storage(client: FlaskClient, play: Play) -> None:
    many = [Sender(client, play, bytes([n]) * 10) for n in range(piecing.AT_ONCE + 3)]
    for place, sender in enumerate(many):
        sender.sends(0)
        owner = f"{play.id}-{play.people['Amina'].id}"
        _made(play, owner, sender.sha256, time.time() - 1000 + place)
    assert len(pieces.newest_first(owner)) == piecing.AT_ONCE
    assert many[-1].asks()["offset"] == 10
    assert many[0].asks()["offset"] == 0
    large = Sender(client, play, b"x" * (piecing.MOST_BYTES + 1))
    assert large.sends(0, data=large.raw).status_code == 413
    assert large.sends(8 * 1024 * 1024 - 3, data=b"xxxx").status_code == 413


def test_what_nobody_goes_on_with_is_forgotten_after_days(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    amina.sends(0)
    _made(play, f"{play.id}-{play.people['Amina'].id}", amina.sha256, time.time() - (piecing.DAYS + 1) * 86_400)
    sign_in(client, play.people["Younes"])
    Sender(client, play, b"another").sends(0)
    sign_in(client, play.people["Amina"])
    assert amina.asks()["offset"] == 0
    amina.goes_on()
    assert amina.ends().status_code == 201


def test_younes_cannot_put_together_what_amina_sent_nor_learn_of_it(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play)
    amina.goes_on()
    sign_in(client, play.people["Younes"])
    younes = Sender(client, play, amina.raw)
    assert younes.asks()["offset"] == 0
    assert younes.ends().status_code == 422


def test_driss_who_is_not_on_the_team_sends_nothing(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Driss"])
    assert Sender(client, play).sends(0).status_code == 403


def test_what_is_no_picture_is_said_to_be_none(client: FlaskClient, play: Play) -> None:
    amina = Sender(client, play, b"no picture at all")
    amina.goes_on()
    answer = amina.ends()
    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo-not-an-image")


def test_pieces_live_wherever_fsspec_reaches(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "STORAGE_URL", "memory://miyar-pieces")
    pieces.keep("1-1", "a" * 64, 0, b"one ")
    pieces.keep("1-1", "a" * 64, 4, b"two")
    pieces.keep("1-1", "a" * 64, 9, b"behind a gap")
    assert (pieces.length("1-1", "a" * 64), pieces.whole("1-1", "a" * 64)) == (7, b"one two")
    assert pieces.newest_first("1-1") == ["a" * 64]
    pieces.remove("1-1", "a" * 64)
    pieces.remove("1-1", "a" * 64)
    assert pieces.length("1-1", "a" * 64) == 0


def _made(play: Play, owner: str, name: str, when: float) -> None:
    _filesystem, root = files.storage()
    folder = f"{root}/pieces/{owner}/{name}"
    for path in os.listdir(folder):
        os.utime(f"{folder}/{path}", (when, when))
