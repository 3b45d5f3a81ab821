"""Two cards of one visit under two rule-sets: what is otherwise, and why, as data and as sentences.

Cards are taken as they lie on file (plain JSON); nothing is computed again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inspect_app.domain.scoring.rule_words import Titles, number, title
from inspect_app.domain.scoring.rules import RuleSet
from inspect_app.domain.scoring.rules_difference import RuleChange, rules_difference
from inspect_app.domain.scoring.sentences import level_name
from inspect_app.domain.texts import Text

Card = Mapping[str, Any]
_NOT_SCORED = Text("غير منقَّط", "non coté", "not scored")


@dataclass(frozen=True)
class DomainRow:
    """A domain on both cards. A score is None where nothing was scored."""

    code: str
    before: Decimal | None
    after: Decimal | None
    weight_before: Decimal
    weight_after: Decimal

    @property
    def same(self) -> bool:
        """Whether both cards say the same of it."""
        return (self.before, self.weight_before) == (self.after, self.weight_after)


@dataclass(frozen=True)
class GateRow:
    """A limit that is on one card or on both; ``None`` where it is not, else the level at which it stops."""

    code: str
    before: str | None
    after: str | None
    text: Text

    @property
    def change(self) -> str:
        """same | appears | vanishes | moves."""
        if self.before == self.after:
            return "same"
        return "appears" if self.before is None else "vanishes" if self.after is None else "moves"


@dataclass(frozen=True)
class FindingRow:
    """A criterion that is a finding on one card only (None on the other), or of another severity (empty: of none)."""

    criterion: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CardDifference:
    """What is otherwise on the second card, and the sentences that say so, the level first."""

    level: tuple[str | None, str | None]
    level_by_score: tuple[str | None, str | None]
    score: tuple[Decimal | None, Decimal | None]
    direction: str  # same | up | down | other
    domains: tuple[DomainRow, ...]
    gates: tuple[GateRow, ...]
    findings: tuple[FindingRow, ...]  # only those that are otherwise
    rules: tuple[RuleChange, ...]
    sentences: tuple[Text, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "level": list(self.level),
            "level_by_score": list(self.level_by_score),
            "score": [_text(value) for value in self.score],
            "direction": self.direction,
            "domains": [
                {
                    "code": row.code,
                    "score": [_text(row.before), _text(row.after)],
                    "weight": [str(row.weight_before), str(row.weight_after)],
                }
                for row in self.domains
            ],
            "gates": [{"code": row.code, "caps_at": [row.before, row.after]} for row in self.gates],
            "findings": [{"criterion": row.criterion, "severity": [row.before, row.after]} for row in self.findings],
            "rules": [change.as_data() for change in self.rules],
            "sentences": [text.as_dict() for text in self.sentences],
        }


def difference(
    first: Card, first_rules: RuleSet, second: Card, second_rules: RuleSet, titles: Titles | None = None
) -> CardDifference:
    """From the first card to the second. ``titles`` names domains in sentences.

    Raises ValueError for cards that are not of the same answers under the same checklist.
    """
    if any(first[key] != second[key] for key in ("input_digest", "checklist_sha256")):
        raise ValueError("the two cards are not of the same answers")
    names = titles or {}
    levels = (first["level"], second["level"])
    scores = (_decimal(first["score"]), _decimal(second["score"]))
    domains = _domains(first, second)
    gates = _gates(first, second)
    findings = _findings(first, second)
    rules = rules_difference(first_rules, second_rules, names)
    found = CardDifference(
        level=levels,
        level_by_score=(first["level_by_score"], second["level_by_score"]),
        score=scores,
        direction=_direction(levels, second_rules),
        domains=domains,
        gates=gates,
        findings=findings,
        rules=rules,
        sentences=(),
    )
    sentences = [_level(found), *_score(found, names), *_by_score(found), *map(_gate, gates), *_finding(found)]
    return CardDifference(**{**vars(found), "sentences": tuple(s for s in sentences if s is not None)})


def _domains(first: Card, second: Card) -> tuple[DomainRow, ...]:
    after = {d["code"]: d for d in second["domains"]}
    # the same answers under the same checklist: both cards have the same domains
    return tuple(
        DomainRow(
            d["code"],
            _decimal(d["score"]),
            _decimal(after[d["code"]]["score"]),
            Decimal(d["weight"]),
            Decimal(after[d["code"]]["weight"]),
        )
        for d in first["domains"]
    )


def _gates(first: Card, second: Card) -> tuple[GateRow, ...]:
    before, after = ({gate["code"]: gate for gate in card["gates"]} for card in (first, second))
    return tuple(
        GateRow(
            code,
            before.get(code, {}).get("caps_at"),
            after.get(code, {}).get("caps_at"),
            Text.of((after.get(code) or before[code])["explanation"]),
        )
        for code in dict.fromkeys((*before, *after))
    )


def _findings(first: Card, second: Card) -> tuple[FindingRow, ...]:
    before, after = ({f["criterion"]: f["severity"] or "" for f in card["findings"]} for card in (first, second))
    return tuple(
        FindingRow(code, before.get(code), after.get(code))
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    )


def _direction(levels: Sequence[str | None], rules: RuleSet) -> str:
    before, after = levels
    if before == after:
        return "same"
    ladder = [level.code for level in rules.levels]
    if before not in ladder or after not in ladder:
        return "other"
    return "up" if ladder.index(after) > ladder.index(before) else "down"


def _level(found: CardDifference) -> Text:
    a, b = (_NOT_SCORED if code is None else level_name(code) for code in found.level)
    if found.direction == "same":
        return Text(f"المستوى لا يتغير: «{a.ar}».", f"Le niveau reste « {a.fr} ».", f"The level stays “{a.en}”.")
    return Text(
        f"ينتقل المستوى من «{a.ar}» إلى «{b.ar}».",
        f"Le niveau passe de « {a.fr} » à « {b.fr} ».",
        f"The level goes from “{a.en}” to “{b.en}”.",
    )


def _score(found: CardDifference, titles: Titles) -> list[Text]:
    before, after = found.score
    if before == after or before is None or after is None:
        return []
    a, b = number(before), number(after)
    said = [
        Text(
            f"تنتقل النقطة من {a.ar} % إلى {b.ar} %.",
            f"Le score passe de {a.fr} % à {b.fr} %.",
            f"The score goes from {a.en}% to {b.en}%.",
        )
    ]
    heavier = [row for row in found.domains if row.weight_before != row.weight_after and row.after is not None]
    for row in heavier:
        name, was, now, value = (
            title(titles, row.code),
            number(row.weight_before),
            number(row.weight_after),
            number(row.after or Decimal(0)),
        )
        said.append(
            Text(
                f"مجال «{name.ar}» ({value.ar} %) أصبح وزنه {now.ar} بدل {was.ar}.",
                f"Le domaine « {name.fr} » ({value.fr} %) pèse désormais {now.fr} au lieu de {was.fr}.",
                f"The domain “{name.get('en')}” ({value.en}%) now weighs {now.en} instead of {was.en}.",
            )
        )
    return said


def _by_score(found: CardDifference) -> list[Text]:
    before, after = found.level_by_score
    if before == after or before is None or after is None:
        return []
    a, b = level_name(before), level_name(after)
    said = [
        Text(
            f"بالنقطة وحدها ينتقل المستوى من «{a.ar}» إلى «{b.ar}».",
            f"Par le score seul, le niveau passerait de « {a.fr} » à « {b.fr} ».",
            f"By the score alone the level would go from “{a.en}” to “{b.en}”.",
        )
    ]
    # the thresholds of the two levels named are the reason, where they moved
    return said + [c.text for c in found.rules if c.kind == "threshold" and c.code in (before, after)]


def _gate(row: GateRow) -> Text | None:
    said = row.text
    if row.change == "appears":
        cap = level_name(row.after or "")
        return Text(
            f"حد مانع يصير مؤثرا (لا يتجاوز المستوى «{cap.ar}»): {said.ar}",
            f"Une limite joue désormais (niveau « {cap.fr} » au plus) : {said.fr}",
            f"A limit now holds (at most “{cap.en}”): {said.get('en')}",
        )
    if row.change == "vanishes":
        return Text(
            f"حد مانع لم يعد قائمًا: {said.ar}",
            f"Une limite ne joue plus : {said.fr}",
            f"A limit no longer holds: {said.get('en')}",
        )
    if row.change == "moves":
        a, b = level_name(row.before or ""), level_name(row.after or "")
        return Text(
            f"حد مانع يقف عند «{b.ar}» بدل «{a.ar}»: {said.ar}",
            f"Une limite s'arrête à « {b.fr} » au lieu de « {a.fr} » : {said.fr}",
            f"A limit stops at “{b.en}” instead of “{a.en}”: {said.get('en')}",
        )
    return None


def _finding(found: CardDifference) -> list[Text]:
    more = sum(1 for row in found.findings if row.before is None)
    fewer = sum(1 for row in found.findings if row.after is None)
    other = len(found.findings) - more - fewer
    said = []
    if more:
        said.append(
            Text(f"إخلالات إضافية: {more}.", f"Constats en plus : {more}.", f"Findings that are added: {more}.")
        )
    if fewer:
        said.append(
            Text(f"إخلالات لم تعد معدودة: {fewer}.", f"Constats en moins : {fewer}.", f"Findings that go: {fewer}.")
        )
    if other:
        said.append(
            Text(
                f"إخلالات تغيرت درجة خطورتها: {other}.",
                f"Constats dont la gravité change : {other}.",
                f"Findings of another severity: {other}.",
            )
        )
    return said


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
