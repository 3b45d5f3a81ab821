"""Is this really a photograph, and what may be kept of it? Decoded for real, turned upright, metadata gone."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from inspect_app.domain.errors import DomainError

#: 40 megapixels: the largest tablet cameras of 2026 give 16 to 50; what is larger is a bomb or a mistake.
MAX_PIXELS = 40_000_000
#: Longest side kept, in pixels: a fire door's label is legible, a report stays small.
MAX_SIDE = 2560
THUMB_SIDE = 320
_FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Photo:
    """A cleaned photograph: JPEG without any metadata, and its thumbnail. Sides in pixels."""

    data: bytes
    thumb: bytes
    media_type: str
    width: int
    height: int


def clean(raw: bytes, *, max_bytes: int) -> Photo:
    """The photograph as it is kept.

    The pixels are copied into a new picture, so position, device, comments, previews and whatever else was hidden in
    the file (after its end too) stay behind. Raises DomainError: ``photo-too-large`` (bytes or pixels),
    ``photo-not-an-image`` (not a JPEG, PNG or WebP that decodes to its last line).
    """
    if len(raw) > max_bytes:
        raise DomainError("photo-too-large", field="file", status=413)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged EXIF block is no reason to refuse the picture
            upright = _decoded(raw)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise DomainError("photo-not-an-image", field="file", status=422) from None
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(upright, 85), _jpeg(small, 75), "image/jpeg", upright.width, upright.height)


def _decoded(raw: bytes) -> Image.Image:
    with Image.open(io.BytesIO(raw), formats=_FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise DomainError("photo-too-large", field="file", status=413)
        picture.load()
        turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        turned = turned.convert("RGBA")
        plain = Image.new("RGB", turned.size, "white")
        plain.paste(turned, mask=turned.getchannel("A"))
        return plain
    plain = Image.new("RGB", turned.size)
    plain.paste(turned.convert("RGB"))
    return plain


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
