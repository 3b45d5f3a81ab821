"""The register: what fails opens, what fails again is one finding, what is in order closes; codes are for life."""

from dataclasses import replace
from datetime import date

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.findings_register import (
    Closing,
    Failed,
    FindingState,
    Standing,
    changes,
    due_again,
    reworded,
    state_again,
)
from inspect_app.domain.texts import Text

DAY = date(2026, 3, 2)


def failed(code: str) -> Failed:
    return Failed(code, 0, "major", DAY)


def test_a_first_visit_opens_what_failed_and_nothing_else() -> None:
    found = changes((), [failed("BLD-01")], asked={"BLD-01", "BLD-02"}, answers={"BLD-01": 0, "BLD-02": 3})
    assert [f.criterion for f in found.opens] == ["BLD-01"]
    assert not found.again
    assert not found.closes


def test_what_failed_before_and_fails_again_is_the_same_finding() -> None:
    before = Standing(7, "BLD-01", "in_hand")
    found = changes([before], [failed("BLD-01")], asked={"BLD-01"}, answers={"BLD-01": 1})
    assert not found.opens
    assert found.again == ((before, failed("BLD-01")),)


def test_a_visit_closes_what_is_in_order_does_not_apply_or_is_asked_no_more() -> None:
    before = [Standing(n, code, "open") for n, code in enumerate(("BLD-01", "BLD-02", "BLD-03", "BLD-04"))]
    found = changes(before, [], asked={"BLD-01", "BLD-02", "BLD-04"}, answers={"BLD-01": 2, "BLD-02": None})
    assert {s.criterion: why for s, why in found.closes} == {
        "BLD-01": Closing.MET,
        "BLD-02": Closing.NOT_APPLICABLE,
        "BLD-03": Closing.NOT_ASKED,
    }  # BLD-04 was asked and left open: it stays


def test_failing_twice_gives_no_more_time_and_a_verified_finding_begins_anew() -> None:
    later = date(2026, 6, 1)
    assert due_again("in_hand", DAY, later) == DAY
    assert due_again("verified", DAY, later) == later
    assert state_again("verified") is FindingState.OPEN
    assert state_again("proof_sent") is FindingState.PROOF_SENT


def test_the_same_code_in_other_words_is_known_as_reworded() -> None:
    old = load_checklist(category="children")
    data = old.as_data()
    code = data["domains"][0]["standards"][0]["criteria"][0]["code"]
    data["domains"][0]["standards"][0]["criteria"][0]["requirement"] = Text("جديد", "nouveau").as_dict()
    data["domains"][0]["standards"][0]["criteria"][1]["weight"] = 99  # weighed otherwise, asked the same
    new = replace(Checklist.of(data), version="2027-1")
    assert reworded(old, new) == {code}
    assert reworded(old, old) == frozenset()
