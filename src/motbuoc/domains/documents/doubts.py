"""What the reader was unsure of and nobody has settled yet: the places a person should look at, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Addressee, Citation, Document, Duty, DutyUnit

SURE = 0.8
"""The reader's confidence in a field from which on nobody is asked to look."""

SURE_OF_DUTY = 0.6
"""The same for a duty. One that names no body but stands in a letter with addressees (0.6 to 0.75) is no guess;
asking for a look at each of those would hide the few that need one."""

HEADER_LABELS = {
    "superior": _("Superior body"),
    "issuer": _("Issuing body"),
    "code": _("Number and symbol"),
    "type": _("Kind of document"),
    "place": _("Place"),
    "issued_on": _("Date of issue"),
    "subject": _("Subject"),
}
"""The header fields a person can correct, in the order of the page."""

# The reader's name of a header field, where it is not the column's. Number and symbol are parts of the code.
COLUMNS = {"date": "issued_on", "number": "code", "symbol": "code", "type_name": "type"}
OTHER_REASONS = {
    "regime": _("Neither the letterhead of the Party nor that of the State was found."),
    "provisions": _("No numbered items were found. Add the duties by their words."),
    "signer": _("The name of the signer was not found."),
    "recognised": _("The words were recognised in pictures. Compare them with the paper (page {pages})."),
    "not_recognised": _("Pictures in which no words could be read (page {pages})."),
    "garbled": _("Vietnamese letters are lost, or the text is in another language (page {pages})."),
    "encoding_guessed": _("The encoding of the text was guessed. Compare it with the paper."),
}
"""What a note on another part says. Notes on the text have a code each, and most of them name the pages."""
DUTY_REASONS = {
    "period": _("The words say “periodically”, but not how often."),
    "verb": _("It is not clear what exactly is to be done."),
}


@dataclass(frozen=True)
class Doubt:
    """One place to look at. `about` is "header", "addressee", "duty" or "citation", `key` the field or row id."""

    about: str
    key: str
    reason: Any


def doubts_of(
    document: Document, duties: Iterable[Duty], addressees: Iterable[Addressee], citations: Iterable[Citation]
) -> list[Doubt]:
    """The open doubts in the order of the page; `duties` are those not dropped, with their units."""
    found = [] if is_header_settled(document) else _header_doubts(document)
    found += [
        Doubt("addressee", str(row.pk), _("Say which units this addressee means."))
        for row in addressees
        if row.selection == Addressee.Selection.UNRESOLVED
    ]
    found += [Doubt("duty", str(duty.pk), reason) for duty in duties for reason in duty_reasons(duty)]
    found += [
        Doubt("citation", str(row.pk), _("The mention of another document was read with doubt."))
        for row in citations
        if row.confidence < SURE
    ]
    return found


def is_header_settled(document: Document) -> bool:
    """Whether a person has saved the header fields since the document was read."""
    return document.version > 1


def duty_reasons(duty: Duty) -> list[Any]:
    """Why a person should look at a duty; empty when there is nothing to doubt."""
    reasons = [DUTY_REASONS.get(doubt, _("The time of the duty could not be read.")) for doubt in duty.unsure]
    if duty.confidence < SURE_OF_DUTY:
        reasons.insert(0, _("The reader is not sure that these words are a duty."))
    leads = [part for part in duty.units.all() if part.part == DutyUnit.Part.LEAD]
    if not duty.for_addressees and not leads:
        named = format_lazy(_("It is not known which unit “{name}” is."), name=duty.actor_text)
        reasons.append(named if duty.actor_text else _("Nobody leads this duty."))
    return reasons


def _header_doubts(document: Document) -> list[Doubt]:
    reasons: dict[str, Any] = {}
    for note in document.reading["notes"]:
        part, _dot, name = note["field"].partition(".")
        if part == "header":
            column = COLUMNS.get(name, name)
            if column in HEADER_LABELS:
                reasons.setdefault(column, _reason(note["code"]))
        elif part == "text" and (code := note["code"]) in OTHER_REASONS:
            pages = note["message"].rpartition(": page ")[2].rstrip(".")
            reasons.setdefault(code, format_lazy(OTHER_REASONS[code], pages=pages))
        elif part in OTHER_REASONS:
            reasons.setdefault(part, OTHER_REASONS[part])
    for name, read in document.reading["header_spans"].items():
        column = COLUMNS.get(name, name)
        if column in HEADER_LABELS and read and read["confidence"] < SURE:
            reasons.setdefault(column, _reason("unsure"))
    order = [*HEADER_LABELS, *OTHER_REASONS]
    return [Doubt("header", key, reasons[key]) for key in order if key in reasons]


def _reason(code: str) -> Any:
    return _("Not found. Type it in if the paper has it.") if code == "not_found" else _("Read with doubt.")
