"""The digests that hold the history together. Their form is for good: change it and no kept root fits any more.

Leaves and nodes as in RFC 6962 (Certificate Transparency), section 2.1: SHA-256 over 0x00 and the line, or over
0x01 and two digests; a seal begins with 0x02, so that none can ever be taken for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Any

LEAF, NODE, SEAL = b"\x00", b"\x01", b"\x02"
SIZE = 32  # bytes of a digest

_encode = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

LINE_FIELDS = (
    "id",
    "at",
    "actor_id",
    "position_id",
    "unit_id",
    "action",
    "object_type",
    "object_id",
    "values",
    "request",
    "personal_digest",
)
"""What of a line its digest covers: everything but the digest itself."""


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: one form for one value."""
    return _encode(value).encode()


def leaf_of(fields: Sequence[Any]) -> bytes:
    """The digest of one line, given its `LINE_FIELDS` in that order."""
    number, at, *others = fields
    return sha256(LEAF + canonical([number, moment(at), *others])).digest()


def moment(at: datetime) -> str:
    """A moment in one form, whatever zone it is told in."""
    return at.astimezone(UTC).isoformat()


def personal_digest_of(salt: str, values: dict[str, Any]) -> str:
    """What a line keeps of its personal values. The salt (hex) keeps names from being found by trying."""
    return sha256(bytes.fromhex(salt) + canonical(values)).hexdigest()


def seal_digest_of(
    previous: str, number: int, first: int, last: int, count: int, root: str, sealed_at: datetime
) -> str:
    """The digest of a seal, which covers the digest of the one before and so everything up to here."""
    return sha256(SEAL + canonical([previous, number, first, last, count, root, moment(sealed_at)])).hexdigest()


def node_of(left: bytes, right: bytes) -> bytes:
    """The digest over two neighbours."""
    return sha256(NODE + left + right).digest()


class Tree:
    """A Merkle tree that grows leaf by leaf and remembers one digest for each power of two in their number."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._whole: list[tuple[int, bytes]] = []  # whole subtrees, larger ones first: how many leaves, digest
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        """Add the next leaf."""
        size, digest = 1, leaf
        while self._whole and self._whole[-1][0] == size:
            digest = node_of(self._whole.pop()[1], digest)
            size *= 2
        self._whole.append((size, digest))

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._whole:
            return sha256().digest()
        *others, (_size, digest) = self._whole
        for _count, left in reversed(others):
            digest = node_of(left, digest)
        return digest


def leaves_in(packed: bytes) -> list[bytes]:
    """The digests that a seal keeps in a row."""
    return [packed[start : start + SIZE] for start in range(0, len(packed), SIZE)]


def path_of(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The digests that lead from the leaf at `index` to the root (RFC 6962, 2.1.1), the nearest first."""
    if len(leaves) <= 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*path_of(index, leaves[:half]), Tree(leaves[half:]).root()]
    return [*path_of(index - half, leaves[half:]), Tree(leaves[:half]).root()]


def root_from(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf and its path lead to."""
    if count <= 1 or not path:
        return leaf
    half = 1 << (count - 1).bit_length() - 1
    *rest, sibling = path
    if index < half:
        return node_of(root_from(leaf, index, half, rest), sibling)
    return node_of(sibling, root_from(leaf, index - half, count - half, rest))
