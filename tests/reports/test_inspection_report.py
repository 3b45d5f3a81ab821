"""The report on a visit, printed for real in Arabic and French, and read back letter by letter."""

import io
import re
from collections import Counter
from typing import Any

import pikepdf
import pytest

from inspect_app.adapters import pdf
from reports.inspection import context
from tests.factories.reports import NOTE_AR, NOTE_FR, OBSERVATION_FR, REASONS_AR, reported_play
from tests.reports.letters import letters, missing, text_of_html, text_of_pdf

#: Heads of tables repeat on every page and lists have bullets: switched off, so that the count is exact.
_ONCE = "thead { display: table-row-group } li { list-style: none }"
_printed: dict[str, dict[str, Any]] = {}


@pytest.fixture
def printed(app, request) -> dict[str, Any]:
    """The final report in a language, printed once for all tests of this file."""
    if not _printed:
        play = reported_play()
        for language in ("ar", "fr"):
            document = context.document(play.inspection, "final", language)
            made = pdf.render(
                document.html.replace("</style>", _ONCE + "</style>"),
                language=language,
                title=document.title,
                pictures=document.pictures,
            )
            text, pages = text_of_pdf(made.data)
            header = context.running_header(play.inspection, "final", language)
            _printed[language] = {
                "html": document.html, "data": made.data, "text": text, "pages": pages, "header": header, "title": document.title,
                "language": language,
            }  # fmt: skip
    return _printed[request.param]


both = pytest.mark.parametrize("printed", ["ar", "fr"], indirect=True)


@both
def test_every_letter_of_the_report_is_on_paper_exactly_once(printed):
    wanted: Counter[str] = letters(text_of_html(printed["html"]))
    for _ in range(printed["pages"] - 1):  # the cover carries no header
        wanted += letters("".join(printed["header"]))
    for number in range(1, printed["pages"] + 1):
        wanted += letters(f"{number}/{printed['pages']}")
    assert sum(wanted.values()) > 20_000
    assert missing(wanted, letters(printed["text"])) == {}


@both
def test_the_report_can_be_kept_for_decades_and_heard_by_who_cannot_see(printed):
    with pikepdf.open(io.BytesIO(printed["data"])) as file:
        assert file.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in file.Root
        assert str(file.Root.Lang) == printed["language"]
        assert "/OutputIntents" in file.Root
        with file.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "U")
            assert meta["dc:title"] == printed["title"]
        fonts = [o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in f or "/FontFile3" in f for f in fonts)


@both
def test_the_charts_are_figures_with_their_numbers_in_words(printed):
    with pikepdf.open(io.BytesIO(printed["data"])) as file:
        alts = [
            str(o["/Alt"]) for o in file.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure" and "/Alt" in o
        ]  # fmt: skip
    assert len(alts) == 5  # two charts, two photographs, the director's signature
    assert sum("; " in alt for alt in alts) == 2


@both
def test_what_people_wrote_is_there_in_their_own_language(printed):
    found = set(re.findall(r"\w+", printed["text"]))
    for sentence in (NOTE_AR, REASONS_AR, NOTE_FR, OBSERVATION_FR):
        assert set(re.findall(r"\w+", sentence)) <= found


@both
def test_each_finding_says_requirement_level_source_and_status(printed):
    html = printed["html"]
    findings = html[html.index('id="findings"') : html.index('id="observations"')]
    articles = findings.split("<article>")[1:]
    assert len(articles) > 10
    assert "BLD-02" in articles[0]  # what limits the level comes first
    for article in articles:
        assert article.count("<p><b>") >= 3  # what is asked, what was seen, what to do
        said, _, sources = article.rpartition('<p class="small muted"><b>')
        assert said
        assert re.search(r"<b>[^<]+</b> – .+ \[\d+\]", sources)
    cited = {int(n) for n in re.findall(r"\[(\d+)\]", findings)}
    annex = html[html.index('id="method"') :]
    assert cited == {int(n) for n in re.findall(r"<td>\[(\d+)\]</td>", annex)}


def test_what_an_inspector_types_never_becomes_markup(app):
    play = reported_play("draft_sent", earlier=False, photos=0, name_fr='<b>"Dar" \\ } body { display: none</b>')
    html = context.document(play.inspection, "draft", "fr").html
    assert '<b>"Dar"' not in html
    assert "display: none" not in html[html.index("<style>") : html.index("</style>")]
    assert "&lt;b&gt;&#34;Dar&#34;" in html


def test_the_draft_says_draft_and_keeps_what_the_visit_said_although_the_hearing_changed_it(app):
    play = reported_play(earlier=False, photos=0)
    draft = context.document(play.inspection, "draft", "fr").html
    final = context.document(play.inspection, "final", "fr").html
    assert "mark-draft" in draft
    assert "mark-final" in final
    before, after = (h[h.index('<td class="code" dir="ltr">BLD-02') :].split("</tr>")[0] for h in (draft, final))
    assert "0 ·" in before
    assert "1 ·" in after
    assert OBSERVATION_FR.replace("'", "&#39;") in final
    assert OBSERVATION_FR.replace("'", "&#39;") not in draft


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_institution_with_nothing_to_mend_gets_a_report_too(app, language):
    from tests.factories.inspections import play_until

    play = play_until("final")
    html = context.document(play.inspection, "final", language).html
    assert "<article>" not in html
