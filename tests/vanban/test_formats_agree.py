"""The same dispatch as text, as Word file with a two-column letterhead, and as PDF reads the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.vanban.papers import dispatch_as_pdf, dispatch_as_word
from vanban import read
from vanban.as_json import to_dict

MAKERS = {".docx": dispatch_as_word, ".pdf": dispatch_as_pdf}


def without_places(values: Any) -> Any:
    """Drop what differs between files that say the same: the text and the places in it."""
    if isinstance(values, dict):
        dropped = ("text", "header_spans", "addressee_spans", "signer_spans", "body", "pages", "wraps")
        kept = {name: value for name, value in values.items() if "span" not in name and name not in dropped}
        return {name: without_places(value) for name, value in kept.items()}
    return [without_places(value) for value in values] if isinstance(values, list) else values


@pytest.mark.parametrize("suffix", MAKERS)
def test_same_content_same_result(suffix: str, seed: Path, tmp_path: Path) -> None:
    path = tmp_path / f"dispatch{suffix}"
    path.write_bytes(MAKERS[suffix](seed.read_text(encoding="utf-8")))
    assert without_places(to_dict(read(path))) == without_places(to_dict(read(seed)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str, seed: Path, tmp_path: Path) -> None:
    path = tmp_path / "dispatch.txt"
    path.write_bytes(seed.read_text(encoding="utf-8").encode(encoding))
    assert read(path) == read(seed)


def test_windows_line_ends_and_decomposed_letters(seed: Path, tmp_path: Path) -> None:
    import unicodedata

    path = tmp_path / "dispatch.txt"
    text = unicodedata.normalize("NFD", seed.read_text(encoding="utf-8")).replace("\n", "\r\n")
    path.write_bytes(text.encode())
    assert read(path) == read(seed)
