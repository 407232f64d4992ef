"""What must be hidden beside small counts, so that none of them follows from the rest by adding and subtracting.

Counts that add up are the edges of a network: what comes into a node goes out of it. One breakdown is a bundle of
edges between two nodes, a table goes from its rows to its columns, a tree from each unit to those below it. Which
values a hidden edge can have, given all that is shown, is then known exactly and in whole numbers: as much can be
added to it as flows back from its end to its start over other hidden edges (max-flow). To hide along the cheapest
such way is known from cell suppression on networks (Cox 1995, Castro 2007).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from heapq import heappop, heappush
from itertools import count as counting
from typing import NamedTuple

DEAR = 10**12  # people: more than any other way can have

Flow = dict[int, int]
"""What was added to some edges, by their index."""


class Edge(NamedTuple):
    """A count of people that goes from one node to another."""

    tail: Hashable
    head: Hashable
    people: int


def covered(
    edges: Sequence[Edge], least: int, hidden: Collection[int] = (), dear: Collection[int] = ()
) -> set[int] | None:
    """The indices of the counts to hide: all from 1 to `least` - 1, and as few people beside them as are needed.

    Zero is always shown, so whoever looks knows that what is hidden is at least 1. Knowing all that is shown, each
    small count can still have `least` values or more; any hidden counts of which one is small are therefore, where
    their sum can be known, more than `least` people together. Nor is one pinned by knowing this rule too: where
    small counts could only be what they are if all of them are small, one more is hidden.

    `hidden` are hidden already; `dear` are hidden only where nothing else covers.

    Returns None where that cannot be had: everything must then be hidden, zeros too.
    """
    small = [at for at, edge in enumerate(edges) if 0 < edge.people < least]
    net = _Net(edges, {*small, *(at for at in hidden if edges[at].people)}, least, dear)
    for at in sorted(small, key=lambda at: edges[at].people):
        if not _cover(net, at, least - 1):
            return None
        _blur(net, at)
    return net.hidden


def _blur(net: _Net, at: int) -> None:
    """Hide more where a small count cannot differ without another small one ceasing to be small.

    Of 5, 4 and 4 the two would be known: were one of them the cover of a smaller one, it would be 5, and then the
    first 5 would have been hidden in its place.
    """
    tail, head, count = net.edges[at]
    ways = [(head, tail)] if count + 1 < net.least else []
    ways += [(tail, head)] if count > 1 else []
    if not any(net.push(start, end, at, 1, {}, stays_small=True) for start, end in ways):
        net.hidden.update(net.cheapest(*ways[0], at, {}, stays_small=True))


def _cover(net: _Net, at: int, needed: int) -> bool:
    """Hide more until a small count can have `needed` other values; False where nothing is left to hide."""
    tail, head, count = net.edges[at]
    down: Flow = {}
    fewer = net.push(tail, head, at, min(needed, count - 1), down)
    up: Flow = {}
    more = net.push(head, tail, at, needed - fewer, up)
    while fewer + more < needed:
        if way := net.cheapest(head, tail, at, up):
            net.hidden.update(way)
            more += net.push(head, tail, at, needed - fewer - more, up)
        elif fewer < count - 1 and (way := net.cheapest(tail, head, at, down)):
            net.hidden.update(way)
            fewer += net.push(tail, head, at, min(needed - more, count - 1) - fewer, down)
        else:
            return False
    return True


class _Net:
    """The edges by node, and which of them are hidden."""

    def __init__(self, edges: Sequence[Edge], hidden: set[int], least: int, dear: Collection[int]) -> None:
        self.edges, self.hidden, self.least, self.dear = edges, hidden, least, frozenset(dear)
        self._ways: dict[Hashable, list[tuple[int, Hashable, int]]] = {}
        for at, edge in enumerate(edges):
            if edge.people:
                self._ways.setdefault(edge.tail, []).append((at, edge.head, 1))
                self._ways.setdefault(edge.head, []).append((at, edge.tail, -1))

    def push(
        self, start: Hashable, end: Hashable, without: int, most: int, flow: Flow, *, stays_small: bool = False
    ) -> int:
        """Send up to `most` over hidden edges, beside what flows already; how much more it was.

        `stays_small`: a small count is not made larger than a small one can be.
        """
        sent = 0
        while sent < most and (path := self._path(start, end, without, flow, stays_small)):
            rooms = [room for at, sign in path if (room := self._room(at, sign, flow, stays_small)) is not None]
            amount = min([most - sent, *rooms])
            for at, sign in path:
                flow[at] = flow.get(at, 0) + sign * amount
            sent += amount
        return sent

    def cheapest(
        self, start: Hashable, end: Hashable, without: int, flow: Flow, *, stays_small: bool = False
    ) -> set[int]:
        """The edges of the way on which the fewest people not hidden yet are; empty: there is none.

        Where two would do as well, both: which of them came first must tell nothing.
        """
        order = counting()
        queue: list[tuple[int, int, Hashable, tuple[int, ...]]] = [(0, next(order), start, ())]
        done: set[Hashable] = set()
        while queue:
            cost, _, node, path = heappop(queue)
            if node == end:
                return set(path) | {twin for at in path for twin in self._twins(at)}
            if node in done:
                continue
            done.add(node)
            for at, far, sign in self._ways.get(node, ()):
                if at != without and far not in done and self._room(at, sign, flow, stays_small) != 0:
                    price = 0 if at in self.hidden else self.edges[at].people + DEAR * (at in self.dear)
                    heappush(queue, (cost + price, next(order), far, (*path, at)))
        return set()

    def _twins(self, at: int) -> list[int]:
        if at in self.hidden:
            return []
        ways = self._ways[self.edges[at].tail]
        return [other for other, _, _ in ways if self.edges[other] == self.edges[at]]

    def _room(self, at: int, sign: int, flow: Flow, stays_small: bool) -> int | None:
        """By how much a count can still be smaller (hidden, it is at least 1), or larger: None without end."""
        count = self.edges[at].people + flow.get(at, 0)
        if sign < 0:
            return count - 1
        return max(self.least - 1 - count, 0) if stays_small and self.edges[at].people < self.least else None

    def _path(
        self, start: Hashable, end: Hashable, without: int, flow: Flow, stays_small: bool
    ) -> list[tuple[int, int]]:
        came: dict[Hashable, tuple[Hashable, int, int]] = {}
        queue, known = [start], {start}
        for node in queue:
            for at, far, sign in self._ways.get(node, ()):
                if at == without or at not in self.hidden or far in known:
                    continue
                if self._room(at, sign, flow, stays_small) == 0:
                    continue
                known.add(far)
                came[far] = (node, at, sign)
                if far == end:
                    return _back(came, start, end)
                queue.append(far)
        return []


def _back(
    came: dict[Hashable, tuple[Hashable, int, int]], start: Hashable, end: Hashable
) -> list[tuple[int, int]]:
    path: list[tuple[int, int]] = []
    while end != start:
        end, at, sign = came[end]
        path.append((at, sign))
    return path
