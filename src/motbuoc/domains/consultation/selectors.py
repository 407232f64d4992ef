"""Reads of consultations."""

from __future__ import annotations

from typing import Any

from django.db.models import F, FilteredRelation, Max, Q, QuerySet

from motbuoc.domains.consultation.models import (
    AskedUnit,
    Comment,
    CommentGroup,
    Consultation,
    ConsultedProvision,
    ConsultedVersion,
)
from motbuoc.domains.consultation.states import CONSULTATION_TRANSITIONS, ConsultationState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, known_on
from motbuoc.foundation.units.selectors import keeper_of


def named(rows: Any) -> Any:
    """Rows with a `unit`, each with its `unit_name` of today."""
    dated = FilteredRelation("unit__versions", condition=known_on(clock.today(), "unit__versions__"))
    return rows.annotate(dated_unit=dated, unit_name=F("dated_unit__name"))


def consultations_for(viewer: Person) -> Any:
    """The consultations held by units in reach, the latest first, each with its `unit_name`."""
    rows = Consultation.objects.filter(policy.within_reach(viewer, Action.VIEW_CONSULTATION, "unit"))
    return named(rows).order_by("-opens_on", "-pk")


def asked_on(unit_id: int) -> int:
    """The unit on which a right is asked: the unit itself, or who goes on with what it left."""
    return keeper_of(unit_id, clock.today())


def may_hold(viewer: Person, consultation: Consultation) -> bool:
    """Whether `viewer` may prepare and hold this consultation."""
    return policy.may_on(viewer, Action.HOLD_CONSULTATION, asked_on(consultation.unit_id))


def units_to_consult_for(viewer: Person) -> Any:
    """The units for which `viewer` may hold consultations, by name."""
    units = policy.reach(viewer, Action.HOLD_CONSULTATION)
    return Unit.objects.on(clock.today()).filter(pk__in=units).order_by("name", "pk")


def units_to_ask(consultation: Consultation) -> Any:
    """The units that a form offers to be asked: the one above, those beside and those right below, by name."""
    today, own = clock.today(), asked_on(consultation.unit_id)
    parent = Unit.objects.on(today).filter(pk=own).values_list("parent_id", flat=True).first()
    near = Q(dated__parent=own) | (Q(pk=parent) | Q(dated__parent=parent) if parent else Q())
    return Unit.objects.on(today).filter(near).exclude(pk=own).order_by("name", "pk")


def steps_for(viewer: Person, consultation: Consultation) -> list[Transition]:
    """The steps that `viewer` may take on a consultation now."""
    return steps_from(CONSULTATION_TRANSITIONS, consultation.state) if may_hold(viewer, consultation) else []


def versions_of(consultation: Consultation) -> list[ConsultedVersion]:
    """The versions of the draft, the first first."""
    return list(consultation.versions.select_related("file").order_by("number"))


def latest_number(consultation: Consultation) -> int:
    """The number of the latest version, 0 where there is none."""
    found: int | None = consultation.versions.aggregate(latest=Max("number"))["latest"]
    return found or 0


def version_of(consultation: Consultation, number: int | None = None) -> ConsultedVersion | None:
    """A version by its number; without one, that which is laid before people: the latest while it is prepared."""
    wanted = number or consultation.asked_number or latest_number(consultation)
    return consultation.versions.filter(number=wanted).first()


def provisions_in(version: ConsultedVersion | None) -> QuerySet[ConsultedProvision]:
    """The provisions of a version, in order."""
    return ConsultedProvision.objects.filter(draft=version).order_by("number")


def without_answer(consultation: Consultation) -> QuerySet[Comment]:
    """The comments of which nobody has said what becomes of them."""
    answered = CommentGroup.objects.filter(consultation=consultation, is_confirmed=True).exclude(disposition="")
    return consultation.comments.filter(Q(group=None) | ~Q(group__in=answered))


def asked_in(consultation: Consultation) -> Any:
    """The units that a consultation asks, by name, each with its `unit_name`."""
    return named(consultation.asked.all()).order_by("unit_name", "pk")


def asked_for(viewer: Person) -> Any:
    """What units in reach are asked, once it is open: the first to be due first, each with its `unit_name`."""
    rows = AskedUnit.objects.filter(policy.within_reach(viewer, Action.VIEW_CONSULTATION, "unit"))
    rows = rows.filter(~Q(consultation__state=ConsultationState.DRAFT))
    return named(rows).select_related("consultation").order_by("-due_on", "-pk")


def open_to_all(address: str) -> Consultation | None:
    """The consultation behind a public address, once it is open; its page is for everybody."""
    rows = named(Consultation.objects.filter(address=address, is_public=True))
    found: Consultation | None = rows.exclude(state=ConsultationState.DRAFT).first()
    return found
