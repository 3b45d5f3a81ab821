"""Which criteria are rated twice: drawn by the visit itself, so that nobody chooses them."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.domain.double_rating import check_rater, choose, drawn
from inspect_app.domain.errors import DomainError

UID = "3b9c2f7e-5f0a-4a53-9a51-0d6f7f0a1c11"
OTHER = "3b9c2f7e-5f0a-4a53-9a51-0d6f7f0a1c12"
CODES = [f"GOV-{n:02}" for n in range(1, 41)]


def criteria(critical: tuple[int, ...] = ()) -> list[Any]:
    return [SimpleNamespace(code=code, critical=n in critical) for n, code in enumerate(CODES)]


def test_anybody_can_draw_the_same_criteria_again() -> None:
    assert drawn(UID, CODES, 10) == drawn(UID, reversed(CODES), 10)
    # by hand: the four smallest of printf '%s' "<uid>/<code>" | sha256sum
    assert sorted(drawn(UID, CODES, 10)) == ["GOV-06", "GOV-18", "GOV-23", "GOV-25"]


def test_another_visit_draws_others() -> None:
    assert drawn(UID, CODES, 20) != drawn(OTHER, CODES, 20)


@given(st.uuids(), st.integers(0, 100), st.integers(0, 100), st.integers(1, 60))
def test_a_larger_share_holds_the_smaller_one(uid: Any, one: int, two: int, count: int) -> None:
    codes = [f"C-{n}" for n in range(count)]
    small, large = sorted((one, two))
    assert drawn(str(uid), codes, small) <= drawn(str(uid), codes, large)
    assert len(drawn(str(uid), codes, small)) == -(-count * small // 100)


def test_no_criterion_is_drawn_more_often_than_another() -> None:
    """Over many visits each criterion is drawn about as often: 20 % of 2,000 draws, within five standard deviations."""
    times = dict.fromkeys(CODES, 0)
    for n in range(2000):
        for code in drawn(f"visit-{n}", CODES, 20):
            times[code] += 1
    assert all(abs(count - 400) < 90 for count in times.values())


def test_all_critical_ones_and_a_share_of_the_others_in_the_order_of_the_checklist() -> None:
    found = choose(criteria((3, 20, 39)), UID, 10, critical=True)
    assert [c.code for c in found] == sorted(c.code for c in found)
    assert {c.code for c in found if c.why == "critical"} == {"GOV-04", "GOV-21", "GOV-40"}
    assert sum(c.why == "drawn" for c in found) == 4  # ten percent of 37, rounded up


def test_without_all_critical_ones_a_critical_criterion_may_still_be_drawn() -> None:
    found = choose(criteria(tuple(range(40))), UID, 10, critical=False)
    assert {c.why for c in found} == {"drawn"}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("share", "code"), [(-1, "share-out-of-range"), (101, "share-out-of-range"), (0, "nothing-drawn")]
)
def test_a_choice_of_nothing_is_refused(share: int, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        choose(criteria(), UID, share, critical=False)


@pytest.mark.parametrize(
    ("members", "code"), [([1, 3], "rater-not-in-team"), ([2], "rater-alone"), ([1, 2, 3], "rater-leads")]
)
def test_the_second_rater_is_of_the_team_not_alone_and_not_its_leader(members: list[int], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_rater(2, members, leader=2 if code == "rater-leads" else 1)
    check_rater(2, [1, 2], leader=1)
