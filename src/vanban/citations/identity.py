"""Which mentions mean one document: keys to compare by, and the facts of all mentions put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vanban import patterns
from vanban.document import Citation, MentionKind
from vanban.text import fold, squash


@dataclass(frozen=True, slots=True)
class CitationKey:
    """What tells documents apart, in one spelling: to compare with, or to look up in an index of the caller's.

    `number` has no leading zeros, `symbol` is in capitals with hyphens only ("CTR-TU" for "CTr/TU": papers of the
    Party are printed either way), `year` is that of the symbol or of the date, `term` a Roman or Arabic figure,
    `name` is folded (no accents) and only there for documents cited by name.
    """

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    term: str | None = None
    name: str | None = None


def key_of(citation: Citation) -> CitationKey:
    """Return the key of one mention, from what this mention says alone."""
    year = citation.date.year if citation.date else None
    term = patterns.TERM.search(citation.term) if citation.term else None
    terms = term["term"] if term else None
    parts = patterns.CODE_PARTS.fullmatch(citation.code or "")
    if parts:
        symbol = patterns.SYMBOL_JOINT.sub("-", parts["symbol"]).upper()
        printed = int(parts["year"]) if parts["year"] else year
        return CitationKey(citation.type, _plain(parts["number"]), symbol, printed, terms)
    named = citation.kind is MentionKind.NAME and citation.title is not None
    said = patterns.NAMED_YEAR.search(citation.raw) if named else None
    name = fold(citation.title or "") if named else None
    number = _plain(citation.number) if citation.number else None
    return CitationKey(citation.type, number, None, year or (int(said[1]) if said else None), terms, name)


def _plain(number: str) -> str:
    return squash(number).lstrip("0") or "0"


def gather(mentions: Iterable[Citation]) -> tuple[list[Citation], list[int | None]]:
    """Return the distinct documents in order of first mention, each with the facts of all its mentions, and for
    each mention which of them it means (None: it does not say, or is the citing document itself).

    Two mentions of one number with different dates or years are two documents: numbers begin anew each year.
    """
    listed = tuple(mentions)
    documents: list[Citation] = []
    alike: dict[CitationKey, list[int]] = {}
    of: list[int | None] = []
    for mention in listed:
        if mention.antecedent is not None or not _says_which(mention):
            of.append(None)
            continue
        key = key_of(mention)
        plain = replace(key, year=None, type=None, term=None) if key.symbol else replace(key, year=None)
        places = alike.setdefault(plain, [])
        place = next((place for place in reversed(places) if _agree(documents[place], mention, key)), None)
        if place is None:
            place = len(documents)
            documents.append(mention)
            places.append(place)
        else:
            documents[place] = _merged(documents[place], mention)
        of.append(place)
    for number, mention in enumerate(listed):
        if mention.antecedent is not None and 0 <= mention.antecedent < len(listed):
            of[number] = of[mention.antecedent]
    return documents, of


def distinct(mentions: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the documents with a code, once each, by first mention, with what any mention says of them."""
    return tuple(gather(mention for mention in mentions if mention.code and mention.kind is MentionKind.FULL)[0])


def _says_which(mention: Citation) -> bool:
    return mention.kind is not MentionKind.SELF and bool(mention.code or mention.number or mention.title)


def _agree(known: Citation, mention: Citation, key: CitationKey) -> bool:
    if known.date and mention.date:
        return known.date == mention.date
    year = key_of(known).year
    return year is None or key.year is None or year == key.year


def _merged(known: Citation, other: Citation) -> Citation:
    return replace(
        known,
        date=known.date or other.date,
        issuer=_better(known.issuer, other.issuer),
        title=_better(known.title, other.title),
        type=known.type or other.type,
        term=known.term or other.term,
        relation=known.relation or other.relation,
        confidence=max(known.confidence, other.confidence),
    )


def _better(one: str | None, other: str | None) -> str | None:
    """Return `one`, or `other` if there is none or it is in capitals, as a heading repeats it."""
    return other if other and (one is None or (one.isupper() and not other.isupper())) else one
