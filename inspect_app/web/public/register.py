"""The public register, the page that checks a document, and the open data. Nobody signs in here."""

from dataclasses import asdict
from datetime import date

import wtforms
from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.adapters.tables import write_csv
from inspect_app.queries import public as questions
from inspect_app.web.access import public
from inspect_app.web.fields import TextField
from inspect_app.web.languages import language
from inspect_app.web.words import WORDS

pages = Blueprint("register", __name__)


class SearchForm(FlaskForm):
    """Search in the register."""

    class Meta:
        csrf = False

    q = wtforms.SearchField(_l("Name or place"))
    category = wtforms.SelectField(_l("Category"), validate_choice=False)
    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    standing = wtforms.SelectField(_l("Decision"), validate_choice=False)

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.category.choices = [("", _l("All")), *WORDS["category"].items()]
        self.standing.choices = [("", _l("All")), *WORDS["standing"].items()]
        arabic = language() == "ar"
        self.region.choices = [("", _l("All")), *((c, ar if arabic else fr) for c, ar, fr in questions.territories())]


class CheckForm(FlaskForm):
    """The code of a document."""

    class Meta:
        csrf = False

    code = TextField(_l("Code on the document"), limit=40, description=_l("Three times four letters and figures."))


@pages.get("/register/")
@public
def index() -> ResponseReturnValue:
    """Search by name, territory, category, decision."""
    form = SearchForm(request.args)
    form.offer()
    filters = questions.RegisterFilters(
        search=(form.q.data or "")[:100],
        region=form.region.data or "",
        category=form.category.data or "",
        standing=form.standing.data or "",
    )
    page = questions.register_page(filters, request.args.get("page", 1, type=int), language=language())
    narrowed = any((filters.search, filters.region, filters.category, filters.standing))
    return render_template(
        "public/register/index.html",
        form=form,
        page=page,
        figures=None if narrowed else questions.register_figures(),
        standings=WORDS["standing"],
    )


@pages.get("/register/<int:institution_id>")
@public
def show(institution_id: int) -> ResponseReturnValue:
    """One institution: where it stands, until when, results, how old all this is."""
    found = questions.profile(institution_id) or abort(404)
    return render_template("public/register/show.html", profile=found, line=found.line)


@pages.get("/check/")
@public
def check_form() -> ResponseReturnValue:
    """Is this document genuine? Type its code."""
    form = CheckForm(request.args)
    language()  # one chosen in the address is kept on the way
    if form.code.data:
        return redirect(url_for(".check", code=questions.normal_code(form.code.data) or "-"))
    return render_template("public/register/check_form.html", form=form)


@pages.get("/check/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """What is known of the document with this code."""
    found = questions.checked(code)
    answer = Response(
        render_template("public/register/check.html", found=found, code=questions.normal_code(code), form=CheckForm())
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@pages.get("/open-data/")
@public
def open_data() -> ResponseReturnValue:
    """What can be taken away, and what each field means."""
    return render_template("public/register/open_data.html", fields=questions.REGISTER_FIELDS)


@pages.get("/open-data/register.csv")
@public
def csv() -> ResponseReturnValue:
    """The register as a table."""
    rows = ([getattr(line, name) for name in questions.REGISTER_FIELDS] for line in questions.register_lines())
    answer = Response(write_csv(questions.REGISTER_FIELDS, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=miyar-register.csv"
    return answer


@pages.get("/open-data/register.json")
@public
def json() -> ResponseReturnValue:
    """The register as JSON."""
    rows = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(line).items()}
        for line in questions.register_lines()
    ]
    return jsonify(fields=list(questions.REGISTER_FIELDS), institutions=rows)
