"""Who is reminded of what, on which day."""

from datetime import date, timedelta

import pytest

from inspect_app.adapters.follow_up_files import load_follow_up
from inspect_app.domain.reminders import Watched, due_escalations, due_reminder

LAST = date(2026, 11, 24)


def on(left: int, *, state: str = "planned", critical: bool = True) -> tuple[str | None, list[str]]:
    watched, today = Watched(state, LAST, critical), LAST - timedelta(days=left)
    return due_reminder(watched, load_follow_up(), today), list(due_escalations(watched, load_follow_up(), today))


@pytest.mark.parametrize(
    ("left", "reminder", "told"),
    [
        (15, None, []),
        (14, "14", []),
        (9, "14", []),  # the server stood still for some days
        (7, "7", []),
        (0, "0", []),
        (-1, "-1", ["coordinator"]),
        (-7, "-1", ["coordinator", "ministry"]),
        (-8, None, ["coordinator", "ministry"]),
    ],
)
def test_reminders_come_two_weeks_one_week_the_day_and_the_day_after(
    left: int, reminder: str | None, told: list[str]
) -> None:
    assert on(left) == (reminder, told)


def test_nobody_is_reminded_of_what_is_with_the_verifier_or_done() -> None:
    for state in ("proof_sent", "accepted", "settled", "removed"):
        assert on(-8, state=state) == (None, [])
        assert on(0, state=state) == (None, [])


def test_before_both_sides_agreed_only_critical_deadlines_run() -> None:
    for critical, step in ((True, "7"), (False, None)):
        assert (
            due_reminder(Watched("planned", LAST, critical, False), load_follow_up(), LAST - timedelta(days=7)) == step
        )


def test_only_critical_actions_are_told_to_those_above() -> None:
    assert on(-8, critical=False) == (None, [])
    assert on(-3, state="returned") == ("-1", ["coordinator"])
