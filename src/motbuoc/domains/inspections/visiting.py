"""Writes to a visit: its steps, the checklist, findings with evidence, the conclusion, and the re-check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.documents.services import DutyUnits, add_duty, correct_duty, drop_duty, import_document
from motbuoc.domains.inspections.models import CheckItem, Finding, FindingFile, Visit, VisitEntry
from motbuoc.domains.inspections.selectors import A_YEAR, asked_on, findings_of, has_been_heard, is_told
from motbuoc.domains.inspections.services import plan_visit
from motbuoc.domains.inspections.states import VISIT_TRANSITIONS, VisitState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification, narrowest
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.photographs import PICTURES, without_traces
from motbuoc.foundation.files.services import check_size, discard, evidence_type, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import keeper_of
from vanban.text import normalise, squash

MAX_FILES = 10
REMEDY = "{unit} {remedy}, hoàn thành trước ngày {day:%d/%m/%Y}"
"""A remedy as the conclusion says it: a clause that names who does what by when, and becomes a duty."""


@transaction.atomic
def take_visit_step(
    *, actor: Person, visit: Visit, version: int, name: str, text: str = "", comment_by: date | None = None
) -> Visit:
    """Take the step `name` of `states.VISIT_TRANSITIONS`; `comment_by` is the unit's last day to comment on a
    draft.

    Beginning draws the checklist. Concluding has a service of its own.

    Raises:
        NotAllowed: the actor may not inspect for the inspecting unit, or not speak for the inspected one.
        Refusal: it is not possible now, or words or the day are missing.
        Collision: somebody changed the visit since `version`.
    """
    fresh = claim(visit, version)
    transition = step(VISIT_TRANSITIONS, name, fresh.state)
    policy.require(actor, Action(transition.action), asked_on(fresh, Action(transition.action)))
    if name == "conclude_visit":
        raise Refusal(_("Conclude with the conclusion itself: write it or bring its file in."))
    if transition.asks and not text.strip():
        raise Refusal(_("Write a few words: the other side reads them."))
    if name == "send_draft":
        if comment_by is None or comment_by < clock.today():
            raise Refusal(_("Say until which day the unit may comment: today or later."))
        fresh.comment_by = comment_by
    if name == "begin_visit":
        _draw_checklist(fresh)
    return _move(actor, fresh, name, transition.target, text.strip())


def _move(actor: Person, fresh: Visit, name: str, target: str, text: str, **more: Any) -> Visit:
    before, fresh.state = fresh.state, target
    fresh.save()
    entry = VisitEntry.objects.create(visit=fresh, step=name, text=text, written_by=actor, written_at=clock.now())
    values = {"state": [before, fresh.state], "entry": entry.pk, **more}
    record(actor, Act(name, "visit", fresh.pk, fresh.unit_id, values))
    return fresh


def _draw_checklist(visit: Visit) -> None:
    """What the unit was given in the last year; on a re-check the remedies of the visit before."""
    given = Assignment.objects.filter(unit=visit.unit_id)
    if visit.follows_id:
        given = given.filter(document__concluded_visit=visit.follows_id)
    else:
        given = given.filter(assigned_on__gte=clock.today() - A_YEAR)
    ids = given.order_by("document_id", "pk").values_list("pk", flat=True)
    CheckItem.objects.bulk_create(CheckItem(visit=visit, assignment_id=pk) for pk in ids)


def _inspecting(actor: Person, visit: Visit) -> Visit:
    """The visit, claimed, if `actor` may inspect for its unit and it is under way."""
    policy.require(actor, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    fresh = claim(visit, None)
    if fresh.state != VisitState.UNDER_WAY:
        raise Refusal(
            _("The inspection is not under way. Begin it, or take the draft back, before you note anything.")
        )
    return fresh


@transaction.atomic
def note_item(
    *, actor: Person, item: CheckItem, version: int, result: str, note: str, decide: str = ""
) -> CheckItem:
    """Note what was seen of an assignment; `decide` takes a step on the assignment itself, with the note as its
    words. What is noted of a task is seen by whoever may see the task, and no draft counts it for others.

    Raises:
        Refusal, NotAllowed, Collision: as `work.services.take_step`; the visit is not under way; a result that
            differs from what was reported has no words.
    """
    visit = _inspecting(actor, item.visit)
    fresh, note = claim(item, version), note.strip()
    if result not in ("", CheckItem.Result.AS_REPORTED) and not note:
        raise Refusal(_("Write what you saw: the unit reads it with the draft."))
    if decide:
        assignment = Assignment.objects.get(pk=fresh.assignment_id)
        take_step(actor=actor, assignment=assignment, version=assignment.version, name=decide, text=note)
    before = fresh.result
    fresh.result, fresh.note = result, note
    fresh.save()
    visit.save()
    # Who sees the visit may know nothing of a narrower paper: the line does not tell what was seen of it.
    values: dict[str, Any] = {"entry": fresh.pk}
    if is_told(visit, fresh.assignment.document.classification):
        values |= {"assignment": fresh.assignment_id, "result": [before, fresh.result]}
    record(actor, Act("note_item", "visit", visit.pk, visit.unit_id, values))
    return fresh


def add_finding(
    *,
    actor: Person,
    visit: Visit,
    text: str,
    remedy: str = "",
    due_on: date | None = None,
    item: CheckItem | None = None,
    files: Sequence[UploadedFile[Any]] = (),
    classification: str = Classification.NORMAL,
) -> Finding:
    """Note what was found, with what has to be mended by when, and files that show it.

    The visit becomes of the narrowest of its own class, that given, and that of the assignment's document.

    Raises:
        Refusal: no words, a remedy without a day, too many files or one that is not accepted; not under way.
    """
    policy.require(actor, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    _check_finding(text, remedy, due_on)
    kept = _keep_files(files)
    try:
        with transaction.atomic():
            fresh = _inspecting(actor, visit)
            of_item = item.assignment.document.classification if item else Classification.NORMAL
            fresh.classification = narrowest(fresh.classification, classification, of_item)
            fresh.save()
            mend = {"remedy": remedy.strip(), "due_on": due_on if remedy.strip() else None}
            written = {"written_by": actor, "written_at": clock.now()}
            finding = Finding.objects.create(visit=fresh, item=item, text=text.strip(), **mend, **written)
            FindingFile.objects.bulk_create(FindingFile(finding=finding, file=stored) for stored in kept)
            values = {"entry": finding.pk, "files": [stored.sha256 for stored in kept]}
            record(actor, Act("add_finding", "visit", fresh.pk, fresh.unit_id, values))
            return finding
    except BaseException:
        for stored in kept:
            stored.delete()
            discard(stored)
        raise


def _check_finding(text: str, remedy: str, due_on: date | None) -> None:
    if not text.strip():
        raise Refusal(_("Write what was found."))
    if remedy.strip() and due_on is None:
        raise Refusal(_("Say by which day it has to be mended."))


def _keep_files(files: Sequence[UploadedFile[Any]]) -> list[StoredFile]:
    """Check every file before the first is kept; photographs go without what they say of place and device."""
    if len(files) > MAX_FILES:
        raise Refusal(
            _("At most %(limit)s files at once. Send the others with the next finding.") % {"limit": MAX_FILES}
        )
    checked = []
    for upload in files:
        check_size(upload)
        name, content = upload.name or "", upload.read()
        checked.append((name, content, evidence_type(name, content)))
    clean = iter(without_traces([(name, content) for name, content, kind in checked if kind in PICTURES]))
    return [keep_file(name, next(clean) if kind in PICTURES else content, kind) for name, content, kind in checked]


@transaction.atomic
def drop_finding(*, actor: Person, finding: Finding) -> Finding:
    """Take back what was noted as found; it stays in the history."""
    visit = _inspecting(actor, finding.visit)
    finding.is_dropped = True
    finding.save()
    visit.save()
    record(actor, Act("drop_finding", "visit", visit.pk, visit.unit_id, {"entry": finding.pk}))
    return finding


def conclude_visit(
    *, actor: Person, visit: Visit, version: int, answer: str, upload: UploadedFile[Any], is_written: bool = True
) -> Visit:
    """Conclude with a document: brought in as any other, to be looked through and issued there.

    `answer` says what became of the unit's comment. `is_written`: the file was made of the visit
    (`papers.conclusion`), so each remedy is known to be a duty of the unit; of another file the reader's duties
    wait for a person. When it is issued, its assignments are the remedies.

    Raises:
        NotAllowed: the actor may not inspect for the inspecting unit, or not bring in documents for it.
        Refusal: the unit still has time to comment, the answer is missing, or the file is refused.
        Collision: somebody changed the visit since `version`. Then, as ever, nothing was made.
    """
    policy.require(actor, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    with transaction.atomic():
        _may_conclude(claim(visit, version), answer)  # before the file is read, which may take seconds

    def conclude(document: Document) -> None:
        fresh = claim(visit, version)
        _may_conclude(fresh, answer)
        if is_written:
            _settle_remedies(actor, fresh, document)
        fresh.conclusion = document
        _move(actor, fresh, "conclude_visit", VisitState.CONCLUDED, answer.strip(), document=document.pk)

    import_document(
        actor=actor, unit=visit.by_unit, upload=upload, classification=visit.classification, then=conclude
    )
    return Visit.objects.get(pk=visit.pk)


def _may_conclude(visit: Visit, answer: str) -> None:
    step(VISIT_TRANSITIONS, "conclude_visit", visit.state)
    if not has_been_heard(visit):
        raise Refusal(_("The unit still has time to comment on the draft. Conclude after that, or when it has."))
    if visit.state == VisitState.COMMENTED and not answer.strip():
        raise Refusal(_("Answer the unit's comment: say what was taken up, and why the rest was not."))


def remedy_words(unit_name: str, finding: Finding) -> str:
    """A finding's remedy as a clause of the conclusion, in the characters in which the paper is read back."""
    remedy = _plain(finding.remedy)
    return REMEDY.format(unit=unit_name, remedy=remedy[:1].lower() + remedy[1:], day=finding.due_on)


