"""Why a file is not read, and the limits that protect the reader."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold. Sizes in bytes, lengths in characters."""

    file_bytes: int = 20 * _MB
    unpacked_bytes: int = 60 * _MB
    ratio: int = 100  # unpacked to packed size, for parts over `ratio_from` bytes
    ratio_from: int = _MB
    pages: int = 2_500
    scan_pages: int = 60  # pages that are pictures; those beyond are told in a note
    scan_seconds: float = 45.0  # for all of them together: each takes a second or two
    characters: int = 8_000_000  # a law of 2,000 pages and more
    parts: int = 5_000  # files inside a .docx


LIMITS = Limits()


class Refused(Exception):
    """A file that is not read.

    `code` is stable: empty, too_large, encrypted, unreadable, wrong_type, unsupported, bomb, macros,
    external_entity, too_many_pages, scan_only, no_ocr, no_converter; of packages (`vanban.exchange`)
    broken_package, classified, incomplete.
    `message` says what is wrong, `advice` what to do.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.code = code
        self.message = message
        self.advice = advice
