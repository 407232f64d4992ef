"""The drill: back up while people write, restore elsewhere, and find everything there."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from pyrage.x25519 import Identity

from config.env import ENV
from tests.factories import picture
from tests.installations.installation import Installation, numbers_in, wait_for
from tests.object_store import running_store

Make = Callable[..., Installation]
PASSPHRASE = "một bước một dấu chân"


@pytest.fixture(autouse=True)
def _programs() -> None:
    if ENV.database_url and not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL's pg_dump is missing (postgresql-client)")


def said(done: CompletedProcess[str]) -> str:
    """The sentence of a refusal; nothing else was printed as an error."""
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def well(done: CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def holds_nothing(installation: Installation) -> bool:
    """Nothing was put into it, and nothing is left lying about."""
    kept = {path.name for path in installation.folder.rglob("*") if path.is_file()}
    return kept <= {"secret_key", "motbuoc.sqlite3"} and installation.tables() == 0


def test_the_drill(pattern: Installation, new_installation: Make, tmp_path: Path) -> None:
    """As docs/guides/backup.md tells it, with people writing all the while."""
    office, backup, notes = new_installation(like=pattern), tmp_path / "office.age", tmp_path / "acknowledged"
    writers = office.start("write", str(notes), "1", "100000", "1")
    try:
        wait_for(notes, 20)
        before = numbers_in(notes)
        told = well(office.motbuoc("backup", backup, MOTBUOC_BACKUP_PASSPHRASE=PASSPHRASE))
        meanwhile = numbers_in(notes)
    finally:
        os.killpg(writers.pid, signal.SIGKILL)
        writers.wait()
    assert "read back and checked" in told
    assert len(meanwhile) > len(before)  # nobody had to wait until it was done
    assert backup.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob("*.partial"))
    assert not [path for path in office.folder.iterdir() if path.name.startswith("backup-")]

    elsewhere = new_installation()
    told = well(elsewhere.motbuoc("restore", backup, MOTBUOC_BACKUP_PASSPHRASE=PASSPHRASE))
    assert "The history is whole" in told
    there = elsewhere.deed("tell")
    assert set(before) <= set(there["entries"])
    assert sorted(there["lines"]) == there["entries"]
    assert there["without_file"] == []
    assert there["whole"]
    assert there["people"] == office.deed("tell")["people"]
    assert elsewhere.deed("download") == [[200, sha256(picture().read()).hexdigest()], [404, ""]]
    assert (elsewhere.folder / "secret_key").read_text() == (office.folder / "secret_key").read_text()
    elsewhere.deed("write", str(notes), "1", "1", "next")
    assert elsewhere.deed("tell")["whole"]

    assert "already holds" in said(elsewhere.motbuoc("restore", backup, MOTBUOC_BACKUP_PASSPHRASE=PASSPHRASE))
    assert "does not open" in said(new_installation().motbuoc("restore", backup, MOTBUOC_BACKUP_PASSPHRASE="x"))


@pytest.fixture
def backup(pattern: Installation, tmp_path: Path) -> Path:
    """A plain backup."""
    path = tmp_path / "office.tar"
    assert "signing key is not in it" in well(pattern.motbuoc("backup", path))
    return path


def test_a_backup_for_the_holder_of_a_key(pattern: Installation, new_installation: Make, tmp_path: Path) -> None:
    identity, backup, key = Identity.generate(), tmp_path / "office.age", tmp_path / "key.txt"
    key.write_text(f"{identity}\n")
    well(pattern.motbuoc("backup", backup, "--recipient", str(identity.to_public())))
    elsewhere = new_installation()
    assert "Name the file" in said(elsewhere.motbuoc("restore", backup))
    assert "The history is whole" in well(elsewhere.motbuoc("restore", backup, "--identity", key))
    assert elsewhere.deed("tell") == pattern.deed("tell")


def test_an_altered_or_cut_backup_changes_nothing(backup: Path, new_installation: Make, tmp_path: Path) -> None:
    chance, whole, elsewhere = random.Random(4), backup.read_bytes(), new_installation()
    altered = bytearray(whole)
    altered[chance.randrange(len(whole))] ^= 1
    for content, words in ((bytes(altered), "damaged"), (whole[: chance.randrange(len(whole))], "cut off")):
        broken = tmp_path / "broken.tar"
        broken.write_bytes(content)
        assert words in said(elsewhere.motbuoc("restore", broken))
    assert holds_nothing(elsewhere)


def test_a_restore_that_fails_on_the_way_leaves_an_empty_installation(
    pattern: Installation, backup: Path, new_installation: Make
) -> None:
    elsewhere = new_installation()
    files = sorted(path.relative_to(pattern.folder) for path in pattern.folder.rglob("kept/*/*/*"))
    assert len(files) > 1
    (elsewhere.folder / files[-1]).mkdir(parents=True)  # where its last file would go
    assert "did not answer" in said(elsewhere.motbuoc("restore", backup))
    (elsewhere.folder / files[-1]).rmdir()
    assert holds_nothing(elsewhere)
    (elsewhere.folder / files[-1]).write_bytes(b"half of")  # as if the machine had stopped in the middle
    well(elsewhere.motbuoc("restore", backup))


def test_files_move_between_a_disk_and_an_object_store(
    pattern: Installation, backup: Path, new_installation: Make, tmp_path: Path
) -> None:
    with running_store() as store:
        on_store = replace(new_installation(), files_url=store.files_url)
        well(on_store.motbuoc("restore", backup))
        names = {path.relative_to(pattern.folder / "files") for path in pattern.folder.rglob("kept/*/*/*")}
        assert store.names() == {f"mot/buoc/{name}" for name in names}
        assert not (on_store.folder / "files").exists()
        assert on_store.deed("download")[0] == [200, sha256(picture().read()).hexdigest()]
        well(on_store.motbuoc("backup", tmp_path / "store.tar"))
    on_disk = new_installation()
    well(on_disk.motbuoc("restore", tmp_path / "store.tar"))
    assert on_disk.deed("tell") == pattern.deed("tell")
    assert "did not answer" in said(on_store.motbuoc("backup", tmp_path / "gone.tar"))


def test_an_installation_prepared_but_empty_takes_a_backup(
    pattern: Installation, backup: Path, new_installation: Make
) -> None:
    elsewhere = new_installation()
    well(elsewhere.motbuoc("migrate", "-v0"))
    well(elsewhere.motbuoc("restore", backup))
    assert elsewhere.deed("tell") == pattern.deed("tell")


def test_a_backup_never_overwrites(pattern: Installation, backup: Path) -> None:
    content = backup.read_bytes()
    assert "never overwrites" in said(pattern.motbuoc("backup", backup))
    assert backup.read_bytes() == content


def test_a_lost_file_is_named(pattern: Installation, new_installation: Make, tmp_path: Path) -> None:
    office, elsewhere = new_installation(like=pattern), new_installation()
    lost, *_others = sorted(office.folder.rglob("kept/*/*/*"))
    lost.chmod(0o600)
    lost.write_bytes(b"something else")
    assert lost.name in said(office.motbuoc("backup", tmp_path / "one.tar"))
    assert not list(tmp_path.glob("one.tar*"))
    assert lost.name in well(office.motbuoc("backup", "--leave-out-lost", tmp_path / "one.tar"))
    well(elsewhere.motbuoc("restore", tmp_path / "one.tar"))
    assert len(list(elsewhere.folder.rglob("kept/*/*/*"))) == len(_others)


def test_the_other_kind_of_database_is_refused(backup: Path, tmp_path: Path) -> None:
    if not ENV.database_url:
        pytest.skip("asked where the tests run on PostgreSQL")
    folder = tmp_path / "sqlite"
    folder.mkdir()
    assert "same kind of database" in said(Installation(folder, "").motbuoc("restore", backup))


@pytest.mark.skipif(not ENV.database_url, reason="SQLite needs no programs")
def test_without_the_programs_of_postgresql_it_says_so(pattern: Installation, tmp_path: Path) -> None:
    assert "postgresql-client" in said(pattern.motbuoc("backup", tmp_path / "one.tar", PATH=""))
    assert not list(tmp_path.glob("one.tar*"))
