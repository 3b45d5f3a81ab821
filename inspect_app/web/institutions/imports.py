"""Bring many institutions in from a file: template, dry run, confirmation."""

from functools import cache

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from inspect_app.adapters import tables
from inspect_app.adapters.files import MissingFileError
from inspect_app.domain.errors import DomainError
from inspect_app.domain.folding import fold
from inspect_app.domain.permissions import Permission
from inspect_app.domain.registry import REQUIRED
from inspect_app.queries.territories import provinces
from inspect_app.services import institutions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.fields import Marked
from inspect_app.web.institutions.blueprint import pages
from inspect_app.web.institutions.exports import headers, table_answer
from inspect_app.web.languages import LOCALES
from inspect_app.web.messages import sentence
from inspect_app.web.words import WORDS

#: Rows and faults that the dry run shows; the counts are always of the whole file.
SHOWN = 200
_FAMILIES = ("category", "legal_basis", "setting", "tenure", "building_state", "service", "column")


class UploadForm(FlaskForm):
    """One file."""

    file = FileField(_l("CSV or XLSX file"), validators=[Marked()], render_kw={"accept": ".csv,.txt,.xlsx"})


@cache
def labels() -> dict[str, dict[str, str]]:
    """Folded label → code by family, in the three languages and as the code itself."""
    found: dict[str, dict[str, str]] = {family: {} for family in _FAMILIES}
    for locale in LOCALES.values():
        with force_locale(locale):
            for family in _FAMILIES:
                found[family].update({fold(str(label)): code for code, label in WORDS[family].items()})
    for family in _FAMILIES:
        found[family].update({fold(code): code for code in WORDS[family]})
    return found


@pages.route("/import", methods=["GET", "POST"], endpoint="import_")
@may(Permission.IMPORT_INSTITUTIONS)
def upload() -> ResponseReturnValue:
    """Choose a file; see what it would do before anything is done."""
    form = UploadForm()
    if not form.is_submitted() or not form.validate():
        return render_template("institutions/import.html", form=form)
    try:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise DomainError("file-missing", field="file", status=422)
        plan = deeds.preview_import(
            current_actor(), data=sent.stream.read(tables.MAX_BYTES + 1), name=sent.filename, labels=labels()
        )
    except DomainError as error:
        if error.field != "file":
            raise
        form.file.errors = [sentence(error.code, **error.params)]
        return render_template("institutions/import.html", form=form), error.status
    session["import"] = {"sha256": plan.sha256, "name": plan.name}
    return _preview(plan), 422 if plan.counts["fault"] else 200


@pages.post("/import/confirm")
@may(Permission.IMPORT_INSTITUTIONS)
def confirm_import() -> ResponseReturnValue:
    """Do what the dry run showed: all of it or nothing."""
    kept = session.get("import")
    if not kept or kept["sha256"] != request.form.get("sha256"):
        return _again("import-gone")
    try:
        plan = deeds.apply_import(current_actor(), **kept, digest=request.form.get("digest", ""), labels=labels())
    except MissingFileError:
        return _again("import-gone")
    except DomainError as error:
        if error.status not in (409, 422):
            raise
        return _again(error.code, **error.params)
    session.pop("import", None)
    counts = plan.counts
    flash(
        _(
            "Import done: %(created)s new, %(updated)s changed, %(unchanged)s unchanged.",
            created=counts["create"],
            updated=counts["update"],
            unchanged=counts["unchanged"],
        ),
        "success",
    )
    return redirect(url_for(".index", imported=plan.sha256))


@pages.get("/import/template")
@may(Permission.IMPORT_INSTITUTIONS)
def import_template() -> ResponseReturnValue:
    """An empty table with the right columns; the XLSX has a second sheet with all values that may be written."""
    kind = "csv" if request.args.get("format") == "csv" else "xlsx"
    columns = list(deeds.COLUMNS)
    rules = [
        [f"{WORDS['column'][name]} [{name}]", _("compulsory") if name in REQUIRED else _("optional"), _how(name)]
        for name in columns
    ]
    values = [
        [str(WORDS["column"][column]), code, str(label)]
        for column, family in _COLUMN_FAMILIES.items()
        for code, label in WORDS[family].items()
    ]
    values += [[str(WORDS["column"]["province_code"]), p.code, f"{p.name_ar} · {p.name_fr}"] for p in provinces()]
    sheets = (
        (_("How to fill in"), [_("Column"), _("Needed for a new institution"), _("What to write")], rules),
        (_("Values"), [_("Column"), _("Code"), _("Meaning")], values),
    )
    return table_answer("institutions-template", kind, headers(tuple(columns)), iter(()), more=sheets)


_COLUMN_FAMILIES = {
    "category": "category",
    "setting": "setting",
    "authorisation_law": "legal_basis",
    "services": "service",
    "building_tenure": "tenure",
    "building_state": "building_state",
}


def _how(name: str) -> str:
    if name == "code":
        return _(
            "Empty for a new institution: the next number of the province is given. With a number: that one changes."
        )
    if name in ("authorised", "director_in_post", "committee_constituted"):
        return _("1 for yes, 0 for no")
    if name in _COLUMN_FAMILIES or name == "province_code":
        return _("A code or name of the sheet of values; several services between commas")
    if name in ("authorisation_date", "present_on"):
        return _("A date such as 31/05/2024")
    if name.startswith(("capacity_", "present_")) or name.endswith("_year"):
        return _("A whole number in digits")
    return _("Text; an empty cell changes nothing, a hyphen (-) empties the field")


def _preview(plan: deeds.Plan) -> str:
    return render_template(
        "institutions/preview.html",
        plan=plan,
        faults=[(row, fault) for row in plan.rows for fault in row.faults][:SHOWN],
        fault_count=sum(len(row.faults) for row in plan.rows),
        rows=[row for row in plan.rows if row.action != "fault"][:SHOWN],
        shown=SHOWN,
        sentence=sentence,
    )


def _again(code: str, **params: object) -> ResponseReturnValue:
    flash(sentence(code, **params), "error")
    return redirect(url_for(".import_"))
