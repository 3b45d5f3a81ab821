"""What a checklist is: framework version → domains → standards → criteria, compiled for one category of institution."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from inspect_app.domain.audit import canonical
from inspect_app.domain.texts import Text

CriterionClass = Literal["critical", "standard", "developmental"]


@dataclass(frozen=True)
class Facts:
    """What is known of the institution on the day a visit is planned; decides which criteria apply."""

    category: str
    capacity: int = 0
    present: int = 0
    services: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()  # facts a rule-set may limit by: "not-authorised", "over-capacity", …

    def as_data(self) -> dict[str, Any]:
        """Plain JSON, sorted."""
        return {
            "category": self.category,
            "capacity": self.capacity,
            "present": self.present,
            "services": sorted(self.services),
            "flags": sorted(self.flags),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Facts":
        """From plain JSON."""
        return cls(
            category=data["category"],
            capacity=data.get("capacity", 0),
            present=data.get("present", 0),
            services=frozenset(data.get("services", ())),
            flags=frozenset(data.get("flags", ())),
        )


@dataclass(frozen=True)
class Verification:
    """One way in which the inspector finds out."""

    method: str  # document | observation | interview
    text: Text


@dataclass(frozen=True)
class SourceRef:
    """The line of a source on which a criterion rests, with the status of that line (``sources.yaml``)."""

    source: str
    line: str
    status: str


@dataclass(frozen=True)
class Parameter:
    """A numeric norm. ``value`` is None where the norm is unknown: nothing is filled in by guesswork."""

    code: str
    label: Text
    unit: Text
    value: str | None = None  # decimal as text
    source: str | None = None  # "source:line" of the value


@dataclass(frozen=True)
class Measurement:
    """A number that the inspector writes down on the visit."""

    code: str
    label: Text
    unit: Text

    @property
    def whole(self) -> bool:
        """Whether it is counted (persons, files, beds) and not measured or a rate: half a person is a slip of the hand."""
        unit = self.unit.get("fr")
        return unit not in _QUANTITIES and " par " not in unit


#: Units in which something is measured, in French, which every unit has. What is in no such unit is counted.
_QUANTITIES = frozenset({
    "m", "m²", "m³", "mm", "cm", "km", "kilomètre", "kilomètres", "g", "kg", "l", "litre", "litres", "kcal", "°C", "lux",
    "dB", "%", "DH", "dirham", "dirhams", "minute", "minutes", "heure", "heures", "jour", "jours", "semaine", "semaines",
    "mois", "an", "ans", "année", "années",
})  # fmt: skip
#: For how many kinds of institution a checklist remembers its applicable criteria.
_REMEMBERED = 64


@dataclass(frozen=True)
class Criterion:
    """The smallest thing that is judged. Its code is for life."""

    code: str
    domain: str
    standard: str
    criterion_class: CriterionClass
    weight: int
    title: Text
    requirement: Text
    verify: tuple[Verification, ...]
    levels: Mapping[int, Text]
    sources: tuple[SourceRef, ...]
    support: str
    na_allowed: bool = True
    services: frozenset[str] = frozenset()  # applies only where all these services exist
    min_capacity: int = 0
    parameters: tuple[Parameter, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    note: Text | None = None

    @property
    def critical(self) -> bool:
        """Whether it limits the level on its own."""
        return self.criterion_class == "critical"

    def applies_to(self, facts: Facts) -> bool:
        """Whether it is asked of an institution with these facts."""
        return self.services <= facts.services and facts.capacity >= self.min_capacity


@dataclass(frozen=True)
class Standard:
    """A group of criteria that say one thing together."""

    code: str
    title: Text
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Domain:
    """A field of the institution's life: governance, building, food, protection …"""

    code: str
    title: Text
    standards: tuple[Standard, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria of the domain, in order."""
        return tuple(c for s in self.standards for c in s.criteria)


@dataclass(frozen=True)
class Checklist:
    """A published framework version compiled for one category: common criteria and the category's own."""

    framework: str  # "law-65-15"
    version: str  # "2026-1"
    category: str
    title: Text
    domains: tuple[Domain, ...]
    _by_code: dict[str, Criterion] = field(default_factory=dict, init=False, repr=False, compare=False)
    _asked: dict[tuple[frozenset[str], int], tuple[Criterion, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def code(self) -> str:
        """``framework/category``."""
        return f"{self.framework}/{self.category}"

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical JSON: the identity of what was frozen."""
        return hashlib.sha256(canonical(self.as_data()).encode()).hexdigest()

    def __iter__(self) -> Iterator[Criterion]:
        for domain in self.domains:
            yield from domain.criteria

    def criterion(self, code: str) -> Criterion:
        """The criterion of a code. Raises KeyError where the checklist has none."""
        if not self._by_code:
            self._by_code.update({c.code: c for c in self})
        return self._by_code[code]

    def applicable(self, facts: Facts) -> tuple[Criterion, ...]:
        """The criteria asked of an institution with these facts, in order."""
        key = (facts.services, facts.capacity)  # what ``applies_to`` looks at; every tap on a tablet asks again
        found = self._asked.get(key)
        if found is None:
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            found = self._asked[key] = tuple(c for c in self if c.applies_to(facts))
        return found

    def as_data(self) -> dict[str, Any]:
        """Plain JSON from which ``of`` makes the same checklist again."""
        return {
            "framework": self.framework,
            "version": self.version,
            "category": self.category,
            "title": self.title.as_dict(),
            "domains": [
                {
                    "code": d.code,
                    "title": d.title.as_dict(),
                    "standards": [
                        {
                            "code": s.code,
                            "title": s.title.as_dict(),
                            "criteria": [_criterion_data(c) for c in s.criteria],
                        }
                        for s in d.standards
                    ],
                }
                for d in self.domains
            ],
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Checklist":
        """From the JSON of ``as_data``."""
        return cls(
            framework=data["framework"],
            version=data["version"],
            category=data["category"],
            title=Text.of(data["title"]),
            domains=tuple(
                Domain(
                    d["code"],
                    Text.of(d["title"]),
                    tuple(
                        Standard(
                            s["code"],
                            Text.of(s["title"]),
                            tuple(_criterion_of(c, d["code"], s["code"]) for c in s["criteria"]),
                        )
                        for s in d["standards"]
                    ),
                )
                for d in data["domains"]
            ),
        )


def _criterion_data(c: Criterion) -> dict[str, Any]:
    return {
        "code": c.code,
        "class": c.criterion_class,
        "weight": c.weight,
        "title": c.title.as_dict(),
        "requirement": c.requirement.as_dict(),
        "verify": [{"method": v.method, **v.text.as_dict()} for v in c.verify],
        "levels": {str(level): text.as_dict() for level, text in sorted(c.levels.items())},
        "sources": [{"source": s.source, "line": s.line, "status": s.status} for s in c.sources],
        "support": c.support,
        "na_allowed": c.na_allowed,
        "services": sorted(c.services),
        "min_capacity": c.min_capacity,
        "parameters": [
            {"code": p.code, "label": p.label.as_dict(), "unit": p.unit.as_dict(), "value": p.value, "source": p.source}
            for p in c.parameters
        ],
        "measurements": [
            {"code": m.code, "label": m.label.as_dict(), "unit": m.unit.as_dict()} for m in c.measurements
        ],
        "note": c.note.as_dict() if c.note else None,
    }


def _criterion_of(data: Mapping[str, Any], domain: str, standard: str) -> Criterion:
    return Criterion(
        code=data["code"],
        domain=domain,
        standard=standard,
        criterion_class=data["class"],
        weight=data["weight"],
        title=Text.of(data["title"]),
        requirement=Text.of(data["requirement"]),
        verify=tuple(Verification(v["method"], Text.of(v)) for v in data["verify"]),
        levels={int(level): Text.of(text) for level, text in data["levels"].items()},
        sources=tuple(SourceRef(s["source"], s["line"], s["status"]) for s in data["sources"]),
        support=data["support"],
        na_allowed=data["na_allowed"],
        services=frozenset(data["services"]),
        min_capacity=data["min_capacity"],
        parameters=tuple(
            Parameter(p["code"], Text.of(p["label"]), Text.of(p["unit"]), p["value"], p["source"])
            for p in data["parameters"]
        ),
        measurements=tuple(
            Measurement(m["code"], Text.of(m["label"]), Text.of(m["unit"])) for m in data["measurements"]
        ),
        note=Text.of(data["note"]) if data["note"] else None,
    )
