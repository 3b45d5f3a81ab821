"""What people type into forms: digits of three scripts, decimal signs, dates, texts that are too long."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import wtforms
from flask import Flask
from werkzeug.datastructures import MultiDict

from inspect_app.web.fields import DateField, DecimalField, IntegerField, LongTextField, TextField


class Form(wtforms.Form):
    """One field of each kind."""

    count = IntegerField("Count", low=0, high=100)
    weight = DecimalField("Weight")
    day = DateField("Day")
    name = TextField("Name", limit=10, required=True)
    note = LongTextField("Note", limit=20)


def sent(app: Flask, **typed: str) -> Form:
    """The form as the browser sends it."""
    with app.test_request_context("/?lang=en"):
        form = Form(MultiDict({"name": "Amina", **typed}))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("field", "typed", "understood"),
    [
        ("count", "25", 25),
        ("count", "٢٥", 25),
        ("count", "۲۵", 25),
        ("count", " 2 5 ", 25),
        ("count", "", None),
        ("weight", "12,5", Decimal("12.5")),
        ("weight", "١٢٫٥", Decimal("12.5")),
        ("weight", "-6.83", Decimal("-6.83")),
        ("day", "2024-05-31", date(2024, 5, 31)),
        ("day", "31/05/2024", date(2024, 5, 31)),
        ("day", "٣١/٠٥/٢٠٢٤", date(2024, 5, 31)),
        ("day", "", None),
        ("name", "  Dar\x00  Amal ", "Dar Amal"),
        ("note", "one\n\n\n\ntwo\r\nthree ", "one\n\ntwo\nthree"),
    ],
)
def test_what_is_typed_is_understood(app: Flask, field: str, typed: str, understood: Any) -> None:
    form = sent(app, **{field: typed})
    assert form[field].data == understood
    assert not form.errors


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("count", "many", "Write a number in digits, for example 25."),
        ("count", "2.5", "Write a number in digits, for example 25."),
        ("count", "-1", "Write a number of at least 0."),
        ("count", "١٠١", "Write a number of at most 100."),
        ("count", "9" * 40, "Write a number in digits, for example 25."),
        ("weight", "NaN", "Write a number in digits, for example 12.5."),
        ("weight", "1e99", "Write a number in digits, for example 12.5."),
        ("day", "31/02/2024", "Write a date such as 31/05/2024."),
        ("day", "tomorrow", "Write a date such as 31/05/2024."),
        ("name", "x" * 11, "At most 10 characters; there are 11."),
        ("name", "   ", "Please fill in this field."),
        ("note", "x" * 21, "At most 20 characters; there are 21."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_stays_in_the_box(
    app: Flask, field: str, typed: str, said: str
) -> None:
    form = sent(app, **{field: typed})
    assert [str(fault) for fault in form[field].errors] == [said]
    assert typed.strip() in str(form[field]())
