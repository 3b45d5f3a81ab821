"""Form fields that take what Moroccans type: digits of three scripts, both decimal signs, dates in either order.

A wrong value stays in the box as it was typed; the sentence is in the reader's language.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextInput

from inspect_app.domain.folding import clean, numeral, western_digits

_WHOLE = re.compile(r"^[+-]?\d{1,12}$")
_DATES = (
    re.compile(r"^(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})$"),
    re.compile(r"^(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})$"),
)


class Required:
    """The field must be filled; the sentence is ours. Sets the HTML attribute."""

    field_flags = {"required": True}

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        if field.errors or (field.data not in (None, "", []) and str(field.data).strip()):
            return
        raise StopValidation(str(_("Please fill in this field.")))


class Marked:
    """The field is compulsory in HTML and on the label; whether it is filled is checked elsewhere (files)."""

    field_flags = {"required": True}

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        """Nothing to check."""


class Limit:
    """A text of at most so many characters. No ``maxlength``: a browser would cut what is pasted without a word."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        if field.data and len(field.data) > self.most:
            raise ValidationError(
                str(_("At most %(most)s characters; there are %(count)s.", most=self.most, count=len(field.data)))
            )


def _clean(text: str | None) -> str:
    return clean(text or "")


def _clean_lines(text: str | None) -> str:
    """Lines kept, each cleaned; no more than one empty line between two."""
    lines = "\n".join(clean(line) for line in (text or "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


class TextField(wtforms.StringField):
    """One line of text, cleaned of control characters and double spaces, of limited length."""

    def __init__(
        self, label: str | LazyString = "", *, limit: int = 200, required: bool = False, **kwargs: Any
    ) -> None:
        validators = [*([Required()] if required else []), Limit(limit), *kwargs.pop("validators", [])]
        super().__init__(label, validators=validators, filters=[_clean], **kwargs)


class LongTextField(wtforms.TextAreaField):
    """Several lines of text of limited length."""

    def __init__(
        self, label: str | LazyString = "", *, limit: int = 2000, required: bool = False, **kwargs: Any
    ) -> None:
        validators = [*([Required()] if required else []), Limit(limit), *kwargs.pop("validators", [])]
        super().__init__(label, validators=validators, filters=[_clean_lines], **kwargs)


class _NumberField(wtforms.StringField):
    """A number typed as text: browsers refuse ٣ in ``type=number``. Bounds are checked here."""

    widget = TextInput()
    inputmode = "numeric"
    sentence: Any = _("Write a number in digits, for example 25.")

    def __init__(
        self,
        label: str | LazyString = "",
        *,
        required: bool = False,
        low: Decimal | int | None = None,
        high: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        self.low, self.high = low, high
        render = {"inputmode": self.inputmode, "autocomplete": "off", **kwargs.pop("render_kw", {})}
        validators = [*([Required()] if required else []), *kwargs.pop("validators", [])]
        super().__init__(label, validators=validators, render_kw=render, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = numeral(str(valuelist[0])) if valuelist else ""
        self.data = None if text == "" else self._parsed(text)

    def _parsed(self, text: str) -> Any:
        raise NotImplementedError

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if self.low is not None and self.data < self.low:
            raise ValidationError(str(_("Write a number of at least %(low)s.", low=self.low)))
        if self.high is not None and self.data > self.high:
            raise ValidationError(str(_("Write a number of at most %(high)s.", high=self.high)))


class IntegerField(_NumberField):
    """A whole number."""

    def _parsed(self, text: str) -> int:
        if not _WHOLE.match(text):
            raise ValueError(str(self.sentence))
        return int(text)


class DecimalField(_NumberField):
    """A decimal number; point or comma."""

    inputmode = "decimal"
    sentence = _("Write a number in digits, for example 12.5.")

    def _parsed(self, text: str) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise ValueError(str(self.sentence)) from None
        if not value.is_finite() or abs(value) >= 10**12:
            raise ValueError(str(self.sentence))
        return value


class DateField(wtforms.DateField):
    """A date: the browser's calendar, or 31/05/2024 or 2024-05-31 in any digits."""

    def __init__(self, label: str | LazyString = "", *, required: bool = False, **kwargs: Any) -> None:
        validators = [*([Required()] if required else []), *kwargs.pop("validators", [])]
        super().__init__(label, validators=validators, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = western_digits(str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        for pattern in _DATES:
            if match := pattern.match(text):
                try:
                    self.data = date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    break
                return
        raise ValueError(str(_("Write a date such as 31/05/2024.")))
