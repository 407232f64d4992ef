"""The words around a hit, in the document's own spelling, with the hits marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from django.db.models.functions import Substr

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.searching import Wanted
from vanban.spelling import Spelling, spellings
from vanban.text import fold

BEFORE, AFTER = 90, 170
"""Characters of the text shown before and after the first hit."""
MOST = 200_000
"""Characters of a text that are looked through."""
COMBINING = "[\u0300-\u036f]*"

Part = tuple[str, bool]
"""Words of a text, and whether they are a hit."""


def snippet(text: str, wanted: Wanted) -> list[Part]:
    """The passage that shows best that a text has the words: side by side, as they are written, if anywhere."""
    text = text[:MOST]
    hit = _first(text, _sequence(wanted), wanted) or _first(text, _any_word(wanted), wanted)
    if hit is None:
        return []
    start, end = max(0, hit[0] - BEFORE), min(len(text), hit[1] + AFTER)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = end if end == len(text) else (text.find(" ", end) + 1 or len(text))
    return list(_edges(marked(text[start:end], wanted), start > 0, end < len(text)))


def passages_of(found: Iterable[Document], words: str) -> dict[int, list[Part]]:
    """For each of some documents that were found by `words`, its passage: they are already those of the viewer."""
    wanted = Wanted.of(words)
    if not wanted.phrases:
        return {}
    texts = Document.objects.filter(pk__in=[document.pk for document in found])
    return {pk: snippet(text, wanted) for pk, text in texts.values_list("pk", Substr("text", 1, MOST))}


def marked(text: str, wanted: Wanted) -> list[Part]:
    """A text in parts, the words that were looked for marked."""
    parts, at = list[Part](), 0
    for found in _any_word(wanted).finditer(text):
        if found.end() > found.start():
            parts += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
    return [part for part in [*parts, (text[at:], False)] if part[0]]


def _edges(parts: list[Part], is_cut_before: bool, is_cut_after: bool) -> Iterator[Part]:
    if is_cut_before:
        yield "… ", False
    yield from ((" ".join(words.split("\n")), is_hit) for words, is_hit in parts)
    if is_cut_after:
        yield " …", False


def _first(text: str, pattern: re.Pattern[str], wanted: Wanted) -> tuple[int, int] | None:
    """The first hit that is spelled as it was asked for; else without its tones; else the first."""
    asked = {word for phrase in wanted.phrases for word in phrase}
    best: tuple[int, tuple[int, int]] | None = None
    for found in pattern.finditer(text):
        level = _level(spellings(found[0]), asked, wanted)
        if best is None or level < best[0]:
            best = level, found.span()
        if level == 0:
            break
    return best[1] if best else None


def _level(found: list[Spelling], asked: set[Spelling], wanted: Wanted) -> int:
    """The first of the wanted spellings in which all that was found is, but for an unfinished word, asked for."""
    for level, name in enumerate(wanted.levels):
        spelled = {getattr(word, name) for word in asked}
        if all(getattr(word, name) in spelled for word in found):
            return level
    return len(wanted.levels)


def _sequence(wanted: Wanted) -> re.Pattern[str]:
    words = list(chain.from_iterable(wanted.phrases))
    return _compiled(tuple(word.plain for word in words), wanted.is_open, True)


def _any_word(wanted: Wanted) -> re.Pattern[str]:
    words = list(chain.from_iterable(wanted.phrases))
    return _compiled(tuple(word.plain for word in words), wanted.is_open, False)


def _compiled(words: tuple[str, ...], is_open: bool, is_sequence: bool) -> re.Pattern[str]:
    each = [_spelled(word) for word in words]
    if is_open:
        each[-1] += r"\w*"
    joined = r"[\W_]+".join(each) if is_sequence else "|".join(sorted(each, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


def _spelled(word: str) -> str:
    """A pattern of all spellings of a plain word; a closing "i" may have been a "y" (`vanban.spelling`)."""
    letters = [f"[{re.escape(_letters()[sign])}]{COMBINING}" for sign in word]
    if word.endswith("i"):
        letters[-1] = f"[{re.escape(_letters()['i'] + _letters()['y'])}]{COMBINING}"
    return "".join(letters)


@cache
def _letters() -> dict[str, str]:
    """Plain letter → all letters, small and capital, that fold to it."""
    found: dict[str, str] = defaultdict(str)
    for code in (*range(0x30, 0x250), *range(0x1E00, 0x1F00)):
        if len(plain := fold(chr(code))) == 1:
            found[plain] += chr(code)
    return _Letters(found)


class _Letters(dict[str, str]):
    def __missing__(self, sign: str) -> str:
        return sign + sign.upper()
