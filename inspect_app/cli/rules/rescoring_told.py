"""The report of a re-score as text for a person, as JSON, and as rows of a table."""

from collections.abc import Mapping
from typing import Any

from inspect_app.adapters.tables import write_csv
from inspect_app.domain.rescoring import Outcome, Report, Rescored, Tally
from inspect_app.domain.scoring import RuleSet

_NONE = "not scored"
_WHY = {
    "not-scorable": "the rule-set cannot take these answers",
    "answers-not-those-of-the-card": "the answers on file are no longer those of the card",
    "other-result": "the same rule-set gives another card: the engine or the file was changed",
    "other-engine": "the card was made by another version of the engine",
}


def data(report: Report, rules: RuleSet) -> dict[str, Any]:
    """Everything, as plain JSON."""
    return {
        "ruleset": {"code": rules.code, "version": rules.version, "sha256": rules.sha256},
        "institutions": report.total.as_data(),
        "visits": {
            **{outcome.value: report.visits[outcome] for outcome in Outcome},
            "changed": report.visits_changed,
        },
        "cards": {"added": report.added, "already_there": report.already},
        "matrix": [{"from": f, "to": t, "institutions": n} for (f, t), n in _cells(report, rules)],
        "regions": {code: tally.as_data() for code, tally in sorted(report.regions.items())},
        "categories": {code: tally.as_data() for code, tally in sorted(report.categories.items())},
        "reasons": dict(sorted(report.reasons.items())),
        "faults": [_line(visit) for visit in report.faults],
        "changes": [_line(visit) for visit in report.moved],
        "in_order": report.in_order,
    }


def table(report: Report) -> bytes:
    """As a CSV file: each institution whose level would change and each visit that could not be scored."""
    lines = [_line(visit) for visit in (*report.moved, *report.faults)]
    return write_csv(_HEADERS, [[line[key] for key in _HEADERS] for line in lines])


_HEADERS = (
    "institution",
    "name",
    "region",
    "category",
    "visit",
    "on",
    "outcome",
    "from",
    "to",
    "score_from",
    "score_to",
    "reason",
    "detail",
)


def _line(visit: Rescored) -> dict[str, Any]:
    return {
        "institution": visit.institution,
        "name": visit.name,
        "region": visit.region,
        "category": visit.category,
        "visit": visit.reference,
        "on": visit.on.isoformat(),
        "outcome": visit.outcome.value,
        "from": visit.before,
        "to": visit.after,
        "score_from": None if visit.score_before is None else str(visit.score_before),
        "score_to": None if visit.score_after is None else str(visit.score_after),
        "reason": visit.reason,
        "detail": visit.detail,
    }


def text(report: Report, rules: RuleSet, *, regions: Mapping[str, str]) -> str:
    """For a person at a console."""
    lines = [f"{rules.code} {rules.version} ({rules.sha256[:12]}): {rules.title.get('en')}", ""]
    lines += _visits(report)
    total = report.total
    lines += ["", f"Institutions whose level would change: {_share(total)}"]
    if report.total.institutions:
        lines += ["", "From (row) to (column), institutions:", *_matrix(report, rules)]
        lines += ["", "By region:", *_tallies(report.regions, regions)]
        lines += ["", "By category:", *_tallies(report.categories, {})]
    if report.moved:
        lines += ["", "Institutions whose level would change:", *(f"  {_told(visit)}" for visit in report.moved)]
    if report.reasons:
        lines += ["", "Visits with a fault:"]
        lines += [f"  {count} × {_WHY.get(reason, reason)}" for reason, count in sorted(report.reasons.items())]
        lines += [
            f"    {v.institution} {v.reference}: {_WHY.get(v.reason, v.reason)}. {v.detail}" for v in report.faults
        ]
    return "\n".join(lines)


def _visits(report: Report) -> list[str]:
    found = report.visits
    same = found[Outcome.IDENTICAL] + found[Outcome.DIFFERENT]
    lines = [f"Final visits on file: {found.total()}"]
    if found[Outcome.SCORED]:
        lines.append(
            f"  under another rule-set: {found[Outcome.SCORED]}; the level of {report.visits_changed} is another under these rules"
        )
    if same:
        lines.append(f"  under this very rule-set: {same}; byte-identical again: {found[Outcome.IDENTICAL]} of {same}")
    if report.added or report.already:
        lines.append(f"  second cards: {report.added} added, {report.already} already there")
    if found[Outcome.REFUSED]:
        lines.append(f"  could not be scored: {found[Outcome.REFUSED]}")
    return lines


def _share(tally: Tally) -> str:
    moves = [f"{tally.up} up", f"{tally.down} down"] + ([f"{tally.other} otherwise"] if tally.other else [])
    refused = f"; {tally.refused} not scored" if tally.refused else ""
    return f"{tally.changed} of {tally.institutions} ({tally.share} %): {', '.join(moves)}{refused}"


def _tallies(tallies: Mapping[str, Tally], names: Mapping[str, str]) -> list[str]:
    titles = {code: f"{code} {names[code]}" if code in names else code for code in sorted(tallies)}
    wide = max(map(len, titles.values()))
    return [f"  {titles[code]:<{wide}}  {_share(tallies[code])}" for code in titles]


def _cells(report: Report, rules: RuleSet) -> list[tuple[tuple[str | None, str | None], int]]:
    order = {level.code: place for place, level in enumerate(rules.levels)}

    def place(level: str | None) -> tuple[int, str]:
        return (order.get(level or "", len(order)), level or "~")

    return sorted(report.matrix.items(), key=lambda cell: (place(cell[0][0]), place(cell[0][1])))


def _matrix(report: Report, rules: RuleSet) -> list[str]:
    cells = _cells(report, rules)
    down = list(dict.fromkeys(f for (f, _), _ in cells))
    across: list[str | None] = [level.code for level in rules.levels]
    across += [t for t in dict.fromkeys(t for (_, t), _ in cells) if t not in across]
    heads = [t or _NONE for t in across]
    wide = max(len(f or _NONE) for f in down) if down else 0
    lines = [" " * (wide + 2) + "".join(f"  {head:>6}" for head in heads)]
    for f in down:
        numbers = (
            f"  {report.matrix[f, t] or '·':>{max(6, len(head))}}" for t, head in zip(across, heads, strict=True)
        )
        lines.append(f"  {f or _NONE:<{wide}}" + "".join(numbers))
    return lines


def _told(visit: Rescored) -> str:
    return (
        f"{visit.institution}  {visit.before or _NONE} ({visit.score_before}) → {visit.after or _NONE} "
        f"({visit.score_after})  {visit.name}, {visit.reference}"
    )
