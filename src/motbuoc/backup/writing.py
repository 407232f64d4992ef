"""Writing a backup of the running installation, and reading it back before it may bear its name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from pyrage.x25519 import Identity, Recipient

from motbuoc.backup import postgresql, sqlite
from motbuoc.backup.archive import (
    CHUNK,
    DATABASE,
    FILES,
    KEY,
    ArchiveReader,
    ArchiveWriter,
    Damaged,
    Manifest,
    manifest_bytes,
)
from motbuoc.backup.encryption import encrypting, key_to, lock_of, opened
from motbuoc.backup.snapshot import KeptFile, Snapshot
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile

Say = Callable[[str], None]
DATABASES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
IN_MEMORY = 8_000_000  # bytes of one file; larger ones wait on disk
NEWS = 500  # files between two lines of progress


def write_backup(
    target: Path,
    *,
    passphrase: str = "",
    recipients: Sequence[Recipient] = (),
    leave_out: bool = False,
    say: Say = print,
) -> bool:
    """Write everything the installation holds to the file `target`, read it back, and only then give it its name.

    With a passphrase or recipients it is encrypted and carries the signing key. The database is copied first, then
    the files that the copy names: files never change, and are kept before their row is. With `leave_out`, files
    that the store has lost are named in the manifest instead of stopping the backup.

    Returns whether the history in it verifies (on PostgreSQL that is asked at the restore).

    Raises:
        Refusal: `target` is there already, a file is missing or altered in the store, a program is missing.
        Damaged: what was read back is not what was written.
    """
    partial = target.with_name(target.name + ".partial")
    if target.exists() or partial.exists():
        raise Refusal(f"{target if target.exists() else partial} is there already; a backup never overwrites.")
    once = Identity.generate()  # known to nobody else: reads the backup back, or waits behind the passphrase
    with TemporaryDirectory(prefix="backup-", dir=settings.DATA_DIR) as name:
        folder = Path(name)
        out = _new_file(partial)
        try:
            with out, _locked(out, once, passphrase, recipients) as inner:
                locked = bool(passphrase or recipients)
                manifest = _write_archive(inner, folder, locked, leave_out, say)
            _sync(partial)
            say("Reading it back.")
            with opened(partial, key_to(partial, lambda: passphrase, once)) as stream:
                stands = _read_back(stream, folder, manifest)
            partial.rename(target)
            _sync(target.parent)
        finally:
            partial.unlink(missing_ok=True)
    return stands


@contextmanager
def _locked(
    out: IO[bytes], once: Identity, passphrase: str, recipients: Sequence[Recipient]
) -> Iterator[IO[bytes]]:
    """Where the archive is written, so that it arrives in `out` as asked: encrypted, or as it is."""
    if not passphrase and not recipients:
        yield out
        return
    if passphrase:
        out.write(lock_of(once, passphrase))
    with encrypting(out, [once.to_public(), *recipients]) as inner:
        yield inner


def _write_archive(out: IO[bytes], folder: Path, locked: bool, leave_out: bool, say: Say) -> Manifest:
    database, archive = DATABASES[connection.vendor], ArchiveWriter(out)
    copy = folder / database.COPY
    snapshot: Snapshot = database.copy_to(copy)
    say(f"The database is copied: {sum(snapshot.counts.values())} rows in {len(snapshot.counts)} tables.")
    with copy.open("rb") as content:
        archive.add(DATABASE, copy.stat().st_size, content)
    copy.unlink()
    left_out = _add_files(archive, snapshot.files, leave_out, say)
    key = settings.DATA_DIR / "secret_key"
    if locked and key.exists():
        with key.open("rb") as content:
            archive.add(KEY, key.stat().st_size, content)
    manifest = Manifest(
        version=version("motbuoc"),
        made_at=clock.now().isoformat(),
        kind=connection.vendor,
        migrations=snapshot.migrations,
        counts=snapshot.counts,
        members=archive.members,
        left_out=left_out,
    )
    archive.finish(manifest_bytes(manifest))
    return manifest


def _add_files(archive: ArchiveWriter, files: list[KeptFile], leave_out: bool, say: Say) -> list[str]:
    """Add the files; gives the names of those left out."""
    left_out = []
    for number, kept in enumerate(files, 1):
        with SpooledTemporaryFile(IN_MEMORY, dir=str(settings.DATA_DIR)) as content:
            if _fetch(kept, content):
                archive.add(FILES + kept.name, kept.size, content)
            else:
                left_out.append(kept.name)
                # A row that is gone by now was an upload being taken back; nothing else names its file.
                lost = StoredFile.objects.filter(content=kept.name).exists()
                if lost and not leave_out:
                    raise Refusal(
                        f"The file {kept.name} is missing from the store or altered. Bring it back, "
                        "or make the backup without such files (--leave-out-lost)."
                    )
                if lost:
                    say(f"Left out, missing or altered: {kept.name}")
        if number % NEWS == 0 or number == len(files):
            say(f"Files: {number} of {len(files)}.")
    return left_out


def _fetch(kept: KeptFile, out: IO[bytes]) -> bool:
    """Copy a file from the store to `out`, rewound; False when it is not there as its row says."""
    digest = hashlib.sha256()
    try:
        with asking_store(kept.name), default_storage.open(kept.name, "rb") as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                out.write(chunk)
    except FileNotFoundError:
        return False
    size = out.tell()
    out.seek(0)
    return (size, digest.hexdigest()) == (kept.size, kept.sha256)


@contextmanager
def asking_store(name: str) -> Iterator[None]:
    """Whatever the library of an object store raises becomes a Refusal that names the file."""
    try:
        yield
    except (Refusal, FileNotFoundError):
        raise
    except Exception as error:  # each library has its own
        raise Refusal(f"The store of files did not answer for {name}: {error}") from error


def _read_back(stream: IO[bytes], folder: Path, written: Manifest) -> bool:
    """Check all that was written; gives whether the history in it stands."""
    database, reader = DATABASES[written.kind], ArchiveReader(stream)
    copy = folder / database.COPY
    for incoming in reader:
        if incoming.name == DATABASE:
            with copy.open("wb") as out:
                incoming.copy_to(out)
    found = database.check(copy)
    if reader.manifest != written or (found and found.counts != written.counts):
        raise Damaged("What was read back is not what was written. Do not trust this disk.")
    return bool(database.history_stands(copy))


def _new_file(path: Path) -> IO[bytes]:
    """A new file that only its owner may read."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.") from error


def _sync(path: Path) -> None:
    """Wait until the disk has the file, or the names in the folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
