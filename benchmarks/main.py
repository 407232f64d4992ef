"""The main job: reading a file, finding citations, showing the board and a list."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import docx
from eyecite import get_citations
from tests.journeys.papers import as_word_file

import vanban
from benchmarks.line import SMALL, at_least, at_most, paired
from benchmarks.papers import ENGLISH, long_directive, word_file
from benchmarks.peer.server import Client, serving

ROUNDS = 3 if SMALL else 15
SHARED = Path(__file__).parents[2] / "shared"
UNITS, ITEMS = (10, 7) if SMALL else (100, 7)


def main() -> None:
    """Every figure of the main job."""
    reading()
    citations()
    pages()


def reading() -> None:
    """Reading a .docx into a Document ÷ only extracting its text with python-docx.

    Of the real dispatch and every real Word file beside the repository, where they are there, and of a directive
    of our own that packs several duties and citations into each paragraph: more work for the reader alone.
    """
    real = sorted(SHARED.rglob("*.docx"))
    ratios = sorted(_read_ratio(path) for path in real)
    if ratios:
        at_most(f"main: read a .docx / python-docx text, median of {len(real)} real files", median(ratios), 2)
        at_most("main: read a .docx / python-docx text, the worst of them", ratios[-1], 2)
    with tempfile.TemporaryDirectory() as folder:
        seed, path = SHARED / "seed/554-CV-DUK.txt", Path(folder, "directive.docx")
        if seed.exists():
            at_most(
                "main: read a .docx / python-docx text, the dispatch",
                _read_ratio(as_word_file(seed.read_text(), path)),
                2,
            )
        path.write_bytes(word_file(long_directive(items=10 if SMALL else 60)))
        at_most("main: read a .docx / python-docx text, a dense directive", _read_ratio(path), 2)


def _read_ratio(path: Path) -> float:
    content = path.read_bytes()
    return paired(lambda: vanban.read(path), lambda: _text_only(content), ROUNDS)


def _text_only(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def citations() -> None:
    """Citations in Vietnamese text, MB/s ÷ eyecite's in English text of the same size."""
    vietnamese = long_directive(items=10 if SMALL else 60)
    size = len(vietnamese.encode())
    english = (ENGLISH * (size // len(ENGLISH) + 1))[:size]
    found, theirs = len(vanban.find_citations(vietnamese)), len(get_citations(english))
    assert found > 10, f"only {found} citations in the Vietnamese text"
    assert theirs > 10, f"only {theirs} citations in the English text"
    figure = paired(lambda: get_citations(english), lambda: vanban.find_citations(vietnamese), 3 if SMALL else 5)
    at_least("main: citations MB/s / eyecite MB/s", figure, 50)


def pages() -> None:
    """Pages of the product ÷ the reference pages, over HTTP from one server, request by request in turn.

    Each twice: made anew (an address nobody asked for yet), and remembered (nothing written since the last look).
    """
    admin = "/admin/motbuoc/assignment/"
    with serving(UNITS, ITEMS) as (client, ids):
        board, size = f"/bang/{ids['document']}/?", f"{UNITS} x {ITEMS}"
        at_most(
            f"main: board of {size}, made anew / bare page of 20 rows",
            _turns(client, board, "/bare/", anew=True),
            3,
        )
        at_most(f"main: board of {size}, remembered / bare page of 20 rows", _turns(client, board, "/bare/"), 3)
        inbox = "/viec/?tab=all&"
        at_least(
            "main: list made anew, requests/s / Django admin's", 1 / _turns(client, inbox, admin, anew=True), 2
        )
        at_least("main: list remembered, requests/s / Django admin's", 1 / _turns(client, inbox, admin), 2)


def _turns(client: Client, ours: str, reference: str, *, anew: bool = False) -> float:
    """Median time of `ours` ÷ median time of `reference`, asked for in turn; `anew`: every address a new one."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(20 if SMALL else 120):
        for path, kept in ((f"{ours}turn={turn}" if anew else ours, times[0]), (reference, times[1])):
            start = perf_counter()
            client.get(path)
            kept.append(perf_counter() - start)
    middle = [sorted(kept[5:])[len(kept[5:]) // 2] for kept in times]
    return middle[0] / middle[1]
