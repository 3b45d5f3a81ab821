"""The standards, published: what is asked of each category of institution, and on what each criterion rests."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from inspect_app.queries import public as questions
from inspect_app.web.access import public

pages = Blueprint("standards", __name__, url_prefix="/standards")


@pages.get("/")
@public
def index() -> ResponseReturnValue:
    """The checklists in force, one per category."""
    return render_template("public/standards/index.html", checklists=questions.published_checklists())


@pages.get("/sources")
@public
def coverage() -> ResponseReturnValue:
    """Every line of every source, the criteria on it, and what is still to be confirmed."""
    covered, open_questions = questions.source_coverage()
    return render_template(
        "public/standards/coverage.html", sources=covered, questions=open_questions, category_of=questions.category_of
    )


@pages.get("/rules")
@public
def rules() -> ResponseReturnValue:
    """How answers become a level, in words, and the rule-sets of other regulators beside it."""
    rule_set, told = questions.rules_in_force()
    return render_template("public/standards/rules.html", rules=rule_set, told=told, books=questions.rule_books())


@pages.get("/rules/<code>/<version>")
@public
def rule_book(code: str, version: str) -> ResponseReturnValue:
    """The rule-set of another regulator, in words, with what was read of it where."""
    book, programs = questions.rule_book(code, version) or abort(404)
    return render_template("public/standards/rule_book.html", book=book, programs=programs)


@pages.get("/<category>")
@public
def checklist(category: str) -> ResponseReturnValue:
    """One checklist, by domain and standard."""
    found = questions.published_checklist(category) or abort(404)
    return render_template("public/standards/checklist.html", checklist=found)


@pages.get("/<category>/<code>")
@public
def show(category: str, code: str) -> ResponseReturnValue:
    """One criterion, whole."""
    found = questions.published_criterion(category, code) or abort(404)
    return render_template(
        "public/standards/criterion.html", criterion=found, category=category, lines=questions.source_lines()
    )
