"""Writes to what was promised at a dialogue, and to the conclusion that makes tasks of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.dialogue.models import Commitment, Dialogue
from motbuoc.domains.dialogue.selectors import asked_on, commitments_of
from motbuoc.domains.dialogue.services import held_by, move
from motbuoc.domains.dialogue.states import DIALOGUE_TRANSITIONS, DialogueState
from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.documents.services import DutyUnits, add_duty, correct_duty, drop_duty, import_document
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from vanban.text import normalise, squash

PROMISE = "{unit} {promise}, hoàn thành trước ngày {day:%d/%m/%Y}"
"""A commitment as the conclusion says it: a clause that names who does what by when, and becomes a duty."""


@dataclass(frozen=True)
class Promise:
    """What is promised: by which unit, until when, and to which question of the dialogue, if to one."""

    text: str
    unit_id: int
    due_on: date
    question_id: int | None = None


@transaction.atomic
def promise(*, actor: Person, dialogue: Dialogue, what: Promise) -> Commitment:
    """Note what was promised at a dialogue; with its conclusion it becomes an assignment.

    Raises:
        NotAllowed: the actor does not hold dialogues for its unit.
        Refusal: it was not held yet or is concluded, the words are missing, the day is past, or the unit does not
            stand below the dialogue's.
    """
    fresh = held_by(actor, dialogue, None)
    if fresh.state != DialogueState.HELD:
        raise Refusal(_("Note what was promised after the dialogue was held, before it is concluded."))
    if not what.text.strip():
        raise Refusal(_("Write what was promised."))
    if what.due_on < clock.today():
        raise Refusal(_("Say until when: today or a later day."))
    if not policy.below([asked_on(fresh.unit_id)], clock.today(), archives=False).filter(descendant=what.unit_id):
        raise Refusal(_("Only this unit or one below it can be given what was promised."))
    if what.question_id and not fresh.questions.filter(pk=what.question_id).exists():
        raise Refusal(_("This question was not asked at this dialogue."))
    fresh.save()
    made = Commitment.objects.create(
        dialogue=fresh,
        text=what.text.strip(),
        unit_id=what.unit_id,
        due_on=what.due_on,
        question_id=what.question_id,
    )
    values = {"unit": what.unit_id, "due_on": what.due_on.isoformat(), "text": made.text}
    record(actor, Act("make_commitment", "dialogue", fresh.pk, fresh.unit_id, values))
    return made


@transaction.atomic
def drop_promise(*, actor: Person, commitment: Commitment) -> Commitment:
    """Take back what was noted as promised, before the conclusion.

    Raises:
        NotAllowed, Refusal: as `promise`.
    """
    fresh = held_by(actor, commitment.dialogue, None)
    if fresh.state != DialogueState.HELD:
        raise Refusal(_("The dialogue is concluded. What was promised is followed as a task now."))
    fresh.save()
    commitment.is_dropped = True
    commitment.save()
    record(actor, Act("drop_commitment", "dialogue", fresh.pk, fresh.unit_id, {"text": commitment.text}))
    return commitment


def conclude_dialogue(
    *, actor: Person, dialogue: Dialogue, version: int, upload: UploadedFile[Any], is_written: bool = True
) -> Dialogue:
    """Conclude with a notice: brought in as any document, to be looked through and issued there.

    `is_written`: the file was made of the dialogue (`interfaces.papers`), so each commitment is known to be a duty
    of its unit; of another file the reader's duties wait for a person.

    Raises:
        NotAllowed: the actor does not hold dialogues for the unit, or does not bring in documents for it.
        Refusal: it was not held, or the file is refused.
        Collision: somebody changed the dialogue since `version`. Then, as ever, nothing was made.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(dialogue.unit_id))
    with transaction.atomic():
        step(DIALOGUE_TRANSITIONS, "conclude_dialogue", claim(dialogue, version).state)

    def conclude(document: Document) -> None:
        fresh = claim(dialogue, version)
        transition = step(DIALOGUE_TRANSITIONS, "conclude_dialogue", fresh.state)
        if is_written:
            _settle_promises(actor, fresh, document)
        fresh.conclusion = document
        move(actor, fresh, "conclude_dialogue", transition.target, {"document": document.pk})

    unit = Unit.objects.get(pk=asked_on(dialogue.unit_id))
    import_document(actor=actor, unit=unit, upload=upload, then=conclude)
    return Dialogue.objects.get(pk=dialogue.pk)


def promise_words(unit_name: str, commitment: Commitment) -> str:
    """A commitment as a clause of the conclusion, in the characters in which the paper is read back."""
    words = _one_line(commitment.text)
    return PROMISE.format(unit=unit_name, promise=words[:1].lower() + words[1:], day=commitment.due_on)


def _one_line(words: str) -> str:
    return squash(normalise(words.replace("\n", " "))).rstrip(".; ")


def _settle_promises(actor: Person, dialogue: Dialogue, document: Document) -> None:
    """Make exactly the commitments the duties of the conclusion, each led by its unit."""
    for duty in document.duties.all():
        drop_duty(actor=actor, duty=duty, version=duty.version)
    for commitment in commitments_of(dialogue):
        words = promise_words(commitment.unit_name, commitment)
        duty = add_duty(actor=actor, document=document, words=words)
        plain = _one_line(commitment.text)
        changes = {
            "time_kind": TimeKind.DATED,
            "due_on": commitment.due_on,
            "verb": " ".join(plain.split()[:2])[:80],
            "what": plain,
        }
        lead = DutyUnits(for_addressees=False, leads=[commitment.unit_id])
        done = correct_duty(actor=actor, duty=duty, version=duty.version, changes=changes, units=lead)
        Commitment.objects.filter(pk=commitment.pk).update(duty=done)
