"""From which day to which a document is in force, where it says so itself; another may end it (`linking.py`)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

DAYS = ("valid_from", "valid_until")


@transaction.atomic
def set_validity(
    *, actor: Person, document: Document, version: int, valid_from: date | None, valid_until: date | None
) -> Document:
    """Set the first and the last day on which a document is in force, in any state; None where it names none.

    Raises:
        NotAllowed: the actor may not review the document.
        Collision: somebody changed it since `version`.
        Refusal: the last day lies before the first.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day in force lies before the first one. Check the two days."))
    fresh = claim(document, version)
    before = {name: getattr(fresh, name) for name in DAYS}
    fresh.valid_from, fresh.valid_until = valid_from, valid_until
    fresh.save()
    changed = {
        name: [_plain(before[name]), _plain(getattr(fresh, name))]
        for name in DAYS
        if before[name] != getattr(fresh, name)
    }
    values = {"document": fresh.pk, **changed}
    record(actor, Act("set_validity", "document", fresh.pk, fresh.unit_id, values))
    return fresh


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None
