"""How documents write dates, figures and texts that people typed, in the language of the document, not of the request."""

import datetime as time
import unicodedata
from decimal import Decimal

from babel import dates, numbers
from markupsafe import Markup, escape

from inspect_app.adapters import clock
from inspect_app.domain.texts import Text

#: The locale of each language: Moroccan Arabic and French write Western digits.
LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language == "ar" else "ltr"


class Formats:
    """The formats of one language, as filters of a template."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = LOCALES[language]

    def date(self, value: time.date | time.datetime | None, style: str = "long") -> str:
        """A date in Morocco; a dash where there is none."""
        if value is None:
            return "—"
        if isinstance(value, time.datetime):
            value = value.astimezone(clock.CASABLANCA).date()
        return dates.format_date(value, format=style, locale=self.locale)

    def month(self, value: time.date) -> str:
        """Month and year, short, for the axis of a chart."""
        return dates.format_skeleton("yMMM", value, locale=self.locale)

    def number(self, value: int | Decimal | None) -> str:
        """A number with the language's separators."""
        return "—" if value is None else numbers.format_decimal(value, locale=self.locale)

    def decimals(self, arithmetic: str) -> str:
        """A line of arithmetic with the decimal comma of Arabic and French; it has no other dot."""
        return arithmetic if self.language == "en" else arithmetic.replace(".", ",")

    def percent(self, value: Decimal | str | None) -> Markup:
        """A percentage given as 0–100, kept in one piece."""
        if value is None:
            return Markup("—")
        figure = numbers.format_decimal(Decimal(str(value)), format="0.00", locale=self.locale)
        return Markup('<span dir="ltr">{}&nbsp;%</span>').format(figure)

    def text(self, value: Text | dict[str, str] | None) -> Markup:
        """A text of the checklist or card; where only another language has it, marked as that language."""
        if value is None:
            return Markup("")
        data = value.as_dict() if isinstance(value, Text) else value
        found = next((code for code in (self.language, "fr", "ar") if data.get(code)), None)
        if found is None:
            return Markup("")
        if found == self.language:
            return escape(data[found])
        return Markup('<span lang="{}" dir="{}">{}</span>').format(found, direction(found), data[found])

    def plain(self, value: Text | dict[str, str] | None) -> str:
        """The same without marks, for attributes and titles."""
        text = value if isinstance(value, Text) else Text.of(value or {})
        return text.get(self.language)

    def css_string(self, value: str) -> Markup:
        """A text as a string of a style sheet: every letter as its number, so that nothing can end the string."""
        return Markup('"{}"').format(Markup("").join(Markup(f"\\{ord(letter):06x}") for letter in value))  # noqa: S704

    def typed(self, value: str) -> Markup:
        """What a person wrote, each paragraph in its own direction (engines of paper know no ``dir=auto``)."""
        paragraphs = [p.strip() for p in value.splitlines() if p.strip()]
        return Markup("").join(
            Markup('<p class="typed" dir="{}">{}</p>').format(self._direction_of(p), p) for p in paragraphs
        )

    def isolated(self, value: str) -> str:
        """Figures with signs between them (dates, versions) inside a sentence: their order never turns."""
        return f"\u2066{value}\u2069"

    def name(self, value: str) -> Markup:
        """A proper name inside a line, kept apart from the direction around it."""
        return Markup('<span dir="{}">{}</span>').format(self._direction_of(value), value)

    def _direction_of(self, text: str) -> str:
        for letter in text:
            kind = unicodedata.bidirectional(letter)
            if kind in ("R", "AL"):
                return "rtl"
            if kind == "L":
                return "ltr"
        return direction(self.language)
