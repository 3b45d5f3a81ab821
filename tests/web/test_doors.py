"""Every address of the program is opened as every role and as nobody; ``doors.py`` says who may."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from inspect_app.adapters import pdf, signatures
from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.domain.checklists import Facts
from inspect_app.domain.permissions import PERMISSIONS
from inspect_app.domain.roles import Role
from inspect_app.web.access import access_of
from tests.factories.inspections import picture
from tests.factories.minutes import sheet, signature
from tests.factories.users import sign_in
from tests.web.doors import DOORS, EVERYBODY, NOBODY, SIGNED_IN, Door, doors_of
from tests.web.world import DOSSIERS, PLANS, World, operation, undone


def criterion() -> str:
    """The code of some criterion."""
    return load_checklist(category="children").applicable(Facts(category="children"))[0].code


#: Parts of an address that do not depend on the visit.
VALUES = {
    "token": "forged",
    "secret": "forged",
    "domain": criterion().split("-")[0],
    "category": "children",
    "code": criterion(),
    "filename": "build/.vite/manifest.json",
    "deed": "invite",
}
#: Doors that may lead on to the sign-in page: their link is too old, or nobody has typed a password yet.
ENTRANCE = {
    "account.sign_out_everywhere",
    "account.welcome",
    "security.change_email_confirm",
    "security.mf_recovery",
    "security.reset_password",
    "security.two_factor_setup",
    "security.two_factor_token_validation",
}
#: Parts of an address that name something of somebody, somewhere.
OBJECTS = {"device_id", "inspection_id", "institution_id", "photo_id", "observation_id", "report_id"} | PLANS | DOSSIERS
#: The same, of the whole country.
EVERYWHERE = {"user_id"}


@pytest.fixture(autouse=True)
def _as_in_life(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are protected, as on a server; paper is blank."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    # a report takes two seconds to make, and what stands in it is tested elsewhere
    monkeypatch.setattr(pdf, "render", lambda *_args, **_more: pdf.Made(b"%PDF-1.7", "none"))
    monkeypatch.setattr(signatures, "sign", lambda data, **_more: data)


def rules(app: Flask) -> Iterator[Rule]:
    return iter(sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)))


def methods_of(rule: Rule, door: Door | None = None) -> list[str]:
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return [m for m in methods if door is None or not door.methods or m in door.methods]


def declared(endpoint: str) -> frozenset[Role] | str | None:
    """Who may open the address according to the program; None: it declares nothing and is closed."""
    access = access_of(endpoint)
    if access is None:
        return None
    if access.kind == "public":
        return EVERYBODY
    if access.kind == "closed":
        return frozenset()
    if access.kind == "signed-in":
        return SIGNED_IN
    return frozenset().union(*(PERMISSIONS[p] for p in access.permissions))


def written(endpoint: str) -> frozenset[Role] | str | None:
    """Who may open the address according to ``doors.py``."""
    doors = doors_of(endpoint)
    if not doors:
        return None
    if any(door.who == EVERYBODY for door in doors):
        return EVERYBODY
    return frozenset().union(*(door.who for door in doors))


def names(who: frozenset[Role] | str | None) -> str:
    return who if isinstance(who, str) else "nobody" if who is None else ", ".join(sorted(who)) or "nobody"


def test_somebody_wrote_down_who_may_open_every_address(app: Flask) -> None:
    known = {rule.endpoint for rule in rules(app)}
    missing = [f"{rule.rule} ({rule.endpoint})" for rule in rules(app) if not doors_of(rule.endpoint)]
    assert not missing, "who may open these? Write it in tests/web/doors.py:\n" + "\n".join(missing)
    assert not set(DOORS) - known, "these addresses are gone: take them out of tests/web/doors.py"


def test_the_program_declares_what_is_written(app: Flask) -> None:
    wrong = [
        f"{endpoint}: the program lets in {names(declared(endpoint))}; written is {names(written(endpoint))}"
        for endpoint in sorted({rule.endpoint for rule in rules(app)})
        if doors_of(endpoint) and declared(endpoint) != written(endpoint)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_addresses_are_lower_case_words_with_hyphens(app: Flask) -> None:
    fixed = {rule.rule: re.sub(r"<[^>]+>", "x", rule.rule) for rule in rules(app)}
    wrong = [rule for rule, text in fixed.items() if not re.fullmatch(r"(/[a-z0-9]+([-.][a-z0-9]+)*)*/?", text)]
    assert not wrong


def objects_of(rule: Rule, door: Door) -> set[str]:
    """What the address names that may be somebody else's."""
    return rule.arguments & OBJECTS | set(door.query)


