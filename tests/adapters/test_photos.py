"""Is it a photograph, and does nothing but the picture remain?"""

import io

import pytest
from PIL import Image

from inspect_app.adapters import photos
from inspect_app.domain.errors import DomainError
from tests.factories.inspections import picture

LIMIT = 8 * 1024 * 1024


def _with_secrets(kind: str = "JPEG", orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret maker"
    exif.get_ifd(0x8825)[2] = (31.0, 37.0, 46.0)  # GPS
    return picture(kind, (60, 40), exif=exif) + b"SECRET TRAILER"


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_remains(kind: str) -> None:
    photo = photos.clean(_with_secrets(kind), max_bytes=LIMIT)
    for data in (photo.data, photo.thumb):
        assert dict(_opened(data).getexif()) == {}
        assert b"SECRET" not in data
        assert b"Secret" not in data
        assert b"Exif" not in data


def test_a_picture_taken_upright_stays_upright() -> None:
    photo = photos.clean(_with_secrets(orientation=6), max_bytes=LIMIT)
    assert (photo.width, photo.height) == (40, 60)


def test_a_large_photograph_is_made_smaller_but_stays_legible() -> None:
    photo = photos.clean(picture(size=(4000, 3000)), max_bytes=LIMIT)
    assert max(photo.width, photo.height) == photos.MAX_SIDE
    assert max(_opened(photo.thumb).size) == photos.THUMB_SIDE


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert _opened(photos.clean(out.getvalue(), max_bytes=LIMIT).data).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"x" * 50, picture()[:150], picture("GIF"), picture("BMP"), b"<svg/>"])
def test_what_does_not_decode_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError) as caught:
        photos.clean(data, max_bytes=LIMIT)
    assert caught.value.code == "photo-not-an-image"


def test_too_many_bytes_or_pixels_are_refused() -> None:
    with pytest.raises(DomainError) as bytes_:
        photos.clean(picture(), max_bytes=10)
    with pytest.raises(DomainError) as pixels:
        photos.clean(picture("PNG", (8000, 5001)), max_bytes=LIMIT)
    with pytest.raises(DomainError) as bomb:
        photos.clean(picture("PNG", (20000, 10000)), max_bytes=LIMIT)
    assert {c.value.code for c in (bytes_, pixels)} == {"photo-too-large"}
    assert bomb.value.code in ("photo-too-large", "photo-not-an-image")
