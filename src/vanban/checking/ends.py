"""What words and signs alone show of addressees, the end of the text, the distribution list and the signature."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import patterns
from vanban.checking.finding import Departure, Edit
from vanban.checking.text_of import body_span, lines_of, printed
from vanban.document import Document, RecipientKind, Regime, Signature, Span
from vanban.formats import Layout
from vanban.patterns.checks import ANNEX_NUMBER, AUTHORITY_SIGN, END_MARK, MARK_AFTER, RANK_BEFORE_NAME
from vanban.text import fold, is_upper

_SENTENCE = 30  # characters: a shorter last line is a cell of a table or a heading
_AS_ABOVE = ("CV", "TTr")  # 36-HD/VPTW II.1.9.2; 30/2020/NĐ-CP, Phụ lục I, II.9
_STATE_LIKE = (Regime.STATE, Regime.UNION, Regime.FRONT)


def mark_departure(text: str, at: int, wanted: tuple[str, ...], code: str) -> Iterator[Departure]:
    """Compare the mark that closes the line at `at` with those that are right, the first of which a mend puts in.

    Nothing is said where more than a mark follows on the line.
    """
    after = MARK_AFTER.match(text, at)
    if after and after["mark"] not in wanted:
        span = Span(*after.span("mark"))
        yield Departure(
            code,
            wanted[0],
            after["mark"].strip() or "nothing",
            _line_to(text, at, span.end),
            Edit(span, wanted[0]),
        )


def _line_to(text: str, at: int, end: int) -> Span:
    return Span(max(text.rfind("\n", 0, at) + 1, 0), end)


def addressee_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the label and the marks of the addressees. A single one may end as it likes."""
    form, text = layout.addressees, document.text
    spans = [field.span for field in document.addressees if field.span]
    kind = document.header.type.value if document.header.type else ""
    wanted_label = form.label_by_type.get(kind)
    if spans and wanted_label:
        begin = text.rfind("Kính", 0, spans[0].start)
        label = text[begin : begin + len(wanted_label)] if begin >= 0 else ""
        if label and fold(label) != fold(wanted_label):
            yield Departure("addressee.label", wanted_label, label, Span(begin, begin + len(label)))
    for place, span in enumerate(spans if len(spans) > 1 else ()):
        last = place == len(spans) - 1
        if last and layout.regime not in _STATE_LIKE:
            continue  # the guidelines of the Party say nothing of the last, and their samples differ
        yield from mark_departure(text, span.end, (form.last if last else form.separator,), "addressee.mark")


def end_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the mark that ends the text."""
    body = body_span(document)
    lines = list(lines_of(document.text, body))
    if not lines or body.end == len(document.text):
        return
    at, line = lines[-1]
    in_table = any(grid.span.start <= at < grid.span.end for grid in document.tables)
    if in_table or len(line.strip()) < _SENTENCE or is_upper(line) or line.rstrip()[-1] in ":!?…”)":
        return
    mark = END_MARK.search(line)
    wanted = layout.end_mark
    if mark and mark["mark"].strip() != wanted:
        span = Span(at + mark.start("mark"), at + mark.end("mark"))
        found = mark["mark"].strip() or "nothing"
        yield Departure("body.end", wanted, found, Span(at, span.end), Edit(span, wanted))


def distribution_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the distribution list."""
    form, text, lines = layout.distribution, document.text, document.distribution
    if not lines:
        if document.signature.name and not any(
            patterns.DISTRIBUTION.match(line) for _, line in lines_of(text, Span(0, len(text)))
        ):
            yield Departure("distribution.missing")
        return
    for place, recipient in enumerate(lines):
        if recipient.span:
            wanted = form.last if place == len(lines) - 1 else form.separator
            if place == len(lines) - 1 and "." in recipient.name and recipient.kind is RecipientKind.ARCHIVE:
                continue  # the full stop stands before the sign of the drafter: "Lưu: VT, TH.An"
            yield from mark_departure(text, recipient.span.end, (wanted,), "distribution.mark")
    kind = document.header.type.value if document.header.type else ""
    dispatch = kind in _AS_ABOVE and document.addressees
    if dispatch and lines[0].kind is not RecipientKind.ADDRESSEES:
        yield Departure("distribution.as_above", "Như trên", lines[0].name, lines[0].span)
    yield from _archive(document, layout)