class Walk:
    """One role going from door to door; what was not as written is collected, so that one run names them all."""

    def __init__(self, app: Flask, role: Role | None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.world = World(role)
        self.role = role
        self.wrong: list[str] = []
        if self.world.person:
            sign_in(self.client, self.world.person)
        self.token = token_for(self.client)
        self.cookie = self.client.get_cookie("session")

    def knock(self, rule: Rule, door: Door, method: str, *, here: bool = True) -> TestResponse:
        """Open one door, of our own territory or elsewhere; whatever it did is undone."""
        values = {**VALUES, **self.world.values(rule.arguments, door, here=here), **door.values}
        known = {name: values[name] for name in rule.arguments if name in values}
        assert known.keys() == rule.arguments, f"{rule.rule}: give {rule.arguments - known.keys()} a value (VALUES)"
        self.client.set_cookie("session", self.cookie.value)  # whatever the last knock did to it
        with undone():
            with self.app.test_request_context():
                address = url_for(rule.endpoint, **known, **{name: values[name] for name in door.query})
            body = bodies(values.get("criterion", "")).get(rule.endpoint, {}) if method != "GET" else {}
            headers = {"X-CSRFToken": self.token} if self.token else {}
            return self.client.open(address, method=method, headers=headers, buffered=True, **body)

    def expect(self, rule: Rule, method: str, answer: TestResponse, ok: bool, expected: str) -> None:
        """Note a door that did not do as expected."""
        if not ok:
            where = answer.headers.get("Location", "")
            said = answer.text[:300] if answer.content_type == "application/problem+json" else where
            self.wrong.append(
                f"{method} {rule.rule} ({rule.endpoint}): {answer.status_code} {said}, expected {expected}"
            )


def token_for(client: FlaskClient) -> str:
    """The token that the forms of this browser carry."""
    with client.session_transaction() as session:
        session["csrf_token"] = "0" * 40
    signer = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token")
    return str(signer.dumps("0" * 40))


def bodies(code: str) -> dict[str, dict[str, Any]]:
    """What is sent, where an empty form would be refused before anybody looks who sent it."""
    photo = {"file": (io.BytesIO(picture()), "p.jpg"), "criterion": code, "op_id": operation(code)["op_id"]}
    return {
        "api_devices.register": {"json": {"device": operation(code)["op_id"], "name": "T1"}},
        "api_inspections.operations": {"json": {"operations": [operation(code)]}},
        "api_second_ratings.operations": {"json": {"operations": [operation(code)]}},
        "api_inspections.add_photo": {"data": photo},
        "api_pieces.complete": {"data": {"criterion": code, "op_id": operation(code)["op_id"]}},
        "api_inspections.withdraw_photo": {"json": {"reason": "Flou"}},
        "api_minutes.signatures": {"json": {"records": [signature()]}},
        "api_minutes.sheets": {"json": {"records": [sheet(code)]}},
    }


def is_sign_in(answer: TestResponse) -> bool:
    return answer.status_code in (302, 303) and answer.headers["Location"].split("?")[0].endswith("/sign-in")


def test_nobody_is_shown_the_way_to_the_entrance(app: Flask) -> None:
    walk = Walk(app, None)
    for rule in rules(app):
        for door in doors_of(rule.endpoint):
            for method in methods_of(rule, door):
                answer = walk.knock(rule, door, method)
                if door.who == NOBODY:
                    walk.expect(rule, method, answer, answer.status_code == 404, "404")
                elif door.who == EVERYBODY:
                    ok = answer.status_code < 500 and answer.status_code not in (401, 403)
                    walk.expect(rule, method, answer, ok, "open to everybody")
                elif rule.rule.startswith("/api/"):
                    problem = answer.content_type == "application/problem+json"
                    walk.expect(rule, method, answer, answer.status_code == 401 and problem, "401 problem+json")
                else:
                    walk.expect(rule, method, answer, is_sign_in(answer), "the sign-in page")
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_doors_and_no_other(app: Flask, role: Role) -> None:
    walk = Walk(app, role)
    for rule in rules(app):
        for door in doors_of(rule.endpoint):
            for method in methods_of(rule, door):
                answer = walk.knock(rule, door, method)
                if door.who == EVERYBODY or role in door.who:
                    ok = answer.status_code < 500 and answer.status_code not in (401, 403, 404, 405)
                    ok |= rule.endpoint == "static" and answer.status_code == 404  # not built yet
                    ok &= not is_sign_in(answer) or rule.endpoint in ENTRANCE
                    walk.expect(rule, method, answer, ok, "open")
                elif door.who == NOBODY:
                    walk.expect(rule, method, answer, answer.status_code == 404, "404")
                elif any(role in d.who for d in doors_of(rule.endpoint)):  # by another door on the same address
                    walk.expect(rule, method, answer, answer.status_code in (403, 404), "403 or 404")
                else:
                    walk.expect(rule, method, answer, answer.status_code == 403, "403")
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


@pytest.mark.parametrize("role", list(Role))
def test_what_belongs_elsewhere_is_not_found(app: Flask, role: Role) -> None:
    walk = Walk(app, role)
    for rule in rules(app):
        for door in doors_of(rule.endpoint):
            if not objects_of(rule, door) or door.who == EVERYBODY or role not in door.who:
                continue
            for method in methods_of(rule, door):
                answer = walk.knock(rule, door, method, here=False)
                walk.expect(rule, method, answer, answer.status_code == 404, "404")
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_what_never_existed_is_not_found(app: Flask, role: Role) -> None:
    walk = Walk(app, role)
    for rule in rules(app):
        for door in doors_of(rule.endpoint):
            objects = objects_of(rule, door) | rule.arguments & EVERYWHERE
            if not objects or door.who == EVERYBODY or role not in door.who:
                continue
            for method in methods_of(rule, door):
                forged = Door(**{**vars(door), "values": {**door.values, **dict.fromkeys(objects, 2**31 - 1)}})
                walk.expect(rule, method, answer := walk.knock(rule, forged, method), answer.status_code == 404, "404")
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


def test_no_form_is_taken_without_its_token(app: Flask) -> None:
    walk = Walk(app, Role.COORDINATOR)
    walk.token = ""
    for rule in rules(app):
        for method in methods_of(rule):
            if method == "GET":
                continue
            written = doors_of(rule.endpoint)
            door = Door(SIGNED_IN, values=written[0].values, dossier=written[0].dossier) if written else Door(SIGNED_IN)
            answer = walk.knock(rule, door, method)
            # the entrance begins again instead: somebody who only waited too long is told so
            again = rule.endpoint.startswith("security.") and answer.status_code == 303
            walk.expect(rule, method, answer, again or answer.status_code == 400, "400")
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)
