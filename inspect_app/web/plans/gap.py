"""A finished self-assessment beside what inspectors found afterwards."""

from flask import render_template
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries import self_assessments as questions
from inspect_app.web.access import current_actor, may
from inspect_app.web.plans.blueprint import pages


@pages.get("/self-assessments/<int:assessment_id>")
@may(Permission.SEE_PLANS)
def gap(assessment_id: int) -> ResponseReturnValue:
    """Both sides, criterion by criterion, what differs most first; and the gap of each domain."""
    row = questions.finished(current_actor(), assessment_id)
    found = questions.beside(row)
    return render_template(
        "plans/gap.html",
        found=found,
        assessment=row,
        institution=row.institution,
        titles={d.code: d.title for d in found.checklist.domains},
    )
