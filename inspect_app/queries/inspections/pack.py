"""Everything the tablet needs for one visit, in one answer: checklist, answers, photographs, previous visit, score."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.inspections import EDITABLE
from inspect_app.domain.scoring import score
from inspect_app.domain.texts import LANGUAGES, Text
from inspect_app.models import Evidence, Inspection
from inspect_app.queries.frozen import checklist_of, rules_of
from inspect_app.queries.inspections.answers import (
    AnswerRow,
    answer_inputs,
    current_answers,
    disputed,
    photos,
    previous_answers,
)
from inspect_app.queries.inspections.blind import hidden_from
from inspect_app.queries.inspections.file import membership, opened
from inspect_app.queries.inspections.minutes import Finding, critical_findings, signatures_of
from inspect_app.queries.inspections.people import coordinators_of

#: Coordinators whom the tablet names.
_OFFICE = 3


@dataclass(frozen=True)
class Pack:
    """A visit as JSON data, but for two parts: the checklist is JSON text already (cached), photographs are rows."""

    data: dict[str, Any]
    checklist_json: str
    photos: dict[str, list[Evidence]]


def pack(actor: Actor, inspection_id: int, language: str | None = None) -> Pack:
    """The pack of a visit. Raises NotVisibleError, ForbiddenError (declaration first, conflict declared).

    With a ``language`` every text of checklist and score holds that one only (French or Arabic where it is missing):
    the pack of a children's institution is then a third as heavy on a village's line. Criteria that the actor rates
    apart are left out, with everything that would tell what the team found on them.
    """
    inspection = opened(actor, inspection_id)
    checklist = checklist_of(inspection)
    facts = Facts.of(inspection.facts)
    hidden = hidden_from(actor, inspection.id)
    answers = {code: a for code, a in current_answers(inspection.id).items() if code not in hidden}
    conflicts = {code: rows for code, rows in disputed(inspection.id).items() if code not in hidden}
    pictures = {code: rows for code, rows in photos(inspection.id).items() if code not in hidden}
    data = {
        **_heading(actor, inspection),
        "facts": inspection.facts,
        "answers": {code: answer_data(a) for code, a in answers.items()},
        "conflicts": {code: [answer_data(a) for a in rows] for code, rows in conflicts.items()},
        "previous": previous_answers(inspection),
        **_minutes(inspection, hidden),
        "score": in_language(score(checklist, rules_of(inspection), answer_inputs(answers), facts).as_data(), language),
    }
    return Pack(data, checklist_json(checklist, facts, language, hidden), pictures)


def answer_data(answer: AnswerRow) -> dict[str, Any]:
    """An answer as the tablet keeps it."""
    return {
        "op_id": answer.op_id,
        "level": answer.level,
        "not_applicable": answer.not_applicable,
        "na_reason": answer.na_reason,
        "note": answer.note,
        "measurements": dict(answer.measurements),
        "author": answer.author,
        "answered_at": answer.answered_at.isoformat(),
    }


def checklist_json(
    checklist: Checklist, facts: Facts, language: str | None = None, hidden: frozenset[str] = frozenset()
) -> str:
    """The applicable criteria as JSON text, but for those ``hidden``; made once per hash, facts and language."""
    return _checklist_json(checklist.sha256, facts, language, hidden, _Held(checklist))


def in_language(data: Any, language: str | None) -> Any:
    """The data with each ``{ar, fr, en}`` text reduced to one language; unchanged without a language."""
    if language is None:
        return data
    if isinstance(data, dict):
        if "ar" in data and "fr" in data:
            rest = {k: v for k, v in data.items() if k not in LANGUAGES}
            return {**rest, language: Text.of(data).get(language)}
        return {k: in_language(v, language) for k, v in data.items()}
    if isinstance(data, list):
        return [in_language(v, language) for v in data]
    return data


class _Held:
    """A checklist that is no part of the cache key: its hash is."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _checklist_json(sha256: str, facts: Facts, language: str | None, hidden: frozenset[str], held: _Held) -> str:
    codes = {c.code for c in held.checklist.applicable(facts)} - hidden
    counted = {(c.code, m.code) for d in held.checklist.domains for c in d.criteria for m in c.measurements if m.whole}
    data = held.checklist.as_data()
    domains = []
    for domain in data["domains"]:
        standards = [
            {**standard, "criteria": [_with_counts(c, counted) for c in standard["criteria"] if c["code"] in codes]}
            for standard in domain["standards"]
        ]
        kept = [s for s in standards if s["criteria"]]
        if kept:
            domains.append({**domain, "standards": kept})
    found = {"title": data["title"], "version": data["version"], "sha256": sha256, "domains": domains}
    return json.dumps(in_language(found, language), ensure_ascii=False, separators=(",", ":"))


def _with_counts(criterion: dict[str, Any], counted: set[tuple[str, str]]) -> dict[str, Any]:
    """The criterion with ``whole`` at each measurement: whether it takes whole numbers only."""
    measured = [{**m, "whole": (criterion["code"], m["code"]) in counted} for m in criterion["measurements"]]
    return {**criterion, "measurements": measured}


def _minutes(inspection: Inspection, hidden: frozenset[str]) -> dict[str, Any]:
    """What was signed, which critical findings were told, and whom to telephone of one while there is no line."""
    findings = critical_findings(inspection.id, hidden)
    return {
        "signatures": [
            {
                "op_id": row.op_id,
                "capacity": row.capacity,
                "deed": row.deed,
                "name": row.signer_name,
                "function": row.signer_function,
                "drawing": row.drawing,
                "reason": row.reason,
                "record_digest": row.record_digest,
                "answers": row.answers,
                "photographs": row.photographs,
                "signed_at": row.signed_at.isoformat(),
            }
            for row in signatures_of(inspection.id)
        ],
        "sheets": [sheet_data(found) for found in findings],
        "office": [{"name": u.name, "email": u.email} for u in coordinators_of(inspection.institution)[:_OFFICE]],
    }


def sheet_data(found: Finding) -> dict[str, Any]:
    """A critical finding as the tablet keeps it: its sheet, and who was told."""
    sheet = found.sheet
    return {
        "op_id": sheet.op_id,
        "criterion": sheet.criterion,
        "seen": sheet.seen,
        "danger": sheet.danger,
        "measure": sheet.measure,
        "told": sheet.told,
        "seen_at": sheet.seen_at.isoformat(),
        "written_at": sheet.written_at.isoformat(),
        "phoned_at": sheet.phoned_at.isoformat() if sheet.phoned_at else None,
        "base_op_id": sheet.base_op_id,
        "received_at": sheet.received_at.isoformat(),
        "mailed": {audience: at.isoformat() for audience, at in found.told.items()},
    }


def _heading(actor: Actor, inspection: Inspection) -> dict[str, Any]:
    institution = inspection.institution
    return {
        "id": inspection.id,
        "uid": inspection.uid,
        "reference": inspection.reference,
        "kind": inspection.kind,
        "state": inspection.state,
        "editable": inspection.state in EDITABLE and membership(actor, inspection) is not None,
        "institution": {
            "name": {"ar": institution.name_ar, "fr": institution.name_fr},
            "category": institution.category,
        },
        "planned_on": inspection.planned_on.isoformat(),
    }
