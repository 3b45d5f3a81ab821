"""Invented photographs: an empty room, drawn, with the word «invented» across it. Nobody is on them."""

import io
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFont, features

SIZE = (1280, 960)
#: Walls, floors and furniture of the drawings.
_WALLS = ("#f3ead8", "#e6efe9", "#e9ecf4", "#f4e6e1")
_FLOORS = ("#b89a74", "#9aa39b", "#a88f7a")
_WOOD = ("#7a5a3a", "#54687a", "#6d6a4f")
#: The system's fonts of our documents; without them only the Latin words are written.
_FONTS = ("NotoNaskhArabic-Bold.ttf", "NotoSansArabic-Bold.ttf")
CAPTION = "رسم مُختلق · dessin inventé · invented drawing"


def room(seed: str) -> bytes:
    """A PNG of a room: the same seed gives the same room."""
    rng = random.Random(seed)
    picture = Image.new("RGB", SIZE, rng.choice(_WALLS))
    draw = ImageDraw.Draw(picture)
    floor = 640
    draw.polygon([(0, 960), (0, 820), (220, floor), (1060, floor), (1280, 820), (1280, 960)], fill=rng.choice(_FLOORS))
    for line in (
        [(220, 0), (220, floor)],
        [(1060, 0), (1060, floor)],
        [(220, floor), (0, 820)],
        [(1060, floor), (1280, 820)],
    ):
        draw.line(line, fill="#8d877b", width=4)
    draw.line([(220, floor), (1060, floor)], fill="#8d877b", width=4)
    _window(draw, 300 + 40 * rng.randrange(4))
    draw.rectangle([860, 260, 1000, floor], fill=rng.choice(_WOOD), outline="#3d352b", width=4)  # a door
    draw.ellipse([872, 450, 888, 466], fill="#e8d9a0")
    for place in range(rng.randint(1, 3)):
        _bed(draw, 60 + 300 * place, rng.choice(_WOOD))
    _words(draw)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _window(draw: ImageDraw.ImageDraw, left: int) -> None:
    draw.rectangle([left, 160, left + 240, 400], fill="#cfe4f2", outline="#6b5d4a", width=8)
    draw.line([(left + 120, 160), (left + 120, 400)], fill="#6b5d4a", width=6)
    draw.line([(left, 280), (left + 240, 280)], fill="#6b5d4a", width=6)


def _bed(draw: ImageDraw.ImageDraw, left: int, wood: str) -> None:
    draw.rectangle([left, 700, left + 14, 880], fill=wood)
    draw.rectangle([left + 246, 760, left + 260, 880], fill=wood)
    draw.rectangle([left, 790, left + 260, 840], fill="#f7f5ef", outline="#8d877b", width=3)
    draw.rectangle([left + 20, 762, left + 90, 792], fill="#ffffff", outline="#8d877b", width=3)


def _words(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle([0, 20, SIZE[0], 120], fill="#fdf3dc", outline="#6b4a06", width=3)
    arabic, latin = _fonts()
    if arabic is not None:
        draw.text((960, 70), "رسم مُختلق", font=arabic, fill="#6b4a06", anchor="mm")
    draw.text((400, 70), "invented drawing", font=latin, fill="#6b4a06", anchor="mm")


@cache
def _fonts() -> tuple[ImageFont.FreeTypeFont | None, ImageFont.FreeTypeFont | ImageFont.ImageFont]:
    for name in _FONTS if features.check("raqm") else ():  # without it Arabic letters would stand apart
        try:
            return ImageFont.truetype(name, 56), ImageFont.load_default(48)
        except OSError:
            continue
    return None, ImageFont.load_default(48)
