"""The journal speaks to people."""

import re
from pathlib import Path

from flask import Flask

from inspect_app.web.words.audit import WORDS, actor_label, readable, verb_label

ROOT = Path(__file__).resolve().parents[3]


def test_every_verb_that_a_service_writes_has_a_label() -> None:
    written = set()
    for file in (ROOT / "inspect_app" / "services").rglob("*.py"):
        text = file.read_text()
        if "audit" in text:
            written |= set(
                re.findall(
                    r'"((?:access|user|institutions?|inspection|answers|photo|observation|report|scorecard)\.[a-z_]+)"',
                    text,
                )
            )
    assert written
    assert written <= set(WORDS["verb"])


def test_names_and_roles_are_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert actor_label("Amina (inspector, team_leader)") == "Amina (Inspector, Team leader)"
        assert actor_label("Nobody () odd") == "Nobody () odd"
        assert "command" in actor_label("system")
        assert verb_label("thing.was_done") == "thing · was done"


def test_data_are_opened_for_reading(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        lines = dict(readable({"roles": ["inspector"], "scopes": {"national": False, "provinces": ["04.421"], "regions": []},
                               "second_factor": True, "reason": "", "note": "x" * 500, "odd": [{"a": 1}]}))  # fmt: skip
    assert lines["roles"] == "Inspector"
    assert lines["territory"] == "provinces: Rabat"
    assert lines["with the second step"] == "yes"
    assert "reason" not in lines
    assert len(lines["note"]) == 301
    assert lines["odd"] == '{"a": 1}'


def test_saved_answers_are_told_as_answers(app: Flask) -> None:
    sealed = {"op": "8f3c", "digest": "ab" * 32, "criterion": "GOV-03", "level": 3, "na": False, "status": "accepted"}
    with app.test_request_context("/?lang=en"):
        said = readable({"operations": [sealed, {**sealed, "criterion": "GOV-04", "level": None, "na": True}]})
    assert said == [("answers", "GOV-03: 3, GOV-04: Not applicable")]


def test_places_and_codes_of_changed_fields_are_told_by_their_names(app: Flask) -> None:
    changed = {"province_code": ["04.421", "04.441"], "building_state": ["good", "bad"], "present_girls": [3, 4]}
    with app.test_request_context("/?lang=ar"):
        said = dict(readable({"scopes": {"regions": ["04"]}, "changed": changed}))
    told = " ".join(said.values())
    assert "الرباط" in told
    assert "3" in told
    assert not [code for code in ("04", "good", "province_code", "present_girls") if code in told]


def test_a_change_says_what_stood_before_and_what_stands_now(app: Flask) -> None:
    changed = {"address": ["", "Rue 7"], "services": [["meals"], ["meals", "health"]], "authorised": [False, True]}
    with app.test_request_context("/?lang=en"):
        (said,) = readable({"changed": changed})
    assert said[1] == "Address: from — to Rue 7; Services: from Meals to Meals, Health care; Authorised: from no to yes"
