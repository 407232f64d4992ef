"""A document in its chain, in layers: what it rests on to the left, what rests on it to the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from motbuoc.domains.documents.links import Link, links_among, links_from, links_to
from motbuoc.domains.documents.models import Citation, Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.people.models import Person

MOST = 12
"""Documents of one layer that are drawn; the table beside the picture has all."""

Told = tuple[str, int | None]
"""What tells missing documents apart: key of the number, and year, None where the citations name no day."""


@dataclass
class Node:
    """A document in the picture, and the links that tie it to the layer before; or one that is cited and missing.

    `missing` is a citation whose document the viewer does not find in the library, `cited_by` in how many of their
    documents it is cited.
    """

    document: Document | None = None
    links: list[Link] = field(default_factory=list)
    missing: Citation | None = None
    cited_by: int = 0


@dataclass(frozen=True)
class Chain:
    """Five layers of nodes from left to right, the document itself in the middle; and how many each leaves out."""

    layers: list[list[Node]]
    left_out: list[int]
    links_from: list[Link]
    links_to: list[Link]


def chain_of(viewer: Person, document: Document) -> Chain:
    """What `viewer` may see of the chain of a document, two steps each way."""
    back, forth = links_from(viewer, document), links_to(viewer, document)
    seen = {document.pk}
    bases = _nodes(back, back=True, seen=seen)
    followers = _nodes(forth, back=False, seen=seen)
    first = [node.document.pk for node in bases[:MOST] if node.document]
    last = [node.document.pk for node in followers[:MOST] if node.document]
    further_back = links_among(viewer, Q(source__in=first), Q(document__in=first))
    further_on = links_among(viewer, Q(target__in=last), Q(cited__in=last))
    layers = [
        _nodes(further_back, back=True, seen=seen),
        bases + missing_of(viewer, document),
        [Node(document)],
        followers,
        _nodes(further_on, back=False, seen=seen),
    ]
    left_out = [max(0, len(layer) - MOST) for layer in layers]
    return Chain([layer[:MOST] for layer in layers], left_out, back, forth)


def _nodes(links: Iterable[Link], *, back: bool, seen: set[int]) -> list[Node]:
    """The other ends of the links, each once and in one layer only."""
    found: dict[int, Node] = {}
    for link in links:
        other = link.target if back else link.source
        if other.pk not in seen:
            found.setdefault(other.pk, Node(other)).links.append(link)
    seen.update(found)
    return list(found.values())


def missing_of(viewer: Person, document: Document) -> list[Node]:
    """The documents that `document` cites and `viewer` does not find in the library, each once."""
    unknown: dict[Told, Citation] = {}
    for row in _unfound(viewer).filter(document=document):
        unknown.setdefault((row.code_key or row.raw, _year(row)), row)
    dated = {key for key, year in unknown if year}
    told = {(key, year): row for (key, year), row in unknown.items() if year or key not in dated}
    found = _unfound(viewer).filter(code_key__in=[key for key, _year in told]).exclude(code_key="")
    citing_each: dict[str, set[tuple[int | None, int]]] = {}
    for key, year, pk in found.order_by().values_list("code_key", "issued_on__year", "document").distinct():
        citing_each.setdefault(key, set()).add((year, pk))
    return [
        Node(
            missing=row, cited_by=len({pk for other, pk in citing_each.get(key, ()) if _may_be(year, other)}) or 1
        )
        for (key, year), row in told.items()
    ]


def _may_be(year: int | None, other: int | None) -> bool:
    """Whether citations of one number mean one document: those that name no day may mean any year's."""
    return year is None or other is None or year == other


def _year(citation: Citation) -> int | None:
    return citation.issued_on.year if citation.issued_on else None


def most_missing(viewer: Person) -> QuerySet[Any, Any]:
    """What the documents of `viewer` cite and the library does not hold for them: that cited by most first.

    Each with its number, what the citations say of it, and by how many documents (`documents`) it is cited.
    Numbers begin anew each year: those that bear different days are told apart by year.
    """
    grouped = _unfound(viewer).exclude(code_key="").order_by().values("code_key", "issued_on__year")
    told = grouped.annotate(
        code=Max("code"),
        issued_on=Max("issued_on"),
        issuer=Max("issuer"),
        title=Max("title"),
        citation=Max("pk"),
        documents=Count("document", distinct=True),
    )
    return told.order_by("-documents", "code_key", "issued_on__year")


def _unfound(viewer: Person) -> QuerySet[Citation]:
    """The citations in documents `viewer` may read whose document they may not, as if it were not there."""
    readable = documents_for(viewer).order_by().values("pk")
    return Citation.objects.filter(document__in=readable).exclude(cited__in=readable).order_by("start")


def citations_for(viewer: Person) -> QuerySet[Citation]:
    """The citations in documents that `viewer` may read."""
    return Citation.objects.filter(document__in=documents_for(viewer).order_by().values("pk")).select_related(
        "document"
    )


def citing(viewer: Person, code_keys: Iterable[str]) -> dict[Told, list[Document]]:
    """For each missing document of these keys, the documents of `viewer` that cite it, oldest first."""
    rows = _unfound(viewer).filter(code_key__in=set(code_keys)).order_by("document", "start")
    found: dict[Told, dict[int, Document]] = {}
    for row in rows.select_related("document__file").defer(
        "document__text", "document__reading", "document__layout"
    ):
        found.setdefault((row.code_key, _year(row)), {})[row.document_id] = row.document
    return {key: list(documents.values()) for key, documents in found.items()}


def documents_numbered(viewer: Person, key: str) -> QuerySet[Document]:
    """The documents of `viewer` with a number and symbol (`identity.code_key`)."""
    return documents_for(viewer).filter(code_key=key).exclude(code_key="")
