"""One figure, one line of JSON, beside its goal and what the peers reach on the same machine."""

import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

#: Which database is being measured; set once by ``__main__``.
DATABASE = ""

#: Measured on the same machine: ``shared/reference/peers.md``, section 6.
CISO = "CISO Assistant"
ODK = "ODK Central"


def tell(
    figure: str,
    value: float | None,
    unit: str,
    *,
    how: str,
    at_most: float | None = None,
    at_least: float | None = None,
    peer: str | None = None,
) -> None:
    """Print one figure. Without a goal it is told for information, and ``ok`` is true."""
    ok = value is not None
    if value is not None and at_most is not None:
        ok = value <= at_most
    if value is not None and at_least is not None:
        ok = value >= at_least
    goal = (
        f"≤ {at_most:g} {unit}" if at_most is not None else f"≥ {at_least:g} {unit}" if at_least is not None else None
    )
    line: dict[str, Any] = {
        "figure": figure,
        "value": None if value is None else float(f"{value:.4g}"),
        "unit": unit,
        "goal": goal,
        "ok": ok,
        "database": DATABASE,
        "how": how,
        "load": round(os.getloadavg()[0], 1),
    }
    if peer:
        line["peer"] = peer
    print(json.dumps(line, ensure_ascii=False), flush=True)


def failed(family: str, error: Exception) -> None:
    """A family that could not be measured is a figure without a value."""
    tell(family, None, "", how=f"not measured: {type(error).__name__}: {error}"[:300])


def tell_machine() -> None:
    """How fast this machine is at this moment: the same few lines of Python, to compare one run with another."""
    tell(
        "this machine: a loop of a million steps",
        min(milliseconds(lambda: sum(step * step % 7 for step in range(1_000_000)), 7)),
        "ms",
        how=f"the best of 7 in one process; {len(os.sched_getaffinity(0))} processors",
    )


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that at least ``share`` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]


def middle(samples: Sequence[float]) -> float:
    """The median."""
    return statistics.median(samples)


def seconds(deed: Callable[[], object]) -> float:
    """How long a deed takes by the wall clock."""
    begin = time.perf_counter()
    deed()
    return time.perf_counter() - begin


def milliseconds(deed: Callable[[], object], times: int, warm: int = 0) -> list[float]:
    """The same deed again and again, after some rounds that do not count."""
    for _ in range(warm):
        deed()
    return [1000 * seconds(deed) for _ in range(times)]
