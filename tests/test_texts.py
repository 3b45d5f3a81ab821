"""Every sentence is there in Arabic and French, and no page carries style or script of its own."""

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from inspect_app.config import ROOT

CATALOGS = ROOT / "inspect_app" / "translations"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
_FORMATS = re.compile(r"%\(\w+\)[sd]")
_KEYWORDS = ("lazy_gettext", "_l")


@cache
def sentences(folder: Path) -> Catalog:
    """What the code says, collected as ``make translations`` does."""
    target = folder / "messages.pot"
    keywords = [f"--keyword={word}" for word in _KEYWORDS]
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping-file=pyproject.toml"]
    subprocess.run([*command, *keywords, f"--output-file={target}", "."], cwd=ROOT, check=True)
    with target.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """Every sentence of code, pages and paper."""
    return [message for message in sentences(tmp_path_factory.mktemp("texts")) if message.id]


@cache
def catalog(language: str) -> Catalog:
    """A catalog as it stands in the repository."""
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def words(message: Message | None) -> tuple[str, ...]:
    if message is None:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def listed(found: Iterable[str]) -> str:
    lines = sorted(found)
    return f"{len(lines)}:\n" + "\n".join(lines)


def test_the_collection_knows_every_name_under_which_sentences_are_marked() -> None:
    makefile = (ROOT / "Makefile").read_text()
    sources = [path for folder in ("inspect_app", "reports") for path in (ROOT / folder).rglob("*.py")]
    names = {
        name or "lazy_gettext"
        for path in sources
        for name in re.findall(r"import lazy_gettext(?: as (\w+))?", path.read_text())
    } - {"_"}
    assert names <= set(_KEYWORDS)
    assert all(f"--keyword={name}" in makefile for name in names)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_sentence_has_its_translation(said: list[Message], language: str) -> None:
    known = catalog(language)
    missing = [key(m) for m in said if not words(known.get(key(m))) or not all(words(known.get(key(m))))]
    assert not missing, f"without translation into {language}, {listed(missing)}"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_translation_is_a_guess_or_forgets_a_value(language: str) -> None:
    fuzzy = [key(m) for m in catalog(language) if m.id and m.fuzzy]
    assert not fuzzy, f"fuzzy in {language}, {listed(fuzzy)}"
    wrong = []
    for message in catalog(language):
        forms = (message.id,) if isinstance(message.id, str) else message.id
        wanted = set(_FORMATS.findall(forms[-1]))
        for text in filter(None, words(message)):
            found = set(_FORMATS.findall(text))
            # a form for one or two may do without the number, none may ask for what is not given
            if found - wanted or (isinstance(message.id, str) and wanted - found):
                wrong.append(f"{key(message)} → {text}")
    assert not wrong, f"values that differ in {language}, {listed(wrong)}"


def test_arabic_is_written_in_arabic_and_french_is_not() -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    bare = [f"{key(m)} → {t}" for m in catalog("ar") if m.id for t in words(m) if re.search("[A-Za-z]{4}", t)]
    assert not [line for line in bare if not arabic.search(line)], listed(bare)
    assert not [key(m) for m in catalog("fr") if m.id and any(arabic.search(t) for t in words(m) if t)]


def test_french_is_not_english_left_standing() -> None:
    same = [key(m) for m in catalog("fr") if m.id and key(m) in words(m) and len(key(m).split()) > 3]
    assert not same, listed(same)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_page_carries_no_style_and_no_script_of_its_own(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.S)
    for pattern in (r"<style\b", r"\sstyle\s*=", r"<[^>]*\son[a-z]+\s*=", r"javascript:", r"\|\s*safe\b"):
        assert not re.search(pattern, text, re.I), f"{pattern} in {path.name}"
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.I | re.S):
        assert not script.strip(), f"a script in {path.name}"
    assert not re.search(r"""(src|href)=["']https?://""", text), f"{path.name} loads from somebody else"
