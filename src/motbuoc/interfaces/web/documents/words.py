"""What is marked in a document's text: the fields of its reading, and the rows a person may have corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.domains.documents.doubts import COLUMNS, HEADER_LABELS, SURE, Doubt, duty_reasons
from motbuoc.domains.documents.layout import Place
from motbuoc.domains.documents.models import Addressee, Citation, Document, Duty, Provision
from motbuoc.domains.documents.states import DocumentState
from motbuoc.interfaces.web.documents.marking import Block, Mark, marked_text


def text_of(
    document: Document,
    *,
    duties: Iterable[Duty],
    provisions: Iterable[Provision],
    citations: Iterable[Citation],
    addressees: Iterable[Addressee],
    doubts: Iterable[Doubt] = (),
    places: Iterable[Place] = (),
) -> SafeString:
    """The document's text with everything recognised marked; the duties are numbered from 1 in their order.

    `places` are those of the layout check: they show only when they are pointed at.
    """
    provisions = list(provisions)
    unsure = {(doubt.about, doubt.key) for doubt in doubts}
    marks = [
        *_header(document, unsure),
        *_addressees(addressees, unsure),
        *_provisions(provisions),
        *_duties(duties, is_open=document.state == DocumentState.READ),
        *_citations(citations := list(citations), unsure),
        *_mentions(document, citations),
        *_deadlines(document),
        *_closing(document),
        *(Mark(place.start, place.end, "layout", key=place.key) for place in places),
    ]
    blocks = [Block(row.start, _line_end(document.text, row.end), f"item-{row.pk}") for row in provisions]
    return marked_text(document.text, marks, blocks)


def _line_end(text: str, end: int) -> int:
    """Past the line end at `end`: a block ends its line anyway, and a second end would show as an empty line."""
    return end + 1 if text[end : end + 1] == "\n" else end


def _header(document: Document, unsure: set[tuple[str, str]]) -> Iterator[Mark]:
    read = document.reading["header_spans"]
    for name, found in read.items():
        column = COLUMNS.get(name, name)
        if not found["span"] or column not in HEADER_LABELS or _is_part(name, read):
            continue
        start, end = found["span"]
        label = str(HEADER_LABELS[column])
        yield Mark(start, end, "header", label, unsure=("header", column) in unsure)


def _is_part(name: str, read: dict[str, Any]) -> bool:
    """Number, symbol and kind are marked with the code they are parts of."""
    return name in ("number", "symbol", "type") and "code" in read


def _addressees(addressees: Iterable[Addressee], unsure: set[tuple[str, str]]) -> Iterator[Mark]:
    for row in addressees:
        is_unsure = ("addressee", str(row.pk)) in unsure
        yield Mark(row.start, row.end, "addressee", _("Addressee"), f"addressee-{row.pk}", unsure=is_unsure)


def _provisions(provisions: Iterable[Provision]) -> Iterator[Mark]:
    for row in provisions:
        yield Mark(row.start, row.start + len(row.number), "provision", _("Item %s") % row.number)


def _duties(duties: Iterable[Duty], *, is_open: bool) -> Iterator[Mark]:
    for number, duty in enumerate(duties, 1):
        reasons = duty_reasons(duty) if is_open else []
        label = " · ".join([_("Duty %s") % number, *map(str, reasons)])
        yield Mark(duty.start, duty.end, "duty", label, f"duty-{duty.pk}", str(number), bool(reasons))


def _citations(citations: Iterable[Citation], unsure: set[tuple[str, str]]) -> Iterator[Mark]:
    for row in citations:
        is_unsure = ("citation", str(row.pk)) in unsure or row.confidence < SURE
        yield Mark(row.start, row.end, "citation", _("Cited document"), f"citation-{row.pk}", unsure=is_unsure)


MENTIONS = {
    "short": gettext_lazy("The same document again"),
    "listed": gettext_lazy("A document of a list"),
    "name": gettext_lazy("A document cited by its name"),
    "self": gettext_lazy("This document itself"),
}


def _mentions(document: Document, citations: Iterable[Citation]) -> Iterator[Mark]:
    """Further places where the text points at a document. A short mention is tied to the row of the full one."""
    mentions = document.reading.get("mentions", [])
    rows = {row.code: row for row in citations if row.code}
    shown = {row.start for row in rows.values()}
    for mention in mentions:
        start, end = mention["span"]
        if start in shown:
            continue
        full = mention if mention["antecedent"] is None else mentions[mention["antecedent"]]
        row = rows.get(full["code"] or "")
        label = row.code if row else str(MENTIONS.get(mention["kind"], _("Cited document")))
        yield Mark(start, end, "mention", label, lit=f"citation-{row.pk}" if row else "")


def _deadlines(document: Document) -> Iterator[Mark]:
    for row in document.reading.get("duties", []):
        if span := row["deadline_span"]:
            yield Mark(span[0], span[1], "deadline", _("Time"))


def _closing(document: Document) -> Iterator[Mark]:
    for row in document.reading["distribution"]:
        if span := row["span"]:
            yield Mark(span[0], span[1], "recipient", _("Recipient"))
    labels: dict[str, Any] = {"authority": _("On whose behalf"), "title": _("Position"), "name": _("Signer")}
    for name, found in document.reading.get("signer_spans", {}).items():
        if span := found["span"]:
            yield Mark(span[0], span[1], "signer", labels[name])
