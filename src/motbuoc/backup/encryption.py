"""The lock of a backup: the age format (age-encryption.org/v1), made by pyrage, never in memory as a whole.

The archive is encrypted to a key made for this one backup, and to the recipients asked for. With a passphrase,
that one key stands before the archive, itself encrypted with the passphrase, in age's text form: pyrage has no
streams under a passphrase, and the `age` program can still open both parts (docs/guides/backup.md). Without, it
is forgotten as soon as the backup was read back.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from pyrage.x25519 import Identity, Recipient

from motbuoc.backup.archive import Damaged
from motbuoc.foundation.core.errors import Refusal

AGE = b"age-encryption.org/v1\n"
BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"
LINE = 64  # characters of one line of the text form
LONGEST_LOCK = 4096  # bytes


def recipient_of(text: str) -> Recipient:
    """The recipient that a public key (`age1…`) names.

    Raises:
        Refusal: it is no such key.
    """
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Refusal("The recipient must be a public key of age: age1…") from error


def identity_in(path: Path) -> Identity:
    """The first private key in a file as `age-keygen` writes it.

    Raises:
        Refusal: the file cannot be read or holds none.
    """
    try:
        lines = path.read_text().splitlines()
        return next(Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-1"))
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as error:
        raise Refusal(f"{path} holds no private key of age (AGE-SECRET-KEY-1…).") from error


def lock_of(identity: Identity, passphrase: str) -> bytes:
    """The key `identity` under the passphrase, in age's text form. Takes seconds, on purpose."""
    return _armoured(pyrage.passphrase.encrypt(str(identity).encode(), passphrase))


@contextmanager
def encrypting(out: IO[bytes], recipients: list[Recipient]) -> Iterator[IO[bytes]]:
    """A stream to write to; what is written arrives in `out`, encrypted, when the block ends."""
    sure = _Sure(out)
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(reading, "rb") as source:
            pyrage.encrypt_io(source, sure, recipients)

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work)
        try:
            with os.fdopen(writing, "wb") as sink:
                yield sink
        except BrokenPipeError:
            pass  # the other end says why
        failed = job.exception()  # waits for it
        if error := sure.error or failed:
            raise error


def key_to(path: Path, ask: Callable[[], str], identity: Identity | None = None) -> Identity | None:
    """The key that opens the backup in `path`: behind the passphrase that `ask` gives, or `identity`.

    None when the backup is not encrypted.

    Raises:
        Refusal: there is no such file, or the passphrase is wrong, or a key is needed and was not given.
        Damaged: the lines that hold the key were altered or cut.
    """
    with _file(path) as file:
        lock = _lock(file)
        if lock:
            return _unlocked(lock, ask)
        if not file.read(len(AGE)).startswith(AGE):
            return None
        if identity is None:
            raise Refusal("This backup is encrypted to a key. Name the file that holds the private key.")
        return identity


@contextmanager
def opened(path: Path, key: Identity | None) -> Iterator[IO[bytes]]:
    """The plain archive in `path`, as a stream. `key` is what `key_to` gave.

    Raises:
        Refusal: the file cannot be read, or this is not its key.
        Damaged: the encrypted file was altered or cut.
    """
    with _file(path) as file:
        _lock(file)
        if key is None:
            yield file
            return
        with _decrypting(file, key) as stream:
            yield stream


def _file(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error


def _lock(file: IO[bytes]) -> bytes:
    """The lines before the archive that hold its key, if there are any; the file stands behind them then."""
    lock = file.read(len(BEGIN))
    if lock != BEGIN:
        file.seek(0)
        return b""
    while not lock.endswith(END):
        line = file.readline(LINE + 2)
        lock += line
        if not line or len(lock) > LONGEST_LOCK:
            raise Damaged("The first lines of the backup are damaged.")
    return lock


@contextmanager
def _decrypting(file: IO[bytes], identity: Identity) -> Iterator[IO[bytes]]:
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(writing, "wb") as sink:
            pyrage.decrypt_io(file, sink, [identity])

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work)
        try:
            with os.fdopen(reading, "rb") as source:
                yield source
        except Damaged as damage:
            if isinstance(job.exception(), pyrage.DecryptError):
                raise Refusal("This key does not open the backup, or its beginning is damaged.") from damage
            raise
        if job.exception():
            raise Damaged("The encrypted backup was altered or cut off.") from job.exception()


def _unlocked(lock: bytes, ask: Callable[[], str]) -> Identity:
    try:
        content = b64decode(lock[len(BEGIN) : -len(END)])
    except ValueError as error:
        raise Damaged("The first lines of the backup are damaged.") from error
    if _armoured(content) != lock:  # one text for one content: nothing slips through by being read kindly
        raise Damaged("The first lines of the backup are damaged.")
    try:
        return Identity.from_str(pyrage.passphrase.decrypt(content, ask()).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise Refusal(
            "The passphrase does not open this backup (or the first lines of the backup are damaged)."
        ) from error


def _armoured(content: bytes) -> bytes:
    text = b64encode(content)
    lines = [text[start : start + LINE] + b"\n" for start in range(0, len(text), LINE)]
    return BEGIN + b"".join(lines) + END


class _Sure:
    """Keeps the error of a write: pyrage loses that of its last one."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.error: OSError | None = None

    def write(self, content: Any) -> int:
        try:
            return self.out.write(content)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.out.flush()
