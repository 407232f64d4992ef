"""A document that was read, as what can be written: its lines become paragraphs, headings, tables, annexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from vanban import patterns
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Grid, Provision, Signature, Span
from vanban.lines import Line, find_zones, line_at, split
from vanban.text import squash
from vanban.writing.tables import widths_for

Block = Paragraph | Table


def as_printed(document: Document) -> Document:
    """Give names of several lines their line breaks back, from the text they were read from.

    The values of a reading are on one line. Where the text between the lines is another column's, they stay so.
    A symbol that was not read is not made up from the kind of the document.
    """
    header, text = document.header, document.text
    names = ("superior", "issuer", "type_name", "subject")
    printed: dict[str, Any] = {name: _printed(text, getattr(header, name)) for name in names}
    if text and header.symbol is None:
        printed["symbol"] = Field("")
    return replace(
        document,
        header=replace(header, **printed),
        signature=_printed_signature(text, document.signature),
        cosigners=tuple(_printed_signature(text, each) for each in document.cosigners),
    )


def _printed_signature(text: str, signature: Signature) -> Signature:
    names = ("authority", "title", "organ")
    return replace(signature, **{name: _printed(text, getattr(signature, name)) for name in names})


def _printed(text: str, value: Field | None) -> Field | None:
    if value is None or value.span is None:
        return value
    words = text[value.span.start : value.span.end]
    if "\n" not in words or squash(words) != value.value:
        return value
    return replace(value, value="\n".join(line.strip() for line in words.split("\n") if line.strip()))


def body_of(document: Document) -> list[Block]:
    """Give the text proper of a document as blocks; a document without a text has none."""
    if not document.text:
        return []
    span = document.body or _body_span(document)
    return list(_Lines.of(document).blocks(span))


def _body_span(document: Document) -> Span:
    """Find the body of a document whose `body` was not read: between its letterhead and its end."""
    lines = split(document.text)
    tail = find_zones(document.text, lines).tail
    end = lines[tail].start if tail < len(lines) else len(document.text)
    spans = [getattr(document.header, name) for name in document.header.__slots__]
    ends = [part.span.end for part in (*spans, *document.addressees) if isinstance(part, Field) and part.span]
    above = max((place for place in ends if place <= end), default=0)
    return Span(min(lines[line_at(lines, above)].end if above else 0, end), end)


def after_of(document: Document) -> tuple[list[Block], list[Annex]]:
    """Give what stands behind the signatures: loose lines, and appendices or papers enclosed.

    What a signing program or a copyist put there belongs to the signed file and is left out.
    """
    first = _closing_end(document)
    if not document.text or not first:
        return [], []
    lines = _Lines.of(document)
    starts = [each.span.start for each in document.appendices if each.span.start >= first]
    starts = [start for start in starts if not (document.body and start < document.body.end)]
    pieces = [Span(*ends) for ends in zip([first, *starts], [*starts, len(document.text)], strict=True)]
    loose, *enclosed = [list(lines.blocks(piece)) for piece in pieces]
    annexes = [_annex(blocks) for blocks in enclosed if blocks]
    if lines.holds_structure(pieces[0]):
        return [], [_annex(loose), *annexes]
    return loose, annexes


def _annex(blocks: list[Block]) -> Annex:
    """Take the label off the first line of an appendix; what has none is written as it stands."""
    first = blocks[0]
    words = "".join(run.text for run in first.runs) if isinstance(first, Paragraph) else ""
    label = words if words.lower().startswith(("phụ lục", "mẫu", "biểu")) else ""
    return Annex("", tuple(blocks[1:] if label else blocks), label=label)


def _closing_end(document: Document) -> int:
    """Return where the last of recipients and signers ends; 0 if none was read."""
    fields = [
        part
        for each in (document.signature, *document.cosigners)
        for part in (each.authority, each.title, each.name, each.organ)
    ]
    spans = [part.span for part in (*fields, *document.distribution, *document.electronic) if part and part.span]
    return max((span.end for span in spans), default=document.body.end if document.body else 0)


@dataclass(slots=True)
class _Lines:
    """The lines of a text, and what stands on which of them."""

    text: str
    lines: list[Line]
    provisions: dict[int, tuple[Provision, int]]
    grids: list[Grid]
    foreign: list[Span]

    @classmethod
    def of(cls, document: Document) -> _Lines:
        placed = {each.span.start: (each, depth) for each, depth in _with_depth(document.provisions, 1)}
        limit = document.header.circulation  # printed by its own right, wherever the layout wants it
        foreign = [each.span for each in (*document.electronic, limit) if each and each.span]
        return cls(document.text, split(document.text), placed, list(document.tables), foreign)

    def blocks(self, span: Span) -> Iterator[Block]:
        """Give the blocks of a range of the text, in order."""
        grids = [grid for grid in self.grids if span.start <= grid.span.start < span.end and len(grid.rows) > 0]
        done = span.start
        for line in self.lines[line_at(self.lines, span.start) :]:
            if line.start >= span.end:
                break
            grid = next((grid for grid in grids if grid.span.start <= line.start < grid.span.end), None)
            if not line.text or line.start < done or self._is_foreign(line):
                continue
            if grid:
                done = grid.span.end
                yield _table(self.text, grid)
            elif not patterns.ORNAMENT.fullmatch(line.text):
                paragraph, done = self._paragraph(line)
                yield paragraph

    def holds_structure(self, span: Span) -> bool:
        """Say whether provisions or tables stand in a range."""
        starts = [*self.provisions, *(grid.span.start for grid in self.grids)]
        return any(span.start <= start < span.end for start in starts)

    def _is_foreign(self, line: Line) -> bool:
        return any(span.start <= line.start < span.end for span in self.foreign)

    def _paragraph(self, line: Line) -> tuple[Paragraph, int]:
        """Give the paragraph that begins on this line, and where it ends: a heading may go on on lines below."""
        provision, depth = self.provisions.get(line.start, (None, 0))
        heading = provision.heading.span if provision and provision.heading else None
        if provision is None or (heading is None and provision.kind != "article"):
            return Paragraph((Run(line.text),)), line.end
        if heading is None:
            number = line.text.find(provision.number) + len(provision.number)
            end = number + (line.text[number : number + 1] == ".")
            return Paragraph(_opened(line.text, end)), line.end
        if heading.end < line.end - 2:
            return Paragraph(_opened(line.text, heading.end - line.start)), line.end
        words = self.text[line.start : max(heading.end, line.end)]
        text = "\n".join(part.strip() for part in words.split("\n") if part.strip())
        return Paragraph((Run(text),), level=depth), max(heading.end, line.end)


def _opened(words: str, end: int) -> tuple[Run, ...]:
    return Run(words[:end], bold=True), Run(words[end:])


def _with_depth(provisions: Iterable[Provision], depth: int) -> Iterator[tuple[Provision, int]]:
    for each in provisions:
        yield each, depth
        yield from _with_depth(each.children, depth + 1)


def _table(text: str, grid: Grid) -> Table:
    rows = [[_cell(text, cell) for cell in row] for row in grid.rows]
    columns = max(len(row) for row in rows)
    head, *others = [row + [""] * (columns - len(row)) for row in rows]
    return Table(tuple(head), tuple(tuple(map(Run, row)) for row in others), widths_for((head, *others)))


def _cell(text: str, cell: Span) -> str:
    return "\n".join(line.strip() for line in text[cell.start : cell.end].split("\n")).strip()
