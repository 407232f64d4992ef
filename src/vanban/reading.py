"""From text to a `Document`: each part read by its own module, and notes for what was not found."""

from __future__ import annotations

from pathlib import Path

from vanban.citations.cited import read_mentions
from vanban.citations.identity import distinct
from vanban.document import Document, Duty, Field, Header, Span
from vanban.duties import find_duties as duties_in
from vanban.ending.appendices import ended, find_enclosure, read_appendices
from vanban.ending.copies import without_copy
from vanban.ending.electronic import without_panels
from vanban.ending.recipients import read_addressees, read_distribution
from vanban.ending.signature import read_signatures
from vanban.letterhead.bases import read_bases
from vanban.letterhead.header import read_header
from vanban.lines import Line, Zones, find_zones, line_at, split
from vanban.notes import regime_notes, with_notes
from vanban.recognised.doubts import with_doubts
from vanban.sources.content import Content
from vanban.sources.plain import content_of_text
from vanban.structure import Node, provisions_of, read_structure


def read(path: str | Path) -> Document:
    """Read the file at `path` into a `Document`: Word, OpenDocument, RTF, HTML, PDF, text, or a picture.

    Raises `Refused` for a file that cannot or must not be read (empty, too large, encrypted, corrupt, hostile),
    with a stable code and advice. A file that is no directive is read as far as it goes, with notes.
    """
    from vanban.sources import content_of  # lxml and pypdfium2 are loaded only for a file that needs them

    return assemble(content_of(Path(path)))


def parse(text: str) -> Document:
    """Read a text into a `Document`. Never raises: what is not found is None and told in `notes`.

    `Document.text` is `text` in NFC, with plain spaces, without Markdown's marks and with wrapped lines rejoined.
    """
    return assemble(content_of_text(text))


def find_duties(text: str) -> tuple[Duty, ...]:
    """Return the duties in `text`, the text of a whole document. Spans refer to `parse(text).text`."""
    return parse(text).duties


def assemble(content: Content) -> Document:
    """Read the normalised, rejoined text of a file into a `Document`."""
    text = content.text
    lines, electronic = without_panels(text, split(text))
    lines, copy = without_copy(text, lines)
    zones = find_zones(text, lines)
    top, foot = lines[: max(zones.tail, zones.anchor + 1)], lines[zones.tail : zones.stop]
    header, regime, sure, head_end = read_header(text, top, foot, zones)
    addressees, after = read_addressees(text, lines, zones)
    parts = [lines[_body_start(lines, zones, head_end, after) : zones.tail]]
    enclosure = find_enclosure(lines, zones)
    if enclosure:
        parts.append(lines[slice(*enclosure)])
    roots = [read_structure(text, part) for part in parts]
    end = ended(lines, zones)
    signature, *cosigners = read_signatures(text, lines, end, header.issuer.value if header.issuer else None)
    mentions = read_mentions(text, [_head_of(parts[0], lines, zones), *map(_span_of, parts)], header)
    document = Document(
        text=text,
        regime=regime,
        header=header,
        addressees=addressees,
        citations=distinct(mentions),
        mentions=mentions,
        provisions=tuple(provision for root in roots for provision in provisions_of(root)),
        duties=_duties(text, roots, addressees, header),
        distribution=read_distribution(text, lines, end),
        signature=signature,
        bases=read_bases(text, parts[0]),
        body=_span_of(parts[0]),
        cosigners=tuple(cosigners),
        electronic=electronic,
        copy=copy,
        appendices=read_appendices(text, lines, enclosure[1] if enclosure else zones.tail + 1),
        tables=content.tables,
        pages=content.pages,
        wraps=content.wraps,
        notes=(*content.notes, *regime_notes(regime, sure)),
    )
    return with_notes(with_doubts(document, content.doubts))


def _duties(text: str, roots: list[Node], addressees: tuple[Field, ...], header: Header) -> tuple[Duty, ...]:
    kind, year = header.type.value if header.type else None, header.date.year if header.date else None
    return tuple(duty for root in roots for duty in duties_in(text, root, addressees, kind=kind, year=year))


def _span_of(body: list[Line]) -> Span | None:
    """Return the range of the lines that are not blank."""
    filled = [line for line in body if line.text]
    return Span(filled[0].start, filled[-1].end) if filled else None


def _head_of(body: list[Line], lines: list[Line], zones: Zones) -> Span:
    """Return the range of everything above the body."""
    first = body[0] if body else lines[min(zones.tail, len(lines) - 1)]
    return Span(lines[zones.head].start, first.start)


def _body_start(lines: list[Line], zones: Zones, head_end: int, after: int) -> int:
    if after:
        return min(after, zones.tail)
    start = line_at(lines, head_end) + 1 if head_end else 0
    return min(start, zones.tail)
