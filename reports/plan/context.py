"""What a support plan says on paper: what it leads to, each action with its proof and its help, and who signed."""

import unicodedata

from flask_babel import force_locale, gettext

from inspect_app.adapters import clock
from inspect_app.domain.plans import Why
from inspect_app.models import SupportPlan
from inspect_app.queries import plans as questions
from reports import templates
from reports.formats import LOCALES
from reports.inspection.context import Document


def document(plan: SupportPlan, language: str) -> Document:
    """The plan as it stands now, in a language."""
    title = title_of(plan, language)
    actions = questions.shown(plan)
    groups = [(why.value, [a for a in actions if a.action.why == why]) for why in Why]
    context = {
        "plan": plan,
        "institution": plan.institution,
        "groups": [(why, found) for why, found in groups if found],
        "count": len(actions),
        "worth": questions.worth_of(plan),
        "printed": clock.now(),
        "title": title,
        "header": running_header(plan, language),
    }
    return Document(templates.render("plan/template.html", language, context), title, {})


def title_of(plan: SupportPlan, language: str) -> str:
    """What it is, and of which institution."""
    with force_locale(LOCALES[language]):
        return f"{gettext('Support plan')} {plan.reference} – {plan.institution.name(language)}"


def running_header(plan: SupportPlan, language: str) -> tuple[str, str]:
    """What stands at the head of every page but the first: at its start, at its end."""
    with force_locale(LOCALES[language]):
        name = plan.institution.name(language)
        if plan.invented:
            name = f"{name} · {gettext('Invented data')}"
        return f"{plan.reference} · {gettext('Support plan')}", name


def file_name(plan: SupportPlan, language: str) -> str:
    """How the file is called on the device of whoever keeps it: reference first, so that they sort."""
    name = f"{plan.reference} - {title_of(plan, language)}"
    kept = "".join(" " if unicodedata.category(c)[0] == "C" or c in '\\/:*?"<>|' else c for c in name)
    return " ".join(kept.split())[:120] + ".pdf"
