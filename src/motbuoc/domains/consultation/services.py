"""Writes to consultations: made, given a draft, units asked, opened, closed, answered, published."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.consultation.models import AskedUnit, Consultation, ConsultedProvision, ConsultedVersion
from motbuoc.domains.consultation.provisions import TooLong, provisions_of
from motbuoc.domains.consultation.selectors import asked_on, latest_number, without_answer
from motbuoc.domains.consultation.states import CONSULTATION_TRANSITIONS, TAKES_VERSIONS, ConsultationState
from motbuoc.domains.documents.reading import ADVICE, read_file
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.files.services import check_size, keep_file, kept_together
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.occasions import Occasion, Reach
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

S = ConsultationState
MOST_ASKED = 2_000  # units that one consultation asks
NAMED = 12  # provisions with unanswered comments that a refusal names


@dataclass(frozen=True)
class Plan:
    """What a consultation is about (`models.Consultation`)."""

    subject: str
    opens_on: date
    closes_on: date
    kind: str = Consultation.Kind.COMMENTS
    question: str = ""
    basis: str = ""
    is_public: bool = False


@transaction.atomic
def make_consultation(*, actor: Person, unit_id: int, plan: Plan) -> Consultation:
    """Begin a consultation of a unit; its draft is added next.

    Raises:
        NotAllowed: the actor does not hold consultations for that unit.
        Refusal: the days are in the wrong order or not of work's years, or the kind is none.
    """
    policy.require(actor, Action.HOLD_CONSULTATION, unit_id)
    columns = _columns(plan)
    made = Consultation.objects.create(unit_id=unit_id, made_by=actor, address=secrets.token_hex(5), **columns)
    values = {
        "title": plan.subject,
        "opens_on": plan.opens_on.isoformat(),
        "closes_on": plan.closes_on.isoformat(),
    }
    record(actor, Act("make_consultation", "consultation", made.pk, unit_id, values))
    return made


def _columns(plan: Plan) -> dict[str, Any]:
    if not all(clock.FIRST_DAY <= day <= clock.LAST_DAY for day in (plan.opens_on, plan.closes_on)):
        raise Refusal(_("Give a day between the years 1900 and 2200."))
    if plan.closes_on < plan.opens_on:
        raise Refusal(_("A consultation closes on the day it opens or later."))
    if plan.kind not in Consultation.Kind.values:
        raise Refusal(_("Choose from what is offered."))
    return asdict(plan)


@transaction.atomic
def change_consultation(*, actor: Person, consultation: Consultation, version: int, plan: Plan) -> Consultation:
    """Change what a consultation is about. Once people were asked, only its last day can be moved, and back to no
    day that is over.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: more is changed than can be; as `make_consultation`.
    """
    fresh = held_by(actor, consultation, version)
    values = {name: value for name, value in _columns(plan).items() if getattr(fresh, name) != value}
    if fresh.state != S.DRAFT and (set(values) - {"closes_on"} or fresh.state != S.OPEN):
        raise Refusal(
            _("People were asked already: what they were asked stays as it is. Only the last day moves.")
        )
    if fresh.state == S.OPEN and plan.closes_on < clock.today():
        raise Refusal(_("Its last day cannot be one that is over. Close it instead."))
    told = {name: [_plain(getattr(fresh, name)), _plain(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    record(actor, Act("change_consultation", "consultation", fresh.pk, fresh.unit_id, told))
    return fresh


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def held_by(actor: Person, consultation: Consultation, version: int | None) -> Consultation:
    """The consultation, claimed, if `actor` holds it."""
    policy.require(actor, Action.HOLD_CONSULTATION, asked_on(consultation.unit_id))
    return claim(consultation, version)


def add_draft(
    *, actor: Person, consultation: Consultation, version: int, upload: UploadedFile[Any]
) -> ConsultedVersion:
    """Read a file and make it the next version of the draft, provision by provision.

    The file is read as any that is brought in: in a process of its own, within limits; what is marked secret is
    refused.

    Raises:
        NotAllowed, Collision: as ever; nothing of the file is kept.
        Refusal: the file is refused or holds no words, or people are being asked about the version before it.
    """
    policy.require(actor, Action.HOLD_CONSULTATION, asked_on(consultation.unit_id))
    _check_takes(consultation)
    check_size(upload)
    name, content = upload.name or "", upload.read()
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    reading = read_file(name, content, checks=False).reading  # outside the transaction: it may take seconds
    if media_type is None:
        raise Refusal(ADVICE["unsupported"])
    rows = _rows_of(reading)
    with kept_together(), transaction.atomic():
        fresh = held_by(actor, consultation, version)
        _check_takes(fresh)
        fresh.save()
        number = latest_number(fresh) + 1
        stored = keep_file(name, content, media_type)
        made = ConsultedVersion.objects.create(
            consultation=fresh, number=number, file=stored, added_on=clock.today(), added_by=actor
        )
        ConsultedProvision.objects.bulk_create(
            (ConsultedProvision(draft=made, number=at, **vars(row)) for at, row in enumerate(rows, 1)),
            batch_size=500,
        )
        values = {"number": number, "provisions": len(rows), "sha256": stored.sha256}
        record(actor, Act("add_draft", "consultation", fresh.pk, fresh.unit_id, values))
    return made


def _check_takes(consultation: Consultation) -> None:
    if consultation.state not in TAKES_VERSIONS:
        raise Refusal(_("A new version is added before it is opened, or after it was closed for comments."))


def _rows_of(reading: dict[str, Any]) -> list[Any]:
    try:
        rows = provisions_of(reading)
    except TooLong:
        raise Refusal(
            _("The draft has too many provisions. Bring its parts as consultations of their own.")
        ) from None
    if not any(row.text for row in rows):
        raise Refusal(_("No words were found in the file on which somebody could comment."))
    return rows


@transaction.atomic
def ask_units(
    *, actor: Person, consultation: Consultation, version: int, units: Collection[int], due_on: date
) -> Consultation:
    """Ask units for their comments by a day; those asked already get the new day unless they have replied.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it takes no more comments, the day is past or after its last day, or a unit is none of today.
    """
    fresh = held_by(actor, consultation, version)
    if fresh.state not in (S.DRAFT, S.OPEN):
        raise Refusal(_("It takes no more comments."))
    if not clock.today() <= due_on <= fresh.closes_on:
        raise Refusal(_("Give a day from today to the last day of the consultation."))
    known = set(Unit.objects.on(clock.today()).filter(pk__in=units).values_list("pk", flat=True))
    if not known or known != set(units) or len(known) > MOST_ASKED:
        raise Refusal(_("Choose from what is offered."))
    there = dict(fresh.asked.values_list("unit_id", "replied_on"))
    moved = [unit for unit in known if unit in there and there[unit] is None]
    for row in fresh.asked.filter(unit__in=moved):
        row.due_on, row.version = due_on, row.version + 1
        row.save()
    AskedUnit.objects.bulk_create(
        AskedUnit(consultation=fresh, unit_id=unit, due_on=due_on) for unit in sorted(known - set(there))
    )
    fresh.save()
    if fresh.state == S.OPEN:
        _notify(fresh.asked.filter(unit__in=known - set(there)), Occasion.COMMENT_ASKED)
    values = {"units": sorted(known), "due_on": due_on.isoformat()}
    record(actor, Act("ask_units", "consultation", fresh.pk, fresh.unit_id, values))
    return fresh


@transaction.atomic
def spare_unit(*, actor: Person, consultation: Consultation, version: int, unit_id: int) -> Consultation:
    """Ask a unit no more, before it is opened.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is open already, or the unit is not asked.
    """
    fresh = held_by(actor, consultation, version)
    if fresh.state != S.DRAFT or not fresh.asked.filter(unit=unit_id).delete()[0]:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    fresh.save()
    record(actor, Act("spare_unit", "consultation", fresh.pk, fresh.unit_id, {"unit": unit_id}))
    return fresh


@transaction.atomic
def take_consultation_step(*, actor: Person, consultation: Consultation, version: int, name: str) -> Consultation:
    """Open a consultation, close it, say that all is dealt with, publish what became of the comments.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now; nothing is laid before anybody; its last day is over.
    """
    fresh = held_by(actor, consultation, version)
    transition = step(CONSULTATION_TRANSITIONS, name, fresh.state)
    if name == "open_consultation":
        _check_ready(fresh)
        fresh.asked_number = latest_number(fresh)
    if name in ("answer_consultation", "publish_consultation"):
        _check_answered(fresh)
    if day := {S.CLOSED: "closed_on", S.ANSWERED: "answered_on", S.PUBLISHED: "published_on"}.get(
        ConsultationState(transition.target)
    ):
        setattr(fresh, day, clock.today())
    before, fresh.state = fresh.state, transition.target
    fresh.save()
    record(actor, Act(name, "consultation", fresh.pk, fresh.unit_id, {"state": [before, transition.target]}))
    if name == "open_consultation":
        _notify(fresh.asked.all(), Occasion.COMMENT_ASKED)
    if name == "publish_consultation":
        _notify(fresh.asked.filter(replied_on__isnull=False), Occasion.COMMENT_TOLD)
    return fresh


def _notify(asked: Iterable[AskedUnit], occasion: Occasion) -> None:
    """Tell those who reply for these units that they are asked, or what became of what they said."""
    notify(
        News(
            person=person.pk,
            occasion=occasion,
            since=one.due_on if occasion == Occasion.COMMENT_ASKED else clock.today(),
            object_type="asked_unit",
            object_id=one.pk,
            unit=one.unit_id,
            reach=Reach.DIGEST,
            key=f"{occasion}:{one.pk}:{person.pk}",
        )
        for one in asked
        for person in policy.who_may(Action.REPLY_CONSULTATION, one.unit)
    )


def _check_answered(consultation: Consultation) -> None:
    if left := without_answer(consultation).count():
        rows = without_answer(consultation).order_by().values_list("provision__number", "provision__label")
        where = [label for _number, label in rows.distinct().order_by("provision__number")[: NAMED + 1]]
        labels = "; ".join(where[:NAMED]) + ("; …" if len(where) > NAMED else "")
        told = {"count": left, "of": consultation.comments.count(), "where": labels}
        raise Refusal(
            _("%(count)s of %(of)s comments have no answer yet: %(where)s. Nothing is left unanswered.") % told
        )


def _check_ready(consultation: Consultation) -> None:
    if not latest_number(consultation):
        raise Refusal(_("Add the draft first."))
    if not consultation.is_public and not consultation.asked.exists():
        raise Refusal(_("Nobody is asked. Choose units, or make it open to the public."))
    if consultation.closes_on < clock.today():
        raise Refusal(_("Its last day is over. Give it a later one first."))