def _plain(remedy: str) -> str:
    return squash(normalise(remedy)).rstrip(".; ")


def _settle_remedies(actor: Person, visit: Visit, document: Document) -> None:
    """Make exactly the remedies the duties of the conclusion, each led by the inspected unit."""
    for duty in document.duties.all():
        drop_duty(actor=actor, duty=duty, version=duty.version)
    name = Unit.objects.known_by(clock.today()).get(pk=visit.unit_id).name
    lead = DutyUnits(for_addressees=False, leads=[visit.unit_id])
    for finding in findings_of(visit).exclude(remedy=""):
        duty = add_duty(actor=actor, document=document, words=remedy_words(name, finding))
        changes = {
            "time_kind": TimeKind.DATED,
            "due_on": finding.due_on,
            "verb": " ".join(_plain(finding.remedy).split()[:2])[:80],
            "what": _plain(finding.remedy),
        }
        correct_duty(actor=actor, duty=duty, version=duty.version, changes=changes, units=lead)


@transaction.atomic
def plan_follow_up(*, actor: Person, visit: Visit, day: date, team: Iterable[Person], others: str = "") -> Visit:
    """Plan a visit that checks the remedies of a concluded one again.

    Raises:
        NotAllowed: the actor may not inspect for the inspecting unit.
        Refusal: it is not concluded or none of its remedies was issued; the day or the team as `plan_visit`.
    """
    policy.require(actor, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))
    given = Assignment.objects.filter(document=visit.conclusion_id or 0)
    if visit.state != VisitState.CONCLUDED or not given.exists():
        raise Refusal(_("There are no remedies to check again: the conclusion has not been issued to the unit."))
    again = Visit(
        plan=visit.plan,
        by_unit_id=asked_on(visit, Action.INSPECT_WORK),
        unit_id=keeper_of(visit.unit_id, clock.today()),
        subject=visit.subject,
        day=day,
        follows=visit,
        classification=visit.classification,
    )
    return plan_visit(actor=actor, visit=again, team=team, others=others)
