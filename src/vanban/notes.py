"""What a person should know of a reading: what was not found, what is a guess, what was corrected."""

from __future__ import annotations

from dataclasses import replace

from vanban.document import Document, Duty, Field, Header, Note, Regime


def with_notes(document: Document) -> Document:
    """Return the document with notes for what was not found, is a guess, or was corrected."""
    further = (*_missing_fields(document), *_missing_periods(document), *_mended(document))
    return replace(document, notes=(*document.notes, *further))


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


def regime_notes(regime: Regime | None, sure: float) -> list[Note]:
    """Return a note where no regime was found, or where it is a guess (`sure`: 0 to 1)."""
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


def _mended(document: Document) -> list[Note]:
    """A number that is not read as it is printed: a hyphen, a letter or a year was corrected."""
    return [
        Note("mended", f"citations.{place}", f"The number is printed otherwise than {cited.code}.", cited.span)
        for place, cited in enumerate(document.citations)
        if cited.code and cited.code not in "".join(cited.raw.split()).translate(_PRINTED)
    ]


_PRINTED = str.maketrans({"–": "-", "—": "-", "_": "-", "Ð": "Đ"})
