"""Enter an institution and change it; what was typed stays, whatever happens."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution
from inspect_app.queries import institutions as registry
from inspect_app.services import institutions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.institutions.blueprint import pages
from inspect_app.web.institutions.forms import InstitutionForm


@pages.route("/new", methods=["GET", "POST"])
@may(Permission.EDIT_INSTITUTIONS)
def new() -> ResponseReturnValue:
    """Enter an institution."""
    form = InstitutionForm()
    form.offer_provinces(current_actor())
    if form.is_submitted() and form.validate():
        try:
            institution = deeds.create_institution(current_actor(), values=form.values())
        except DomainError as error:
            _show_faults(form, error)
        else:
            flash(_("The institution is registered with number %(code)s.", code=institution.code), "success")
            return redirect(url_for(".show", institution_id=institution.id))
    return render_template("institutions/form.html", form=form, institution=None, meanwhile=None), _status(form)


@pages.route("/<int:institution_id>/edit", methods=["GET", "POST"])
@may(Permission.EDIT_INSTITUTIONS)
def edit(institution_id: int) -> ResponseReturnValue:
    """Change an institution, unless somebody else did meanwhile: then both are shown."""
    institution = registry.visible(current_actor(), institution_id)
    form = InstitutionForm(data={**deeds.particulars(institution), "version": str(institution.version)})
    form.offer_provinces(current_actor(), institution.province_code)
    meanwhile = None
    if form.is_submitted() and form.validate():
        try:
            deeds.edit_institution(
                current_actor(), institution_id=institution_id, version=_version(form), values=form.values()
            )
        except DomainError as error:
            if error.code == "changed-meanwhile":
                meanwhile = _differences(registry.visible(current_actor(), institution_id), form)
            else:
                _show_faults(form, error)
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for(".show", institution_id=institution_id))
    status = 409 if meanwhile is not None else _status(form)
    return render_template("institutions/form.html", form=form, institution=institution, meanwhile=meanwhile), status


def _version(form: InstitutionForm) -> int:
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _status(form: InstitutionForm) -> int:
    return 422 if form.errors else 200


def _show_faults(form: InstitutionForm, error: DomainError) -> None:
    if error.code != "invalid":
        raise error
    params = {key: value for key, value in error.params.items() if key != "faults"}
    form.add_faults(error.params["faults"], **params)


def _differences(institution: Institution, form: InstitutionForm) -> list[tuple[str, Any, Any]]:
    """Field, what is saved now, what was typed. The form is brought to the new version: saving again is a choice."""
    form.version.raw_data = None
    form.version.data = str(institution.version)
    saved, typed = deeds.particulars(institution), form.values()
    return [(name, saved[name], typed[name]) for name in saved if saved[name] != typed[name]]
