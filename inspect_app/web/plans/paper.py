"""The support plan as a file to keep."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.services.plans.printing import plan_document
from inspect_app.web.access import current_actor, may
from inspect_app.web.plans.blueprint import pages
from reports.plan.context import file_name


@pages.get("/<int:plan_id>/plan.<language>.pdf")
@may(Permission.SEE_PLANS)
def pdf(plan_id: int, language: str) -> ResponseReturnValue:
    """The PDF, as the plan stands now."""
    data, plan = plan_document(current_actor(), plan_id=plan_id, language=language)
    answer = send_file(
        io.BytesIO(data), mimetype="application/pdf", as_attachment=True, download_name=file_name(plan, language)
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
