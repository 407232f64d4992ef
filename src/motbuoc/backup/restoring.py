"""Putting a backup back, into an installation that holds nothing yet: all is checked before a byte is written."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pyrage.x25519 import Identity

from motbuoc.backup.archive import CHUNK, DATABASE, FILES, KEY, ArchiveReader, Damaged, Manifest, Member
from motbuoc.backup.encryption import key_to, opened
from motbuoc.backup.snapshot import Snapshot, snapshot_now
from motbuoc.backup.writing import DATABASES, IN_MEMORY, NEWS, Say, asking_store
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

LONGEST_KEY = 1000  # bytes


def restore_backup(
    source: Path,
    *,
    ask: Callable[[], str],
    identity: Identity | None = None,
    say: Say = print,
) -> Manifest:
    """Make the empty installation what the backup `source` holds, and bring its tables to this version.

    `ask` gives the passphrase when one is needed; `identity` is the private key when it is encrypted to one. The
    archive is read twice: once to check it whole, once to put its files away. The files come first, the database
    last and in one transaction: if anything fails, the files are taken away again and the installation is empty.

    Raises:
        Refusal: the installation is not empty, the backup is of the other kind of database or of a newer version,
            there is no key to it, or no room.
        Damaged: it was cut, altered, or is none of ours.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    _require_empty()
    opens = key_to(source, ask, identity)
    with TemporaryDirectory(prefix="restore-", dir=settings.DATA_DIR) as name:
        copy, key = Path(name) / "database", BytesIO()
        with opened(source, opens) as stream:
            _require_room(source)
            manifest = _checked(stream, copy, key)
        say(f"The backup is whole: made {manifest.made_at}, {len(manifest.members)} members.")
        with _taken_away_if_it_fails() as written:
            with opened(source, opens) as stream:
                _put_files(stream, manifest, written, say)
            DATABASES[connection.vendor].restore(copy, manifest.migrations)
    if key.getvalue():
        _put_key(key.getvalue())
    _require_complete(snapshot_now(), manifest)
    call_command("migrate", interactive=False, verbosity=0)
    say(f"The database is back: {sum(manifest.counts.values())} rows in {len(manifest.counts)} tables.")
    return manifest


def _require_empty() -> None:
    tables = connection.introspection.table_names()
    for model in (Unit, Person):
        if model._meta.db_table in tables and model._default_manager.exists():
            raise Refusal(
                "This installation already holds units or people. A backup is restored into an empty one only: "
                "name a new data folder (MOTBUOC_DATA_DIR) or a new database (MOTBUOC_DATABASE_URL)."
            )


def _require_room(source: Path) -> None:
    # Nothing in it is compressed: its files in the store, its database here and in its place.
    needed = 2 * source.stat().st_size
    if shutil.disk_usage(settings.DATA_DIR).free < needed:
        raise Refusal(f"There is no room in {settings.DATA_DIR}: {needed // 1_000_000 + 1} MB are needed.")


def _checked(stream: IO[bytes], copy: Path, key: BytesIO) -> Manifest:
    """Read the archive once through; its database goes to `copy`, its signing key to `key`."""
    reader = ArchiveReader(stream)
    for incoming in reader:
        if incoming.name == DATABASE:
            with copy.open("wb") as out:
                incoming.copy_to(out)
        if incoming.name == KEY and incoming.size <= LONGEST_KEY:
            incoming.copy_to(key)
    manifest = reader.manifest
    if manifest.kind != connection.vendor:
        raise Refusal(
            f"This backup is of a {manifest.kind} database, and the installation's is {connection.vendor}. "
            "A backup goes back into the same kind of database."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Refusal(f"The backup is of a newer version ({manifest.version}; {unknown[-1]}). Install that first.")
    found = DATABASES[manifest.kind].check(copy)
    if found:
        _require_complete(found, manifest)
    return manifest


def _require_complete(found: Snapshot | None, manifest: Manifest) -> None:
    """The database holds what the manifest says, and every file that it names is there or was left out."""
    there = {(m.name, m.size, m.sha256) for m in manifest.members if m.name.startswith(FILES)}
    if (
        found is None
        or (found.counts, found.migrations) != (manifest.counts, manifest.migrations)
        or {(FILES + f.name, f.size, f.sha256) for f in found.files if f.name not in manifest.left_out} != there
    ):
        raise Damaged("The database in the backup is not the one its manifest tells of.")


@contextmanager
def _taken_away_if_it_fails() -> Iterator[list[str]]:
    """A list for the names of files that are being put into the store."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _put_files(stream: IO[bytes], manifest: Manifest, written: list[str], say: Say) -> None:
    """Put every file into the store; the names of those that were not there before go to `written`."""
    expected = {member.name: member for member in manifest.members if member.name.startswith(FILES)}
    for number, incoming in enumerate((i for i in ArchiveReader(stream) if i.name.startswith(FILES)), 1):
        member = expected.get(incoming.name)
        with SpooledTemporaryFile(IN_MEMORY, dir=str(settings.DATA_DIR)) as content:
            incoming.copy_to(content)
            if member is None or incoming.digest.hexdigest() != member.sha256:
                raise Damaged("The backup changed while it was being restored.")
            content.seek(0)
            with asking_store(member.name):
                _put_file(member, content, written)
        if number % NEWS == 0 or number == len(expected):
            say(f"Files: {number} of {len(expected)}.")


def _put_file(member: Member, content: Any, written: list[str]) -> None:
    name = member.name.removeprefix(FILES)
    if default_storage.exists(name):
        if _digest(name) == member.sha256:
            return
        default_storage.delete(name)  # left behind by a restore that was ended: the name is this file's alone
    written.append(name)
    if default_storage.save(name, File(content)) != name:
        raise Refusal(f"The store did not take the file under its name: {name}.")


def _digest(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _put_key(key: bytes) -> None:
    partial = settings.DATA_DIR / "secret_key.partial"
    partial.touch(mode=0o600)
    partial.write_bytes(key)
    partial.rename(settings.DATA_DIR / "secret_key")
