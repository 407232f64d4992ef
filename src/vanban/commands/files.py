"""Many files at once: folders walked, files read side by side in processes of their own, progress on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from vanban.document import Document
from vanban.reading import read
from vanban.refusal import Refused

SUFFIXES = frozenset(
    (
        ".txt",
        ".md",
        ".html",
        ".htm",
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".pdf",
        ".jpg",
        ".jpeg",
        ".png",
        ".tif",
        ".tiff",
    )
)
MISSING, REFUSED = 2, 3
_FEW = 4  # so few files are read sooner than further processes start


@dataclass(frozen=True, slots=True)
class Result:
    """One file: its document, or why there is none (`error` in words, `refusal` where the reader refused it)."""

    path: Path
    document: Document | None = None
    refusal: dict[str, str] | None = None
    error: str | None = None

    @property
    def code(self) -> int:
        """The exit code this file alone would give: 0 read, 2 not to be opened, 3 refused."""
        if self.document is not None:
            return 0
        return REFUSED if self.refusal else MISSING


def found(paths: Sequence[Path]) -> list[Path]:
    """Return the files among `paths` as they stand, and those in its folders, deeper ones too, in order of name.

    In a folder only files with an ending that the reader knows count; hidden files and Word's lock files do not.
    """
    files: list[Path] = []
    for path in paths:
        files.extend(_inside(path) if path.is_dir() else [path])
    return files


def _inside(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith((".", "~$"))
    )


def results_of(files: Sequence[Path], jobs: int | None = None) -> Iterator[Result]:
    """Read the files in `jobs` processes (None: one a core) and give the results in the order of the files."""
    workers = min(jobs or os.cpu_count() or 1, len(files))
    if workers < 2 or (jobs is None and len(files) < _FEW):
        yield from _with_progress(map(_result, files), len(files))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from _with_progress(pool.map(_result, files), len(files))


def _result(path: Path) -> Result:
    try:
        return Result(path, read(path))
    except Refused as refused:
        told = {"code": refused.code, "message": refused.message, "advice": refused.advice}
        return Result(path, refusal=told, error=f"{refused.message} {refused.advice} [{refused.code}]")
    except OSError as error:
        return Result(path, error=error.strerror or str(error))


def _with_progress(results: Iterator[Result], total: int) -> Iterator[Result]:
    """Show a bar where a person looks on and there is something to wait for; tell errors as they come."""
    if total < 2 or not sys.stderr.isatty():
        for result in results:
            _tell(result)
            yield result
        return
    from rich.console import Console  # a heavy import that only a person's screen needs
    from rich.progress import track

    console = Console(stderr=True)
    for result in track(results, "Reading", total, console=console, transient=True):
        if result.error:
            console.print(_said(result), markup=False, highlight=False)
        yield result


def _tell(result: Result) -> None:
    if result.error:
        print(_said(result), file=sys.stderr)


def _said(result: Result) -> str:
    return f"vanban: {result.path}: {result.error}"
