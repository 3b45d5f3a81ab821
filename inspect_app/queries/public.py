"""All that the public may read. Public pages and the public API have no other way in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from inspect_app.adapters.checklist_files import load_checklist, load_framework, load_sources
from inspect_app.adapters.rule_books import load_rule_books
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Checklist, Criterion
from inspect_app.domain.coverage import CoveredSource, coverage
from inspect_app.domain.scoring import RuleSet
from inspect_app.domain.scoring.program import Program, RuleBook
from inspect_app.domain.scoring.program.checklist_form import program_of
from inspect_app.domain.scoring.program.told import CLASSES, Teller
from inspect_app.domain.sources import OpenQuestion, Source, SourceLine
from inspect_app.domain.texts import Text
from inspect_app.queries.public_register import FIELDS as REGISTER_FIELDS
from inspect_app.queries.public_register import (
    Checked,
    Found,
    Profile,
    PublicLine,
    checked,
    normal_code,
    profile,
    register_lines,
    register_page,
    territories,
)
from inspect_app.queries.public_register import Filters as RegisterFilters
from inspect_app.queries.public_register import figures as register_figures

__all__ = [
    "REGISTER_FIELDS",
    "Checked",
    "ChecklistSummary",
    "Found",
    "Profile",
    "PublicLine",
    "RegisterFilters",
    "ToldNode",
    "ToldProgram",
    "category_of",
    "checked",
    "normal_code",
    "profile",
    "published_checklist",
    "published_checklists",
    "published_criterion",
    "register_figures",
    "register_lines",
    "register_page",
    "rule_book",
    "rule_books",
    "rules_in_force",
    "source_coverage",
    "source_lines",
    "territories",
]


@dataclass(frozen=True)
class ChecklistSummary:
    """A published checklist in figures."""

    checklist: Checklist
    criteria: int
    by_class: Counter[str]


def published_checklists() -> list[ChecklistSummary]:
    """The checklists in force, one per category, in the order of the framework."""
    found = [load_checklist(category=category) for category in load_framework().categories]
    return [ChecklistSummary(c, len(list(c)), Counter(x.criterion_class for x in c)) for c in found]


def published_checklist(category: str) -> Checklist | None:
    """The checklist in force of a category, None where there is no such category."""
    return load_checklist(category=category) if category in load_framework().categories else None


def published_criterion(category: str, code: str) -> Criterion | None:
    """A criterion in force."""
    checklist = published_checklist(category)
    try:
        return checklist.criterion(code) if checklist else None
    except KeyError:
        return None


def source_lines() -> dict[tuple[str, str], tuple[Source, SourceLine]]:
    """Every line of every source, by source and line."""
    return {(s.id, line.id): (s, line) for s in load_sources()[0] for line in s.lines}


def source_coverage() -> tuple[tuple[CoveredSource, ...], tuple[OpenQuestion, ...]]:
    """Every line of every source with the criteria that rest on it, and the open questions."""
    sources, questions = load_sources()
    return coverage(sources, [s.checklist for s in published_checklists()]), questions


def category_of(code: str) -> str:
    """A category whose checklist holds the criterion (common criteria stand in all). Raises KeyError."""
    for summary in published_checklists():
        try:
            summary.checklist.criterion(code)
        except KeyError:
            continue
        return summary.checklist.category
    raise KeyError(code)


@dataclass(frozen=True)
class ToldNode:
    """One thing that a rule-set works out, in words."""

    code: str
    family: str
    title: Text
    rows: tuple[Text, ...]


@dataclass(frozen=True)
class ToldProgram:
    """One question of a rule-set, in words."""

    program: Program
    nodes: tuple[ToldNode, ...]


def rules_in_force() -> tuple[RuleSet, ToldProgram]:
    """The rule-set by which visits are scored, and the same in words."""
    rules = load_rules()
    domains = {domain.code: domain.title for summary in published_checklists() for domain in summary.checklist.domains}
    return rules, _told(program_of(rules), domains | CLASSES)


def rule_books() -> tuple[RuleBook, ...]:
    """The rule-sets of other regulators."""
    return load_rule_books()


def rule_book(code: str, version: str) -> tuple[RuleBook, list[ToldProgram]] | None:
    """One of them, in words; None where there is none of that code and version."""
    found = next((book for book in load_rule_books() if (book.code, book.version) == (code, version)), None)
    return None if found is None else (found, [_told(program, {}) for program in found.programs])


def _told(program: Program, names: Mapping[str, Text]) -> ToldProgram:
    teller = Teller(program, names)
    return ToldProgram(program, tuple(ToldNode(n.code, n.family, n.title, teller.node(n)) for n in program.nodes))
