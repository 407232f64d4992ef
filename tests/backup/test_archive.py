"""The form of a backup: every byte counts, and nothing but what a backup holds is taken from it."""

from __future__ import annotations

import hashlib
import io
import tarfile

import pytest

from motbuoc.backup.archive import ArchiveReader, ArchiveWriter, Damaged, Manifest, manifest_bytes
from motbuoc.foundation.core.errors import Refusal

CONTENT = {"database": b"SQLite " * 300, "files/kept/2026/03/0a1b": b"\x89PNG", "files/kept/2026/03/empty": b""}


def made(content: dict[str, bytes] | None = None, **changes: object) -> bytes:
    """An archive of the content, its manifest with changes."""
    out = io.BytesIO()
    writer = ArchiveWriter(out)
    for name, inside in (CONTENT if content is None else content).items():
        writer.add(name, len(inside), io.BytesIO(inside))
    told: dict = {"version": "0.3", "made_at": "2026-03-07", "kind": "sqlite", "migrations": [], "counts": {}}
    writer.finish(manifest_bytes(Manifest(**{**told, "members": writer.members, **changes})))
    return out.getvalue()


def read(archive: bytes) -> dict[str, bytes]:
    found = {}
    for incoming in ArchiveReader(io.BytesIO(archive)):
        out = io.BytesIO()
        incoming.copy_to(out)
        found[incoming.name] = out.getvalue()
    return found


def test_what_was_put_in_comes_out() -> None:
    assert read(made()) == CONTENT


def test_tar_can_list_and_unpack_it() -> None:
    with tarfile.open(fileobj=io.BytesIO(made())) as archive:
        assert archive.getnames() == [*CONTENT, "manifest.json", "seal.sha256"]
        assert archive.extractfile("database").read() == CONTENT["database"]


def test_members_that_nobody_asks_for_are_checked_too() -> None:
    archive = bytearray(made())
    archive[700] ^= 1
    with pytest.raises(Damaged):
        list(ArchiveReader(io.BytesIO(archive)))


def test_every_altered_byte_is_noticed() -> None:
    archive = bytearray(made({"database": b"12345", "files/kept/a": b"67"}))
    for place in range(len(archive)):
        archive[place] ^= 1 << place % 8
        with pytest.raises(Damaged):
            read(bytes(archive))
        archive[place] ^= 1 << place % 8
    read(bytes(archive))


def test_an_archive_cut_anywhere_or_lengthened_is_noticed() -> None:
    archive = made()
    for length in [*range(0, len(archive), 97), len(archive) - 1]:
        with pytest.raises(Damaged):
            read(archive[:length])
    with pytest.raises(Damaged):
        read(archive + b"\0")


def sealed(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """What somebody else might write by our rules of sealing, with members of their own."""
    content = b""
    for info, inside in members:
        info.size = len(inside) if info.isreg() else 0
        content += info.tobuf(tarfile.GNU_FORMAT) + inside + bytes(-len(inside) % 512)
    digest = f"{hashlib.sha256(content).hexdigest()}\n".encode()
    seal = tarfile.TarInfo("seal.sha256")
    seal.size, seal.mode = len(digest), 0o600
    return content + seal.tobuf(tarfile.GNU_FORMAT) + digest + bytes(-len(digest) % 512) + bytes(1024)


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mode = kind, target, 0o600
    return info, b"inside" if kind == tarfile.REGTYPE else b""


@pytest.mark.parametrize(
    "hostile",
    [
        member("../../etc/passwd"),
        member("/etc/passwd"),
        member("files/../../secret_key"),
        member("files/.hidden"),
        member("files//etc"),
        member("files/kept/\N{LATIN SMALL LETTER A WITH ACUTE}"),
        member("anything"),
        member("files/kept/a", tarfile.SYMTYPE, "/etc/passwd"),
        member("files/kept/a", tarfile.LNKTYPE, "database"),
        member("files/kept", tarfile.DIRTYPE),
        member("files/kept/a", tarfile.FIFOTYPE),
        member("files/kept/a", tarfile.CHRTYPE),
    ],
    ids=lambda hostile: hostile[0].name,
)
def test_what_no_backup_holds_is_refused(hostile: tuple[tarfile.TarInfo, bytes]) -> None:
    with pytest.raises(Damaged, match="holds"):
        read(sealed(hostile))


@pytest.mark.parametrize("size", [1 << 60, -1, -(1 << 40)])
def test_a_size_that_is_not_true_takes_no_memory(size: int) -> None:
    info, _inside = member("files/kept/a")
    info.size = size
    with pytest.raises(Damaged):
        read(info.tobuf(tarfile.GNU_FORMAT) + bytes(2048))


def test_a_manifest_that_tells_of_something_else_is_refused() -> None:
    for archive in (
        made(members=[]),
        made({"files/kept/a": b"no database"}),
        made({}),
        made(counts={"a": "many"}),
        sealed(member("database")),
        sealed(member("database"), member("manifest.json")),
    ):
        with pytest.raises(Damaged):
            read(archive)


def test_two_members_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    writer = ArchiveWriter(out)
    for inside in (b"one", b"two"):
        writer.add("database", 3, io.BytesIO(inside))
    manifest = Manifest("0.3", "2026-03-07", "sqlite", [], {}, writer.members)
    writer.finish(manifest_bytes(manifest))
    with pytest.raises(Damaged):
        read(out.getvalue())


def test_a_form_of_a_later_version_is_named() -> None:
    with pytest.raises(Refusal, match="form 2"):
        read(made(form=2))


def test_a_file_that_shrinks_while_it_is_read_stops_the_backup() -> None:
    with pytest.raises(Refusal, match="shorter"):
        ArchiveWriter(io.BytesIO()).add("database", 10, io.BytesIO(b"123"))
