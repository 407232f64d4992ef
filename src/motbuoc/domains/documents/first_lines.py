"""The first line of an order without a paper: who said it, where and when; it follows what is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from motbuoc.domains.documents.models import Document, Origin


@dataclass(frozen=True)
class Said:
    """Who said it, when, by which way; `occasion` is the meeting, or what the call was about."""

    origin: str
    said_by: str
    said_on: date
    occasion: str = ""


def first_line(said: Said) -> str:
    """The first line of the text, in the language of documents."""
    with override("vi"):
        words = {"who": said.said_by, "day": f"{said.said_on:%d/%m/%Y}", "where": said.occasion}
        if said.origin == Origin.SCHEDULE:
            return _("Report asked for by %(who)s, %(day)s: %(where)s") % words
        if said.origin == Origin.MEETING:
            return _("Conclusion of %(who)s at %(where)s, %(day)s") % words
        if words["where"]:
            return _("Order of %(who)s by telephone, %(day)s: %(where)s") % words
        return _("Order of %(who)s by telephone, %(day)s") % words


def tell_anew(document: Document, line: str) -> None:
    """Put another first line above the text; what stands below it is found where it stands now."""
    old, gap, rest = document.text.partition("\n\n")
    if document.subject == old[:1000]:
        document.subject = line[:1000]
    document.text = line + gap + rest
    moved = {"start": F("start") + len(line) - len(old), "end": F("end") + len(line) - len(old)}
    for rows in (document.provisions, document.duties, document.citations):
        rows.update(**moved)


def follow_day(document: Document, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes to a document, with its first line told anew where they correct the day on which it was said;
    where the subject is that line, and is not changed itself, it is among them."""
    day = changes.get("issued_on")
    if not document.is_spoken or day is None or day == document.issued_on:
        return changes
    was = document.subject
    tell_anew(document, first_line(Said(document.origin, document.said_by, day, document.occasion)))
    told, document.subject = document.subject, was
    return changes | {"subject": told} if changes.get("subject", was) == was else changes