def _archive(document: Document, layout: Layout) -> Iterator[Departure]:
    last = document.distribution[-1]
    state = layout.regime in _STATE_LIKE
    expected = "Lưu: VT, …" if state else "Lưu Văn phòng …"
    if last.kind is not RecipientKind.ARCHIVE:
        yield Departure("distribution.archive", expected, last.name, last.span)
        return
    words = " ".join(last.name.split())
    right = (
        words.startswith(("Lưu: VT", "Lưu:VT"))
        if state
        else words.startswith("Lưu ") and "VT" not in words.split()
    )
    if not right and layout.regime is not Regime.YOUTH:
        yield Departure(
            "distribution.archive_form", expected.removesuffix(", …").removesuffix(" …"), words, last.span
        )


def signature_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the right to sign, the title and what stands before the name."""
    for signature in (document.signature, *document.cosigners):
        yield from _authority(document, signature, layout)
        yield from _title(document, signature)
        yield from _rank(document, signature)


def _authority(document: Document, signature: Signature, layout: Layout) -> Iterator[Departure]:
    field = signature.authority
    if field is None or field.span is None or layout.regime is Regime.YOUTH:
        return
    party = layout.regime is Regime.PARTY
    for at, line in lines_of(document.text, field.span):
        match = AUTHORITY_SIGN.match(line)
        if match is None or not is_upper(line):
            continue
        letters = match["sign"].replace(".", "").replace("/", "")
        span = Span(at + match.start("sign"), at + match.end("gap"))
        if party and letters not in ("TM", "KT", "TL", "Q"):
            yield Departure("authority.unknown", None, match["sign"], span)
            continue
        letters = "TUQ" if letters == "TU" else letters
        wanted = f"{letters[0]}/{letters[1:]}" if party and letters != "Q" else f"{letters}."
        if match["sign"] != wanted or match["gap"] != " ":
            yield Departure("authority.form", wanted, match["sign"], span, Edit(span, f"{wanted} "))


def _title(document: Document, signature: Signature) -> Iterator[Departure]:
    """Look for the name of the issuing body in the title: three words of it, or "tỉnh ủy" and the like."""
    issuer = document.header.issuer
    if signature.title is None or issuer is None or "kiêm" in signature.title.value.lower():
        return
    title = f"{_whole(printed(signature.title))} "
    names = _whole(printed(issuer)).split()
    parts = [" ".join(names[start : start + 3]) for start in range(max(1, len(names) - 2))]
    if any(f" {part} " in title for part in parts if part.count(" ") == 2 or part.endswith(" uy")):
        yield Departure("signer_title.organ", None, printed(signature.title), signature.title.span)


def _whole(name: str) -> str:
    return fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")


def _rank(document: Document, signature: Signature) -> Iterator[Departure]:
    name = signature.name
    if name is None or name.span is None:
        return
    line = document.text.rfind("\n", 0, name.span.start) + 1
    match = RANK_BEFORE_NAME.search(document.text, max(line, name.span.start - 40), name.span.start)
    if match:
        yield Departure("signer_name.rank", None, match["rank"].strip(), Span(match.start(), name.span.end))


def annex_departures(document: Document, layout: Layout) -> Iterator[Departure]:
    """Yield numbered appendices whose numerals are not those of the layout."""
    after = body_span(document).end
    found = list(ANNEX_NUMBER.finditer(document.text, after))
    roman = layout.annex.numbering == "roman"
    if len({match["number"] for match in found}) < 2:
        return
    for match in found:
        if match["number"].isdecimal() == roman:
            expected = "Roman" if roman else "Arabic"
            yield Departure("annex.numbering", expected, match["number"], Span(*match.span("number")))
