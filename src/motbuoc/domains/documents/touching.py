"""What a document changes in others: what its words propose, and what a person has confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects

from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.links import links_from, links_to, readable
from motbuoc.domains.documents.models import Document, DocumentLink, Match, Provision, Relation
from motbuoc.foundation.people.models import Person

CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
"""What changes the document it is done to."""
FIGURES = re.compile(r"\d+|[IVX]+\b")


@dataclass(frozen=True)
class Touch:
    """That a document changes `target`: the whole, or the part at `pinpoint`, which is its `provision`.

    `link` is what a person stated; without it the words of the document propose it.
    """

    target: Document
    relation: str
    pinpoint: str = ""
    provision: Provision | None = None
    link: DocumentLink | None = None

    @property
    def words(self) -> str:
        """What is done to the target, to be read."""
        return str(Relation(self.relation).label)


def touches_of(viewer: Person, document: Document) -> list[Touch]:
    """What `document` changes among what `viewer` may read: what is confirmed, then what its words propose."""
    stated = [
        Touch(link.target, link.relation, link.stated.pinpoint, link.stated.provision, link.stated)
        for link in links_from(viewer, document)
        if link.stated and link.relation in CHANGES
    ]
    confirmed = {(touch.target.pk, touch.relation, touch.pinpoint) for touch in stated}
    settled = {(touch.target.pk, touch.relation) for touch in stated}
    proposed = [
        touch
        for touch in _proposed(viewer, document)
        if (touch.target.pk, touch.relation, touch.pinpoint) not in confirmed
        and (touch.pinpoint or (touch.target.pk, touch.relation) not in settled)
    ]
    return [*stated, *proposed]


def changes_to(viewer: Person, document: Document) -> list[DocumentLink]:
    """What was confirmed that others which `viewer` may read change in `document`."""
    return [link.stated for link in links_to(viewer, document) if link.stated and link.relation in CHANGES]


def _proposed(viewer: Person, document: Document) -> Iterator[Touch]:
    cited = document.citations.filter(Q(relation__in=CHANGES), cited__isnull=False)
    targets = {row.code_key: row.cited_id or 0 for row in cited if row.match != Match.NONE}
    seen = readable(viewer, targets.values())
    prefetch_related_objects(list(seen.values()), "provisions")
    places = _places(document)
    for row in cited:
        if not (target := seen.get(row.cited_id or 0)):
            continue
        for relation, pinpoint in places.get(row.code_key) or [(row.relation, "")]:
            yield Touch(target, relation, pinpoint, provision_at(target, pinpoint))


def _places(document: Document) -> dict[str, list[tuple[str, str]]]:
    """For each document that is changed, by key: what is done, and where; the whole where no part is named."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for mention in document.reading.get("mentions", []):
        if mention["code"] and mention["relation"] in CHANGES:
            place = (str(mention["relation"]), (mention["pinpoint"] or "")[:200])
            found.setdefault(code_key(mention["code"]), {})[place] = None
    return {key: [place for place in places if place[1]] or list(places) for key, places in found.items()}


def provision_at(document: Document, pinpoint: str) -> Provision | None:
    """The top-level item of a document that a place names: "khoản 2 Điều 3" is in its third; None if unsure."""
    figures = FIGURES.findall(pinpoint)
    if not figures:
        return None
    found = [row for row in document.provisions.all() if FIGURES.findall(row.number)[-1:] == figures[-1:]]
    return found[0] if len(found) == 1 else None
