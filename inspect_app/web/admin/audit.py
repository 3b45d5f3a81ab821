"""The journal of deeds, for auditors and administrators."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.domain.permissions import Permission
from inspect_app.queries import audit as journal
from inspect_app.web.access import current_actor, may
from inspect_app.web.admin import pages
from inspect_app.web.admin.forms import AuditFilter


@pages.get("/audit")
@may(Permission.SEE_AUDIT)
def audit() -> ResponseReturnValue:
    """Events by person, deed, file and day; for one file also whether its chain is whole."""
    form = AuditFilter(list(journal.verbs(current_actor())))
    filters = form.filters()
    page = journal.page_of(current_actor(), filters, request.args.get("page", 1, type=int))
    return render_template(
        "admin/audit.html",
        page=page,
        form=form,
        filters=filters,
        faults=journal.faults_of(filters.chain) if filters.chain else None,
        anchor=journal.last_anchor(),
    )
