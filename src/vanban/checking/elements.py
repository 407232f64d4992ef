"""Which stretch of which paragraph is which element of the layout: the fields that were read lead back to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanban import patterns
from vanban.checking.text_of import bases_of, body_span, star_of, title_end_of
from vanban.checking.wordfile import Paragraph, WordFile
from vanban.document import Document, Field, Signature, Span
from vanban.formats import Layout
from vanban.patterns.checks import HYPHENS
from vanban.text import is_upper

_CENTRED = ("part", "chapter", "section", "subsection")


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of one paragraph that is an element of the layout. `style` is how the layout calls its looks.

    `alone` says that nothing else with words stands in the paragraph.
    """

    name: str
    style: str
    paragraph: Paragraph
    start: int
    end: int
    alone: bool

    @property
    def span(self) -> Span:
        """Its range in `Document.text`."""
        return Span(self.paragraph.offset_of(self.start), self.paragraph.offset_of(self.end))


def elements_of(file: WordFile, document: Document, layout: Layout) -> list[Element]:
    """Return the elements of a document, in no order; the file's paragraphs have been located in its text."""
    found: list[Element] = []
    for name, style, span in (*_head(document, layout), *_foot(document)):
        found.extend(_stretches(file, name, style, span, layout))
    taken = {id(element.paragraph) for element in found}
    found.extend(_running(file, document, taken))
    taken = {id(element.paragraph) for element in found}
    found.extend(_elsewhere(file, taken))
    return found


def _head(document: Document, layout: Layout) -> Iterator[tuple[str, str, Span | None]]:
    header = document.header
    end = body_span(document).start
    for line in layout.letterhead.banner:
        pattern = patterns.MOTTO if line.style == "motto" else _NAMES.get(line.style, patterns.PARTY_NAME)
        if line.style == "banner" and layout.regime == "youth":
            pattern = patterns.YOUTH_NAME
        match = pattern.search(document.text, 0, end)
        yield line.style, line.style, Span(*match.span()) if match else None
    yield "superior", "superior", _span(header.superior)
    yield "issuer", "issuer", _span(header.issuer)
    if header.symbol and header.symbol.span:
        begin = document.text.rfind("S", 0, (header.number or header.symbol).span.start)  # type: ignore[union-attr]
        yield "number", "number", Span(max(begin, 0), header.symbol.span.end)
    if header.place and header.place.span and header.date_span:
        yield "place_and_date", "place_and_date", Span(header.place.span.start, header.date_span.end)
    yield "star", "star", star_of(document, layout)
    yield "type", "type", _span(header.type_name)
    if layout.title.end:
        yield "title_end", "title_end", title_end_of(document)
    subject = "subject" if header.type_name else "dispatch_subject"
    yield subject, subject, _span(header.subject)
    for name in ("urgency", "circulation", "draft"):
        yield name, name, _span(getattr(header, name))
    yield "addressee_label", "addressee_label", _label_of(document)
    for addressee in document.addressees:
        yield "addressee", "addressee", addressee.span
    for basis in bases_of(document):
        yield "basis", "basis", basis


_NAMES = {"nation": patterns.STATE_NAME, "banner": patterns.PARTY_NAME}


def _foot(document: Document) -> Iterator[tuple[str, str, Span | None]]:
    text = document.text
    if document.distribution and document.distribution[0].span:
        first = document.distribution[0].span.start
        label = text.rfind("Nơi nhận", 0, first)
        if label >= 0 and first - label < 2000:
            yield "distribution_label", "distribution_label", Span(label, label + len("Nơi nhận"))
    for recipient in document.distribution:
        yield "distribution", "distribution", recipient.span
    for signature in (document.signature, *document.cosigners):
        yield from _signed(signature)


def _signed(signature: Signature) -> Iterator[tuple[str, str, Span | None]]:
    yield "authority", "authority", _span(signature.authority)
    yield "signer_title", "signer_title", _span(signature.title)
    yield "signer_name", "signer_name", _span(signature.name)


def _stretches(file: WordFile, name: str, style: str, span: Span | None, layout: Layout) -> Iterator[Element]:
    """Yield the stretch in each paragraph of an element that runs over several."""
    if span is None or span.start >= span.end or style not in layout.styles:
        return
    for paragraph in file.holding(span):
        at = paragraph.range_of(span)
        if at is None or at[0] >= at[1]:
            continue
        words = paragraph.text
        bare = words[at[0] : at[1]]
        if not bare.strip() or (name in ("authority", "signer_title") and not is_upper(bare)):
            continue
        rest = words[: at[0]] + words[at[1] :]
        yield Element(name, style, paragraph, *at, alone=not any(map(str.isalnum, rest)))


def _running(file: WordFile, document: Document, taken: set[int]) -> Iterator[Element]:
    """Yield headings and paragraphs of the text proper; tables and what follows the signature are left alone."""
    body = body_span(document)
    end_of_title = title_end_of(document)
    heading = False
    for paragraph in file.paragraphs:
        words = paragraph.text
        if paragraph.at is None or id(paragraph) in taken or paragraph.cell is not None or not words.strip():
            continue
        if not body.start <= paragraph.span.start < body.end or HYPHENS.fullmatch(words.strip()):
            continue
        if end_of_title and paragraph.span.start < end_of_title.end:
            continue
        marker = patterns.MARKER.match(words.strip())
        kind = marker.lastgroup if marker else None
        lead = len(words) - len(words.lstrip())
        whole = (paragraph, lead, len(words.rstrip()))
        if kind in _CENTRED or (heading and is_upper(words)):
            heading = True
            yield Element("heading_centred", "heading_centred", *whole, alone=True)
            continue
        heading = False
        if kind == "article" and marker:
            yield Element("article", "heading_1", paragraph, lead, lead + len(marker["article"]), alone=False)
        if not is_upper(words):
            yield Element("body", "body", *whole, alone=True)


def _elsewhere(file: WordFile, taken: set[int]) -> Iterator[Element]:
    """Yield what is no element of its own: tables, lines in capitals, appendices."""
    for paragraph in file.paragraphs:
        if paragraph.at is not None and id(paragraph) not in taken:
            yield Element("elsewhere", "body", paragraph, 0, len(paragraph.text), alone=True)


def _span(field: Field | None) -> Span | None:
    return field.span if field else None


def _label_of(document: Document) -> Span | None:
    """Return "Kính gửi:", on the line of the first addressee or on the one above."""
    first = next((field.span.start for field in document.addressees if field.span), 0)
    line = document.text.rfind("\n", 0, first) + 1
    for start in (line, document.text.rfind("\n", 0, max(line - 1, 0)) + 1):
        words = document.text[start:first]
        label = patterns.ADDRESS.match(words)
        if label:
            lead = len(words) - len(words.lstrip())
            return Span(start + lead, start + len(label[0].rstrip()))
    return None
