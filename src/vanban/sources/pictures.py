"""Pictures of pages: opened within limits, set upright and straight, and brought to the size that reads best.

Needs Pillow.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageFilter, ImageOps, ImageSequence

from vanban.refusal import Limits, Refused

DPI = 250  # on scans of real letters Tesseract read more words right than at 200 or 300
_LONG_SIDE = DPI * 11.7  # pixels of an A4 page
_FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP")
_PREVIEW = 500  # pixels: enough to see how the lines run
_STEEPEST = 6.0  # degrees: more is no skew but another way up
_STEP = 0.5
_PAPER = 245  # grey from which a pixel is paper


def frames_of(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """Yield the pages of a picture file, turned as its camera says, at most `limits.scan_pages`.

    Raises `Refused` (bomb, unreadable).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=_FORMATS)
            picture.draft("L", (int(_LONG_SIDE), int(_LONG_SIDE)))
            for frame in _first(picture, limits.scan_pages):
                yield fitted(ImageOps.exif_transpose(frame))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused(
            "bomb", "The picture unpacks to too many pixels.", "Take it again, or save it smaller."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("unreadable", "The picture is damaged.", "Scan or photograph the page again.") from error


def _first(picture: Image.Image, most: int) -> Iterator[Image.Image]:
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number == most:
            return
        yield frame


def fitted(picture: Image.Image) -> Image.Image:
    """Return the picture in grey on white, about as large as an A4 page at `DPI`."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    grey = picture.convert("L")
    scale = min(_LONG_SIDE / max(grey.size), 2.0)
    if 0.8 < scale < 1.05:
        return grey
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)


def straightened(picture: Image.Image) -> Image.Image:
    """Return the picture with its lines level: turned by a quarter if they ran up or down, and without skew.

    It may still stand on its head: that shows only when it is read.
    """
    small = ImageOps.autocontrast(_preview(picture), cutoff=2)
    if _evenness(small.transpose(Image.Transpose.ROTATE_90)) > _evenness(small):
        small, picture = (p.transpose(Image.Transpose.ROTATE_90) for p in (small, picture))
    angle = _skew(small)
    if abs(angle) < _STEP / 2:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)


def sharpened(picture: Image.Image) -> Image.Image:
    """Return the picture with crisper marks over letters."""
    return picture.filter(ImageFilter.UnsharpMask(2, 100, 2))


def _preview(picture: Image.Image) -> Image.Image:
    scale = _PREVIEW / max(picture.size)
    return picture.resize((max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))


def _evenness(picture: Image.Image) -> float:
    """Return how much rows of pixels differ from the next: most where lines of text are level."""
    column = picture.resize((1, picture.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(column)) / max(1, len(column))


def _skew(small: Image.Image) -> float:
    """Return the angle in degrees by which the picture is to be turned, in two passes."""
    best = 0.0
    for step, reach in ((_STEP * 2, _STEEPEST), (_STEP / 2, _STEP)):
        angles = [best + step * number for number in range(-int(reach / step), int(reach / step) + 1)]
        best = max(angles, key=lambda angle: _evenness(_turned(small, angle)))
    return best


def _turned(picture: Image.Image, angle: float) -> Image.Image:
    return picture.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_PAPER)
