"""A decision, printed and signed for real in Arabic and French, read back letter by letter."""

import io
from collections import Counter
from typing import Any

import pikepdf
import pytest
from flask import Flask

from inspect_app.adapters import files, signatures
from inspect_app.models import db
from inspect_app.services.decisions import signing
from reports.decision import context
from tests.factories.decisions import Case, case_until, make_case
from tests.factories.reports import reported_play
from tests.reports.letters import letters, missing, text_of_html, text_of_pdf

_ONCE = "thead { display: table-row-group } li { list-style: none }"
_printed: dict[str, Any] = {}


@pytest.fixture
def printed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A conditional decision with conditions, signed by Karim; made once for this file."""
    if not _printed:
        html: dict[str, Any] = {}
        document = context.document

        def once(content: context.Content, language: str) -> context.Document:
            found = document(content, language)
            html[language] = context.Document(
                found.html.replace("</style>", _ONCE + "</style>"), found.title, found.pictures
            )
            html["header-" + language] = context.header_of(content, language)
            return html[language]

        monkeypatch.setattr(signing.context, "document", once)
        case = case_until("signed", _case_with_findings())
        assert case.decision is not None
        _printed.update(html)
        _printed["decision"] = {
            "code": case.decision.code, "number": case.decision.number, "conditions": case.decision.conditions,
            "ar": files.get(case.decision.pdf_ar), "fr": files.get(case.decision.pdf_fr),
        }  # fmt: skip
        db.session.rollback()
    return _printed


def _case_with_findings() -> Case:
    return make_case(play=reported_play("final", earlier=False, photos=0))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_letter_of_the_decision_is_on_paper_exactly_once(printed: dict[str, Any], language: str) -> None:
    text, pages = text_of_pdf(printed["decision"][language])
    wanted: Counter[str] = letters(text_of_html(printed[language].html))
    for _ in range(pages - 1):
        wanted += letters("".join(printed["header-" + language]))
    for number in range(1, pages + 1):
        wanted += letters(f"{number}/{pages}")
    assert sum(wanted.values()) > 1000
    assert missing(wanted, letters(text)) == {}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_decision_is_signed_and_can_be_kept_for_decades(printed: dict[str, Any], language: str) -> None:
    data = printed["decision"][language]
    found = signatures.verify(data)
    assert found is not None
    assert found.good
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in file.Root
        assert str(file.Root.Lang) == language
        with file.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "U")
            assert meta["dc:title"] == printed[language].title
        alts = [str(o["/Alt"]) for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure" and "/Alt" in o]  # fmt: skip
    assert len(alts) == 1, "the code to check the document by has a text"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_decision_says_its_number_its_code_and_each_condition(printed: dict[str, Any], language: str) -> None:
    decision = printed["decision"]
    html = printed[language].html
    assert decision["number"] in html
    assert html.count(decision["code"]) == 2  # alone, and in the address
    assert decision["conditions"]
    assert all(condition["criterion"] in html for condition in decision["conditions"])


def test_a_changed_decision_is_seen(printed: dict[str, Any]) -> None:
    data = bytearray(printed["decision"]["fr"])
    data[len(data) // 3] ^= 1
    found = signatures.verify(bytes(data))
    assert found is not None
    assert not found.intact
