"""An approved report becomes an outgoing document: from there on the registers number, sign and send it."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motbuoc.domains.registers.drafting import letterhead_of
from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.registers.selectors import CLASSES, outgoing_for
from motbuoc.domains.registers.services import draft_outgoing, set_recipients
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.recipients import recipients_of
from motbuoc.domains.reporting.states import DraftState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person

REPORT = "BC"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def issue_draft(*, actor: Person, draft: Draft, word_file: bytes) -> Outgoing:
    """Put an approved report into the outgoing register as a draft, addressed as it says.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: it is not approved, or is on its way already.
    """
    with transaction.atomic():
        fresh = Draft.objects.select_for_update().get(pk=draft.pk)
        if fresh.state != DraftState.AGREED:
            raise Refusal(_("Only an approved report goes out."))
        if outgoing_of(draft):
            raise Refusal(_("This report is in the outgoing register already."))
        today = clock.today()
        name = f"{Truncator(draft.subject.replace('/', '-')).chars(100)}.docx"
        outgoing = draft_outgoing(
            actor=actor,
            unit=draft.unit,
            regime=letterhead_of(draft.unit_id, today).regime,
            kind=REPORT,
            subject=draft.subject,
            upload=SimpleUploadedFile(name, word_file, WORD),
            classification=draft.period.document.classification,
        )
        Outgoing.objects.filter(pk=outgoing.pk).update(report=draft)
        to = recipients_of(fresh)
        units = [*to.reported_to, *to.units]
        return set_recipients(
            actor=actor, outgoing=outgoing, version=outgoing.version, units=units, others=to.others
        )


def for_portal(viewer: Person) -> QuerySet[Outgoing]:
    """The reports that were sent and are to be put on a portal, the latest first: none that is no longer open."""
    rows = outgoing_for(viewer).filter(state=OutgoingState.DISPATCHED, report__is_for_portal=True)
    own = dict.fromkeys(CLASSES, Classification.NORMAL)
    rows = rows.filter(**own, report__period__document__classification=Classification.NORMAL)
    return rows.order_by("-sent_at", "-pk")


def outgoing_of(draft: Draft) -> Outgoing | None:
    """The document on its way out that a report became; one that was cancelled is none."""
    return Outgoing.objects.filter(report=draft).exclude(state=OutgoingState.VOID).first()
