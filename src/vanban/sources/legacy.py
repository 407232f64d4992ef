"""Vietnamese before Unicode: TCVN3 (ABC), VNI, VISCII and Windows-1258, by the name of the font or by the words.

What such a file holds are Latin letters with the marks of other languages ("Céng hoµ x· héi"); only the font
showed Vietnamese. A text is converted on evidence alone, and never one that already is Vietnamese in Unicode.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from vanban import patterns
from vanban.document import Note
from vanban.vocabulary import table

_SAMPLE = 20_000  # characters: enough words to judge by
_HITS, _SHARE = 2, 0.12  # frequent syllables that make a text Vietnamese: how many, and of how many words


class Found(NamedTuple):
    """A text, and the encoding it was taken to be in; None where nothing was guessed."""

    text: str
    encoding: str | None


@cache
def _tables() -> dict[str, dict[int, str]]:
    """Return encoding → table from Latin-1 to Vietnamese."""
    old = table("encodings")
    marks = {**old["vni"]["marks"], **{key.upper(): value for key, value in old["vni"]["marks"].items()}}
    letters = {
        **old["vni"]["letters"],
        **{key.upper(): value.upper() for key, value in old["vni"]["letters"].items()},
    }
    return {
        "TCVN3": dict(enumerate(old["tcvn3"], start=0xA1)),
        "VISCII": dict(enumerate(old["viscii"], start=0x80)) | {ord(k): v for k, v in old["viscii_low"].items()},
        "VNI": {ord(key): value for key, value in (letters | marks).items()},
    }


def encoding_of_font(name: str) -> str | None:
    """Return "TCVN3" for .VnTime and its kin, "VNI" for VNI-Times and its kin, None for any other font."""
    lowered = name.strip(" '\"").lower()
    if lowered.startswith(".vn"):
        return "TCVN3"
    return "VNI" if lowered.startswith(("vni-", "vni ")) else None


def unfonted(text: str, font: str) -> str:
    """Return `text` as its old `font` shows it. Fonts whose name ends in "H" (.VnTimeH) show capitals only."""
    font = font.split(",", 1)[0].strip(" '\"")  # a page of HTML names others to fall back on
    encoding = encoding_of_font(font)
    if encoding is None or is_unicode(text):
        return text
    shown = _translated(text, encoding)
    return shown.upper() if encoding == "TCVN3" and font.endswith("H") else shown


def _translated(text: str, encoding: str) -> str:
    # Word keeps the characters of such fonts as they are or, as it does for symbols, in the private range.
    if patterns.PRIVATE_CHARACTER.search(text):
        text = patterns.PRIVATE_CHARACTER.sub(lambda sign: chr(ord(sign[0]) - 0xF000), text)
    return unicodedata.normalize("NFC", text.translate(_tables()[encoding]))


def is_unicode(text: str) -> bool:
    """Tell whether `text` holds letters that only Vietnamese in Unicode has (also as loose marks)."""
    return bool(patterns.UNICODE_VIETNAMESE.search(text))


def recoded(text: str, sample: str | None = None) -> Found:
    """Return `text`, converted if it is Vietnamese that an old encoding or a wrong decoding has garbled.

    `sample` are the words to judge by, where `text` holds other things too (the marks of HTML).
    """
    sample = (text if sample is None else sample)[:_SAMPLE]
    if is_unicode(sample) or not patterns.LATIN_1_LETTER.search(sample):
        return Found(text, None)
    candidates = {name: _translated(sample, name) for name in ("TCVN3", "VNI")}
    twice = _decoded_twice(sample)
    if twice:
        candidates["UTF-8"] = twice
    name = _best(candidates, at_least=2 * _share(sample))
    if name is None:
        return Found(text, None)
    return Found((_decoded_twice(text) or text) if name == "UTF-8" else _translated(text, name), name)


def _decoded_twice(text: str) -> str | None:
    """Return UTF-8 that was read as Windows-1252 ("Ä‘" for "đ") read rightly, None if it is no such text."""
    try:
        return text.translate(_windows_bytes()).encode("latin-1").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return None


@cache
def _windows_bytes() -> dict[int, int]:
    """Return character → byte for the part of Windows-1252 that is not Latin-1."""
    drawn = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
    return {ord(character): byte for byte, character in drawn.items() if character}


def decoded(data: bytes, sample: bytes | None = None) -> Found | None:
    """Return the Vietnamese text in `data`, bytes that are not UTF-8; None if no old encoding gives Vietnamese.

    `sample` are the words to judge by, where `data` holds other things too (the marks of HTML).
    """
    words = (data if sample is None else sample)[:_SAMPLE]
    names = (*_tables(), "windows-1258", "UTF-8")
    name = _best({name: _read_as(words, name) for name in names}, at_least=0)
    return Found(_read_as(data, name), name) if name else None


def _read_as(data: bytes, encoding: str) -> str:
    if encoding == "UTF-8":
        return data.decode("utf-8", "replace")
    if encoding == "windows-1258":
        return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    return _translated(data.decode("latin-1"), encoding)


def guessed(found: Found) -> tuple[Note, ...]:
    """Return the note that says which encoding was guessed; none where nothing was."""
    if found.encoding is None:
        return ()
    damage = " Some characters are damaged." if "\ufffd" in found.text else ""
    return (Note("encoding_guessed", "text", f"The text was taken to be {found.encoding}.{damage}"),)


def _best(candidates: dict[str, str], at_least: float) -> str | None:
    shares = {name: _share(text) for name, text in candidates.items()}
    name = max(shares, key=lambda name: shares[name])
    return name if shares[name] > max(at_least, _SHARE) else None


def _share(text: str) -> float:
    """Return how many of the words of `text` are frequent Vietnamese syllables with marks (0 to 1)."""
    words = patterns.WORD.findall(text.lower())
    hits = sum(word in _syllables() for word in words)
    return hits / len(words) if hits >= _HITS else 0.0


@cache
def _syllables() -> frozenset[str]:
    return frozenset(table("encodings")["syllables"]["words"].split())
