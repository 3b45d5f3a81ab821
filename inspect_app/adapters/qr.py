"""QR codes, drawn by segno."""

import segno


def qr_picture(text: str) -> str:
    """The code as a picture's address (``data:`` URI of an SVG), with room for a scratch (error correction M)."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2))
