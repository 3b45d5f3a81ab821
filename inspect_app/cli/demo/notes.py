"""Sentences that an inspector might write: invented, in Arabic and French, about papers and places and never about a person."""

import random

from inspect_app.domain.checklists import Criterion

_NOTES: dict[str, dict[int, dict[str, tuple[str, ...]]]] = {
    "document": {
        0: {
            "ar": ("لم تُقدَّم أي وثيقة يوم الزيارة.", "طُلبت الوثيقة ولم تكن موجودة بالمؤسسة."),
            "fr": ("Aucun document présenté le jour de la visite.", "Document demandé, absent de l'établissement."),
        },
        1: {
            "ar": ("وُجدت مسودة غير موقعة وغير مؤرخة.", "الوثيقة موجودة لكنها لم تُحيَّن منذ أكثر من سنتين."),
            "fr": (
                "Un projet non signé et non daté a été montré.",
                "Document existant, non mis à jour depuis plus de deux ans.",
            ),
        },
        2: {
            "ar": ("الوثيقة موقعة ومعمول بها؛ ينقصها تحيين واحد.", "اطلعنا على ثلاثة ملفات: اثنان كاملان."),
            "fr": ("Document signé et appliqué ; une mise à jour manque.", "Trois dossiers lus : deux sont complets."),
        },
        3: {
            "ar": ("وثائق كاملة ومؤرخة وموقعة.", "اطلعنا على خمسة ملفات، كلها كاملة."),
            "fr": ("Pièces complètes, datées et signées.", "Cinq dossiers lus, tous complets."),
        },
    },
    "observation": {
        0: {
            "ar": ("لم نعاين ما يثبت ذلك في أي جناح.", "الوضع كما عوين لا يستجيب للمعيار."),
            "fr": ("Rien de tel constaté, dans aucune aile.", "La situation constatée ne répond pas au critère."),
        },
        1: {
            "ar": ("عوين في جزء من البناية فقط.", "أشغال بدأت وتوقفت قبل إتمامها."),
            "fr": ("Constaté dans une partie du bâtiment seulement.", "Travaux commencés puis arrêtés."),
        },
        2: {
            "ar": ("الوضع مقبول في معظم المرافق؛ يبقى الطابق العلوي.", "عوين صالحاً إلا في قاعة واحدة."),
            "fr": ("Situation correcte presque partout ; reste l'étage.", "En bon état, sauf une salle."),
        },
        3: {
            "ar": ("عوين صالحاً في جميع المرافق.", "مطابق لما هو مطلوب في كل ما زرناه."),
            "fr": ("En bon état dans tous les espaces.", "Conforme partout où nous sommes passés."),
        },
    },
    "interview": {
        0: {
            "ar": ("لم يستطع أحد ممن سألناهم وصف ما يُعمل به.", "الأجوبة متناقضة ولا أثر مكتوب لها."),
            "fr": (
                "Aucune des personnes entendues n'a pu décrire la pratique.",
                "Réponses contradictoires, sans trace écrite.",
            ),
        },
        1: {
            "ar": ("الإجراء معروف لدى الإدارة وحدها.", "يُعمل به شفوياً دون تدوين."),
            "fr": ("Démarche connue de la seule direction.", "Pratique orale, sans trace."),
        },
        2: {
            "ar": ("معظم من سألناهم يصفون الإجراء نفسه.", "الممارسة قائمة؛ يبقى تدوينها بانتظام."),
            "fr": (
                "La plupart décrivent la même démarche.",
                "La pratique existe ; reste à la consigner régulièrement.",
            ),
        },
        3: {
            "ar": ("الأجوبة متطابقة ويؤكدها السجل.", "الجميع يعرف الإجراء وقد وُصفت لنا حالة تطبيقه."),
            "fr": (
                "Réponses concordantes, confirmées par le registre.",
                "Démarche connue de tous, avec un exemple récent.",
            ),
        },
    },
}
_NOT_APPLICABLE = {
    "ar": ("لا توجد هذه الوضعية بالمؤسسة خلال الفترة موضوع الزيارة.", "الخدمة لا تقدمها المؤسسة."),
    "fr": ("Situation inexistante dans l'établissement sur la période.", "Service que l'établissement n'offre pas."),
}


def note(rng: random.Random, criterion: Criterion, level: int | None, language: str) -> str:
    """A note: always below «mostly met», now and then above."""
    draw = rng.random()
    if level is None or (level >= 2 and draw > 0.18):
        return ""
    method = criterion.verify[0].method if criterion.verify else "observation"
    return rng.choice(_NOTES[method][level][language if language in ("ar", "fr") else "fr"])


def not_applicable(rng: random.Random, language: str) -> str:
    """Why a criterion does not apply."""
    return rng.choice(_NOT_APPLICABLE[language if language in ("ar", "fr") else "fr"])


#: What directors said of drafts, and the reasoned answers: outcome, observation, reasons, by language.
OBSERVATIONS = {
    "ar": (
        ("accepted", "الوثيقة كانت بمقر الجمعية يوم الزيارة، ونرفق نسخة منها.", "تبين من النسخة المرفقة أن الوثيقة كانت موجودة ومؤرخة قبل الزيارة."),
        ("rejected", "الأشغال مبرمجة في ميزانية السنة المقبلة، ونطلب اعتبارها منجزة.", "يُقيَّم ما عوين يوم الزيارة؛ والبرمجة تؤخذ في الاعتبار عند الزيارة المقبلة."),
        ("partly", "أحد الملفات الثلاثة كان لدى المساعدة الاجتماعية، وهو كامل.", "قُبل ما يخص ذلك الملف؛ ويبقى ملف آخر ناقصاً."),
    ),
    "fr": (
        ("accepted", "Le document était au siège de l'association le jour de la visite ; copie jointe.", "La copie jointe montre que le document existait et était daté d'avant la visite."),
        ("rejected", "Les travaux sont prévus au budget de l'an prochain ; nous demandons qu'ils soient comptés.", "La visite juge ce qui a été constaté ; la prévision sera lue à la prochaine visite."),
        ("partly", "L'un des trois dossiers était chez l'assistante sociale, et il est complet.", "Accepté pour ce dossier ; un autre reste incomplet."),
    ),
}  # fmt: skip
