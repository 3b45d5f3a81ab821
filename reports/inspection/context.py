"""What the report on a visit says, gathered from the file as it stood at the report's stage."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import force_locale, gettext

from inspect_app.adapters import charts
from inspect_app.adapters.checklist_files import load_sources
from inspect_app.adapters.pdf import Picture
from inspect_app.domain.checklists import Checklist, Criterion, Facts
from inspect_app.domain.findings import Finding, by_severity
from inspect_app.domain.sources import Source, SourceLine
from inspect_app.domain.texts import Text
from inspect_app.models import Evidence, Inspection, ScoreCard
from inspect_app.queries.findings import findings_of
from inspect_app.queries.frozen import checklist_of, policy_of, rules_of
from inspect_app.queries.inspections.answers import AnswerRow, photos
from inspect_app.queries.inspections.observations import Observed, observed
from inspect_app.queries.reports import answers_at, card_of
from inspect_app.queries.scorecards import HistoryPoint, history
from inspect_app.queries.why import why
from reports import templates
from reports.formats import LOCALES, Formats
from reports.inspection.minutes import minutes_of

#: Photographs printed per finding; the file keeps them all.
_PHOTOS = 4
#: What had happened when the draft was sent.
_BEFORE_DRAFT = frozenset({"planned", "prepared", "started", "submitted", "returned", "accepted", "draft_sent"})
#: Visits on the time line.
_VISITS = 8


@dataclass(frozen=True)
class Document:
    """The HTML of a report, its title, and the pictures that it shows."""

    html: str
    title: str
    pictures: dict[str, Picture]


@dataclass(frozen=True)
class Row:
    """A criterion in the table of its domain."""

    criterion: Criterion
    answer: AnswerRow | None
    finding: bool


@dataclass(frozen=True)
class DomainPart:
    """A domain: its figures on the card, and its criteria by standard."""

    title: Text
    code: str
    result: Mapping[str, Any]
    standards: tuple[tuple[Text, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class SourceNote:
    """A line of a source on which a criterion rests; ``number`` is that of the source in the annex."""

    number: int
    line: Text
    confirm: bool


@dataclass
class Cited:
    """The sources that the findings cite, numbered in the order in which they come up."""

    sources: dict[str, Source | None] = field(default_factory=dict)

    def number(self, source: str, whole: Source | None) -> int:
        """The number of a source; a new one for a source that is new."""
        self.sources.setdefault(source, whole)
        return list(self.sources).index(source) + 1


@dataclass(frozen=True)
class FindingPart:
    """A finding with all that a director must know of it."""

    finding: Finding
    answer: AnswerRow | None
    sources: dict[str, list[SourceNote]]  # by how far the line was read
    photos: tuple[Evidence, ...]
    more_photos: int


@dataclass(frozen=True)
class Chart:
    """A picture without its texts, and the texts that are written over it."""

    name: str
    width: int
    height: int
    description: str
    labels: list[charts.Label]


def document(inspection: Inspection, stage: str, language: str) -> Document:
    """The report of a visit at a stage (draft, final) in a language. Raises DomainError("report-not-yet")."""
    card = card_of(inspection, stage)
    checklist = checklist_of(inspection)
    title = title_of(inspection, stage, language)
    answers = answers_at(inspection, stage)
    found = findings_of(inspection, card)
    pictures: dict[str, Picture] = {}
    cited = Cited()
    context = {
        "inspection": inspection,
        "institution": inspection.institution,
        "stage": stage,
        "card": card,
        "data": card.card,
        "checklist": checklist,
        "rules": rules_of(inspection),
        "policy": policy_of(inspection),
        "limits": [(gate, _named(gate["criteria"], checklist)) for gate in _limits(card)],
        "severities": by_severity(found),
        "findings": _finding_parts(inspection, found, answers, cited),
        "cited": cited.sources,
        "whys": why(inspection, answers),
        "domains": _domain_parts(inspection, card, checklist, answers, found),
        "not_applicable": [(checklist.criterion(code), a) for code, a in sorted(answers.items()) if a.not_applicable],
        "observations": _observations(inspection, stage, answers),
        "measured": _measured(checklist),
        "domain_chart": _domain_chart(card, checklist, language, pictures),
        "history_chart": _history_chart(inspection, card, language, pictures),
        "statuses": _statuses(checklist, inspection),
        "minutes": minutes_of(inspection, stage, language, pictures),
        "events": [e for e in inspection.events if stage == "final" or e.event in _BEFORE_DRAFT],
        "title": title,
        "header": running_header(inspection, stage, language),
    }
    return Document(templates.render("inspection/template.html", language, context), title, pictures)


def stage_label(stage: str, language: str) -> str:
    """What kind of report it is, in words."""
    with force_locale(LOCALES[language]):
        return gettext("Final inspection report") if stage == "final" else gettext("Draft inspection report")


def title_of(inspection: Inspection, stage: str, language: str) -> str:
    """The title of the document: what it is, of which institution, which visit."""
    return f"{stage_label(stage, language)} {inspection.reference} – {inspection.institution.name(language)}"


def running_header(inspection: Inspection, stage: str, language: str) -> tuple[str, str]:
    """What stands at the head of every page but the cover: at its start, at its end."""
    name = inspection.institution.name(language)
    if inspection.invented:
        with force_locale(LOCALES[language]):
            name = f"{name} · {gettext('Invented data')}"
    return f"{inspection.reference} · {stage_label(stage, language)}", name


def file_name(inspection: Inspection, stage: str, language: str) -> str:
    """How the file is called on the device of whoever keeps it: reference first, so that they sort."""
    name = f"{inspection.reference} - {stage_label(stage, language)} - {inspection.institution.name(language)}"
    kept = "".join(" " if unicodedata.category(c)[0] == "C" or c in '\\/:*?"<>|' else c for c in name)
    return " ".join(kept.split())[:120] + ".pdf"


def _limits(card: ScoreCard) -> list[dict[str, Any]]:
    return sorted(card.card["gates"], key=lambda gate: not gate.get("binding"))


def _named(codes: list[str], checklist: Checklist) -> list[tuple[str, Text]]:
    """Titles of the criteria or domains that a limit stands on."""
    domains = {d.code: d.title for d in checklist.domains}
    return [(code, domains[code] if code in domains else checklist.criterion(code).title) for code in codes]


def _domain_parts(
    inspection: Inspection,
    card: ScoreCard,
    checklist: Checklist,
    answers: Mapping[str, AnswerRow],
    found: tuple[Finding, ...],
) -> list[DomainPart]:
    facts = Facts.of(inspection.facts)
    failed = {f.criterion.code for f in found}
    results = {d["code"]: d for d in card.card["domains"]}
    parts = []
    for domain in checklist.domains:
        standards = tuple(
            (standard.title, rows)
            for standard in domain.standards
            if (
                rows := tuple(
                    Row(c, answers.get(c.code), c.code in failed) for c in standard.criteria if c.applies_to(facts)
                )
            )
        )
        if standards and domain.code in results:
            parts.append(DomainPart(domain.title, domain.code, results[domain.code], standards))
    return parts


def _finding_parts(
    inspection: Inspection, found: tuple[Finding, ...], answers: Mapping[str, AnswerRow], cited: Cited
) -> list[FindingPart]:
    pictures = photos(inspection.id)
    lines = _lines()
    parts = []
    for finding in found:
        code = finding.criterion.code
        shown = tuple(pictures.get(code, ()))
        parts.append(
            FindingPart(
                finding,
                answers.get(code),
                _source_notes(finding.criterion, lines, cited),
                shown[:_PHOTOS],
                max(0, len(shown) - _PHOTOS),
            )
        )
    return parts


def _lines() -> dict[tuple[str, str], tuple[Source, SourceLine]]:
    return {(s.id, line.id): (s, line) for s in load_sources()[0] for line in s.lines}


def _source_notes(
    criterion: Criterion, lines: dict[tuple[str, str], tuple[Source, SourceLine]], cited: Cited
) -> dict[str, list[SourceNote]]:
    """The lines that a criterion rests on, by the status frozen with the visit."""
    notes: dict[str, list[SourceNote]] = {}
    for ref in criterion.sources:
        # a later version of the sources may no longer hold the line: then the bare reference is said
        whole, line = lines.get((ref.source, ref.line), (None, None))
        title = line.title if line else Text(ref.line, ref.line, ref.line)
        note = SourceNote(cited.number(ref.source, whole), title, line.confirm if line else True)
        notes.setdefault(ref.status, []).append(note)
    return notes


def _observations(inspection: Inspection, stage: str, answers: dict[str, AnswerRow]) -> list[Observed]:
    return observed(inspection, answers) if stage == "final" else []


def _measured(checklist: Checklist) -> dict[tuple[str, str], Any]:
    return {(c.code, m.code): m for c in checklist for m in c.measurements}


def _statuses(checklist: Checklist, inspection: Inspection) -> list[tuple[str, int]]:
    """How many of the criteria asked rest on a source of each status; a criterion may rest on several."""
    counts: dict[str, int] = {}
    for criterion in checklist.applicable(Facts.of(inspection.facts)):
        for status in {ref.status for ref in criterion.sources}:
            counts[status] = counts.get(status, 0) + 1
    return sorted(counts.items(), key=lambda item: -item[1])


def _domain_chart(card: ScoreCard, checklist: Checklist, language: str, pictures: dict[str, Picture]) -> Chart:
    titles = {d.code: d.title for d in checklist.domains}
    bars = [
        charts.Bar(titles[d["code"]].get(language), None if d["score"] is None else Decimal(d["score"]))
        for d in card.card["domains"]
    ]
    formats = Formats(language)
    with force_locale(LOCALES[language]):
        title = gettext("Score of each domain, in percent")
    description = "; ".join(f"{b.label}: {formats.number(b.score)}" for b in bars)
    svg = charts.domain_chart(bars, language, title=title, description=description, width=640, row=22)
    return _chart("domains", svg, f"{title}. {description}", pictures)


def _history_chart(
    inspection: Inspection, card: ScoreCard, language: str, pictures: dict[str, Picture]
) -> Chart | None:
    """The past final results and this one; None where this is the first."""
    before = [p for p in history(inspection.institution_id) if p.on < inspection.planned_on and p.score is not None]
    if not before or card.score is None:
        return None
    now = HistoryPoint(
        inspection.id, inspection.reference, inspection.kind, inspection.planned_on, card.level, card.score
    )
    formats = Formats(language)
    points = [*before, now][-_VISITS:]
    visits = [charts.Visit(formats.month(p.on), p.score) for p in points if p.score is not None]
    rules = rules_of(inspection)
    with force_locale(LOCALES[language]):
        title = gettext("Score of each visit, in percent")
        levels = [(level.threshold, templates.word(level.code, "level")) for level in rules.levels]
    description = "; ".join(f"{v.label}: {formats.number(v.score)}" for v in visits)
    svg = charts.history_chart(
        visits, language, levels=levels, title=title, description=description, width=640, height=230
    )
    return _chart("history", svg, f"{title}. {description}", pictures)


def _chart(name: str, svg: str, description: str, pictures: dict[str, Picture]) -> Chart:
    bare, labels = charts.for_paper(svg)
    pictures[f"{name}.svg"] = Picture(bare.encode(), "image/svg+xml")
    width, height = charts.size(svg)
    return Chart(name, width, height, description, labels)
