"""What is due by when: working days, holidays, and when it is late."""

from datetime import date, timedelta

import pytest

from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.adapters.rule_files import load_policy
from inspect_app.domain.deadlines import deadlines, late_before

HOLIDAYS = moroccan_holidays(2025, 2027)


def _codes(state: str, today: date, submitted_on: date | None = date(2026, 11, 2)) -> dict[str, tuple[date, bool]]:
    found = deadlines(
        state,
        load_policy(),
        submitted_on=submitted_on,
        observations_due_on=date(2026, 11, 20),
        holidays=HOLIDAYS,
        today=today,
    )
    return {d.code: (d.due_on, d.late) for d in found}


def test_the_draft_is_due_ten_working_days_after_the_submission_holidays_left_out() -> None:
    # from Monday 2 November 2026, the 6th being a holiday: 3 4 5 · 9 10 11 12 13 · 16 17
    assert _codes("submitted", date(2026, 11, 17))["draft-report"] == (date(2026, 11, 17), False)
    assert _codes("accepted", date(2026, 11, 18))["draft-report"] == (date(2026, 11, 17), True)


def test_while_the_director_has_the_draft_observations_and_the_final_report_are_awaited() -> None:
    found = _codes("draft_sent", date(2026, 11, 21))
    assert list(found) == ["observations", "final-report"]
    assert found["observations"] == (date(2026, 11, 20), True)
    assert found["final-report"][1] is False
    assert list(_codes("responding", date(2026, 11, 21))) == ["final-report"]


@pytest.mark.parametrize("state", ["planned", "prepared", "under_way", "final", "cancelled"])
def test_nothing_is_awaited_before_the_submission_and_after_the_end(state: str) -> None:
    assert _codes(state, date(2030, 1, 1)) == {}


def test_a_visit_without_a_day_of_submission_has_no_day_for_its_draft() -> None:
    assert _codes("submitted", date(2026, 11, 21), None) == {}


@pytest.mark.parametrize("code", ["draft-report", "final-report", "danger"])
def test_the_first_day_that_is_not_late_agrees_with_the_deadline_of_every_day(code: str) -> None:
    clock = load_policy().clock(code)
    for offset in range(0, 60, 7):
        today = date(2026, 11, 2) + timedelta(days=offset)
        first = late_before(clock, today, HOLIDAYS)
        for back in range(70):
            start = today - timedelta(days=back)
            assert (clock.due(start, HOLIDAYS) < today) == (start < first)
