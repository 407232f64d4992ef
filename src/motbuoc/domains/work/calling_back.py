"""Calling copies of a document back: not from units that still owe work of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.copies import ask_back
from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person


@transaction.atomic
def ask_copies_back(
    *, actor: Person, copies: Iterable[Copy], reason: str, replacement: Document | None = None
) -> int:
    """Ask each receiver to give its copy back, or to take `replacement` in its stead. How many were asked.

    Raises:
        NotAllowed: the actor may not send for the document's unit.
        Refusal: nothing is chosen, no reason is given, a unit holds no copy, or one still owes work that a recall
            would leave without its words.
    """
    chosen = list(copies)
    if not chosen:
        raise Refusal(_("Choose the recipients first."))
    units, documents = {copy.unit_id for copy in chosen}, {copy.document_id for copy in chosen}
    owed = Assignment.objects.filter(document__in=documents, unit__in=units)
    if not replacement and owed.exclude(state__in=CLOSED).exists():
        raise Refusal(
            _("Units still owe work of this document. End their assignments first, or replace the document.")
        )
    for copy in chosen:
        ask_back(actor=actor, copy=copy, version=copy.version, reason=reason, replacement=replacement)
    return len(chosen)
