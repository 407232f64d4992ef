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
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from vanban.document import Regime
from vanban.formats import NoLayout, layout_for

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
        check_issuable(fresh)
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


def check_issuable(draft: Draft) -> None:
    """Go on only if a report may be put into the outgoing register as it stands.

    Raises:
        Refusal: it is not approved, is on its way already, or no official layout is known for the unit's line.
    """
    if draft.state != DraftState.AGREED:
        raise Refusal(_("Only an approved report goes out."))
    if outgoing_of(draft):
        raise Refusal(_("This report is in the outgoing register already."))
    today = clock.today()
    try:
        layout_for(Regime(letterhead_of(draft.unit_id, today).regime), today)
    except NoLayout as error:
        raise Refusal(_("No official layout is known for this unit.")) from error


def may_issue(viewer: Person, draft: Draft) -> bool:
    """Whether the viewer may put the report, which is approved, into the outgoing register."""
    return draft.state == DraftState.AGREED and policy.may_on(viewer, Action.REGISTER_DOCUMENT, draft.unit_id)


def for_portal(viewer: Person) -> QuerySet[Outgoing]:
    """The reports that were sent and are to be put on a portal, the latest first: none that is no longer open."""
    rows = outgoing_for(viewer).filter(state=OutgoingState.DISPATCHED, report__is_for_portal=True)
    own = dict.fromkeys(CLASSES, Classification.NORMAL)
    rows = rows.filter(**own, report__period__document__classification=Classification.NORMAL)
    return rows.order_by("-sent_at", "-pk")


def outgoing_of(draft: Draft) -> Outgoing | None:
    """The document on its way out that a report became; one that was cancelled is none."""
    return Outgoing.objects.filter(report=draft).exclude(state=OutgoingState.VOID).first()
