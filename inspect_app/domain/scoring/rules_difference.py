"""What differs between two rule-sets: each change as data, and as a sentence that a director can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.rule_words import Titles, condition, number, rounding, title
from inspect_app.domain.scoring.rules import Gate, RuleSet, SeverityRule
from inspect_app.domain.scoring.sentences import level_name
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class RuleChange:
    """One thing that is otherwise. ``kind``: scale | failing | rounding | weight | threshold | validity |
    level-added | level-removed | gate-added | gate-removed | gate-cap | gate-condition | gate-text | severity."""

    kind: str
    code: str
    before: str | None
    after: str | None
    text: Text

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "kind": self.kind,
            "code": self.code,
            "before": self.before,
            "after": self.after,
            "text": self.text.as_dict(),
        }


def rules_difference(old: RuleSet, new: RuleSet, titles: Titles | None = None) -> tuple[RuleChange, ...]:
    """Every change from one rule-set to the other, in the order of a rule-set's file; empty where they say the same."""
    names = titles or {}
    return (
        *_scale(old, new),
        *_weights(old, new, names),
        *_levels(old, new),
        *_gates(old, new, names),
        *_severities(old, new),
    )


def _scale(old: RuleSet, new: RuleSet) -> Iterator[RuleChange]:
    if old.maximum != new.maximum:
        a, b = old.maximum, new.maximum
        yield RuleChange(
            "scale",
            "scale",
            str(a),
            str(b),
            Text(
                f"سلم الأجوبة: من 0 إلى {b} بدل 0 إلى {a}.",
                f"L'échelle des réponses va de 0 à {b} au lieu de 0 à {a}.",
                f"Answers go from 0 to {b} instead of 0 to {a}.",
            ),
        )
    if old.failing_below != new.failing_below:
        a, b = old.failing_below, new.failing_below
        yield RuleChange(
            "failing",
            "failing_below",
            str(a),
            str(b),
            Text(
                f"يُعد الجواب إخلالا إذا كان دون {b} بدل دون {a}.",
                f"Une réponse est un constat au-dessous de {b} au lieu de {a}.",
                f"An answer is a finding below {b} instead of {a}.",
            ),
        )
    if (old.digits, old.rounding) != (new.digits, new.rounding):
        how = rounding(new.rounding)
        yield RuleChange(
            "rounding",
            "rounding",
            f"{old.digits} {old.rounding}",
            f"{new.digits} {new.rounding}",
            Text(
                f"تغير تقريب النقط: عدد الأرقام بعد الفاصلة {new.digits}، {how.ar}.",
                f"L'arrondi des scores change : {new.digits} décimales, {how.fr}.",
                f"Scores are rounded otherwise: {new.digits} decimals, {how.en}.",
            ),
        )


def _weights(old: RuleSet, new: RuleSet, titles: Titles) -> Iterator[RuleChange]:
    for code in dict.fromkeys((*old.domain_weights, *new.domain_weights)):
        a, b = (rules.domain_weights.get(code, Fraction(1)) for rules in (old, new))
        if a != b:
            name, was, now = title(titles, code), number(a), number(b)
            yield RuleChange(
                "weight",
                code,
                was.en,
                now.en,
                Text(
                    f"وزن مجال «{name.ar}»: {now.ar} بدل {was.ar}.",
                    f"Le domaine « {name.fr} » pèse {now.fr} au lieu de {was.fr}.",
                    f"The domain “{name.get('en')}” weighs {now.en} instead of {was.en}.",
                ),
            )


