"""Square codes (QR) to be printed in a page."""

from __future__ import annotations

import qrcode
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage


def square_code(words: str) -> SafeString:
    """The words as an SVG to stand in a page; of our own making throughout, words and all."""
    code = qrcode.QRCode(border=2, image_factory=SvgPathImage)
    code.add_data(words)
    return SafeString(code.make_image().to_string(encoding="unicode"))
