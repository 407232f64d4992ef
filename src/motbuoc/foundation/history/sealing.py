"""Sealing: lines are made fast in batches, each under a Merkle root that is chained to the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from motbuoc.foundation.core import clock
from motbuoc.foundation.history.digests import Tree, seal_digest_of
from motbuoc.foundation.history.models import HistoryHead, HistoryLine, HistorySeal


class LineMissing(Exception):
    """A line that should be sealed next is not there; `motbuoc history verify` says more."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number} of the history is missing")
        self.number = number


def seal_lines() -> int:
    """Seal every line that is not sealed yet, at most `HISTORY_SEAL_LINES` under one seal; how many lines.

    Raises:
        LineMissing: the lines are not whole, so nothing was sealed from there on.
    """
    total = 0
    while _is_something_open() and (sealed := _seal_next(settings.HISTORY_SEAL_LINES)):
        total += sealed
    return total


def _is_something_open() -> bool:
    """Asked without holding anything: most minutes nothing was written."""
    head, last = HistoryHead.objects.filter(pk=1).first(), _newest()
    return bool(head and head.count > (last.last_line if last else 0))


def _newest() -> HistorySeal | None:
    return HistorySeal.objects.defer("leaves").order_by("-number").first()


@transaction.atomic
def _seal_next(most: int) -> int:
    """Put one seal on the lines that come next. What is in them is not looked at: that is for `verify`."""
    head = HistoryHead.objects.select_for_update().get(pk=1)
    newest = _newest()
    previous, number, last = (newest.digest, newest.number, newest.last_line) if newest else ("", 0, 0)
    first, until = last + 1, min(last + most, head.count)
    lines = HistoryLine.objects.filter(pk__gte=first, pk__lte=until).order_by("pk").values_list("pk", "digest")
    tree, leaves = Tree(), bytearray()
    for pk, digest in lines.iterator(chunk_size=500):
        if pk != last + 1:
            raise LineMissing(last + 1)
        last, leaf = pk, bytes.fromhex(digest)
        tree.add(leaf)
        leaves += leaf
    if last < until:
        raise LineMissing(last + 1)
    if last < first:
        return 0
    now, root, count = clock.now(), tree.root().hex(), last - first + 1
    HistorySeal.objects.create(
        number=number + 1,
        first_line=first,
        last_line=last,
        count=count,
        leaves=bytes(leaves),
        root=root,
        digest=seal_digest_of(previous, number + 1, first, last, count, root, now),
        sealed_at=now,
    )
    head.seals = number + 1
    head.save(update_fields=["seals"])
    return count
