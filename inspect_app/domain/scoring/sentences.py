"""The sentences in which a card explains itself, in the three languages. Pure: no catalogue, no locale."""

from decimal import Decimal

from inspect_app.domain.texts import Text

LEVELS = {
    "refused": Text("مرفوض", "refusé", "refused"),
    "provisional": Text("مؤقت", "provisoire", "provisional"),
    "conditional": Text("مشروط", "sous conditions", "conditional"),
    "accredited": Text("معتمد", "accrédité", "accredited"),
    "distinction": Text("معتمد بامتياز", "accrédité avec distinction", "accredited with distinction"),
}


_LIMITS_ONE = Text("حد مانع واحد", "une limite", "one limit")


def level_name(code: str) -> Text:
    """The name of a level; its code where a rule-set names levels of its own."""
    return LEVELS.get(code, Text(code, code, code))


def node(*, score: Decimal | None, answered: int, applicable: int, not_applicable: int, failing: int) -> Text:
    """How the figure of a domain or standard came about."""
    if score is None:
        return Text(
            f"لم يُنقَّط أي معيار من أصل {applicable}.",
            f"Aucun critère coté sur {applicable}.",
            f"No criterion scored out of {applicable}.",
        )
    return Text(
        f"المعدل المرجح للمعايير المجاب عنها ({answered} من أصل {applicable})؛ "
        f"لا تنطبق: {not_applicable}؛ غير مستوفاة أو في بدايتها: {failing}.",
        f"Moyenne pondérée de {answered} critères cotés sur {applicable} ; "
        f"non applicables : {not_applicable} ; non satisfaits ou seulement amorcés : {failing}.",
        f"Weighted mean of {answered} scored criteria out of {applicable}; "
        f"not applicable: {not_applicable}; not met or only begun: {failing}.",
    )


def overall(*, level: str | None, by_score: str | None, score: Decimal | None, limits: int, unanswered: int) -> Text:
    """How the level came about."""
    if level is None or by_score is None:
        return Text("لا توجد أجوبة للتنقيط بعد.", "Aucune réponse à coter pour l'instant.", "No answer to score yet.")
    name, first = level_name(level), level_name(by_score)
    comma, dot = str(score).replace(".", ","), str(score)  # Moroccan Arabic and French write a decimal comma
    if level == by_score:
        text = Text(
            f"النقطة {comma} % تعطي المستوى «{name.ar}»، ولا يخفضه أي حد مانع.",
            f"Le score de {comma} % donne le niveau « {name.fr} » ; aucune limite ne l'abaisse.",
            f"The score of {dot}% gives the level “{name.en}”; no limit lowers it.",
        )
    else:
        by = (
            _LIMITS_ONE
            if limits == 1
            else Text(f"الحدود المانعة (عددها {limits})", f"{limits} limites", f"{limits} limits")
        )
        text = Text(
            f"النقطة {comma} % تعطي المستوى «{first.ar}»، لكنه ينخفض إلى «{name.ar}» بفعل {by.ar}.",
            f"Le score de {comma} % donnerait le niveau « {first.fr} », ramené à « {name.fr} » par {by.fr}.",
            f"The score of {dot}% would give the level “{first.en}”, lowered to “{name.en}” by {by.en}.",
        )
    if not unanswered:
        return text
    return Text(
        f"{text.ar} النتيجة غير نهائية؛ عدد المعايير دون جواب: {unanswered}.",
        f"{text.fr} Résultat provisoire : {unanswered} critères sans réponse.",
        f"{text.en} The result is not final: {unanswered} criteria without an answer.",
    )
