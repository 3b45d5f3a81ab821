"""The sentences in which each family explains its result, in the three languages. Pure: no catalogue, no locale."""

from collections.abc import Sequence

from inspect_app.domain.texts import Text

NOT_SCORED = Text("لا شيء مُنقَّط، فلا نتيجة.", "Rien n'est coté : pas de résultat.", "Nothing is scored: no result.")

_BOUNDS = {
    "at_least": Text("على الأقل", "au moins", "at least"),
    "at_most": Text("على الأكثر", "au plus", "at most"),
    "above": Text("أعلى من", "au-dessus de", "above"),
    "below": Text("أدنى من", "au-dessous de", "below"),
    "is": Text("يساوي", "égal à", "equal to"),
}


def bound(relation: str, value: str) -> Text:
    """«at least 3»."""
    words = _BOUNDS[relation]
    return Text(f"{words.ar} {value}", f"{words.fr} {value}", f"{words.en} {value}")


def listed(items: Sequence[str], *, most: int = 8) -> Text:
    """Some names in a row, the rest counted. Names that are bare numbers are places: «no. 4» is not a mark of 4."""
    first, rest = list(items[:most]), len(items) - most
    ar, fr = "، ".join(first), ", ".join(first)
    said = Text(ar, fr, fr)
    if first and all(name.isdigit() for name in first):
        said = Text(f"رقم {ar}", f"n° {fr}", f"no. {fr}")
    if rest <= 0:
        return said
    return Text(f"{said.ar} و{rest} غيرها", f"{said.fr} et {rest} autres", f"{said.en} and {rest} more")


def _open(text: Text) -> Text:
    """A sentence without its full stop, to stand inside another."""
    return Text(text.ar.rstrip(". "), text.fr.rstrip(". "), text.en.rstrip(". "))


def _value(value: str) -> Text:
    """A number with the comma that Arabic and French write in Morocco; a word as it is."""
    number = value.rstrip("…").lstrip("-").replace(".", "", 1).isdigit()
    comma = value.replace(".", ",") if number else value
    return Text(comma, comma, value)


def mean(*, value: str, count: int, weighted: bool, exact: str, percent: bool, of: Text | None = None) -> Text:
    """How a mean came about, and of what. ``exact`` is empty where nothing was rounded."""
    said, before = _value(value), _value(exact)
    unit = " %" if percent else ""
    ar = f"{'معدل مرجح' if weighted else 'معدل'} (عدد القيم: {count}) = {said.ar}{unit}"
    fr = (
        f"{'Moyenne pondérée' if weighted else 'Moyenne'} de {count} valeur{'s' if count > 1 else ''} = {said.fr}{unit}"
    )
    en = f"{'Weighted mean' if weighted else 'Mean'} of {count} value{'s' if count != 1 else ''} = {said.en}{'%' if percent else ''}"
    if exact:
        ar, fr, en = (
            f"{ar} (قبل التقريب: {before.ar})",
            f"{fr} (avant arrondi : {before.fr})",
            f"{en} (before rounding: {before.en})",
        )
    if of is not None:
        fr, en = f"{fr[0].lower()}{fr[1:]}", f"{en[0].lower()}{en[1:]}"
        ar, fr, en = f"{of.ar}: {ar}", f"{of.fr} : {fr}", f"{of.en}: {en}"
    return Text(f"{ar}.", f"{fr}.", f"{en}.")


def groups(*, count: int, scored: int) -> Text:
    """How a mean by groups came about."""
    return Text(
        f"معدل لكل مجموعة على حدة: {scored} مجموعة منقطة من أصل {count}.",
        f"Une moyenne par groupe : {scored} groupes cotés sur {count}.",
        f"One mean for each group: {scored} scored groups out of {count}.",
    )


def rounding(*, before: str, value: str) -> Text:
    """How a number became a step."""
    b, v = _value(before), _value(value)
    return Text(f"{b.ar} تُقرَّب إلى {v.ar}.", f"{b.fr} est arrondi à {v.fr}.", f"{b.en} is rounded to {v.en}.")


def bands(*, value: str, result: Text, reached: str, following: str, next_result: Text | None) -> Text:
    """Which band a number lies in, and how far the next one is."""
    v, r = _value(value), _value(reached)
    if reached:
        text = Text(
            f"{v.ar} تبلغ عتبة {r.ar}: «{result.ar}».",
            f"{v.fr} atteint le seuil de {r.fr} : « {result.fr} ».",
            f"{v.en} reaches the threshold of {r.en}: “{result.en}”.",
        )
    else:
        text = Text(
            f"{v.ar} دون كل عتبة: «{result.ar}».",
            f"{v.fr} est au-dessous de tout seuil : « {result.fr} ».",
            f"{v.en} is below every threshold: “{result.en}”.",
        )
    if next_result is None:
        return text
    f = _value(following)
    return Text(
        f"{text.ar} يتطلب «{next_result.ar}» بلوغ {f.ar}.",
        f"{text.fr} « {next_result.fr} » demande {f.fr}.",
        f"{text.en} “{next_result.en}” asks for {f.en}.",
    )


def minimum(*, result: Text, count: int, lowest: Sequence[str]) -> Text:
    """Which value is the lowest."""
    where = listed(lowest)
    return Text(
        f"أدنى القيم ({count}) هو المعتمد: «{result.ar}»، في: {where.ar}.",
        f"La plus basse de {count} valeurs l'emporte : « {result.fr} » ({where.fr}).",
        f"The lowest of {count} values decides: “{result.en}” ({where.en}).",
    )


