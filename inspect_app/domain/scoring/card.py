"""What scoring answers: a card with every figure, what limited it, and a sentence for each."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.scoring import sentences
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class NodeResult:
    """A domain or a standard: its score in percent (None: nothing scored), and what it was made of."""

    code: str
    score: Decimal | None
    weight: Decimal
    applicable: int
    answered: int
    not_applicable: int
    failing: tuple[str, ...]
    domain: str = ""

    @property
    def explanation(self) -> Text:
        """How the figure came about; said when it is asked for, because a tap on the tablet asks for the figure only."""
        return sentences.node(
            score=self.score,
            answered=self.answered,
            applicable=self.applicable,
            not_applicable=self.not_applicable,
            failing=len(self.failing),
        )

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "code": self.code,
            "score": None if self.score is None else str(self.score),
            "weight": str(self.weight),
            "applicable": self.applicable,
            "answered": self.answered,
            "not_applicable": self.not_applicable,
            "failing": list(self.failing),
            "explanation": self.explanation.as_dict(),
        }


@dataclass(frozen=True)
class GateBite:
    """A limit that holds, and the criteria or domains that make it hold."""

    code: str
    caps_at: str
    criteria: tuple[str, ...]
    explanation: Text
    binding: bool  # whether the level would be higher without the limits

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "code": self.code,
            "caps_at": self.caps_at,
            "criteria": list(self.criteria),
            "explanation": self.explanation.as_dict(),
            "binding": self.binding,
        }


@dataclass(frozen=True)
class FindingResult:
    """A failed criterion."""

    criterion: str
    level: int
    criterion_class: str
    severity: str | None


@dataclass(frozen=True)
class ScoreCard:
    """The result of a visit. ``level`` is None when nothing was scored."""

    level: str | None
    level_by_score: str | None
    score: Decimal | None
    complete: bool
    unanswered: tuple[str, ...]
    applicable: int
    answered: int
    not_applicable: int
    domains: tuple[NodeResult, ...]
    standards: tuple[NodeResult, ...]
    gates: tuple[GateBite, ...]
    findings: tuple[FindingResult, ...]
    explanation: Text
    checklist_sha256: str
    rules_sha256: str
    engine: str
    input_digest: str

    @property
    def counts(self) -> dict[str, int]:
        """How many criteria applied, were answered, did not apply, and failed."""
        return {
            "applicable": self.applicable,
            "answered": self.answered,
            "not_applicable": self.not_applicable,
            "failing": len(self.findings),
        }

    def as_data(self) -> dict[str, Any]:
        """Plain JSON; the same inputs give the same bytes."""
        return {
            "level": self.level,
            "level_by_score": self.level_by_score,
            "score": None if self.score is None else str(self.score),
            "complete": self.complete,
            "unanswered": list(self.unanswered),
            "counts": self.counts,
            "domains": [d.as_data() for d in self.domains],
            "standards": [
                {"code": s.code, "domain": s.domain, "score": None if s.score is None else str(s.score)}
                for s in self.standards
            ],
            "gates": [g.as_data() for g in self.gates],
            "findings": [
                {"criterion": f.criterion, "level": f.level, "class": f.criterion_class, "severity": f.severity}
                for f in self.findings
            ],
            "explanation": self.explanation.as_dict(),
            "checklist_sha256": self.checklist_sha256,
            "rules_sha256": self.rules_sha256,
            "engine": self.engine,
            "input_digest": self.input_digest,
        }

    @property
    def sha256(self) -> str:
        """Hash of the canonical card."""
        return hashlib.sha256(canonical(self.as_data()).encode()).hexdigest()
