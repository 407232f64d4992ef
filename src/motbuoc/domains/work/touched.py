"""The work that rests on what another document changes."""

from __future__ import annotations

from motbuoc.domains.documents.models import DocumentLink
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.people.models import Person


def assignments_touched(viewer: Person, link: DocumentLink) -> WithLateness:
    """The open assignments `viewer` may see of the part of a document that a link changes.

    Where the part is named and not known as an item, those of the whole document: a person picks.
    """
    found = assignments_for(viewer).filter(document=link.target_id).exclude(state__in=CLOSED)
    if link.provision_id:
        found = found.filter(duty__provision=link.provision_id)
    return found.order_by("duty__position", "unit_id", "pk")
