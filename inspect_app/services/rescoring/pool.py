"""The same work on all processors: portions go out, plain data comes back, in order and never many at once."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from inspect_app.domain.rescoring import Rescored
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import db
from inspect_app.queries.rescoring import Reach, Span
from inspect_app.services.rescoring.scorer import Scorer

Portion = list[tuple[Rescored, dict[str, Any] | None]]
#: Portions under way for each process: enough that none waits, few enough that results do not pile up.
_AHEAD = 3


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here:
    """No other process: on the session's own connection (small territories; tests, inside their transaction)."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer

    def each(self, spans: Iterable[Span]) -> Iterator[Portion]:
        """The portions, one by one."""
        for span in spans:
            yield self.scorer.run(db.session.connection(), span)


class Apart:
    """Several processes, each with a reading connection of its own to the database of the address."""

    def __init__(self, url: str, rules: Mapping[str, Any], reach: Reach, *, cards: bool, processes: int) -> None:
        self.start = (url, dict(rules), reach, cards)
        self.processes = processes

    def each(self, spans: Iterable[Span]) -> Iterator[Portion]:
        """The portions, in the order of the spans."""
        # spawned, not forked: nothing of this process (connections, threads, memory) is carried over
        context = multiprocessing.get_context("spawn")
        waiting: deque[Future[Portion]] = deque()
        with ProcessPoolExecutor(self.processes, context, _begin, self.start) as pool:
            try:
                for span in spans:
                    waiting.append(pool.submit(_work, span))
                    if len(waiting) >= self.processes * _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


_mine: dict[str, Any] = {}


def _begin(url: str, rules: Mapping[str, Any], reach: Reach, cards: bool) -> None:
    _mine["engine"] = create_engine(url, poolclass=NullPool)
    _mine["scorer"] = Scorer(RuleSet.of(rules), reach, cards)
    # one connection, opened once; each portion is a transaction of its own, so that nothing on file is held up
    _mine["connection"] = _mine["engine"].connect().execution_options(postgresql_readonly=True)


def _work(span: Span) -> Portion:
    connection: Connection = _mine["connection"]
    with connection.begin():
        found: Portion = _mine["scorer"].run(connection, span)
    return found
