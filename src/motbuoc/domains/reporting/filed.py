"""Files of drafts: asked for by a reader, made by a job, kept until the draft prints something else."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from motbuoc.domains.reporting.drafted import Draft, DraftFile
from motbuoc.domains.reporting.drafts import drafts_for
from motbuoc.domains.reporting.models import Report
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import discard, keep_file, kept_together
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

PATIENCE = timedelta(minutes=2)
"""After which one that was asked for and is not there may be asked for again: the worker may have ended."""

READY, QUEUED = Report.State.READY, Report.State.QUEUED


@transaction.atomic
def ask_file(*, actor: Person, draft: Draft, kind: str, shows: str) -> tuple[DraftFile, bool]:
    """The file of a kind that prints what `shows` says, and whether it is now to be made (by who called).

    Raises:
        NotAllowed: the actor may not read the draft.
    """
    if not drafts_for(actor).filter(pk=draft.pk).exists():
        raise policy.refusal(actor, (Action.VIEW_REPORT,), draft.unit_id)
    first = {"shows": shows, "asked_by": actor, "asked_at": clock.now()}
    row, is_new = DraftFile.objects.get_or_create(draft=draft, kind=kind, defaults=first)
    if is_new:
        return row, True
    row = DraftFile.objects.select_for_update().get(pk=row.pk)
    is_waited_for = row.state == QUEUED and clock.now() - row.asked_at < PATIENCE
    if row.shows == shows and (row.state == READY or is_waited_for):
        return row, False
    row.shows, row.state, row.asked_by, row.asked_at = shows, QUEUED, actor, clock.now()
    row.save()
    return row, True


def file_to_make(pk: int) -> DraftFile:
    """One that was asked for, with its draft.

    Raises:
        DraftFile.DoesNotExist: there is none.
    """
    related = ("draft__period__schedule__basis", "draft__period__document", "draft__unit", "asked_by")
    return DraftFile.objects.select_related(*related).get(pk=pk)


def file_of(draft: Draft, kind: str) -> DraftFile | None:
    """The file of that kind, made or on its way; None if nobody asked for it yet."""
    return DraftFile.objects.filter(draft=draft, kind=kind).select_related("file").first()


@kept_together()
@transaction.atomic
def finish_file(*, asked: DraftFile, shows: str, name: str, content: bytes, media_type: str) -> DraftFile:
    """Keep a file that was made, in the place of the one before it."""
    row = DraftFile.objects.select_for_update().get(pk=asked.pk)
    before = row.file
    row.file, row.shows, row.state = keep_file(name, content, media_type), shows, READY
    row.save()
    if before:
        before.delete()
        transaction.on_commit(lambda: discard(before))
    told = {"kind": row.kind, "sha256": row.file.sha256}
    record(row.asked_by, Act("make_draft_file", "report_draft", row.draft_id, asked.draft.unit_id, told))
    return row


@transaction.atomic
def fail_file(*, asked: DraftFile) -> None:
    """Say that a file could not be made; it can be asked for again."""
    if DraftFile.objects.filter(pk=asked.pk, state=QUEUED).update(state=Report.State.FAILED):
        told = {"kind": asked.kind}
        record(asked.asked_by, Act("fail_draft_file", "report_draft", asked.draft_id, asked.draft.unit_id, told))


def stored(row: DraftFile | None) -> StoredFile | None:
    """The bytes of a file that is there."""
    return row.file if row and row.state == READY else None
