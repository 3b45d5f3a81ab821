"""Charts: valid SVG that a page may show under its content policy and that a listener understands."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from inspect_app.adapters.charts import Bar, Visit, domain_chart, for_paper, history_chart

VISITS = [Visit("mars 2024", Decimal("41.5")), Visit("mai 2025", Decimal("62.07")), Visit("nov. 2026", Decimal(100))]
LEVELS = [(Decimal(0), "Refusé"), (Decimal(40), "Provisoire"), (Decimal(70), "Accrédité")]
BARS = [Bar("Gouvernance", Decimal("81.58")), Bar("<b>Bâti</b>", Decimal("12.5")), Bar("Finances", None)]
SVG = "{http://www.w3.org/2000/svg}"


def drawings(language: str) -> list[ET.Element]:
    return [
        ET.fromstring(history_chart(VISITS, language, levels=LEVELS, title="T", description="D")),
        ET.fromstring(domain_chart(BARS, language, title="T", description="D")),
    ]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_chart_carries_nothing_that_the_content_policy_forbids(language):
    for root in drawings(language):
        for node in root.iter():
            assert node.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
            assert "style" not in node.attrib
            assert not any(key.startswith("on") or "href" in key for key in node.attrib)


def test_a_listener_hears_title_and_description():
    for root in drawings("fr"):
        assert root.get("role") == "img"
        ids = [root[0].get("id"), root[1].get("id")]
        assert root.get("aria-labelledby") == " ".join(ids)
        assert (root[0].text, root[1].text) == ("T", "D")


def test_two_charts_on_a_page_do_not_share_ids():
    first, second = drawings("fr")
    assert first[0].get("id") != second[0].get("id")


def test_every_value_stands_beside_its_mark_in_the_digits_of_morocco():
    history, bars = drawings("fr")
    texts = [t.text for t in history.iter(SVG + "text")]
    assert {"41,50", "62,07", "100,00", "mars 2024", "Provisoire"} <= set(texts)
    texts = [t.text for t in bars.iter(SVG + "text")]
    assert {"81,58", "12,50", "—", "<b>Bâti</b>"} <= set(texts)


def test_arabic_readers_get_the_mirrored_picture_with_upright_texts():
    french, arabic = drawings("fr")[0], drawings("ar")[0]
    whole = float(french.get("width"))

    def dots(root):
        shift = [g for g in root.iter(SVG + "g") if g.get("transform")][-1].get("transform")
        x = float(shift[10:-1].split(",")[0])
        return [round(x + float(c.get("cx"))) for c in root.iter(SVG + "circle")]

    assert dots(french) == sorted(dots(french))
    assert [round(whole - x) for x in dots(arabic)] == pytest.approx(dots(french), abs=1)
    assert all("scale" not in (t.get("transform") or "") for t in arabic.iter(SVG + "text"))


def test_one_visit_alone_is_a_dot():
    root = ET.fromstring(history_chart(VISITS[:1], "ar", title="T", description="D"))
    assert len(list(root.iter(SVG + "circle"))) == 1


def test_paper_gets_the_picture_and_its_texts_apart():
    svg = domain_chart(BARS, "ar", title="T", description="D")
    bare, labels = for_paper(svg)
    assert "<text" not in bare
    assert [t.text for t in ET.fromstring(svg).iter(SVG + "text") if t.text] == [label.text for label in labels]
    assert all(0 <= label.x <= 720 and label.y >= 0 for label in labels)
