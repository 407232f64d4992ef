"""What `vanban.write` prints between letterhead and signature: paragraphs, headings, tables, appendices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one style. `source` says where the words come from (a comment in the file)."""

    text: str
    bold: bool = False
    italic: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to be written. `level` 0 is running text, 1 and up are headings of that depth."""

    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written: one row of column titles, then rows of as many cells.

    `centred` names columns (from 0) whose cells stand in the middle; elsewhere figures stand right, words left.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]
    widths: tuple[float, ...] = ()  # shares of the line; empty means equal
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An appendix on pages of its own, after the signature.

    Without a `label` it is named and numbered as the layout says, with the line that ties it to the document; with
    one it is printed as it stands (an empty one: no label).
    """

    title: str
    blocks: tuple[Paragraph | Table, ...]
    landscape: bool = False
    label: str | None = None
