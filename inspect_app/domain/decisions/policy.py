"""The policy of decisions: months of validity, committee, limits of a proposal, clocks. Each value is "policy" until a
legal source is entered (``checklists/law-65-15/decisions.yaml``)."""

import calendar
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.policy import Clock
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class Limit:
    """What holds a proposal down: at least ``at_least`` of a fact; ``only_at`` narrows it to one proposed level."""

    code: str
    fact: str
    at_least: int
    caps_at: str
    only_at: str | None
    status: str
    source: str | None
    text: Text


@dataclass(frozen=True)
class DecisionPolicy:
    """All that a dossier is decided by, beside the score card."""

    code: str
    version: str
    title: Text
    validity_months: Mapping[str, int]
    visit_within_months: Mapping[str, int | None]
    quorum: int
    bodies: int
    visit_age_days: int
    expiring_days: int
    condition_days: Mapping[str, int]  # severity → days from the decision
    conditions_of: frozenset[str]  # outcomes that carry conditions
    clocks: Mapping[str, Clock]
    limits: tuple[Limit, ...]
    withheld: frozenset[str]  # categories whose places are not made public
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

    def valid_until(self, outcome: str, start: date) -> date | None:
        """The last day on which a decision taken on ``start`` holds; None where nothing is granted."""
        months = self.validity_months.get(outcome, 0)
        return add_months(start, months) - timedelta(days=1) if months else None

    def visit_by(self, outcome: str, start: date) -> date | None:
        """The last day for the next visit after a decision taken on ``start``; None where none is due."""
        months = self.visit_within_months.get(outcome)
        return add_months(start, months) if months else None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "DecisionPolicy":
        """From the JSON or YAML shape (``schemas/decisions.py``)."""
        return cls(
            code=data["code"],
            version=data["version"],
            title=Text.of(data["title"]),
            validity_months={o["code"]: o["validity_months"] for o in data["outcomes"]},
            visit_within_months={o["code"]: o["visit_within_months"] for o in data["outcomes"]},
            quorum=data["committee"]["quorum"]["value"],
            bodies=data["committee"]["bodies"]["value"],
            visit_age_days=data["visit_age_days"]["value"],
            expiring_days=data["expiring_days"]["value"],
            condition_days=dict(data["conditions"]["severities"]),
            conditions_of=frozenset(data["conditions"]["of"]),
            clocks={
                c["code"]: Clock(c["code"], c["days"], c["working"], c["source"], Text.of(c["title"]))
                for c in data["clocks"]
            },
            limits=tuple(
                Limit(
                    rule["code"],
                    rule["fact"],
                    rule["at_least"],
                    rule["caps_at"],
                    rule.get("only_at"),
                    rule["status"],
                    rule["source"],
                    Text.of(rule["text"]),
                )
                for rule in data["proposal"]
            ),
            withheld=frozenset(data["withheld_places"]["categories"]),
            data=data,
        )


def add_months(start: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, calendar.monthrange(years, month + 1)[1]))
