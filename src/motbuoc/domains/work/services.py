"""Writes to the tracker: every step of an assignment (`issuing.py` gives them to units)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.copies import take_in
from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.counted import Counted, note_figures
from motbuoc.domains.work.grounds import note_ground
from motbuoc.domains.work.issuing import issue_directive as issue_directive  # where it has always been found
from motbuoc.domains.work.models import Assignment, Entry, Evidence, HandOver
from motbuoc.domains.work.practices import place_of
from motbuoc.domains.work.prerequisites import tell_released
from motbuoc.domains.work.products import NOTHING_SAID, Product, name_product
from motbuoc.domains.work.selectors import asked_on, goes_on, on_result
from motbuoc.domains.work.standing import due_after_pause, next_due, state_after
from motbuoc.domains.work.states import CLOSED, TRANSITIONS
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import Transition, step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.photographs import PICTURES, without_traces
from motbuoc.foundation.files.services import check_size, discard, evidence_type, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.selectors import keeper_of

MAX_FILES = 10  # files with one entry


def take_step(
    *,
    actor: Person,
    assignment: Assignment,
    version: int,
    name: str,
    text: str = "",
    percent: int | None = None,
    figures: Sequence[Counted] = (),
    files: Sequence[UploadedFile[Any]] = (),
    classification: str = Classification.NORMAL,
    product: Product = NOTHING_SAID,
    ground: Document | None = None,
) -> Entry:
    """Take the step `name` of `states.TRANSITIONS`, with words, figures and files where it asks for them.

    The files are of the class given, or of the directive's where this is narrower. A submission says what is the
    `product` asked for, or the files sent with it are. Stopping or resuming rests on the document `ground`.

    Raises:
        NotAllowed: the actor's role does not allow the step on its unit (`selectors.asked_on`).
        Refusal: the step is not possible now or not here, words or the product are missing, a figure or a file is
            not accepted, or the person who submitted a result would also decide on it.
        Collision: somebody changed the assignment since `version`.
    """
    _refuse_elsewhere(assignment, name)
    kept = _keep_evidence([*product.files, *files])
    try:
        with transaction.atomic():
            said = Said(text.strip(), percent, figures, kept, classification)
            entry = _take_step(actor, assignment, version, name, said)
            if name == "submit":
                name_product(entry, assignment, product, kept[: len(product.files)] or kept)
            note_ground(actor, entry, ground)
            return entry
    except BaseException:
        for stored in kept:
            stored.delete()
            discard(stored)
        raise


@dataclass(frozen=True)
class Said:
    """What somebody says at a step; `kept` are files of the class given."""

    text: str
    percent: int | None = None
    figures: Sequence[Counted] = ()
    kept: Sequence[StoredFile] = ()
    classification: str = Classification.NORMAL


def _take_step(
    actor: Person, assignment: Assignment, version: int | None, name: str, said: Said, *, may: bool = False
) -> Entry:
    fresh = claim(assignment, version)
    transition = step(TRANSITIONS, name, fresh.state)
    fresh.document = assignment.document  # read already; it never changes
    if not may:
        policy.require(actor, Action(transition.action), asked_on(transition.action, fresh))
    _check(transition, fresh, actor, said)
    before = fresh.state
    is_acknowledged = name != "resume" or fresh.entries.filter(step="acknowledge").exists()
    fresh.state = state_after(name, is_acknowledged=is_acknowledged)
    if name == "reopen":
        _to_keeper(fresh)
    _set_dates(fresh, transition, actor)
    fresh.save()
    if fresh.state in CLOSED:
        tell_released(fresh)
    if name == "acknowledge":
        take_in(actor, fresh.document_id, fresh.unit_id)
    entry, values = _write_down(actor, fresh, name, said)
    record(actor, Act(name, "assignment", fresh.pk, fresh.unit_id, {"state": [before, fresh.state], **values}))
    return entry


def _write_down(actor: Person, assignment: Assignment, name: str, said: Said) -> tuple[Entry, dict[str, Any]]:
    """The entry of a step, and what the history keeps of it."""
    entry = Entry.objects.create(
        assignment=assignment,
        step=name,
        text=said.text,
        percent=said.percent,
        written_by=actor,
        written_at=clock.now(),
    )
    Evidence.objects.bulk_create(
        Evidence(entry=entry, file=stored, classification=said.classification) for stored in said.kept
    )
    values: dict[str, Any] = {"entry": entry.pk}
    if noted := note_figures(entry, said.figures):
        values["figures"] = [one.as_json() for one in noted]
    if said.kept:
        files = [stored.sha256 for stored in said.kept]
        values |= {"files": files, "classification": str(said.classification)}
    return entry, values


def step_within(actor: Person, assignment: Assignment, name: str, text: str = "", *, may: bool = False) -> Entry:
    """The step `name`, inside the transaction of what it follows from: a decision on a request, a filled form.

    `may`: the practice has asked for a right of its own, as that of a unit on the way to whoever decides.

    Raises:
        NotAllowed, Refusal: as `take_step`.
    """
    return _take_step(actor, assignment, None, name, Said(text), may=may)


def _refuse_elsewhere(assignment: Assignment, name: str) -> None:
    if (place := place_of(assignment.pk)) and name in place.practice.steps:
        words = _("The result of this task is handed in and decided on at a place of its own: %(place)s.")
        raise Refusal(words % {"place": place.practice.label})


def _to_keeper(assignment: Assignment) -> None:
    """What is opened again is owed by the unit that goes on with the work of one that has ended since."""
    today = clock.today()
    keeper = keeper_of(assignment.unit_id, today)
    if keeper != assignment.unit_id:
        HandOver.objects.create(assignment=assignment, source_id=assignment.unit_id, target_id=keeper, on=today)
        assignment.unit_id = keeper


def _check(transition: Transition, assignment: Assignment, actor: Person, said: Said) -> None:
    text = said.text
    if transition.asks == "reason" and not text:
        raise Refusal(_("Write the reason, so that the unit knows what to mend."))
    if transition.asks == "answer" and not text:
        raise Refusal(_("Write the answer to the question."))
    if transition.asks == "question" and not text:
        raise Refusal(_("Write the question that the unit is to answer."))
    if transition.asks == "grounds" and not text:
        raise Refusal(_("Write the reason and, if there is one, the document it rests on. The unit reads it."))
    if transition.asks == "text" and not text:
        raise Refusal(_("Write a few words on what was done."))
    if said.figures and transition.asks not in ("text", "answer"):
        raise Refusal(_("Figures are said when progress is reported."))
    if transition.name == "accept_period" and not goes_on(assignment):
        raise Refusal(_("This assignment has no next period. Accept it as done instead."))
    if on_result(transition, assignment) and assignment.submitted_by_id == actor.pk:
        raise Refusal(_("You submitted this result yourself. Somebody else has to decide on it."))


def _set_dates(assignment: Assignment, transition: Transition, actor: Person) -> None:
    today = clock.today()
    if transition.action == Action.WORK_ON_ASSIGNMENT:
        assignment.news_on = today
    if transition.name == "submit":
        assignment.submitted_on, assignment.submitted_by = today, actor
    if transition.name == "accept":
        assignment.accepted_on = today
    if transition.name == "reopen":
        assignment.accepted_on = None
    if transition.name == "resume" and assignment.suspended_on:
        assignment.due_on = due_after_pause(assignment, assignment.due_on, assignment.suspended_on, today)
        assignment.news_on = today
    if transition.name in ("suspend", "resume", "cancel"):
        assignment.suspended_on = today if transition.name == "suspend" else None
    if transition.name == "accept_period" and assignment.due_on:
        assignment.due_on = next_due(assignment.due_on, assignment.cycle, assignment.first_due_on)
        assignment.submitted_by, assignment.submitted_on = None, None


def _keep_evidence(files: Sequence[UploadedFile[Any]]) -> list[StoredFile]:
    """Check every file before the first is kept, so that one bad file leaves nothing behind."""
    if len(files) > MAX_FILES:
        raise Refusal(
            _("At most %(limit)s files at once. Send the others with the next entry.") % {"limit": MAX_FILES}
        )
    checked = []
    for upload in files:
        check_size(upload)
        name, content = upload.name or "", upload.read()
        checked.append((name, content, evidence_type(name, content)))
    return [keep_file(*file) for file in _without_traces(checked)]


def _without_traces(files: list[tuple[str, bytes, str]]) -> list[tuple[str, bytes, str]]:
    """The files, the photographs among them without what they say of place and device."""
    clean = iter(without_traces([(name, content) for name, content, kind in files if kind in PICTURES]))
    return [(name, next(clean) if kind in PICTURES else content, kind) for name, content, kind in files]
