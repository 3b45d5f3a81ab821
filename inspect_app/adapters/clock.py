"""What time is it? The only place that asks, so that tests and demonstrations may answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def wall() -> datetime:
    """The machine's own instant, never frozen: the age of cookies, which Flask's signatures measure the same way."""
    return datetime.now(UTC)


def today() -> date:
    """The date in Morocco."""
    return now().astimezone(CASABLANCA).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Let the clock stand still at an aware instant (tests, demonstration data)."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
