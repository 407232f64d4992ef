"""Giving an order that was spoken: noted, confirmed and issued in one step by whoever may issue."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import shares_of
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.documents.spoken import Asked, Said, ToWhom, note_order
from motbuoc.domains.work.issuing import is_great, issue_directive
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


@transaction.atomic
def give_order(
    *,
    actor: Person,
    unit: Unit,
    said: Said,
    asked: Sequence[Asked],
    to: ToWhom,
    classification: str = Classification.NORMAL,
) -> Document:
    """Note an order and give it to its units at once; where they are very many, it is left confirmed.

    Raises:
        NotAllowed: the actor may not issue directives for this unit.
        Refusal: as `note_order`; or nobody is there to do it.
    """
    noted = note_order(actor=actor, unit=unit, said=said, asked=asked, to=to, classification=classification)
    document = confirm_document(actor=actor, document=noted, version=noted.version)
    if not is_great(sum(len(share.unit_ids) for share in shares_of(document, clock.today()))):
        issue_directive(actor=actor, document=document, version=document.version)
        document.refresh_from_db()
    return document