def _levels(old: RuleSet, new: RuleSet) -> Iterator[RuleChange]:
    before, after = ({level.code: level for level in rules.levels} for rules in (old, new))
    for code in dict.fromkeys((*before, *after)):
        name = level_name(code)
        if code not in after:
            yield RuleChange(
                "level-removed",
                code,
                str(before[code].threshold),
                None,
                Text(
                    f"المستوى «{name.ar}» لم يعد موجودًا.",
                    f"Le niveau « {name.fr} » n'existe plus.",
                    f"The level “{name.en}” no longer exists.",
                ),
            )
            continue
        now = number(after[code].threshold)
        if code not in before:
            yield RuleChange(
                "level-added",
                code,
                None,
                str(after[code].threshold),
                Text(
                    f"مستوى جديد «{name.ar}» ابتداءً من {now.ar} %.",
                    f"Nouveau niveau « {name.fr} », à partir de {now.fr} %.",
                    f"A new level “{name.en}”, from {now.en}%.",
                ),
            )
            continue
        was = number(before[code].threshold)
        if before[code].threshold != after[code].threshold:
            yield RuleChange(
                "threshold",
                code,
                was.en,
                now.en,
                Text(
                    f"يبدأ المستوى «{name.ar}» من {now.ar} % بدل {was.ar} %.",
                    f"Le niveau « {name.fr} » commence à {now.fr} % au lieu de {was.fr} %.",
                    f"The level “{name.en}” begins at {now.en}% instead of {was.en}%.",
                ),
            )
        a, b = before[code].validity_months, after[code].validity_months
        if a != b:
            yield RuleChange(
                "validity",
                code,
                str(a),
                str(b),
                Text(
                    f"مدة صلاحية المستوى «{name.ar}» بالأشهر: {b} بدل {a}.",
                    f"Le niveau « {name.fr} » vaut {b} mois au lieu de {a}.",
                    f"The level “{name.en}” is valid for {b} months instead of {a}.",
                ),
            )


def _gates(old: RuleSet, new: RuleSet, titles: Titles) -> Iterator[RuleChange]:
    before, after = ({gate.code: gate for gate in rules.gates} for rules in (old, new))
    for code in dict.fromkeys((*before, *after)):
        if code not in after:
            said = before[code].text
            yield RuleChange(
                "gate-removed",
                code,
                before[code].caps_at,
                None,
                Text(f"حُذف حد مانع: {said.ar}", f"Limite supprimée : {said.fr}", f"A limit is gone: {said.get('en')}"),
            )
        elif code not in before:
            said, cap = after[code].text, level_name(after[code].caps_at)
            yield RuleChange(
                "gate-added",
                code,
                None,
                after[code].caps_at,
                Text(
                    f"حد مانع جديد (لا يتجاوز المستوى «{cap.ar}»): {said.ar}",
                    f"Nouvelle limite (niveau « {cap.fr} » au plus) : {said.fr}",
                    f"A new limit (at most “{cap.en}”): {said.get('en')}",
                ),
            )
        else:
            yield from _gate(before[code], after[code], titles)


def _gate(old: Gate, new: Gate, titles: Titles) -> Iterator[RuleChange]:
    said = new.text
    if old.caps_at != new.caps_at:
        a, b = level_name(old.caps_at), level_name(new.caps_at)
        yield RuleChange(
            "gate-cap",
            new.code,
            old.caps_at,
            new.caps_at,
            Text(
                f"هذا الحد المانع يقف عند «{b.ar}» بدل «{a.ar}»: {said.ar}",
                f"Cette limite s'arrête à « {b.fr} » au lieu de « {a.fr} » : {said.fr}",
                f"This limit stops at “{b.en}” instead of “{a.en}”: {said.get('en')}",
            ),
        )
    if old.when != new.when:
        was, now = condition(old.when, titles), condition(new.when, titles)
        yield RuleChange(
            "gate-condition",
            new.code,
            was.en,
            now.en,
            Text(
                f"تغير شرط هذا الحد المانع ({said.ar}): {now.ar}، بدل: {was.ar}.",
                f"La condition de cette limite change ({said.fr}) : {now.fr}, au lieu de : {was.fr}.",
                f"The condition of this limit changes ({said.get('en')}): {now.en}, instead of: {was.en}.",
            ),
        )
    if old.text != new.text and old.when == new.when and old.caps_at == new.caps_at:
        yield RuleChange(
            "gate-text",
            new.code,
            old.text.get("fr"),
            new.text.get("fr"),
            Text(
                f"صيغت عبارة حد مانع من جديد: {said.ar}",
                f"Une limite est formulée autrement : {said.fr}",
                f"A limit is worded otherwise: {said.get('en')}",
            ),
        )


def _severities(old: RuleSet, new: RuleSet) -> Iterator[RuleChange]:
    if old.severities != new.severities:
        yield RuleChange(
            "severity",
            "severities",
            _ladder(old.severities),
            _ladder(new.severities),
            Text(
                "تغيرت درجات خطورة الإخلالات.",
                "La gravité des constats est fixée autrement.",
                "The severity of findings is set otherwise.",
            ),
        )


def _ladder(rules: tuple[SeverityRule, ...]) -> str:
    return "; ".join(f"{rule.criterion_class or '*'} ≤ {rule.level_at_most}: {rule.severity}" for rule in rules)
