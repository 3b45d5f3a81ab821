"""Parts of rules in words, in the three languages: numbers, titles, modes of rounding, the conditions of limits."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.rounding import rounded
from inspect_app.domain.scoring.rules import AnswersCondition, Condition, DomainCondition
from inspect_app.domain.texts import Text

#: Titles of domains, for sentences; a code without a title speaks for itself.
Titles = Mapping[str, Text]

_CLASSES = {
    "critical": Text("الحاسمة", "critiques", "critical"),
    "standard": Text("الأساسية", "standard", "standard"),
    "developmental": Text("التطويرية", "de progrès", "developmental"),
}
_ROUNDING = {
    "half-up": Text("إلى الأعلى عند النصف", "au supérieur à la moitié", "half up"),
    "half-even": Text("إلى الزوجي عند النصف", "au pair à la moitié", "half to even"),
    "down": Text("نحو الصفر", "vers zéro", "towards zero"),
    "up": Text("إلى الأعلى", "à l'entier supérieur", "up"),
    "floor": Text("إلى الأدنى", "à l'entier inférieur", "down"),
}


def number(value: Decimal | Fraction) -> Text:
    """A number as each language writes it: decimal comma in Moroccan Arabic and in French."""
    plain = rounded(Fraction(value), 2, "half-up") if isinstance(value, Fraction) else value
    dot = f"{plain:f}"
    if isinstance(value, Fraction) and "." in dot:
        dot = dot.rstrip("0").rstrip(".")
    comma = dot.replace(".", ",")
    return Text(comma, comma, dot)


def title(titles: Titles, code: str) -> Text:
    """The title of a code, or the code."""
    return titles.get(code) or Text(code, code, code)


def rounding(mode: str) -> Text:
    """A mode of rounding."""
    return _ROUNDING.get(mode, Text(mode, mode, mode))


def condition(when: Condition, titles: Titles) -> Text:
    """When a limit holds, in words without a full stop."""
    if isinstance(when, AnswersCondition):
        return _answers(when, titles)
    if isinstance(when, DomainCondition):
        below = number(when.below)
        if when.code is None:
            return Text(
                f"مجال واحد على الأقل دون {below.ar} %",
                f"au moins un domaine au-dessous de {below.fr} %",
                f"at least one domain below {below.en}%",
            )
        name = title(titles, when.code)
        return Text(
            f"مجال «{name.ar}» دون {below.ar} %",
            f"domaine « {name.fr} » au-dessous de {below.fr} %",
            f"domain “{name.get('en')}” below {below.en}%",
        )
    return Text(f"الواقعة «{when.flag}»", f"fait « {when.flag} »", f"fact “{when.flag}”")


def _answers(when: AnswersCondition, titles: Titles) -> Text:
    kind = _CLASSES.get(when.criterion_class or "", Text("", "", ""))
    name = title(titles, when.domain) if when.domain else None
    codes = ", ".join(sorted(when.codes)) if when.codes else ""
    return Text(
        f"عدد المعايير {kind.ar} في المستوى {when.level_at_most} أو دونه لا يقل عن {when.count}".replace("  ", " ")
        + (f"، في مجال «{name.ar}»" if name else "")
        + (f"، من بين: {codes}" if codes else ""),
        f"au moins {when.count} des critères {kind.fr} au niveau {when.level_at_most} ou moins".replace("  ", " ")
        + (f", dans le domaine « {name.fr} »" if name else "")
        + (f", parmi : {codes}" if codes else ""),
        f"at least {when.count} of the {kind.en} criteria at level {when.level_at_most} or lower".replace("  ", " ")
        + (f", in the domain “{name.get('en')}”" if name else "")
        + (f", among: {codes}" if codes else ""),
    )
