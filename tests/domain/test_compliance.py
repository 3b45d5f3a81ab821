"""How long until conform, and what went together with support: exact figures of small cases."""

from datetime import date, timedelta
from decimal import Decimal

from inspect_app.domain.compliance import Mended, Supported, effects, times_to_conformity

DAY = date(2026, 1, 5)


def mended(severity: str = "major", *, due: int = 90, closed: int | None = None, verified: int | None = None) -> Mended:
    def day(n: int | None) -> date | None:
        return None if n is None else DAY + timedelta(days=n)

    return Mended(severity, DAY, DAY + timedelta(days=due), day(closed), day(verified))


def test_time_to_conformity_is_the_median_of_what_a_visit_closed() -> None:
    found = [
        mended(closed=40),
        mended(closed=100),
        mended(closed=200, verified=80),
        mended(),
        mended("critical", due=30),
    ]
    critical, major = times_to_conformity(found, DAY + timedelta(days=60))
    assert (critical.severity, critical.found, critical.closed, critical.days, critical.late) == (
        "critical",
        1,
        0,
        None,
        1,
    )
    assert (major.found, major.closed, major.days, major.in_time, major.late) == (4, 3, 100, 2, 0)
    assert times_to_conformity([], DAY) == ()


def supported(kind: str, done: bool, before: int, after: int, plan: int = 1) -> Supported:
    return Supported(kind, "indh", done, before, after, Decimal("60.00"), Decimal("70.50"), plan)


def test_what_was_done_stands_beside_what_was_not() -> None:
    rows = [supported("works", True, 0, 3), supported("works", True, 1, 2, 2), supported("works", False, 1, 1)]
    done, not_done = effects(rows, lambda a: a.kind, met_from=2)
    assert (done.done, done.actions, done.before, done.after, done.gain) == (
        True,
        2,
        Decimal("0.50"),
        Decimal("2.50"),
        2,
    )
    assert (done.conform, done.plans, done.score_before, done.score_after) == (2, 2, Decimal("60.00"), Decimal("70.50"))
    assert (not_done.done, not_done.gain, not_done.conform) == (False, 0, 0)
