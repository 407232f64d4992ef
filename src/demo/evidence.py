"""Small real pictures as evidence: a page with lines of writing, or a view with sky, people and ground."""

from __future__ import annotations

import random
import struct
import zlib

WIDTH, HEIGHT = 240, 160
Colour = tuple[int, int, int]


def picture(rng: random.Random, title: str) -> bytes:
    """A PNG: a view where the title says it is a photograph ("Ảnh …"), else a written page."""
    return _png(_view(rng) if title.startswith("Ảnh") else _page(rng))


def _page(rng: random.Random) -> list[bytes]:
    """White paper, grey lines of different length, one red seal."""
    paper: Colour = (250, 249, 244)
    rows = [_row((paper, WIDTH))] * HEIGHT
    for top in range(18, HEIGHT - 40, 9):
        length = rng.randint(90, WIDTH - 40)
        line = _row((paper, 20), ((90, 90, 96), length), (paper, WIDTH - 20 - length))
        rows[top] = rows[top + 1] = line
    left = rng.randint(130, 180)
    for row in range(HEIGHT - 34, HEIGHT - 10):
        rows[row] = _row((paper, left), ((196, 60, 54), 26), (paper, WIDTH - left - 26))
    return rows


def _view(rng: random.Random) -> list[bytes]:
    """Sky, a row of people, ground."""
    sky = (rng.randint(150, 200), rng.randint(190, 225), 240)
    ground = (rng.randint(90, 150), rng.randint(120, 160), rng.randint(70, 100))
    people = [((rng.randint(40, 220), rng.randint(40, 160), rng.randint(60, 200)), 14) for _ in range(8)]
    crowd = [part for person in people for part in ((sky, 14), person)]
    used = sum(width for _colour, width in crowd)
    stand = _row(*crowd, (sky, WIDTH - used))
    return [_row((sky, WIDTH))] * 70 + [stand] * 50 + [_row((ground, WIDTH))] * (HEIGHT - 120)


def _row(*parts: tuple[Colour, int]) -> bytes:
    return b"".join(bytes(colour) * width for colour, width in parts)


def _png(rows: list[bytes]) -> bytes:
    raw = b"".join(b"\x00" + row for row in rows)  # 0: the row is stored unfiltered
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(raw, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
