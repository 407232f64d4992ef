"""The lock of a backup: it opens with its key, with nothing else, and not when it was touched."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pyrage
import pytest
from pyrage.x25519 import Identity

from motbuoc.backup.archive import Damaged
from motbuoc.backup.encryption import END, encrypting, identity_in, key_to, lock_of, opened, recipient_of
from motbuoc.foundation.core.errors import Refusal
from tests.backup.test_archive import made, read

CONTENT = {"database": bytes(range(256)) * 1000}
PASSPHRASE = "một bước một dấu chân"


@pytest.fixture(scope="module")
def key() -> Identity:
    return Identity.generate()


@pytest.fixture(scope="module")
def lock(key: Identity) -> bytes:
    return lock_of(key, PASSPHRASE)


@pytest.fixture
def body(key: Identity) -> bytes:
    out = io.BytesIO()
    with encrypting(out, [key.to_public()]) as stream:
        stream.write(made(CONTENT))
    return out.getvalue()


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "backup"
    path.write_bytes(content)
    return path


def content_of(path: Path, passphrase: str = "", identity: Identity | None = None) -> dict[str, bytes]:
    with opened(path, key_to(path, lambda: passphrase, identity)) as stream:
        return read(stream.read())


def test_opens_with_its_passphrase_only(tmp_path: Path, lock: bytes, body: bytes) -> None:
    path = kept(tmp_path, lock + body)
    assert CONTENT["database"][:50] not in lock + body
    assert content_of(path, PASSPHRASE) == CONTENT
    with pytest.raises(Refusal, match="passphrase does not open"):
        content_of(path, "một bước")


def test_opens_with_its_key_only(tmp_path: Path, key: Identity, body: bytes) -> None:
    path = kept(tmp_path, body)
    assert content_of(path, identity=key) == CONTENT
    with pytest.raises(Refusal, match="Name the file that holds the private key"):
        content_of(path, PASSPHRASE)
    with pytest.raises(Refusal, match="This key does not open"):
        content_of(path, identity=Identity.generate())


def test_both_parts_are_plain_age_files(lock: bytes, body: bytes) -> None:
    once = Identity.from_str(pyrage.passphrase.decrypt(lock, PASSPHRASE).decode())
    assert read(pyrage.decrypt(body, [once])) == CONTENT


def test_an_altered_or_cut_body_is_refused(tmp_path: Path, key: Identity, body: bytes) -> None:
    chance = random.Random(4)
    for place in [*range(0, 400, 7), *chance.sample(range(len(body)), 60), len(body) - 1]:
        altered = bytearray(body)
        altered[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Refusal):
            content_of(kept(tmp_path, bytes(altered)), identity=key)
    for length in (0, 30, len(body) // 2, 65_536, len(body) - 1):
        with pytest.raises(Refusal):
            content_of(kept(tmp_path, body[:length]), identity=key)


def test_an_altered_lock_is_refused(tmp_path: Path, lock: bytes, body: bytes) -> None:
    for place in [*range(40, len(lock) - len(END), 61), len(lock) - 1, len(lock) - len(END) - 1]:
        altered = bytearray(lock)
        altered[place] ^= 1
        with pytest.raises(Refusal):
            content_of(kept(tmp_path, bytes(altered) + body), PASSPHRASE)
    for length in (50, 200, len(lock) - 1):
        with pytest.raises(Damaged):
            content_of(kept(tmp_path, lock[:length]), PASSPHRASE)


def test_a_full_disk_is_not_overlooked(key: Identity) -> None:
    class Full(io.RawIOBase):
        def write(self, _content: object) -> int:
            raise OSError(28, "No space left on device")

    for size in (1, 1_000_000):
        with pytest.raises(OSError, match="No space left"), encrypting(Full(), [key.to_public()]) as stream:
            stream.write(bytes(size))


def test_keys_are_read_as_age_writes_them(tmp_path: Path, key: Identity) -> None:
    path = kept(tmp_path, f"# created: 2026-03-07\n# public key: {key.to_public()}\n{key}\n".encode())
    assert str(identity_in(path)) == str(key)
    assert str(recipient_of(f" {key.to_public()}\n")) == str(key.to_public())
    for nothing in (b"", b"\xff", b"AGE-SECRET-KEY-1ABC"):
        with pytest.raises(Refusal, match="no private key"):
            identity_in(kept(tmp_path, nothing))
    with pytest.raises(Refusal, match="public key"):
        recipient_of("age1abc")
