"""Two readings of one picture become one: where they differ, the surer wins and is not trusted.

A machine that misreads a letter is often sure of it; that another way of looking gives another word says more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.sources.rows import Word

_DISPUTED = 0.6  # how often the surer of two different words is right
_OVERLAP = 0.3  # of the narrower and of the lower of two words
_LONE = 0.75  # less sure than this, a word that only one reading has is a speck


def agreed(first: Sequence[Word], second: Sequence[Word]) -> list[Word]:
    """Return the words of both readings, each place once."""
    words: list[Word] = []
    for ours, theirs in _places(first, second):
        if not ours or not theirs:
            words += [_doubted(word) for word in ours or theirs if word.sure >= _LONE]
            continue
        best, other = (ours, theirs) if _sureness(ours) >= _sureness(theirs) else (theirs, ours)
        same = "".join(word.text for word in best) == "".join(word.text for word in other)
        words += best if same else [_doubted(word) for word in best]
    return words


def _doubted(word: Word) -> Word:
    return word._replace(sure=min(word.sure, _DISPUTED))


def _sureness(words: Sequence[Word]) -> float:
    return sum(word.sure * len(word.text) for word in words) / sum(len(word.text) for word in words)


def _places(first: Sequence[Word], second: Sequence[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield the words of both readings that stand in one place; one of two lists may be empty."""
    marked = sorted([(word, 0) for word in first] + [(word, 1) for word in second], key=lambda each: each[0].left)
    open_places: list[tuple[list[Word], list[Word]]] = []
    for word, reading in marked:
        for place in [place for place in open_places if _passed(place, word)]:
            open_places.remove(place)
            yield place
        meeting = [place for place in open_places if any(_meet(word, other) for part in place for other in part)]
        whole: tuple[list[Word], list[Word]] = ([], [])
        for place in meeting:
            open_places.remove(place)
            whole[0].extend(place[0])
            whole[1].extend(place[1])
        whole[reading].append(word)
        open_places.append(whole)
    yield from open_places


def _passed(place: tuple[list[Word], list[Word]], word: Word) -> bool:
    return all(other.right < word.left for part in place for other in part)


def _meet(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    return across > _OVERLAP * min(word.right - word.left, other.right - other.left) and down > _OVERLAP * min(
        word.height, other.height
    )
