"""Taking in the file of a tablet that could not send: by its author, the leader of the team, or the coordinator."""

import wtforms
from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.domain.answers import Status
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import db
from inspect_app.services import inspections as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.messages import sentence

#: A file holds photographs: far more than any form of ours.
LARGEST = 256 * 1024 * 1024


class OutboxForm(FlaskForm):
    """The file that the tablet exported."""

    file = wtforms.FileField(_l("File of the tablet"), description=_l("«miyar-unsent…», as the tablet wrote it."))


@pages.url_value_preprocessor
def _room(endpoint: str | None, _values: object) -> None:
    """Before the form is read: only this address takes a file of that size, and only from whoever is signed in."""
    if endpoint == "inspections.import_outbox":
        request.max_content_length = LARGEST


@pages.route("/import", methods=["GET", "POST"])
@may(Permission.PLAN_INSPECTIONS, Permission.ANSWER_INSPECTIONS)
def import_outbox() -> ResponseReturnValue:
    """Choose the file; then read what became of each record."""
    form = OutboxForm()
    report = None
    if form.is_submitted():
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise DomainError("file-missing", field="file", status=422)
            with sent.stream:
                raw = sent.read()
            most = current_app.config["MAX_PHOTO_BYTES"]
            report = deeds.import_outbox(current_actor(), raw=raw, max_photo_bytes=most)
        except DomainError as error:
            if error.status in (403, 404):
                raise
            db.session.rollback()
            show_fault(form, error)
    words = {
        Status.ACCEPTED: _("Taken in"),
        Status.ALREADY_HERE: _("Was here already"),
        Status.SUPERSEDED: _("Kept; a newer or the same answer counts"),
        Status.CONFLICT: _("Kept beside a different answer: the leader chooses"),
        Status.REFUSED: _("Refused"),
    }
    page = render_template("inspections/import.html", form=form, report=report, words=words, sentence=sentence)
    return page, 422 if form.is_submitted() and report is None else 200
