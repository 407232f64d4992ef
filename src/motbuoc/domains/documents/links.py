"""Reads of how documents hang together: what one rests on, and what rests on it, as its viewer may see.

A document that the viewer may not read is as one that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Citation, Document, DocumentLink, Match, Relation
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.people.models import Person


@dataclass(frozen=True)
class Link:
    """That `source` does something with `target`: as a person `stated`, or as its `citation` says.

    `relation` is a value of `Relation`, "" where a citation does not say. It is sure where a person said so or
    nothing speaks for another document.
    """

    source: Document
    target: Document
    relation: str
    stated: DocumentLink | None = None
    citation: Citation | None = None

    @property
    def words(self) -> str:
        """What the source does with the target, to be read."""
        return str(Relation(self.relation).label if self.relation else _("Cites it"))

    @property
    def is_sure(self) -> bool:
        """Whether the two documents are surely those meant."""
        return self.citation is None or self.citation.match != Match.LIKELY


def links_from(viewer: Person, document: Document) -> list[Link]:
    """What `document` does with others that `viewer` may read: those stated, then those it cites, in its order."""
    return list(links_among(viewer, Q(source=document.pk), Q(document=document.pk)))


def links_to(viewer: Person, document: Document) -> list[Link]:
    """What others that `viewer` may read do with `document`."""
    return list(links_among(viewer, Q(target=document.pk), Q(cited=document.pk)))


def links_among(viewer: Person, of_stated: Q, of_citations: Q) -> Iterator[Link]:
    """The stated links and the resolved citations that meet the conditions, where `viewer` may read both ends.

    What a person stated of two documents takes the place of a citation that says the same, or nothing more.
    """
    stated = list(DocumentLink.objects.filter(of_stated).select_related("stated_by", "provision"))
    cited = list(Citation.objects.filter(of_citations, cited__isnull=False).order_by("document", "start"))
    ends = {pk for row in stated for pk in (row.source_id, row.target_id)}
    ends |= {pk for row in cited for pk in (row.document_id, row.cited_id) if pk}
    seen = readable(viewer, ends)
    said: set[tuple[int, int, str]] = set()
    for row in stated:
        if row.source_id in seen and row.target_id in seen:
            said |= {(row.source_id, row.target_id, relation) for relation in (row.relation, "")}
            yield Link(seen[row.source_id], seen[row.target_id], row.relation, stated=row)
    for mention in cited:
        source, target = mention.document_id, mention.cited_id or 0
        if source in seen and target in seen and (source, target, mention.relation) not in said:
            said.add((source, target, mention.relation))
            yield Link(seen[source], seen[target], mention.relation, citation=mention)


def readable(viewer: Person, ids: Iterable[int]) -> dict[int, Document]:
    """Those of the documents `ids` that `viewer` may read, by id, without their texts."""
    found = documents_for(viewer).filter(pk__in=set(ids)).order_by()
    return {document.pk: document for document in found.defer("text", "reading", "layout")}


def links_stated_for(viewer: Person) -> QuerySet[DocumentLink]:
    """The links that were stated of documents `viewer` may read, at either end."""
    mine = documents_for(viewer).order_by().values("pk")
    return DocumentLink.objects.filter(source__in=mine, target__in=mine).select_related("source", "target")
