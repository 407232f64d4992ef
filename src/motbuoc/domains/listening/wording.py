"""A short Vietnamese text as the grouping sees it: the words that matter in it, and the fields they belong to.

Words are compared without marks, so capitals, accents left out, where a tone is put and how characters are
composed play no part. Shorthand is written out, the phrases of the table (`words.toml`) are found, longest first,
and words that say nothing of the matter are left out. A single word is told from others of the same letters by its
accents where the text has any: "chưa" is no "chùa"; in a text without accents it then counts for nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from vanban.spelling import Spelling, spellings, words_in

LONGEST = 400  # words of a text that are looked at
_LETTERS = LONGEST * 21  # code points that hold so many words: seven letters each, in three code points at most

Fields = tuple[str, ...]


class Wording(NamedTuple):
    """The words of a text that matter, in order, and the weight of each field of the table that they speak of."""

    words: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]

    @property
    def key(self) -> str:
        """What is the same for texts that say the same in the same words, empty words and spelling aside."""
        return " ".join(self.words)

    @property
    def terms(self) -> list[str]:
        """Each word and each two words in a row, once."""
        return [*dict.fromkeys((*self.words, *map(" ".join, pairwise(self.words))))]


class Table(NamedTuple):
    """The table of words, without marks: the fields of each phrase, none for what is empty.

    `marked` has the single words by their full spelling, for texts with accents; `bare` by their letters;
    `longest` how many words a phrase has at most that begins with a word.
    """

    shorthand: dict[str, list[Spelling]]
    phrases: dict[tuple[str, ...], Fields]
    marked: dict[str, Fields]
    bare: dict[str, Fields]
    longest: dict[str, int]


@cache
def table() -> Table:
    """The table as it is written in `words.toml`."""
    written = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    listed: dict[tuple[Spelling, ...], Fields] = {}
    for field, phrases in written["fields"].items():
        for phrase in dict.fromkeys(_listed(phrases)):
            listed[phrase] = (*listed.get(phrase, ()), field)
    listed |= dict.fromkeys(_listed(written["empty"]["words"]), ())
    single = {phrase[0]: fields for phrase, fields in listed.items() if len(phrase) == 1}
    bare = {word.plain: fields for word, fields in single.items()}
    return Table(
        {
            short[0].plain: spellings(full)
            for many, full in written["shorthand"].items()
            for short in _listed(many)
        },
        {tuple(word.plain for word in phrase): fields for phrase, fields in listed.items() if len(phrase) > 1},
        {word.written: fields for word, fields in single.items()},
        bare | {word.plain: () for word, fields in single.items() if not fields},
        {phrase[0].plain: len(phrase) for phrase in sorted(listed, key=len)},
    )


def wording(text: str) -> Wording:
    """The words of a text that matter; of a very long text only the first are looked at."""
    known = table()
    words: list[str] = []
    weights: dict[str, float] = {}
    for phrase, fields in _phrases(_written_out(text, known), known):
        if fields is not None and not fields:
            continue
        words += phrase
        for field in fields or ():
            weights[field] = weights.get(field, 0.0) + len(phrase) ** 0.5 / len(fields or ())
    return Wording(tuple(words), tuple(sorted(weights.items())))


def as_typed(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, each two in a row and the longer phrases of the table, as typed in small letters; each
    with what it is without marks.
    """
    known, begins = table(), text[:_LETTERS]
    typed, plain = words_in(begins), [word.plain for word in spellings(begins)]
    for at, word in enumerate(plain):
        for end in range(at + 1, min(at + max(2, known.longest.get(word, 1)), len(plain)) + 1):
            if end - at < 3 or known.phrases.get(tuple(plain[at:end])):
                yield " ".join(typed[at:end]), " ".join(plain[at:end])


def _written_out(text: str, known: Table) -> list[Spelling]:
    words = spellings(text[:_LETTERS])[:LONGEST]
    if any(word.plain in known.shorthand for word in words):
        return [full for word in words for full in known.shorthand.get(word.plain, (word,))]
    return words


def _phrases(words: Sequence[Spelling], known: Table) -> Iterator[tuple[tuple[str, ...], Fields | None]]:
    """The words in phrases of the table, the longest that fits first; None for a word that is in none."""
    plain = tuple([word.plain for word in words])
    has_accents = any(word.written != word.toneless or word.toneless != word.plain for word in words)
    at = 0
    while at < len(words):
        for length in range(min(known.longest.get(plain[at], 1), len(words) - at), 1, -1):
            phrase = plain[at : at + length]
            fields = known.phrases.get(phrase)
            if fields is not None:
                yield phrase, fields
                at += length
                break
        else:
            one = words[at]
            yield (one.plain,), known.marked.get(one.written) if has_accents else known.bare.get(one.plain)
            at += 1


def _listed(many: str) -> Iterable[tuple[Spelling, ...]]:
    return [tuple(spellings(one)) for one in many.split(",") if one.strip()]
