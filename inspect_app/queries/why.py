"""Why a figure of a score card is what it is: what went in, the arithmetic, and what binds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from inspect_app.domain.checklists import Checklist, Criterion, Facts
from inspect_app.domain.scoring import AnswerInput, RuleSet
from inspect_app.domain.scoring.program import Outcome, Result
from inspect_app.domain.scoring.program.checklist_form import explained
from inspect_app.domain.scoring.program.outcome import GroupOutcome
from inspect_app.domain.texts import Text
from inspect_app.models import Inspection
from inspect_app.queries.frozen import checklist_of, rules_of


class Answered(Protocol):
    """As much of an answer as a figure is made of."""

    @property
    def level(self) -> int | None: ...
    @property
    def not_applicable(self) -> bool: ...


@dataclass(frozen=True)
class Part:
    """A criterion in the figure of its domain; ``answer`` is the code of the answer's label, None without an answer."""

    criterion: Criterion
    answer: str | None


@dataclass(frozen=True)
class Weighed:
    """A domain in the overall figure."""

    code: str
    title: Text
    figure: GroupOutcome
    weight: str


@dataclass(frozen=True)
class Why:
    """Every figure of one card, explained."""

    result: Result
    checklist: Checklist
    rules: RuleSet
    facts: Facts
    answers: Mapping[str, Answered]

    def node(self, code: str) -> Outcome | None:
        """The outcome of score, by-score or level; None where nothing is scored."""
        return self.result.outcome(code) if self.result.scored else None

    @cached_property
    def domains(self) -> dict[str, GroupOutcome]:
        """The figure of each domain."""
        node = self.node("domains")
        return {group.code: group for group in (node.groups or () if node else ())}

    @cached_property
    def standards(self) -> dict[str, GroupOutcome]:
        """The figure of each standard."""
        node = self.node("standards")
        return {group.code: group for group in (node.groups or () if node else ())}

    @cached_property
    def weighed(self) -> list[Weighed]:
        """What the overall figure is made of, in the order of the checklist."""
        return [
            Weighed(d.code, d.title, self.domains[d.code], str(self.rules.shown_weights.get(d.code, 1)))
            for d in self.checklist.domains
            if d.code in self.domains and self.domains[d.code].rounded is not None
        ]

    def parts(self, domain: str) -> list[tuple[Text, GroupOutcome | None, list[Part]]]:
        """What the figure of a domain is made of: each standard with its figure and its criteria."""
        asked = {c.code for c in self.checklist.applicable(self.facts)}
        found = next(d for d in self.checklist.domains if d.code == domain)
        rows = [
            (s.title, self.standards.get(s.code), [self._part(c) for c in s.criteria if c.code in asked])
            for s in found.standards
        ]
        return [row for row in rows if row[2]]

    def _part(self, criterion: Criterion) -> Part:
        answer = self.answers.get(criterion.code)
        if answer is None or (answer.level is None and not answer.not_applicable):
            return Part(criterion, None)
        return Part(criterion, "na" if answer.not_applicable else str(answer.level))


def why(inspection: Inspection, answers: Mapping[str, Answered], *, without: Collection[str] = ()) -> Why:
    """Why the card of a visit with these answers is what it is, by its frozen checklist and rules.

    ``without``: criteria whose answers the reader must not see yet; they count as unanswered.
    """
    checklist, rules, facts = checklist_of(inspection), rules_of(inspection), Facts.of(inspection.facts)
    kept = {code: answer for code, answer in answers.items() if code not in without}
    inputs = {code: AnswerInput(a.level, a.not_applicable) for code, a in kept.items()}
    return Why(explained(checklist, rules, inputs, facts), checklist, rules, facts, kept)