def step(*, result: Text, text: Text | None, because: Sequence[str]) -> Text:
    """Which step of a ladder fits."""
    where = listed(because)
    why = _open(text) if text else Text("شرطه مستوفى", "sa condition est remplie", "its condition holds")
    said = Text(f"«{result.ar}»: {why.ar}", f"« {result.fr} » : {why.fr}", f"“{result.en}”: {why.en}")
    if because:
        said = Text(f"{said.ar} ({where.ar})", f"{said.fr} ({where.fr})", f"{said.en} ({where.en})")
    return Text(f"{said.ar}.", f"{said.fr}.", f"{said.en}.")


def otherwise(*, result: Text) -> Text:
    """No step of a ladder fits."""
    return Text(
        f"لا يتحقق أي شرط آخر: «{result.ar}».",
        f"Aucune autre condition n'est remplie : « {result.fr} ».",
        f"No other condition holds: “{result.en}”.",
    )


def not_reached(*, result: Text, because: Sequence[str]) -> Text:
    """Why the next step of a ladder is not reached."""
    where = listed(because)
    return Text(
        f"ما يحول دون «{result.ar}»: {where.ar}.",
        f"Ce qui empêche « {result.fr} » : {where.fr}.",
        f"What stands between this and “{result.en}”: {where.en}.",
    )


def limits(*, before: Text, result: Text, limit: Text | None, because: Sequence[str]) -> Text:
    """What a limit did, or that none bit."""
    if limit is None:
        return Text(
            f"«{result.ar}»؛ لا يغيره أي حد مانع.",
            f"« {result.fr} » ; aucune limite ne le modifie.",
            f"“{result.en}”; no limit changes it.",
        )
    where, limit = listed(because), _open(limit)
    tail = Text(f" ({where.ar})", f" ({where.fr})", f" ({where.en})") if because else Text("", "", "")
    return Text(
        f"«{before.ar}» تصير «{result.ar}»: {limit.ar}{tail.ar}.",
        f"« {before.fr} » devient « {result.fr} » : {limit.fr}{tail.fr}.",
        f"“{before.en}” becomes “{result.en}”: {limit.en}{tail.en}.",
    )


def moves(*, start: Text, result: Text, taken: Sequence[tuple[int, Text]]) -> Text:
    """Which steps up and down were taken."""
    if not taken:
        return Text(
            f"نقطة الانطلاق «{start.ar}»، دون زيادة ولا نقصان.",
            f"Départ à « {start.fr} », sans ajout ni retrait.",
            f"Starts at “{start.en}”; nothing added or taken away.",
        )
    rows = [(f"{by:+d}", text) for by, text in taken]
    return Text(
        f"نقطة الانطلاق «{start.ar}»؛ " + "؛ ".join(f"{by} {t.ar}" for by, t in rows) + f": «{result.ar}».",
        f"Départ à « {start.fr} » ; " + " ; ".join(f"{by} {t.fr}" for by, t in rows) + f" : « {result.fr} ».",
        f"Starts at “{start.en}”; " + "; ".join(f"{by} {t.en}" for by, t in rows) + f": “{result.en}”.",
    )


def cell(*, row: Text, column: Text, result: Text) -> Text:
    """Which cell of a matrix was read."""
    return Text(
        f"خانة «{row.ar}» و«{column.ar}»: {result.ar}.",
        f"Case « {row.fr} » × « {column.fr} » : {result.fr}.",
        f"Cell “{row.en}” × “{column.en}”: {result.en}.",
    )


def looked_up(*, of: Text, result: str) -> Text:
    """What a value gives."""
    return Text(f"«{of.ar}» تعطي: {result}.", f"« {of.fr} » donne : {result}.", f"“{of.en}” gives: {result}.")


def looked_up_text(*, of: Text, result: Text) -> Text:
    """What a row of a matrix gives, whatever the column."""
    return Text(f"«{of.ar}» تعطي: {result.ar}.", f"« {of.fr} » donne : {result.fr}.", f"“{of.en}” gives: {result.en}.")


def judgement(*, choice: Text, result: Text, lowest: Text, highest: Text, reasons: Sequence[Text]) -> Text:
    """What a person proposed and what the rules admit."""
    why = Text("؛ ".join(r.ar for r in reasons), " ; ".join(r.fr for r in reasons), "; ".join(r.en for r in reasons))
    within = Text(
        f"تسمح القواعد من «{lowest.ar}» إلى «{highest.ar}»",
        f"Les règles admettent de « {lowest.fr} » à « {highest.fr} »",
        f"The rules admit “{lowest.en}” to “{highest.en}”",
    )
    if reasons:
        within = Text(f"{within.ar} ({why.ar})", f"{within.fr} ({why.fr})", f"{within.en} ({why.en})")
    return Text(
        f"{within.ar}؛ المقترح «{choice.ar}»، والنتيجة «{result.ar}».",
        f"{within.fr} ; proposé « {choice.fr} », retenu « {result.fr} ».",
        f"{within.en}; proposed “{choice.en}”, kept “{result.en}”.",
    )


def agreement(*, value: str, observed: int, total: int) -> Text:
    """How far two raters agree."""
    v = _value(value)
    return Text(
        f"معامل الاتفاق = {v.ar}؛ اتفاق تام في {observed} من أصل {total}.",
        f"Coefficient d'accord = {v.fr} ; accord exact pour {observed} sur {total}.",
        f"Agreement coefficient = {v.en}; exact agreement on {observed} of {total}.",
    )


NO_AGREEMENT = Text(
    "لا معنى لمعامل الاتفاق: كل الأحكام في درجة واحدة.",
    "Coefficient sans objet : toutes les cotations sont au même niveau.",
    "No coefficient: all ratings lie on one step.",
)
