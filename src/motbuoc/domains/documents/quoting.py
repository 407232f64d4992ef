"""A document that quotes another paper is never known more widely than that paper is today.

The practices that make such documents declare how they are found; when the paper becomes narrower, so do they.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access.classification import Classification, narrower_than, narrowest
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

Quoting = Callable[[Document], QuerySet[Document]]
_declared: list[Quoting] = []


def declare(found: Quoting) -> None:
    """Let the documents that `found` finds for a paper become narrower with it."""
    _declared.append(found)


def narrow_with(*, actor: Person, document: Document, reason: str) -> None:
    """Make what quotes a document as narrow as it is now; part of the write that changed its class."""
    for found in _declared:
        narrow(actor=actor, documents=found(document), to=document.classification, reason=reason)


def narrow(*, actor: Person, documents: QuerySet[Document], to: str, reason: str) -> None:
    """Make those of the documents that are wider than `to` of this class, and what quotes them; never wider.

    Part of a write to the paper that they quote, which has asked the policy about that.
    """
    wider = [one for one in Classification.values if to in narrower_than(one)]
    for row in documents.filter(classification__in=wider).order_by("pk"):
        fresh = claim(row, None)
        before, fresh.classification = fresh.classification, narrowest(fresh.classification, to).value
        fresh.save(update_fields=["classification", "version"])
        values = {"document": fresh.pk, "classification": [before, fresh.classification], "reason": reason}
        record(actor, Act("classify_document", "document", fresh.pk, fresh.unit_id, values))
        narrow_with(actor=actor, document=fresh, reason=reason)
