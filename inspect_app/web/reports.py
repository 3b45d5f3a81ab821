"""The report on a visit as a file to keep."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.services.reports import report_for
from inspect_app.web.access import current_actor, may
from reports.inspection.context import file_name

pages = Blueprint("reports", __name__, url_prefix="/reports")


@pages.get("/<int:inspection_id>/<stage>.<language>.pdf")
@may(Permission.SEE_REPORTS)
def download(inspection_id: int, stage: str, language: str) -> ResponseReturnValue:
    """The PDF; the same bytes for everybody who may have it."""
    data, report = report_for(current_actor(), inspection_id=inspection_id, stage=stage, language=language)
    answer = send_file(
        io.BytesIO(data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(report.inspection, stage, language),
        etag=report.sha256,
        last_modified=report.created_at,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
