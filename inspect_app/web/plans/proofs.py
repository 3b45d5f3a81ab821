"""Proofs: sent in three taps, shown to whoever verifies, accepted or returned."""

import uuid

from flask import Response, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.queries import plans as questions
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.forms import show_fault
from inspect_app.web.plans.actions import action_page
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.forms import ProofForm, VerdictForm


@pages.post("/<int:plan_id>/actions/<int:action_id>/proof")
@may(Permission.SEND_PROOFS)
def send(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Keep a photograph or a document as proof."""
    form = ProofForm()
    if form.validate():
        try:
            deeds.send_proof(
                current_actor(),
                plan_id=plan_id,
                action_id=action_id,
                op_id=(form.op_id.data or str(uuid.uuid4()))[:64],
                raw=form.file.data.read() if form.file.data else b"",
                words=form.words.data or "",
                max_bytes=current_app.config["MAX_PHOTO_BYTES"],
            )
        except DomainError as error:
            visits.undo()
            show_fault(form, error)
        else:
            flash(_("Your proof is sent. Somebody else looks at it now."), "success")
            return redirect(url_for(".action", plan_id=plan_id, action_id=action_id), 303)
    plan = questions.visible(current_actor(), plan_id)
    return action_page(plan, questions.action_of(plan, action_id), proof=form), 422


@pages.post("/<int:plan_id>/actions/<int:action_id>/verdict")
@may(Permission.VERIFY_PROOFS)
def verify(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Accept the proof, or return it with what is missing."""
    form = VerdictForm()
    if form.validate():
        try:
            deeds.verify(
                current_actor(),
                plan_id=plan_id,
                action_id=action_id,
                accepted=form.decision.data == "accepted",
                verdict=form.verdict.data or "",
            )
        except DomainError as error:
            visits.undo()
            show_fault(form, error)
        else:
            flash(_("Your decision is kept, and the institution sees it."), "success")
            return redirect(url_for(".action", plan_id=plan_id, action_id=action_id), 303)
    plan = questions.visible(current_actor(), plan_id)
    return action_page(plan, questions.action_of(plan, action_id), verdict=form), 422


@pages.get("/proofs/<int:proof_id>")
@may(Permission.SEE_PLANS)
def proof(proof_id: int) -> ResponseReturnValue:
    """The photograph, or the document as a file to keep: a browser never runs it beside our pages."""
    data, row = deeds.proof_file(current_actor(), proof_id=proof_id)
    return _file(data, row.media_type, f"{row.sha256[:12]}.pdf" if row.media_type == "application/pdf" else "")


@pages.get("/proofs/<int:proof_id>/thumb")
@may(Permission.SEE_PLANS)
def thumb(proof_id: int) -> ResponseReturnValue:
    """The photograph, small."""
    data, row = deeds.proof_file(current_actor(), proof_id=proof_id, thumb=True)
    return _file(data, row.media_type, "")


def _file(data: bytes, media_type: str, name: str) -> Response:
    answer = Response(data, mimetype=media_type)
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
