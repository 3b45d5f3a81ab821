"""A rule-set: data that says how answers become a result. No number of any framework stands in the code."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.rounding import rounded
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class Level:
    """A step of the ladder and the lowest score (percent) that reaches it."""

    code: str
    threshold: Decimal
    validity_months: int


@dataclass(frozen=True)
class AnswersCondition:
    """At least ``count`` answers of a subset stand at ``level_at_most`` or lower."""

    level_at_most: int
    count: int = 1
    criterion_class: str | None = None
    domain: str | None = None
    codes: frozenset[str] | None = None

    def concerns(self, code: str, criterion_class: str, domain: str) -> bool:
        """Whether a criterion belongs to the subset."""
        return (
            (self.codes is None or code in self.codes)
            and (self.criterion_class is None or self.criterion_class == criterion_class)
            and (self.domain is None or self.domain == domain)
        )


@dataclass(frozen=True)
class DomainCondition:
    """The score (percent) of a domain, or of any (``code`` None), lies below a number."""

    below: Decimal
    code: str | None = None


@dataclass(frozen=True)
class FactCondition:
    """A fact known from outside the answers."""

    flag: str


Condition = AnswersCondition | DomainCondition | FactCondition


@dataclass(frozen=True)
class Gate:
    """A limit: while the condition holds the level is at most ``caps_at``."""

    code: str
    caps_at: str
    when: Condition
    text: Text


@dataclass(frozen=True)
class SeverityRule:
    """The severity of a finding of a class at a level or lower; the first rule that fits decides."""

    severity: str
    level_at_most: int
    criterion_class: str | None = None


@dataclass(frozen=True)
class RuleSet:
    """How a result is computed. Immutable; ``data`` is the text it was made from."""

    code: str
    version: str
    title: Text
    maximum: int
    failing_below: int
    digits: int
    rounding: str
    domain_weights: Mapping[str, Fraction]
    levels: tuple[Level, ...]
    gates: tuple[Gate, ...]
    severities: tuple[SeverityRule, ...]
    data: Mapping[str, Any] = field(repr=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical JSON."""
        return hashlib.sha256(canonical(self.data).encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Plain JSON from which ``of`` makes the same rule-set again."""
        return dict(self.data)

    @cached_property
    def shown_weights(self) -> dict[str, Decimal]:
        """The weights of the domains as cards show them, two decimals at most."""
        return {code: rounded(weight, 2, "half-up").normalize() for code, weight in self.domain_weights.items()}

    def rank(self, level: str) -> int:
        """The place of a level on the ladder, lowest 0. Raises KeyError for an unknown level."""
        return self._ranks[level]

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {level.code: i for i, level in enumerate(self.levels)}

    def level_for(self, score: Decimal) -> str:
        """The highest level whose threshold the (rounded) score reaches."""
        return [level.code for level in self.levels if score >= level.threshold][-1]

    def severity(self, criterion_class: str, level: int) -> str | None:
        """The severity of an answer, None where it is no finding."""
        if level >= self.failing_below:
            return None
        for rule in self.severities:
            if level <= rule.level_at_most and rule.criterion_class in (None, criterion_class):
                return rule.severity
        return None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "RuleSet":
        """From the JSON or YAML shape (``schemas/rules.py``)."""
        return cls(
            code=data["code"],
            version=data["version"],
            title=Text.of(data["title"]),
            maximum=data["scale"]["maximum"],
            failing_below=data["scale"]["failing_below"],
            digits=data["score"]["rounding"]["digits"],
            rounding=data["score"]["rounding"]["mode"],
            domain_weights={code: Fraction(str(w)) for code, w in data["score"]["domain_weights"].items()},
            levels=tuple(Level(x["code"], Decimal(x["from"]), x["validity_months"]) for x in data["levels"]),
            gates=tuple(
                Gate(g["code"], g["caps_at"], _condition(g["when"]), Text.of(g["text"])) for g in data["gates"]
            ),
            severities=tuple(
                SeverityRule(s["severity"], s["level_at_most"], s.get("class")) for s in data["severities"]
            ),
            data=data,
        )


def _condition(data: Mapping[str, Any]) -> Condition:
    if "answers" in data:
        found = data["answers"]
        return AnswersCondition(
            level_at_most=found["level_at_most"],
            count=found.get("count", 1),
            criterion_class=found.get("class"),
            domain=found.get("domain"),
            codes=frozenset(found["codes"]) if "codes" in found else None,
        )
    if "domain" in data:
        return DomainCondition(Decimal(data["domain"]["below"]), data["domain"]["code"])
    if "any_domain" in data:
        return DomainCondition(Decimal(data["any_domain"]["below"]))
    return FactCondition(data["fact"])
