"""Which roles go together, how long a guesser waits, when a session is over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.domain.errors import DomainError
from inspect_app.domain.people import (
    FIELD_SESSION,
    LONGEST_LOCK,
    OFFICE_SESSION,
    Scopes,
    check_functions,
    lock_for,
    session_limits,
    session_over,
)
from inspect_app.domain.roles import SECOND_FACTOR_ROLES, Role

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_guesser_waits_twice_as_long_each_time() -> None:
    waits = [lock_for(n) for n in range(31)]
    minutes = [wait // timedelta(minutes=1) for wait in waits if wait]
    assert minutes == [15, 30, 60, 120, 240, 480]


@given(st.integers(min_value=0, max_value=10**9))
def test_no_lock_lasts_longer_than_a_day(failures: int) -> None:
    wait = lock_for(failures)
    assert wait is None or timedelta(minutes=15) <= wait <= LONGEST_LOCK


def test_sessions_of_offices_are_short_and_those_of_the_field_long() -> None:
    for role in Role:
        assert session_limits([role]) == (OFFICE_SESSION if role in SECOND_FACTOR_ROLES else FIELD_SESSION)
    assert session_limits(["inspector", "ministry_officer"]) == OFFICE_SESSION


@pytest.mark.parametrize(
    ("began", "seen", "over"),
    [(1, 0.4, False), (1, 0.6, True), (11.9, 0, False), (12.1, 0, True), (-1, 0, True), (0, -1, True)],
)
def test_a_session_is_over_in_time_and_never_in_the_future(began: float, seen: float, over: bool) -> None:
    assert over is session_over(
        OFFICE_SESSION, began=NOW - timedelta(hours=began), seen=NOW - timedelta(hours=seen), now=NOW
    )


TERRITORY = Scopes(provinces=frozenset({"04.421"}))
HOUSE = Scopes(institutions=frozenset({7}))


@pytest.mark.parametrize(
    ("roles", "scopes", "code"),
    [
        (set(), TERRITORY, "role-needed"),
        ({Role.DIRECTOR, Role.INSPECTOR}, HOUSE, "director-alone"),
        ({Role.DIRECTOR}, Scopes(), "institution-needed"),
        ({Role.DIRECTOR}, Scopes(national=True, institutions=frozenset({7})), "director-without-territory"),
        ({Role.AUDITOR, Role.ADMINISTRATOR}, Scopes(national=True), "auditor-alone"),
        ({Role.INSPECTOR}, HOUSE, "institution-for-directors"),
        ({Role.INSPECTOR}, Scopes(), "territory-needed"),
        ({Role.ADMINISTRATOR, Role.COORDINATOR}, Scopes(), "territory-needed"),
    ],
)
def test_functions_that_must_be_separate_are_refused(roles: set[Role], scopes: Scopes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        check_functions(frozenset(roles), scopes)
    assert error.value.code == code
    assert error.value.field


@pytest.mark.parametrize(
    ("roles", "scopes"),
    [
        ({Role.DIRECTOR}, HOUSE),
        ({Role.ADMINISTRATOR}, Scopes()),
        ({Role.INSPECTOR, Role.TEAM_LEADER}, TERRITORY),
        ({Role.AUDITOR}, Scopes(national=True)),
    ],
)
def test_usual_functions_are_taken(roles: set[Role], scopes: Scopes) -> None:
    check_functions(frozenset(roles), scopes)
