"""Pictures of results as SVG, the same on the page and on paper.

pygal measures and places; what it draws is then made fit for us: its style sheet, scripts and tooltips are taken out and
presentation attributes put in (the pages' content policy forbids inline styles, a document has no scripts), a title and
a description are added for those who listen, and right-to-left readers get the mirrored picture. Texts are not
mirrored, and every value stands beside its bar or dot, so nothing depends on colour.

WeasyPrint (70) draws the letters of SVG texts one by one, which tears Arabic words apart: ``for_paper`` takes the texts
out of the picture, and the document writes them over it at the same places.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pygal
from babel import numbers

_FONTS = "'IBM Plex Sans Arabic', 'Noto Sans', 'Noto Sans Arabic', 'Noto Naskh Arabic', system-ui, sans-serif"
_INK, _MUTED, _LINE, _GREEN = "#1c2b27", "#51605b", "#c9d3cf", "#0f6b57"
#: Colours of bars by score in percent; the figure beside the bar says the same.
_BANDS = ((Decimal(70), _GREEN), (Decimal(50), "#9a6a00"), (Decimal(0), "#a3291c"))
#: Presentation attributes by class of pygal's elements; the first that fits.
_LOOKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("background", {"fill": "none"}),
    ("guide", {"fill": "none", "stroke": _LINE, "stroke-width": "1"}),
    ("nofill", {"fill": "none", "stroke": _GREEN, "stroke-width": "2.5"}),
    ("line", {"fill": "none", "stroke": _MUTED, "stroke-width": "1"}),
    ("dot", {"fill": "#ffffff", "stroke": _GREEN, "stroke-width": "3"}),
    ("rect", {"fill": _GREEN}),
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Visit:
    """A past visit on the time line: how its date is written, and its score in percent."""

    label: str
    score: Decimal


@dataclass(frozen=True)
class Bar:
    """A bar: its name and its score in percent (None: nothing was scored)."""

    label: str
    score: Decimal | None


def history_chart(
    visits: Sequence[Visit],
    language: str,
    *,
    levels: Sequence[tuple[Decimal, str]] = (),
    title: str,
    description: str,
    width: int = 420,
    height: int = 280,
) -> str:
    """The scores of past visits, oldest first, over the thresholds of the levels (score in percent, name)."""
    thresholds = [(float(score), name) for score, name in levels]
    chart = pygal.Line(**_options(width, height), dots_size=5, margin_top=22, margin_right=12)
    # two empty places before the first visit leave room for the names of the levels
    chart.x_labels = ["", "", *(v.label for v in visits), ""]
    chart.y_labels = [{"value": v, "label": f"{v:g}"} for v in sorted({0.0, 100.0, *(t for t, _ in thresholds)})]
    chart.add("", [None, None, *({"value": float(v.score), "formatter": _figures(language)} for v in visits), None])
    root = _drawn(chart)
    _without_upright_lines(root)
    _name_levels(root, dict(thresholds))
    for text in root.iter("text"):
        if text.get("class") == "value":
            _lift(text, root)
    return _finished(root, language, title, description)


def domain_chart(
    domains: Sequence[Bar], language: str, *, title: str, description: str, width: int = 720, row: int = 30
) -> str:
    """The score of each domain as horizontal bars, in the order given."""
    # pygal draws the first bar at the bottom
    rows = list(reversed(domains))
    chart = pygal.HorizontalBar(**_options(width, row * len(rows) + 36), spacing=row * 0.3, margin_right=46)
    chart.x_labels = [d.label for d in rows]
    chart.y_labels = [0, 25, 50, 75, 100]
    chart.add("", [{"value": float(d.score or 0), "formatter": _figures(language)} for d in rows])
    root = _drawn(chart)
    bars = [node for node in root.iter("rect") if "rect" in _classes(node)]
    values = [node for node in root.iter("text") if node.get("class") == "value"]
    for bar, value, domain in zip(bars, values, rows, strict=True):
        score = domain.score or Decimal(0)
        bar.set("fill", next(colour for low, colour in _BANDS if score >= low))
        value.set("x", f"{float(bar.get('x', 0)) + float(bar.get('width', 0)) + 6:.1f}")
        value.set("text-anchor", "start")
        if domain.score is None:
            value.text = "—"
    return _finished(root, language, title, description)


@dataclass(frozen=True)
class Label:
    """A text of a picture, by the place of its anchor (px from the left, px from the top to the base line)."""

    text: str
    x: float
    y: float
    anchor: str  # start | middle | end, where start is left
    size: float
    bold: bool
    colour: str


def for_paper(svg: str) -> tuple[str, list[Label]]:
    """The picture without its texts, and the texts with their places."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    labels: list[Label] = []

    def walk(node: ET.Element, dx: float, dy: float) -> None:
        moved = node.get("transform", "")
        if node.tag.endswith("}g") and moved.startswith("translate("):
            x, y = (float(part) for part in moved[10:-1].split(","))
            dx, dy = dx + x, dy + y
        for child in list(node):
            if child.tag.endswith("}text"):
                labels.append(_label(child, dx, dy))
                node.remove(child)
            else:
                walk(child, dx, dy)

    walk(root, 0, 0)
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode"), [label for label in labels if label.text]


