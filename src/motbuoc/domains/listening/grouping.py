"""Short texts grouped by what they speak of: how many groups is found, and what fits nowhere stays alone.

Texts that say the same in the same words are one. A sample of the rest is put together from below: two groups
become one while their texts are alike enough on average. Every other text goes to the group that it is most like;
what fits none is sampled in the next round, so that what only few people say is found too. All is done in an order
made of the texts themselves, so it does not matter in which order they come.

A group is a proposal: a person names it, merges and moves (`keeping`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log1p, sqrt
from typing import TYPE_CHECKING, NamedTuple

from motbuoc.domains.listening.placing import Themes
from motbuoc.domains.listening.weighing import Weighed, middles, nearest, weighed
from motbuoc.domains.listening.wording import Wording, as_typed, wording

if TYPE_CHECKING:
    import numpy as np  # slow to load: only who groups waits for it
    from scipy.sparse import csr_array  # slow to load: only who groups waits for it

APART = 0.7  # mean distance (1 - likeness) between the texts of two groups from which they are two
SAMPLE = 3_000  # wordings that are compared each with each; twice as many take four times as long
ROUNDS = 4  # samples that are taken, each of what fits nowhere so far
PAIRS, WORDS, CENTRAL = 4, 6, 5  # that are shown of a group: pairs of words, pairs and words, texts
LOOKED_AT = 50  # most central texts in which it is looked how words are typed
FEWEST = 2  # texts of a group; of very many texts, a twentieth of the root of their number


@dataclass(frozen=True)
class Group:
    """A group of texts: the words that stand for it as people typed them, and its most central texts by index."""

    number: int
    size: int
    words: tuple[str, ...]
    central: tuple[int, ...]


@dataclass(frozen=True)
class Grouping:
    """For each text the number of its group, None where it stays alone; the groups, largest first; their middles.

    `same_as` gives for each text the index of the first that says the same in the same words.
    """

    labels: tuple[int | None, ...]
    groups: tuple[Group, ...]
    themes: Themes
    same_as: tuple[int, ...]


class _Distinct(NamedTuple):
    """The different wordings, in an order that only they and the seed decide, and the row of each text's.

    `firsts` has the first text of each row, `counts` how many texts each has; a text without words has no row.
    """

    said: list[Wording]
    firsts: list[int]
    counts: np.ndarray
    rows_of_texts: list[int | None]


def group(texts: Sequence[str], *, seed: int = 0) -> Grouping:
    """Group texts by what they speak of.

    A group has at least two texts, of very many more (`fewest`). A text without a word that matters stays alone.
    `seed` decides which texts are sampled where there are very many; the same texts and seed always give the same
    groups.
    """
    distinct = _distinct([wording(text) for text in texts], seed)
    every = weighed(distinct.said)
    labels, centres = _grouped(every.rows, distinct.counts, fewest(len(texts)))
    return _told(texts, distinct, every, labels, centres)


def fewest(count: int) -> int:
    """How many texts a group of so many must have: 2 of a few, 16 of a hundred thousand, 50 of a million."""
    return max(FEWEST, round(sqrt(count) / 20))


def _distinct(said: Sequence[Wording], seed: int) -> _Distinct:
    import numpy as np  # slow to load: only who groups waits for it

    first: dict[str, int] = {}
    for at, one in enumerate(said):
        first.setdefault(one.key, at)
    times = Counter(one.key for one in said)
    salt = seed.to_bytes(8, "big", signed=True)
    keys = sorted(
        (key for key in first if key),
        key=lambda key: (blake2b(key.encode(), digest_size=8, salt=salt).digest(), key),
    )
    row = {key: at for at, key in enumerate(keys)}
    return _Distinct(
        [said[first[key]] for key in keys],
        [first[key] for key in keys],
        np.asarray([times[key] for key in keys], dtype=np.int64),
        [row.get(one.key) for one in said],
    )


def _grouped(rows: csr_array, counts: np.ndarray, least: int) -> tuple[np.ndarray, csr_array]:
    """The group of each wording, -1 for none, and the middles of the groups."""
    import numpy as np  # slow to load: only who groups waits for it
    from scipy.sparse import vstack  # slow to load: only who groups waits for it

    left = np.arange(rows.shape[0])
    centres = rows[:0]
    for _ in range(ROUNDS):
        sample = left[:SAMPLE]
        new = middles(rows[sample], _put_together(rows[sample]), counts[sample])
        centres = vstack([centres, new], format="csr")
        if len(left) <= SAMPLE or not new.shape[0]:
            break
        left = left[nearest(rows[left], new) < 0]
    labels = nearest(rows, centres)
    while True:  # every text to the nearest of all middles; a group that has lost its texts falls away
        centres = middles(rows, labels, counts, least)
        labels = nearest(rows, centres)
        is_in = labels >= 0
        has_texts = np.bincount(labels[is_in], counts[is_in], minlength=centres.shape[0]) >= least
        if has_texts.all():
            return labels, centres
        labels[is_in] = np.where(has_texts, np.arange(len(has_texts)), -1)[labels[is_in]]


def _put_together(rows: csr_array) -> np.ndarray:
    """The group of each row: from below, two groups at a time, until all are too far apart on average."""
    import numpy as np  # slow to load: only who groups waits for it
    from scipy.cluster.hierarchy import fcluster, linkage  # slow to load: only who groups waits for it

    count = rows.shape[0]
    if count < 2:
        return np.zeros(count, dtype=np.int64)
    apart = 1 - (rows @ rows.T).toarray()[np.triu_indices(count, 1)]
    found: np.ndarray = fcluster(linkage(np.maximum(apart, 0), "average"), APART, "distance") - 1
    return found


def _told(
    texts: Sequence[str], distinct: _Distinct, every: Weighed, labels: np.ndarray, centres: csr_array
) -> Grouping:
    """The grouping in terms of the texts: groups numbered by size, each with its words and most central texts."""
    import numpy as np  # slow to load: only who groups waits for it

    sizes = np.bincount(labels[labels >= 0], distinct.counts[labels >= 0], minlength=centres.shape[0])
    by_group = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[by_group], np.arange(centres.shape[0] + 1))
    order = sorted(range(centres.shape[0]), key=lambda old: (-sizes[old], by_group[starts[old]]))
    number = dict(zip(order, range(len(order)), strict=True))
    themes = every.themes(centres[order], range(len(order)))
    groups = []
    for old in order:
        rows = by_group[starts[old] : starts[old + 1]]
        likeness = (every.rows[rows] @ centres[[old]].T).toarray().ravel()
        central = [distinct.firsts[row] for row in rows[np.argsort(-likeness, kind="stable")[:LOOKED_AT]]]
        words = _words_for(themes, number[old], [texts[at] for at in central])
        groups.append(Group(number[old], int(sizes[old]), words, tuple(central[:CENTRAL])))
    of_text = [None if row is None else number.get(int(labels[row])) for row in distinct.rows_of_texts]
    same = tuple(at if row is None else distinct.firsts[row] for at, row in enumerate(distinct.rows_of_texts))
    return Grouping(tuple(of_text), tuple(groups), themes, same)


def _words_for(themes: Themes, number: int, texts: Sequence[str]) -> tuple[str, ...]:
    """The words that stand for a group: pairs, or the phrase they are of, then single words; as most texts write
    them.

    What comes oftener here than elsewhere goes before what is common everywhere.
    """
    typed: dict[str, Counter[str]] = {}
    for form, term in (one for text in texts for one in as_typed(text)):
        if " " in form or wording(form).words:
            typed.setdefault(term, Counter())[form] += 1
    times = {term: forms.total() for term, forms in typed.items()}
    middle = themes.middles[number]
    least = 2 if any(times.get(term, 0) > 1 for term in middle) else 1
    weights = {
        term: weight * log1p(times[term] / len(texts) * themes.seen / max(themes.common.get(term, 1), 1))
        for term, weight in middle.items()
        if times.get(term, 0) >= least
    }
    by_weight = sorted(weights, key=lambda term: (-weights[term], term))
    chosen: list[str] = []
    taken: set[str] = set()
    for pair in (term for term in by_weight if " " in term):
        whole = max(_phrases_of(pair, times), key=lambda phrase: (times[phrase], phrase), default=pair)
        if len(chosen) < PAIRS and taken.isdisjoint(whole.split()):
            chosen.append(whole)
        taken.update(whole.split())
    chosen += [term for term in by_weight if " " not in term and not term.isdigit() and term not in taken]
    return tuple(_usual(typed[term]) for term in chosen[:WORDS])


def _phrases_of(pair: str, times: Mapping[str, int]) -> list[str]:
    """The longer phrases that at least every other time the pair is part of."""
    often = [term for term, count in times.items() if term.count(" ") > 1 and 2 * count >= times[pair]]
    return [term for term in often if f" {pair} " in f" {term} "]


def _usual(forms: Counter[str]) -> str:
    """The form typed most often, rather with accents, rather of words that all say something."""
    said = {form: all(wording(word).words for word in form.split()) for form in forms}
    return max(forms, key=lambda form: (not form.isascii(), said[form], forms[form], form))
