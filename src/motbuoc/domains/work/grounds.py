"""The document on which a step rests, shown at both ends: on the task, and on the document."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.linked import Ground
from motbuoc.domains.work.models import Entry
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person


def note_ground(actor: Person, entry: Entry, document: Document | None) -> None:
    """Keep the document on which a step rests, if one was named. Part of the step.

    Raises:
        Refusal: the actor may not read it.
    """
    if document is None:
        return
    if not documents_for(actor).filter(pk=document.pk).exists():
        raise Refusal(_("There is no such document among those you may read. Choose another one."))
    Ground.objects.create(entry=entry, document=document)


def grounds_of(viewer: Person, entries: Iterable[Entry]) -> dict[int, Document]:
    """The documents on which entries rest, as far as `viewer` may read them, by the entry's id."""
    rows = dict(Ground.objects.filter(entry__in=list(entries)).values_list("entry_id", "document_id"))
    if not rows:
        return {}
    seen = {one.pk: one for one in documents_for(viewer).filter(pk__in=rows.values()).defer("text", "reading")}
    return {entry: seen[document] for entry, document in rows.items() if document in seen}


def resting_on(viewer: Person, document: Document) -> WithLateness:
    """The assignments that were stopped or resumed because of a document, as far as `viewer` sees them."""
    found = Ground.objects.filter(document=document).values("entry__assignment")
    return assignments_for(viewer).filter(pk__in=found).order_by("pk")
