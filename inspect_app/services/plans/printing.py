"""The support plan as a document, printed as it stands: a plan changes, so no copy is kept."""

import structlog

from inspect_app.adapters import pdf
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.texts import LANGUAGES
from inspect_app.models import SupportPlan
from inspect_app.queries import plans as questions
from reports.plan import context

log = structlog.get_logger()


def plan_document(actor: Actor, *, plan_id: int, language: str) -> tuple[bytes, SupportPlan]:
    """The PDF of a plan that the actor may see. Raises NotVisibleError, DomainError("report-failed")."""
    if language not in LANGUAGES:
        raise NotVisibleError("plan")
    plan = questions.visible(actor, plan_id)
    document = context.document(plan, language)
    try:
        made = pdf.render(document.html, language=language, title=document.title, pictures=document.pictures)
    except pdf.PdfError as error:
        log.error("plan-not-printed", plan=plan.id, language=language, reason=str(error))
        raise DomainError("report-failed", status=503) from error
    return made.data, plan
