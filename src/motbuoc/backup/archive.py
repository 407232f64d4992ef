"""The form of a backup: a plain tar file whose every byte is checked when it is read.

In this order: the database, the kept files, the signing key (if any), `manifest.json`, and a seal: the SHA-256 of
all bytes before it. Nothing is compressed (most files are already), so that an archive never unpacks to more than
its own size. `tar` lists and unpacks it; we read it by narrow rules of our own, because it may come from
anywhere: plain files under known names, headers exactly as we write them, no links, no folders, no paths that
lead elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from tarfile import BLOCKSIZE, GNU_FORMAT, TarError, TarInfo
from typing import IO, Any

import cattrs

from motbuoc.foundation.core.errors import Refusal

FORM = 1  # raised when an older reader could not understand the archive any more
DATABASE, KEY, MANIFEST, SEAL, FILES = "database", "secret_key", "manifest.json", "seal.sha256", "files/"
NAMES = re.compile(r"(database|secret_key|manifest\.json|files(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,8})")
LONGEST_NAME = 100  # what one header block holds
LARGEST_MANIFEST = 500_000_000  # bytes; about two million files
CHUNK = 1 << 20  # bytes


class Damaged(Refusal):
    """The archive is not what was written: cut, altered, or never one of ours."""


@dataclass(frozen=True)
class Member:
    """One thing in the archive: its name, its size in bytes, the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    `kind` is `sqlite` or `postgresql`, `migrations` those applied (`app.name`), `counts` the rows of each table,
    `left_out` the names of files that the database names and the store did not have.
    """

    version: str
    made_at: str
    kind: str
    migrations: list[str]
    counts: dict[str, int]
    members: list[Member] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    form: int = FORM


class ArchiveWriter:
    """Writes an archive to `out`, member by member."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.members: list[Member] = []
        self._whole = hashlib.sha256()

    def add(self, name: str, size: int, content: IO[bytes]) -> None:
        """Add `size` bytes of `content`.

        Raises:
            Refusal: the content ends before.
        """
        digest, left = hashlib.sha256(), size
        self._write(_header(name, size))
        while left:
            chunk = content.read(min(CHUNK, left))
            if not chunk:
                raise Refusal(f"{name} became shorter while it was read.")
            digest.update(chunk)
            self._write(chunk)
            left -= len(chunk)
        self._write(_padding(size))
        self.members.append(Member(name, size, digest.hexdigest()))

    def finish(self, manifest: bytes) -> None:
        """Add the manifest and the seal."""
        self._write(_header(MANIFEST, len(manifest)) + manifest + _padding(len(manifest)))
        self.out.write(_sealed(self._whole.hexdigest()))

    def _write(self, content: bytes) -> None:
        self._whole.update(content)
        self.out.write(content)


class ArchiveReader:
    """Reads an archive from a stream that need not seek.

    Iterating gives each member but the manifest as an `Incoming`; whoever wants its bytes copies them then. When
    the iteration ends, every byte was checked and `manifest` is there; before that nothing that was read is sure.
    """

    manifest: Manifest

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self._whole = hashlib.sha256()
        self._found: list[Member] = []

    def __iter__(self) -> Iterator[Incoming]:
        """Raises Damaged at the first byte that is not as written."""
        raw = b""
        while (head := self._take(BLOCKSIZE, sealing=True)) and (incoming := self._incoming(head)):
            if incoming.name == MANIFEST:
                if incoming.size > LARGEST_MANIFEST:
                    raise Damaged("The archive's manifest is too large.")
                raw = b"".join(incoming.chunks())
            else:
                yield incoming
            for _rest in incoming.chunks():
                pass
            if self._take(len(_padding(incoming.size))) != _padding(incoming.size):
                raise Damaged("The archive is damaged between its members.")
            self._note(incoming)
        self._check_seal(head)
        self.manifest = _manifest(raw, self._found)

    def _incoming(self, head: bytes) -> Incoming | None:
        """The member that a header tells of; None for the seal."""
        try:
            info = TarInfo.frombuf(head, "utf-8", "strict")
        except (TarError, ValueError) as error:
            raise Damaged("This is no backup, or it is damaged.") from error
        if info.name == SEAL:
            return None
        if not NAMES.fullmatch(info.name) or len(info.name) > LONGEST_NAME or info.size < 0:
            raise Damaged("The archive holds something that no backup holds.")
        if _header(info.name, info.size) != head:
            raise Damaged("The archive holds something else than plain files, or it is damaged.")
        self._whole.update(head)
        return Incoming(info.name, info.size, self._take)

    def _note(self, incoming: Incoming) -> None:
        if incoming.name != MANIFEST:
            self._found.append(Member(incoming.name, incoming.size, incoming.digest.hexdigest()))

    def _check_seal(self, head: bytes) -> None:
        expected = _sealed(self._whole.hexdigest())
        rest = self.stream.read(len(expected) - BLOCKSIZE)
        if head + rest != expected or self.stream.read(1):
            raise Damaged("The archive is damaged: it does not agree with its seal.")

    def _take(self, size: int, *, sealing: bool = False) -> bytes:
        content = self.stream.read(size)
        if len(content) != size:
            raise Damaged("The archive is damaged or cut off: its end is missing.")
        if not sealing:
            self._whole.update(content)
        return content


class Incoming:
    """A member while it is read. Its bytes come once, in order."""

    def __init__(self, name: str, size: int, take: Any) -> None:
        self.name, self.size = name, size
        self.digest = hashlib.sha256()
        self._take, self._left = take, size

    def chunks(self) -> Iterator[bytes]:
        """The bytes that were not yet taken."""
        while self._left:
            chunk: bytes = self._take(min(CHUNK, self._left))
            self._left -= len(chunk)
            self.digest.update(chunk)
            yield chunk

    def copy_to(self, out: IO[bytes]) -> None:
        """Write the bytes to `out`."""
        for chunk in self.chunks():
            out.write(chunk)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in the archive."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()


def _manifest(raw: bytes, found: list[Member]) -> Manifest:
    """The manifest, if it tells of exactly what was found."""
    try:
        told = json.loads(raw)
        form = told["form"]
        manifest = cattrs.structure(told, Manifest) if form == FORM else None
    except Exception as error:  # whatever is wrong in it, it is none of ours
        raise Damaged("The archive's manifest is missing or cannot be read.") from error
    if manifest is None:
        raise Refusal(f"The archive is of form {form}; this version reads form {FORM}.")
    names = [member.name for member in found]
    if manifest.members != found or len(set(names)) != len(names) or DATABASE not in names:
        raise Damaged("The archive does not hold what its manifest says.")
    return manifest


def _header(name: str, size: int) -> bytes:
    info = TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(GNU_FORMAT, "utf-8", "strict")


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCKSIZE)


def _sealed(digest: str) -> bytes:
    content = f"{digest}\n".encode()
    return _header(SEAL, len(content)) + content + _padding(len(content)) + bytes(2 * BLOCKSIZE)
