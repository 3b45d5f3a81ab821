"""Texts as people type them, made comparable: Arabic letter variants, French accents, digits of three scripts."""

import re
import unicodedata

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
#: Letters that Arabic writers use one for the other, and the Persian forms that some keyboards give.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ھ": "ه", "ڭ": "ك", "گ": "ك", "ـ": None}
)  # fmt: skip
_LATIN = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BETWEEN = re.compile(r"[^\w.]+")


def western_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits written 0–9."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """What search compares: lower case, without accents, harakat and tatweel, one form of each Arabic letter.

    Everything that is neither a letter, a digit nor a full stop becomes one space, so that «Al-Haouz» is found by
    «al haouz». The full stop stays for codes such as 04.421.
    """
    text = western_digits(text).casefold().translate(_LATIN).translate(_ARABIC)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", bare.translate(_ARABIC)).strip()


#: Arabic article with the one-letter words written in front of it, where enough of a word is left.
_ARTICLE = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل)(?=[\u0621-\u064a]{3})")


def search_words(text: str) -> list[str]:
    """The words to look for as parts of folded text: «الإعاقة» finds «إعاقة», «enfants» finds «enfant»."""
    words = [_ARTICLE.sub("", word) for word in fold(text).split()]
    return [word[:-1] if len(word) > 4 and word.isalpha() and word[-1] in "sx" else word for word in words]


def plain(text: str) -> str:
    """The text without overrides, embeddings and isolates of direction: they make «gpj» read as «jpg», and what follows too.

    The marks that people type in mixed lines (U+200E, U+200F, U+061C) stay.
    """
    return _TURNING.sub("", text)


def clean(text: str) -> str:
    """The text as it is stored: without control characters, without what turns the writing round, spaces in single file."""
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", plain(text)))
    return " ".join(kept.split())


def numeral(text: str) -> str:
    """A number as people type it (any digits, spaces, Arabic or French decimal sign) as plain decimal text."""
    table = str.maketrans({"٫": ".", ",": ".", "٬": None, "−": "-", "\u200e": None, "\u200f": None, "\u061c": None})
    return re.sub(r"\s", "", western_digits(text).translate(table))
