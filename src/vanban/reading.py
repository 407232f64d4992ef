"""From text to a `Document`: each part read by its own module, and notes for what was not found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vanban.appendices import ended, find_enclosure, read_appendices
from vanban.bases import read_bases
from vanban.cited import read_mentions
from vanban.copies import without_copy
from vanban.document import Document, Duty, Field, Header, Note, Regime, Span
from vanban.doubts import with_doubts
from vanban.duties import find_duties as duties_in
from vanban.electronic import without_panels
from vanban.header import read_header
from vanban.identity import distinct
from vanban.lines import Line, Zones, find_zones, line_at, split
from vanban.recipients import read_addressees, read_distribution
from vanban.signature import read_signatures
from vanban.sources.content import Content
from vanban.sources.plain import content_of_text
from vanban.structure import provisions_of, read_structure


def read(path: str | Path) -> Document:
    """Read the file at `path` (.txt, .md, .docx, .pdf) into a `Document`.

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
    kind, year = header.type.value if header.type else None, header.date.year if header.date else None
    head = Span(lines[zones.head].start, _start_of(parts[0], lines, zones))
    mentions = read_mentions(text, [head, *map(_span_of, parts)], header)
    document = Document(
        text=text,
        regime=regime,
        header=header,
        addressees=addressees,
        citations=distinct(mentions),
        mentions=mentions,
        provisions=tuple(provision for root in roots for provision in provisions_of(root)),
        duties=tuple(duty for root in roots for duty in duties_in(text, root, addressees, kind=kind, year=year)),
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
        notes=(*content.notes, *_regime_notes(regime, sure)),
    )
    return _with_notes(with_doubts(document, content.doubts))


def _span_of(body: list[Line]) -> Span | None:
    """Return the range of the lines that are not blank."""
    filled = [line for line in body if line.text]
    return Span(filled[0].start, filled[-1].end) if filled else None


def _start_of(body: list[Line], lines: list[Line], zones: Zones) -> int:
    return body[0].start if body else lines[min(zones.tail, len(lines) - 1)].start


def _body_start(lines: list[Line], zones: Zones, head_end: int, after: int) -> int:
    if after:
        return min(after, zones.tail)
    start = line_at(lines, head_end) + 1 if head_end else 0
    return min(start, zones.tail)


def _with_notes(document: Document) -> Document:
    return replace(document, notes=(*document.notes, *_missing_fields(document), *_missing_periods(document)))


_WANTED = {
    "issuer": "The issuing body was not found.",
    "code": "The number and symbol were not found, or the number is blank.",
    "date": "The date of issue was not found, or the day is blank.",
    "subject": "The subject was not found.",
    "type": "The kind of document was not found.",
}


def _missing_fields(document: Document) -> list[Note]:
    notes = [
        Note("not_found", f"header.{name}", message)
        for name, message in _WANTED.items()
        if getattr(document.header, name) is None
    ]
    if not document.provisions and not document.duties:
        notes.append(Note("not_found", "provisions", "No numbered provisions and no duties were found."))
    if document.signature.name is None:
        notes.append(Note("not_found", "signer", "The name of the signer was not found."))
    unsure = _unsure(document.header)
    return [*notes, *unsure]


def _regime_notes(regime: Regime | None, sure: float) -> list[Note]:
    if regime is None:
        return [Note("not_found", "regime", "Neither the State's nor the Party's letterhead was found.")]
    return [Note("unsure", "regime", "The regime is a guess.")] if sure < _SURE else []


_SURE = 0.85  # what is less sure is told


def _unsure(header: Header) -> list[Note]:
    named = ((name, getattr(header, name)) for name in header.__slots__)
    return [
        Note("unsure", f"header.{name}", f"The {name.replace('_', ' ')} is a guess.", value.span)
        for name, value in named
        if isinstance(value, Field) and value.confidence < _SURE
    ]


def _missing_periods(document: Document) -> list[Note]:
    return [
        _missing(number, duty, part)
        for number, duty in enumerate(document.duties)
        for part in duty.deadline.missing
    ]


def _missing(number: int, duty: Duty, part: str) -> Note:
    message = (
        f"The duty is periodic, but no {part} is said." if part == "period" else f"The {part} cannot be read."
    )
    return Note(f"missing_{part}", f"duties.{number}.deadline", message, duty.deadline.span or duty.span)
