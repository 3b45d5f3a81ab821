"""Clocks of a file. Every delay is the project's proposal until a legal source is entered."""

import hashlib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.texts import Text
from inspect_app.domain.workdays import add_working_days


@dataclass(frozen=True)
class Clock:
    """A delay in days, working days or calendar days; ``source`` is None while it is only policy."""

    code: str
    days: int
    working: bool
    source: str | None
    title: Text

    def due(self, start: date, holidays: Container[date]) -> date:
        """The last day of the delay that starts after ``start``."""
        if self.working:
            return add_working_days(start, self.days, holidays)
        return start + timedelta(days=self.days)


@dataclass(frozen=True)
class Policy:
    """All clocks, and how long a finding of each severity may stay open (calendar days)."""

    code: str
    version: str
    clocks: Mapping[str, Clock]
    due_days: Mapping[str, int]
    data: Mapping[str, Any] = field(repr=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical JSON."""
        return hashlib.sha256(canonical(self.data).encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return dict(self.data)

    def clock(self, code: str) -> Clock:
        """The clock of a code. Raises KeyError."""
        return self.clocks[code]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Policy":
        """From the JSON or YAML shape (``schemas/rules.py``)."""
        return cls(
            code=data["code"],
            version=data["version"],
            clocks={
                c["code"]: Clock(c["code"], c["days"], c["working"], c["source"], Text.of(c["title"]))
                for c in data["clocks"]
            },
            due_days=dict(data["due_days"]),
            data=data,
        )
