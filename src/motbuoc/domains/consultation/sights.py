"""Lines of the history about consultations, and notices to units that are asked: for those who may see these."""

from __future__ import annotations

from collections.abc import Collection

from motbuoc.domains.consultation.models import AskedUnit
from motbuoc.domains.consultation.selectors import asked_for, consultations_for, named
from motbuoc.foundation.history.sights import declare
from motbuoc.foundation.notices import telling
from motbuoc.foundation.notices.telling import Told
from motbuoc.foundation.people.models import Person


def tell_asked(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """What units are asked, as the viewer may see it; behind a gateway only what is public anyhow."""
    rows = asked_for(viewer) if viewer else named(AskedUnit.objects.filter(consultation__is_public=True))
    found = rows.filter(pk__in=ids).select_related("consultation")
    return {
        row.pk: Told(row.consultation.subject, row.unit_name, row.consultation.is_public, False) for row in found
    }


telling.declare("asked_unit", tell_asked)
declare("consultation", lambda viewer: consultations_for(viewer).order_by().values("pk"))
