"""The shared pieces of pages: each is drawn once, in the three languages, as a page would use it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string
from flask_babel import refresh
from flask_wtf import FlaskForm
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FileField, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, score


class Inner(FlaskForm):
    """A row of a list."""

    amount = StringField("Amount", validators=[DataRequired("Say how much.")])


class Example(FlaskForm):
    """One field of each kind."""

    name = StringField("Name", validators=[DataRequired("Write the name.")], description="As on the authorisation.")
    note = TextAreaField("Note")
    setting = SelectField("Setting", choices=["Urban", "Rural"])
    answer = RadioField("Answer", choices=["Yes", "No"], validators=[DataRequired("Choose.")])
    agreed = BooleanField("Agreed")
    proof = FileField("Proof")
    rows = FieldList(FormField(Inner), min_entries=1)


LANGUAGES = ("ar", "fr", "en")


def draw(app: Flask, template: str, lang: str, path: str = "/", **values: object) -> str:
    with app.test_request_context(f"{path}{'&' if '?' in path else '?'}lang={lang}"):
        return render_template_string(template, **values)


def test_whoever_opens_a_page_first_does_not_choose_its_language_for_the_next(app: Flask) -> None:
    page = """{{ "locked"|word("account_state") }} {{ 1234|number }}"""
    template = app.jinja_env.from_string(page)
    with app.test_request_context("/?lang=ar"):
        assert "مقفل" in template.render()
    refresh()
    with app.test_request_context("/?lang=fr"):
        assert "erronés" in template.render()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_moment_is_told_in_hours_and_minutes_of_morocco(app: Flask, lang: str) -> None:
    said = draw(app, "{{ at|time }}", lang, at=datetime(2026, 11, 23, 9, 5, 59, tzinfo=UTC))
    assert "10:05" in said
    assert "59" not in said


def test_every_filter_of_ours_is_asked_when_the_page_is_shown(app: Flask) -> None:
    ours = {name: said for name, said in app.jinja_env.filters.items() if said.__module__.startswith("inspect_app.")}
    assert {"word", "date", "number", "verb"} <= set(ours)
    assert [name for name, said in ours.items() if not hasattr(said, "jinja_pass_arg")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_form_says_what_is_wrong_at_the_field_and_keeps_what_was_typed(app: Flask, lang: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        form = Example(MultiDict({"note": "typed by Brahim"}))
        assert not form.validate()
        page = render_template_string(
            '{% from "components/forms.html" import field, fields, errors, csrf, submit %}'
            "{{ errors(form) }}{{ csrf(form) }}{{ fields(form) }}{{ submit('Send', confirm='Sure?') }}",
            form=form,
        )
    assert 'href="#name"' in page
    assert page.count("Write the name.") == 2  # in the summary and at the field
    assert 'aria-describedby="name-help name-error"' in page
    assert 'aria-invalid="true"' in page
    assert "typed by Brahim" in page
    assert "Say how much." in page
    assert 'data-confirm="Sure?"' in page


def test_every_field_of_a_form_has_a_label(app: Flask) -> None:
    with app.test_request_context("/"):
        page = render_template_string(
            '{% from "components/forms.html" import fields %}{{ fields(form) }}', form=Example(MultiDict())
        )
    for name in ("name", "note", "setting", "agreed", "proof", "rows-0-amount"):
        assert f'for="{name}"' in page
        assert f'id="{name}"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_list_has_pages_that_keep_the_filters(app: Flask, lang: str) -> None:
    page = draw(
        app,
        '{% from "components/pagination.html" import pages %}{{ pages(page) }}',
        lang,
        "/?category=children&page=3",
        page=SimpleNamespace(items=[], number=3, pages=9, total=170),
    )
    assert f"?category=children&amp;page=4&amp;lang={lang}" in page
    assert 'aria-current="page"' in page


def test_an_address_cannot_smuggle_another_host_into_our_links(app: Flask) -> None:
    page = draw(app, "{{ page_address(page=2) }}", "fr", "/?_external=1&_scheme=javascript&endpoint=x")
    assert page.startswith("/?")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_level_score_limits_and_each_domain(app: Flask, lang: str) -> None:
    checklist = load_checklist(category="children")
    facts = Facts(category="children", flags=frozenset({"not-authorised"}))
    answers = {c.code: AnswerInput(0 if c.critical else 2, False) for c in list(checklist)[:60]}
    card = score(checklist, load_rules(), answers, facts)
    page = draw(
        app,
        '{% from "components/scorecard.html" import score_card, domain_bars, level_badge %}'
        "{{ level_badge(none) }}{{ score_card(card, checklist) }}{{ domain_bars(card, checklist) }}"
        "{{ score_card(card.as_data(), checklist) }}",
        lang,
        card=card,
        checklist=checklist,
    )
    assert str(escape(card.explanation.get(lang))) in page
    assert "level-refused" in page
    assert str(escape(checklist.criterion("BLD-01").title.get(lang))) in page
    assert page.count('class="bar ') == len(card.domains)
    assert "style=" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_pieces_draw(app: Flask, lang: str) -> None:
    page = draw(
        app,
        """{% from "components/table.html" import table %}{% from "components/empty.html" import empty %}
        {% from "components/filters.html" import filters %}{% from "components/cards.html" import card, crumbs, page_head, stats, tile %}
        {% from "components/badges.html" import state, criterion_class, source_status, answer_badge %}
        {% from "components/forms.html" import post_button %}
        {{ crumbs([("Visits", "/"), ("V-1", None)]) }}{% call page_head("Visit") %}<a href="/">x</a>{% endcall %}{{ page_head("Other", "lead") }}
        {% call table("Visits", [{"text": "Date", "sort": "date"}, "Level"]) %}<tr><th scope="row">1</th><td>2</td></tr>{% endcall %}
        {% call card("Box") %}inside{% endcall %}{{ stats([("a", 1)]) }}{{ tile("t", "x", "/", "home") }}
        {{ state("final") }}{{ criterion_class("critical") }}{{ source_status("second-hand") }}{{ answer_badge(0) }}{{ answer_badge("na") }}
        {{ filters() }}{% call filters() %}<input name="q" aria-label="q">{% endcall %}
        {{ empty("Nothing", "yet", "/", "Begin") }}{{ post_button("/", "Start", confirm="Sure?") }}""",
        lang,
        "/?sort=-date",
    )
    assert 'aria-sort="descending"' in page
    assert "sort=date" in page
    assert "inside" in page
    assert "style=" not in page
