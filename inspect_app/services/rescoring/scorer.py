"""Score a run of institutions again: what one process does, on a connection of its own or on a borrowed one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.rescoring import Outcome, Rescored
from inspect_app.domain.scoring import AnswerInput, RuleSet, ScoreCard, score
from inspect_app.queries import rescoring as questions


@dataclass
class Scorer:
    """A rule-set on trial and the checklists met so far. ``cards``: keep whole cards, to add them to the file."""

    rules: RuleSet
    reach: questions.Reach
    cards: bool = False
    _checklists: dict[int, Checklist] = field(default_factory=dict)

    #: A country has one checklist for each category and version in use.
    KEPT = 64

    def run(self, connection: Connection, span: questions.Span) -> list[tuple[Rescored, dict[str, Any] | None]]:
        """Each final visit of the run, with its whole card where cards are kept and this is another rule-set."""
        visits = questions.visits(connection, self.reach, span, self.rules.sha256)
        answers = questions.answers(connection, self.reach, span) if visits else {}
        return [self._one(connection, visit, answers.get(visit.inspection_id, {})) for visit in visits]

    def _one(
        self, connection: Connection, visit: questions.Visit, answers: Mapping[str, AnswerInput]
    ) -> tuple[Rescored, dict[str, Any] | None]:
        checklist = self._checklist(connection, visit.checklist_id)
        try:
            card = score(checklist, self.rules, answers, Facts.of(visit.facts))
        except (ValueError, ArithmeticError, LookupError) as error:
            # one visit that these rules cannot take must not hide what becomes of the others
            return _rescored(visit, Outcome.REFUSED, reason="not-scorable", detail=str(error)), None
        if card.input_digest != visit.input_digest:
            return _rescored(visit, Outcome.REFUSED, card, reason="answers-not-those-of-the-card"), None
        if visit.rules_sha256 == self.rules.sha256:
            return _compared(visit, card), None
        if not self.cards:
            return _rescored(visit, Outcome.SCORED, card), None
        return _rescored(visit, Outcome.SCORED, card, sha256=card.sha256), card.as_data()

    def _checklist(self, connection: Connection, version_id: int) -> Checklist:
        found = self._checklists.get(version_id)
        if found is None:
            if len(self._checklists) >= self.KEPT:
                self._checklists.clear()
            found = self._checklists[version_id] = questions.checklist(connection, version_id)
        return found


def _compared(visit: questions.Visit, card: ScoreCard) -> Rescored:
    """Scored under the card's own rule-set: the bytes must be those on file, and those that its hash was taken of."""
    text = canonical(card.as_data())
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if visit.card is not None and canonical(visit.card) == text and visit.sha256 == sha256:
        return _rescored(visit, Outcome.IDENTICAL, card)
    reason = "other-engine" if visit.engine != card.engine else "other-result"
    return _rescored(visit, Outcome.DIFFERENT, card, reason=reason, detail=sha256)


def _rescored(
    visit: questions.Visit,
    outcome: Outcome,
    card: ScoreCard | None = None,
    *,
    reason: str = "",
    detail: str = "",
    sha256: str = "",
) -> Rescored:
    return Rescored(
        institution_id=visit.institution_id,
        institution=visit.institution,
        name=visit.name,
        region=visit.region,
        category=visit.category,
        inspection_id=visit.inspection_id,
        reference=visit.reference,
        on=visit.on,
        outcome=outcome,
        before=visit.level,
        score_before=visit.score,
        after=card.level if card else None,
        score_after=card.score if card else None,
        reason=reason,
        detail=detail,
        sha256=sha256,
    )
