"""Searching the library: by words in any spelling, by number, and by what is told apart in columns.

The policy comes first: what the viewer may not read is neither found nor counted, nor offered to filter by, and
the order rests on the documents found alone (no statistics of the whole index).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db import connection, models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.models import Document, DocumentLink, Relation
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.collation import collation_key
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import UnitClosure
from vanban.spelling import Spelling, spellings
from vanban.text import fold, normalise

MOST_WORDS = 20
"""Words of a question that count."""
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


class Order(models.TextChoices):
    """How the documents found are sorted."""

    BEST = "", _("Best match first")
    ISSUED = "issued", _("Newest date of issue first")
    NAME = "name", _("By name, A to Y")


class Validity(models.TextChoices):
    """Whether a document holds on a day."""

    IN_FORCE = "in_force", _("In force")
    TO_COME = "to_come", _("Not yet in force")
    REPLACED = "replaced", _("Replaced or repealed")
    ENDED = "ended", _("Run out")


@dataclass(frozen=True)
class Question:
    """What is looked for; empty means all. `words` may hold phrases in quotes; the last word may be unfinished."""

    words: str = ""
    issuer: str = ""
    type: str = ""
    year: int | None = None
    validity: str = ""
    state: str = ""
    classification: str = ""
    order: str = ""


@dataclass(frozen=True)
class Wanted:
    """The words of a question: `phrases` of one or more words each, the last of them perhaps unfinished."""

    phrases: tuple[tuple[Spelling, ...], ...] = ()
    is_open: bool = False
    levels: tuple[str, ...] = ("plain",)

    @classmethod
    def of(cls, words: str) -> Wanted:
        """Read what was typed. Without a mark in it, one spelling says all."""
        phrases: list[tuple[Spelling, ...]] = []
        end = 0
        for quoted in QUOTED.finditer(words):
            phrases += ((word,) for word in spellings(words[end : quoted.start()]))
            phrases.append(tuple(spellings(quoted[1])))
            end = quoted.end()
        loose = spellings(words[end:])
        phrases += ((word,) for word in loose)
        kept = tuple(phrase for phrase in phrases[:MOST_WORDS] if phrase)
        is_open = bool(loose) and words[-1:].isalnum()
        return cls(kept, is_open, ("plain",) if words.isascii() else ("written", "toneless", "plain"))


def documents_sought(viewer: Person, asked: Question) -> QuerySet[Document]:
    """The documents `viewer` may read that answer a question, in the order asked for, without their texts.

    Best first: of the number asked for; then with the words as they are written, without their tones, without any
    mark; of these, with the words in number or subject, then with the words side by side, then the newest.
    """
    found = documents_for(viewer).defer("text", "reading", "layout")
    found = _narrowed(viewer, found, asked).annotate(is_replaced=ended_by_another(viewer, clock.today()))
    words = normalise(asked.words)
    wanted = Wanted.of(words)
    if words.strip():
        found = found.filter(with_words(wanted, "plain") if wanted.phrases else Q(pk__in=()))
    match asked.order:
        case Order.ISSUED:
            return found.order_by(F("issued_on").desc(nulls_last=True), "-brought_at", "-pk")
        case Order.NAME:
            return found.order_by("name_key", "-brought_at", "-pk")
    return _best_first(found, words, wanted) if wanted.phrases else found


def _narrowed(viewer: Person, found: QuerySet[Document], asked: Question) -> QuerySet[Document]:
    if asked.state in DocumentState.values:
        found = found.filter(state=asked.state)
    if asked.classification in Classification.values:
        found = found.filter(classification=asked.classification)
    if asked.issuer:
        found = found.filter(issuer=asked.issuer)
    if asked.type:
        found = found.filter(type=asked.type)
    if asked.year:
        found = found.filter(issued_on__range=(date(asked.year, 1, 1), date(asked.year, 12, 31)))
    if asked.validity in Validity.values:
        found = found.filter(of_validity(viewer, Validity(asked.validity), clock.today()))
    return found


def ended_by_another(viewer: Person, on: date) -> Exists:
    """The condition that a document was replaced or repealed as a whole by the day, as far as `viewer` may know.

    Only by documents they may read, of the same unit or one above: no unit ends what others have issued.
    """
    above = UnitClosure.objects.filter(
        in_force(on), ancestor=OuterRef("source__unit"), descendant=OuterRef("target__unit")
    )
    whole = DocumentLink.objects.filter(
        Q(effective_on=None) | Q(effective_on__lte=on),
        Exists(documents_for(viewer).order_by().filter(pk=OuterRef("source"))),
        Exists(above),
        target=OuterRef("pk"),
        pinpoint="",
        relation__in=(Relation.REPLACES, Relation.REPEALS),
    )
    return Exists(whole)


def of_validity(viewer: Person, validity: Validity, on: date) -> Q:
    """The condition that a document is of this validity on the day, as far as `viewer` may know."""
    ended, replaced = Q(valid_until__lt=on), Q(ended_by_another(viewer, on))
    to_come = Q(valid_from__gt=on)
    return {
        Validity.REPLACED: replaced,
        Validity.ENDED: ended & ~replaced,
        Validity.TO_COME: to_come & ~replaced,
        Validity.IN_FORCE: (Q(valid_from=None) | ~to_come) & (Q(valid_until=None) | ~ended) & ~replaced,
    }[validity]


def validity_of(document: Document, on: date) -> Validity:
    """Of what validity a document found by `documents_sought` is on the day."""
    if getattr(document, "is_replaced", False):
        return Validity.REPLACED
    if document.valid_until and document.valid_until < on:
        return Validity.ENDED
    return Validity.TO_COME if document.valid_from and document.valid_from > on else Validity.IN_FORCE


def _best_first(found: QuerySet[Document], words: str, wanted: Wanted) -> QuerySet[Document]:
    levels = [When(with_words(wanted, name), then=Value(rank)) for rank, name in enumerate(wanted.levels[:-1], 1)]
    key = code_key(words.replace(" ", "-", 1).replace(" ", "/")) or code_key(words)
    if key:
        levels.insert(0, When(Q(code_key=key), then=Value(0)))
    in_name = Q(*(Q(folded__contains=fold(word)) for word in words.replace('"', " ").split()[:MOST_WORDS]))
    ranks = [
        Case(*levels, default=Value(len(Spelling._fields))) if levels else Value(0),
        Case(When(in_name, then=Value(0)), default=Value(1)),
        Case(When(with_words(_side_by_side(wanted), wanted.levels[0]), then=Value(0)), default=Value(1)),
    ]
    named = {f"rank_{place}": rank for place, rank in enumerate(ranks)}
    return found.annotate(**named).order_by(*named, "-brought_at", "-pk")


def _side_by_side(wanted: Wanted) -> Wanted:
    return Wanted((tuple(chain.from_iterable(wanted.phrases)),), wanted.is_open)


def with_words(wanted: Wanted, spelling: str) -> Q:
    """The condition that a document has all the words, compared in one of the spellings."""
    phrases = [[getattr(word, spelling) for word in phrase] for phrase in wanted.phrases]
    asked = [phrases]
    last = phrases[-1][-1]
    if wanted.is_open and spelling == "plain" and last.endswith("i"):
        asked.append([*phrases[:-1], [*phrases[-1][:-1], f"{last[:-1]}y"]])  # "quy" may be going to be "quyết"
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM motbuoc_documentindex WHERE motbuoc_documentindex MATCH %s"
        text = f"{spelling} : ({' OR '.join(_for_sqlite(one, wanted.is_open) for one in asked)})"
    else:
        sql = f"SELECT document_id FROM motbuoc_documentwords WHERE {spelling}_index @@ %s::tsquery"  # noqa: S608
        text = " | ".join(_for_postgresql(one, wanted.is_open) for one in asked)
    return Q(pk__in=RawSQL(sql, [text]))  # noqa: S611 - the names are those of our own columns


def _for_sqlite(phrases: Iterable[list[str]], is_open: bool) -> str:
    quoted = " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    return f"({quoted}{'*' if is_open else ''})"


def _for_postgresql(phrases: Iterable[list[str]], is_open: bool) -> str:
    joined = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in phrases)
    return f"({joined[:-1]}:*))" if is_open else f"({joined})"


@dataclass(frozen=True)
class Facets:
    """What the documents a viewer may read can be narrowed by: each value once, with how many bear it."""

    issuers: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]


def facets_for(viewer: Person) -> Facets:
    """Issuers and types in Vietnamese order and years, newest first, of all documents `viewer` may read."""
    issuers, types, years = Counter[str](), Counter[str](), Counter[int]()
    rows = documents_for(viewer).order_by().values_list("issuer", "type", "issued_on__year")
    for issuer, type_, year, count in rows.annotate(count=Count("pk")):
        issuers[issuer] += count
        types[type_] += count
        years[year or 0] += count
    return Facets(
        _in_order(issuers), _in_order(types), tuple(sorted(((y, n) for y, n in years.items() if y), reverse=True))
    )


def _in_order(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((name, n) for name, n in counted.items() if name), key=lambda row: collation_key(row[0])))
