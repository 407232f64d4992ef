"""Proving the history: that nothing was altered, or which line was the first; and that one line is in it.

Everything is read in one pass, with as much memory for a million lines as for a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Max, Q

from motbuoc.foundation.history.digests import (
    LINE_FIELDS,
    SIZE,
    Tree,
    leaf_of,
    leaves_in,
    path_of,
    personal_digest_of,
    root_from,
    seal_digest_of,
)
from motbuoc.foundation.history.models import HistoryHead, HistoryLine, HistoryPersonal, HistorySeal

CHUNK = 500  # rows fetched at once
FEW_SEALS = 4  # the same of seals, which hold the digests of a thousand lines
ERASING = ("erase_personal", "retain_personal")
"""Actions whose lines say, as `erased`, of how many lines the personal values were erased."""


class Finding(NamedTuple):
    """The first thing that is not as it was written.

    `kind`: altered, removed, slipped_in, cut_off (a line); personal_altered, personal_removed; seal_altered,
    seal_removed. `line`: the line in question, 0 where none can be named; `seal`: the seal.
    """

    kind: str
    line: int = 0
    seal: int = 0


class Verdict(NamedTuple):
    """How many lines stand before the first finding, and that finding; None when everything is whole."""

    lines: int
    finding: Finding | None


class _Altered(Exception):
    def __init__(self, kind: str, line: int = 0, seal: int = 0) -> None:
        self.finding = Finding(kind, line, seal)


def verify() -> Verdict:
    """Prove that nothing was altered since it was written, or name the first line that was.

    Writers are not held up: what is written meanwhile is left for the next time.
    """
    top = HistoryLine.objects.aggregate(top=Max("pk"))["top"] or 0  # before the head, which only grows
    head = HistoryHead.objects.filter(pk=1).first() or HistoryHead()
    walk = _Walk(head.count)
    try:
        walk.under_seals(head.seals)
        walk.to_the_end()
        if top > head.count:
            raise _Altered("slipped_in", head.count + 1)
        if walk.erased > walk.told + _told_after(head.count):
            raise _Altered("personal_removed")
    except _Altered as altered:
        return Verdict(walk.last, altered.finding)
    return Verdict(walk.last, None)


def _told_after(line: int) -> int:
    """Of how many lines values were erased while the walk was under way."""
    lines = HistoryLine.objects.filter(pk__gt=line, action__in=ERASING).values_list("values", flat=True)
    return sum(values["erased"] for values in lines)


class _Walk:
    """One pass over lines, their personal values and the seals, side by side in the order of the lines."""

    def __init__(self, count: int) -> None:
        self.count, self.last, self.erased, self.told = count, 0, 0, 0
        lines = HistoryLine.objects.filter(pk__lte=count).order_by("pk")
        self._lines = lines.values_list(*LINE_FIELDS, "digest").iterator(chunk_size=CHUNK)
        personal = HistoryPersonal.objects.filter(line__lte=count).order_by("line_id")
        self._personal = personal.values_list("line_id", "salt", "values").iterator(chunk_size=CHUNK)
        self._next_personal = next(self._personal, None)

    def under_seals(self, seals: int) -> None:
        """Walk to the last line that is sealed; there should be `seals` of them."""
        previous, number = "", 0
        for seal in (
            HistorySeal.objects.filter(number__lte=seals).order_by("number").iterator(chunk_size=FEW_SEALS)
        ):
            number += 1
            if seal.number != number:
                raise _Altered("seal_removed", self.last + 1, number)
            if not _is_whole(seal, previous, self.last + 1):
                raise _Altered("seal_altered", self.last + 1, number)
            for leaf in leaves_in(bytes(seal.leaves)):
                self._step(leaf)
            previous = seal.digest
        if number < seals:
            raise _Altered("seal_removed", self.last + 1, number + 1)

    def to_the_end(self) -> None:
        """Walk over the lines that are not sealed yet."""
        while self.last < self.count:
            self._step(None)
        if self._next_personal:
            raise _Altered("personal_altered", self._next_personal[0])

    def _step(self, leaf: bytes | None) -> None:
        """The next line, whose digest must be `leaf` where it is sealed."""
        due = self.last + 1
        try:
            line = next(self._lines, None)
            found = leaf_of(line[:-1]) if line else b""
        except (ValueError, TypeError, AttributeError) as unreadable:  # not even a date or JSON any more
            raise _Altered("altered", due) from unreadable
        if line is None:
            raise _Altered("cut_off", due)
        pk, digest = line[0], line[-1]
        if pk != due:
            raise _Altered("removed", due) if pk > due else _Altered("slipped_in", pk)
        if found.hex() != digest or leaf not in (None, found):
            raise _Altered("altered", pk)
        self._check_personal(pk, line[-2])
        if line[5] in ERASING:
            self.told += line[8]["erased"]
        self.last = pk

    def _check_personal(self, pk: int, digest: str) -> None:
        kept = self._next_personal
        if kept and kept[0] <= pk:
            if kept[0] < pk or not _fits(digest, kept[1], kept[2]):
                raise _Altered("personal_altered", kept[0])
            self._next_personal = next(self._personal, None)
        elif digest:
            self.erased += 1


def _fits(digest: str, salt: str, values: Any) -> bool:
    try:
        return personal_digest_of(salt, values) == digest
    except ValueError:  # a salt that is no salt
        return False


def _is_whole(seal: HistorySeal, previous: str, first: int) -> bool:
    leaves = bytes(seal.leaves)
    covered = (previous, seal.number, first, seal.last_line, seal.count, seal.root, seal.sealed_at)
    return (
        seal.first_line == first
        and seal.last_line == first + seal.count - 1
        and len(leaves) == seal.count * SIZE
        and Tree(leaves_in(leaves)).root().hex() == seal.root
        and seal_digest_of(*covered) == seal.digest
    )


def newest_seal() -> HistorySeal | None:
    """The newest seal, whose digest is the root to be kept outside."""
    return HistorySeal.objects.defer("leaves").order_by("-number").first()


def seal_kept_as(root: str) -> HistorySeal | None:
    """The seal of a root that was kept outside, however it was typed; None if the chain has no such root."""
    typed = "".join(root.split()).lower()
    return HistorySeal.objects.defer("leaves").filter(digest=typed).first()


@dataclass(frozen=True)
class Proof:
    """That a line is in the history: from its digest along `path` to the root of its seal."""

    line: int
    leaf: bytes
    index: int
    path: list[bytes]
    seal: HistorySeal

    def holds(self) -> bool:
        """Whether the path leads to the root, and the root into the chain."""
        before = HistorySeal.objects.filter(number=self.seal.number - 1).first()
        root = root_from(self.leaf, self.index, self.seal.count, self.path).hex()
        previous = before.digest if before else ""
        return root == self.seal.root and _is_whole(self.seal, previous, self.seal.first_line)


def proof_of(line: int) -> Proof | None:
    """The proof that a line is in the history; None if there is no such line or it is not sealed yet."""
    seal = HistorySeal.objects.filter(Q(first_line__lte=line) & Q(last_line__gte=line)).first()
    fields = HistoryLine.objects.filter(pk=line).values_list(*LINE_FIELDS).first()
    if seal is None or fields is None:
        return None
    index = line - seal.first_line
    return Proof(line, leaf_of(fields), index, path_of(index, leaves_in(bytes(seal.leaves))), seal)
