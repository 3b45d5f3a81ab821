"""The list of devices, and revoking one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import db
from inspect_app.queries import devices as questions
from inspect_app.services import devices as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.fields import LongTextField
from inspect_app.web.messages import sentence

pages = Blueprint("devices", __name__, url_prefix="/devices")


class RevokeForm(FlaskForm):
    """Why a device is not to be trusted any more."""

    reason = LongTextField(_l("Reason"), limit=deeds.REASON, required=True)


@pages.get("/")
@may(Permission.REGISTER_DEVICES, Permission.MANAGE_DEVICES)
def index() -> ResponseReturnValue:
    """One's own devices, and those of the people one answers for."""
    actor = current_actor()
    return render_template("devices/index.html", own=questions.own(actor), managed=questions.managed(actor))


@pages.route("/<int:device_id>/revoke", methods=["GET", "POST"])
@may(Permission.REGISTER_DEVICES, Permission.MANAGE_DEVICES)
def revoke(device_id: int) -> ResponseReturnValue:
    """Say why, then the device wipes itself at its next contact."""
    actor = current_actor()
    device = questions.visible(actor, device_id)
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            deeds.revoke_device(actor, device_id=device_id, reason=form.reason.data or "")
        except DomainError as error:
            if error.status in (403, 404):
                raise
            db.session.rollback()
            flash(sentence(error.code, **error.params), "error")
        else:
            flash(_("The device is revoked. It wipes itself as soon as it has a line."), "success")
        return redirect(url_for(".index"))
    others = len(questions.sharing(device)) - 1 if actor.may(Permission.MANAGE_DEVICES) else 0
    page = render_template("devices/revoke.html", device=device, form=form, others=others)
    return page, 422 if form.is_submitted() else 200
