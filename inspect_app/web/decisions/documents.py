"""The decision as a file to keep: for those who read decisions, and for the director of the institution."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.services.decisions import document_of
from inspect_app.web.access import current_actor, may
from inspect_app.web.decisions.blueprint import pages
from reports.decision.context import file_name


@pages.get("/<int:decision_id>/<language>.pdf")
@may(Permission.SEE_DECISIONS, Permission.SEE_OWN_INSTITUTION)
def document(decision_id: int, language: str) -> ResponseReturnValue:
    """The signed PDF; the same bytes for everybody who may have it."""
    data, decision = document_of(current_actor(), decision_id=decision_id, language=language)
    answer = send_file(
        io.BytesIO(data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(decision.number, language),
        etag=decision.pdf_ar if language == "ar" else decision.pdf_fr,
        last_modified=decision.signed_at,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
