"""A program of its own: takes the traces out of photographs, and reads the square codes on them.

`python clean_photographs.py FILE…`, run with limits by `files.photographs`. It knows nothing of the platform. Each
file is replaced by one with the same picture that says nothing of place, time, device or author; the line of JSON
printed for it holds the words of the codes, or why it was refused.
"""

from __future__ import annotations

import json
import sys

import zxingcpp
from PIL import Image

MOST_PIXELS = 210_000_000  # a telephone's largest; three bytes each are a third of the memory allowed
ORIENTATION = 0x0112  # which side is up: the only thing of Exif that belongs to the picture
OF_THE_PICTURE = ("icc_profile", "transparency")
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def clean(path: str) -> list[str]:
    """Replace the file at `path`; the words of the codes on it."""
    with Image.open(path, formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too large")
        picture.load()
        codes = [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
        exif = Image.Exif()
        if up := picture.getexif().get(ORIENTATION):
            exif[ORIENTATION] = up
        picture.info = {name: value for name, value in picture.info.items() if name in OF_THE_PICTURE}
        kept = {"exif": exif, "icc_profile": picture.info.get("icc_profile")}
        if picture.format == "PNG":
            picture.save(path, "PNG", **kept)
        else:  # one with a second picture inside (MPO) cannot keep its own quality
            picture.save(path, "JPEG", quality="keep" if picture.format == "JPEG" else 92, **kept)
    return codes


if __name__ == "__main__":
    for name in sys.argv[1:]:
        try:
            codes = json.dumps({"codes": clean(name)}, ensure_ascii=False)
        except Exception:  # whatever is wrong with it, it is not kept
            codes = json.dumps({"refused": "unreadable"})
        print(codes, flush=True)  # noqa: T201 - its whole purpose
