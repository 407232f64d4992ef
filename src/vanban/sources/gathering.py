"""What the readers of marked-up files fill: lines in the order of reading, tables, and notes under the text."""

from __future__ import annotations

from itertools import accumulate

from vanban import patterns
from vanban.document import Grid, Note, Span
from vanban.sources.content import Content
from vanban.text import normalise

_Cell = tuple[int, int]  # the first of its lines, and the one after the last
_MOST_COLUMNS = 400  # that one cell may cover: Word itself knows 63


class Gathering:
    """Lines of a file. The cells of a table stand one after the other, parted by empty lines.

    A footnote stands as a line of its own after the paragraph (or the table) that calls for it, so that it neither
    breaks a sentence nor is lost: "[1] Nghị định số …".
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes: list[Note] = []
        self._footnotes: list[str] = []
        self._called = 0
        self._open: list[list[list[_Cell]]] = []
        self._tables: list[list[list[_Cell]]] = []

    def line(self, text: str) -> None:
        """Add a line, then the footnotes it called for."""
        self.lines.append(text)
        if self._footnotes and not self._open:
            self._flush()

    def marks(self, lines: list[str]) -> None:
        """Add those lines of a page header that are nothing but a mark: secrecy, urgency, who may see it."""
        for line in map(normalise, lines):
            if any(mark.fullmatch(line) for mark in (patterns.SECRECY, patterns.URGENCY, patterns.CIRCULATION)):
                self.lines.append(line)

    def footnote(self, text: str) -> None:
        """Add a footnote that the line to come calls for."""
        if text := " ".join(text.split()):
            self._called += 1
            self._footnotes.append(f"[{self._called}] {text}")

    def begin_table(self) -> None:
        """Begin a table, maybe within a cell of another."""
        self._open.append([])

    def begin_row(self) -> None:
        """Begin a row of the table."""
        if self._open:
            self._open[-1].append([])

    def end_cell(self, first: int, columns: int = 1) -> None:
        """End a cell whose lines are those from number `first` on; it covers so many columns."""
        if self._open and self._open[-1]:
            row, last = self._open[-1][-1], len(self.lines)
            row.append((first, last))
            row += [(last, last)] * min(columns - 1, _MOST_COLUMNS)
        self.lines.append("")

    def covered_cell(self) -> None:
        """Add a cell that another one covers: it holds no words."""
        if self._open and self._open[-1]:
            self._open[-1][-1].append((len(self.lines), len(self.lines)))

    def end_table(self) -> None:
        """End the table last begun."""
        if self._open:
            self._tables.append(self._open.pop())
        if not self._open:
            self._flush()

    def _flush(self) -> None:
        self.lines += self._footnotes
        self._footnotes.clear()

    def content(self) -> Content:
        """Return what was gathered, normalised."""
        while self._open:
            self.end_table()
        self._flush()
        whole = "\n".join(self.lines)
        text = normalise(whole)
        if not self._tables:
            return Content(text, notes=tuple(self.notes))
        lines = self.lines if text == whole else [normalise(line) for line in self.lines]
        starts = [*accumulate((len(line) + 1 for line in lines), initial=0)]
        grids = (_grid(text, rows, starts) for rows in self._tables)
        found = sorted((grid for grid in grids if grid), key=lambda grid: grid.span.start)
        return Content(text, tables=tuple(found), notes=tuple(self.notes))


def _grid(text: str, rows: list[list[_Cell]], starts: list[int]) -> Grid | None:
    """Return the table as `Grid`; None for one that only lays out a letterhead or a signature in columns."""
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    cells = tuple(tuple(_words(text, starts[first], starts[last]) for first, last in row) for row in rows)
    filled = [span for row in cells for span in row if span.end > span.start]
    if not filled or any(patterns.LAYOUT_CELL.match(text, span.start, span.end) for span in filled):
        return None
    return Grid(Span(filled[0].start, max(span.end for span in filled)), cells)


def _words(text: str, start: int, end: int) -> Span:
    """Return the range of the words between `start` and `end`, an empty one if there are none."""
    words = text[start:end]
    if not (kept := words.strip()):
        return Span(min(start, len(text)), min(start, len(text)))
    begin = start + len(words) - len(words.lstrip())
    return Span(begin, begin + len(kept))