def size(svg: str) -> tuple[int, int]:
    """Width and height of a picture in px."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return int(root.get("width", 0)), int(root.get("height", 0))


def _label(node: ET.Element, dx: float, dy: float) -> Label:
    return Label(
        node.text or "",
        float(node.get("x", 0)) + dx,
        float(node.get("y", 0)) + dy,
        node.get("text-anchor", "start"),
        float(node.get("font-size", 12)),
        node.get("font-weight") == "bold",
        node.get("fill", _INK),
    )


def _figures(language: str) -> Callable[[float], str]:
    """How values are written: two decimals, the decimal sign of the language, Western digits."""
    locale = {"ar": "ar_MA", "fr": "fr_MA"}.get(language, "en_GB")
    return lambda value: numbers.format_decimal(Decimal(str(value)), format="0.00", locale=locale)


def _options(width: int, height: int) -> dict[str, Any]:
    return {
        "width": width,
        "height": height,
        "js": [],
        "css": [],
        "show_legend": False,
        "range": (0, 100),
        "print_values": True,
        "truncate_label": -1,
        "margin": 6,
        "disable_xml_declaration": True,
        "style": pygal.style.Style(label_font_size=12, major_label_font_size=12, value_font_size=12),
    }


def _drawn(chart: Any) -> ET.Element:
    """What pygal draws, without its style sheet, scripts, tooltips and comments, and without its name space."""
    root = ET.fromstring(chart.render())  # noqa: S314 - our own words, escaped by pygal
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("defs", "title", "desc", "script", "style") or "tooltip-overlay" in _classes(child):
                parent.remove(child)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "g" and not len(child):
                parent.remove(child)
    return root


def _classes(node: ET.Element) -> list[str]:
    return node.get("class", "").split()


def _name_levels(root: ET.Element, names: dict[float, str]) -> None:
    """Write the name of each level on its threshold, inside the picture: long names need no margin there."""
    for axis in [g for g in root.iter("g") if {"axis", "y"} <= set(_classes(g))]:
        for guide in list(axis):
            label = guide.find("text")
            name = names.get(float(label.text or "nan")) if label is not None else None
            if label is not None and name:
                text = ET.SubElement(guide, "text", {"class": "level-name", "x": "4", "text-anchor": "start"})
                text.set("y", f"{float(label.get('y', 0)) - 9:.1f}")
                text.text = name


def _without_upright_lines(root: ET.Element) -> None:
    for axis in [g for g in root.iter("g") if {"axis", "x"} <= set(_classes(g))]:
        for guide in axis:
            for line in guide.findall("path"):
                guide.remove(line)


def _lift(text: ET.Element, root: ET.Element) -> None:
    """Put a value above its dot; beside it, it would stand on the line."""
    dots = [node for node in root.iter("circle")]
    texts = [node for node in root.iter("text") if node.get("class") == "value"]
    dot = dots[texts.index(text)]
    text.set("x", dot.get("cx", "0"))
    text.set("y", f"{float(dot.get('cy', 0)) - 11:.1f}")
    text.set("text-anchor", "middle")


def _finished(root: ET.Element, language: str, title: str, description: str) -> str:
    anchors = {"y": "end", "x": "middle"}
    for axis in [g for g in root.iter("g") if "axis" in _classes(g)]:
        side = "y" if "y" in _classes(axis) else "x"
        for text in axis.iter("text"):
            text.set("text-anchor", text.get("text-anchor", anchors[side]))
    _look(root)
    if language == "ar":
        _mirror(root)
    for node in root.iter():
        node.attrib.pop("class", None)
        node.attrib.pop("style", None)
    number = next(_numbers)
    root.attrib.pop("id", None)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    _, _, width, height = (root.get("viewBox") or "").split()
    for name, value in (
        ("class", "chart img-fluid"),
        ("width", width),
        ("height", height),
        ("role", "img"),
        ("aria-labelledby", f"chart-{number}-t chart-{number}-d"),
        ("lang", language),
        ("direction", "ltr"),  # anchors are absolute: mirroring has been done
        ("font-family", _FONTS),
        ("font-size", "12"),
        ("fill", _INK),
    ):
        root.set(name, value)
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        said = ET.Element(tag, {"id": f"chart-{number}-{tag[0]}"})
        said.text = words
        root.insert(place, said)
    return ET.tostring(root, encoding="unicode")


def _look(root: ET.Element) -> None:
    for node in root.iter():
        classes = _classes(node)
        if node.tag == "text":
            small = "level-name" in classes
            node.set("fill", _MUTED if small else _INK)
            node.set("font-size", "11" if small else "12")
            if "value" in classes:
                node.set("font-weight", "bold")
        for name, attributes in _LOOKS:
            if name in classes and node.tag in ("path", "rect", "circle"):
                for key, value in attributes.items():
                    node.attrib.setdefault(key, value)
                break


def _mirror(root: ET.Element) -> None:
    """Exchange left and right of everything but the texts themselves."""
    whole = float((root.get("viewBox") or "0 0 0 0").split()[2])
    plot = next(g for g in root.iter("g") if _classes(g) == ["plot"])
    inner = float(next(r for r in plot.iter("rect")).get("width", 0))
    for group in [g for g in root.iter("g") if (g.get("transform") or "").startswith("translate(")]:
        x, y = (float(part) for part in group.get("transform", "")[10:-1].replace(",", " ").split())
        group.set("transform", f"translate({whole - x - inner:g}, {y:g})")
        for node in group.iter():
            if node.tag == "path":
                node.set("transform", f"translate({inner:g}, 0) scale(-1, 1)")
            elif node.tag == "rect":
                node.set("x", f"{inner - float(node.get('x', 0)) - float(node.get('width', 0)):.1f}")
            elif node.tag == "circle":
                node.set("cx", f"{inner - float(node.get('cx', 0)):.1f}")
            elif node.tag == "text":
                node.set("x", f"{inner - float(node.get('x', 0)):.1f}")
                swapped = {"start": "end", "end": "start"}
                node.set("text-anchor", swapped.get(node.get("text-anchor", "middle"), "middle"))
