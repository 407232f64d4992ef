"""Wordings as rows of numbers, the middles of sets of rows, and which middle a row is most like.

The weights are those of `placing`: terms by how rare they are, of length 1; fields, of length `FIELDS`, each less
the more texts speak of it; both together of length 1. So the product of two rows is how alike they are, 0 to 1.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from motbuoc.domains.listening.placing import FIELD, FIELDS, FITS, Themes, telling
from motbuoc.domains.listening.wording import Wording

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

STRONGEST = 200  # terms that a middle keeps
AT_ONCE = 10_000  # rows compared with all middles at once


class Weighed(NamedTuple):
    """The wordings as `rows`, and the term or field of each column."""

    rows: csr_array
    terms: tuple[str, ...]

    def themes(self, middles: csr_array, numbers: Sequence[int]) -> Themes:
        """Middles as they are kept, under their numbers."""
        import numpy as np  # slow to load: only who groups waits for it

        kept = {}
        for number, start, end in zip(numbers, middles.indptr[:-1], middles.indptr[1:], strict=True):
            weights = zip(middles.indices[start:end].tolist(), middles.data[start:end].tolist(), strict=True)
            kept[number] = {self.terms[column]: weight for column, weight in weights}
        common = np.bincount(self.rows.indices, minlength=len(self.terms)).tolist()
        known = {term: count for term, count in zip(self.terms, common, strict=True) if count > 1}
        return Themes(kept, known, self.rows.shape[0])


def weighed(said: Sequence[Wording]) -> Weighed:
    """Wordings as rows of length 1."""
    import numpy as np  # slow to load: only who groups waits for it
    from scipy.sparse import csr_array, hstack  # slow to load: only who groups waits for it

    terms: dict[str, int] = {}
    fields: dict[str, int] = {}
    columns, ends = array("i"), array("q", [0])
    spoken, weights, field_ends = array("i"), array("f"), array("q", [0])
    for one in said:
        columns.extend(terms.setdefault(term, len(terms)) for term in one.terms)
        ends.append(len(columns))
        spoken.extend(fields.setdefault(field, len(fields)) for field, _ in one.fields)
        weights.extend(weight for _, weight in one.fields)
        field_ends.append(len(spoken))
    indices = np.asarray(columns, dtype=np.int32)
    common = np.maximum(np.bincount(indices, minlength=len(terms)), 1)
    rare = (np.log((1 + len(said)) / (1 + common)) + 1).astype(np.float32)  # as `placing.rarity`
    by_terms = csr_array((rare[indices], indices, np.asarray(ends)), (len(said), len(terms)))
    told = (np.asarray(weights, np.float32), np.asarray(spoken, np.int32), np.asarray(field_ends))
    by_fields = csr_array(told, (len(said), len(fields)))
    speak = np.bincount(by_fields.indices, minlength=len(fields)).tolist()
    tell = np.asarray([FIELDS * telling(len(said), count) for count in speak], dtype=np.float32)
    of_length_one(by_fields).data *= tell[by_fields.indices]
    parts = [of_length_one(by_terms), by_fields]
    rows = of_length_one(hstack(parts, format="csr", dtype=np.float32))
    return Weighed(rows, (*terms, *(FIELD + field for field in fields)))


def of_length_one(rows: csr_array) -> csr_array:
    """The rows, each of length 1; a row without anything stays so."""
    import numpy as np  # slow to load: only who groups waits for it

    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    rows.data = (rows.data / np.repeat(np.where(lengths > 0, lengths, 1), np.diff(rows.indptr))).astype(np.float32)
    return rows


def middles(rows: csr_array, labels: np.ndarray, counts: np.ndarray, least: int = 2) -> csr_array:
    """The middle of each label with at least so many texts: its rows added up, the strongest terms, of length 1.

    `labels` from 0, -1 for none; `counts` the texts behind each row. Labels with fewer texts have no middle, those
    after them move up.
    """
    import numpy as np  # slow to load: only who groups waits for it
    from scipy.sparse import csr_array  # slow to load: only who groups waits for it

    is_in = labels >= 0
    sizes = np.bincount(labels[is_in], counts[is_in])
    is_kept = sizes >= max(least, 1)
    moved = np.append(np.where(is_kept, np.cumsum(is_kept) - 1, -1), -1)[labels]
    at = np.flatnonzero(moved >= 0)
    ones = np.ones(len(at), dtype=np.float32)
    return of_length_one(
        _strongest(csr_array((ones, (moved[at], at)), (int(is_kept.sum()), rows.shape[0])) @ rows)
    )


def _strongest(found: csr_array) -> csr_array:
    import numpy as np  # slow to load: only who groups waits for it

    found.sort_indices()
    for start, end in zip(found.indptr[:-1], found.indptr[1:], strict=True):
        if end - start > STRONGEST:
            weights = found.data[start:end]
            weights[np.argsort(-weights, kind="stable")[STRONGEST:]] = 0
    found.eliminate_zeros()
    return found


def nearest(rows: csr_array, centres: csr_array) -> np.ndarray:
    """The middle that each row is most like, -1 where none fits."""
    import numpy as np  # slow to load: only who groups waits for it

    found = np.full(rows.shape[0], -1)
    if not centres.shape[0]:
        return found
    turned = centres.T.tocsr()
    for start in range(0, rows.shape[0], AT_ONCE):
        likeness = (rows[start : start + AT_ONCE] @ turned).toarray()
        best = likeness.argmax(axis=1)
        fits = likeness[np.arange(len(best)), best] >= FITS
        found[start : start + AT_ONCE] = np.where(fits, best, -1)
    return found


def by_label(said: Sequence[Wording], labels: Sequence[int | None]) -> Themes:
    """The middles of texts that were put together before, by a person or a grouping, under their labels."""
    import numpy as np  # slow to load: only who groups waits for it

    numbers: Mapping[int, int] = {
        label: at for at, label in enumerate(sorted({label for label in labels if label is not None}))
    }
    every = weighed(said)
    at = np.asarray([-1 if label is None else numbers[label] for label in labels], dtype=np.int64)
    return every.themes(middles(every.rows, at, np.ones(len(at), dtype=np.int64), least=1), [*numbers])
