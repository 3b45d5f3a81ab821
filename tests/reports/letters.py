"""Letters in, letters out: is every letter of a document's HTML in the PDF, once, as text that can be read and searched?"""

import html
import io
import re
import unicodedata
from collections import Counter

from pypdf import PdfReader

#: Marks that only steer the line, and the soft hyphen: they have no glyph.
_STEERING = {"\u00ad", "\ufeff", "\ufffe"}

#: A right-to-left line shows brackets mirrored, and a font has one glyph for both readings: pairs are counted together.
_PAIRS = str.maketrans(")]}»›", "([{«‹")


def letters(text: str) -> Counter[str]:
    """How often each visible letter stands in a text: presentation forms of Arabic as the letters they show."""
    plain = unicodedata.normalize("NFKC", text).translate(_PAIRS)
    return Counter(c for c in plain if not c.isspace() and c not in _STEERING and unicodedata.category(c) != "Cf")


def text_of_html(source: str) -> str:
    """The text of the body."""
    body = source[source.index("<body") :]
    return html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(style|script).*?</\1>", " ", body, flags=re.S)))


def text_of_pdf(data: bytes) -> tuple[str, int]:
    """The text that a reader finds in the PDF, and the number of pages."""
    reader = PdfReader(io.BytesIO(data))
    return "\n".join(page.extract_text() for page in reader.pages), len(reader.pages)


def missing(wanted: Counter[str], found: Counter[str]) -> dict[str, tuple[int, int]]:
    """Letters whose counts differ: letter → (in, out)."""
    return {c: (wanted[c], found[c]) for c in wanted.keys() | found.keys() if wanted[c] != found[c]}
