"""Reads of recipients' copies: who received a document, what became of it there, and what nobody owns."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import COPY_TRANSITIONS, READABLE, UNANSWERED, CopyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import LINE_OF_SUCCESSION, Person, Position
from motbuoc.foundation.units.models import UnitClosure, UnitVersion, known_on
from motbuoc.foundation.workdays.selectors import calendar

HEAVY = ("document__text", "document__reading", "document__layout")
ALARMS: dict[str, Any] = {
    "nobody": _("Nobody was given the work of this unit"),
    "refused": _("Refused, and nothing has been done about it"),
    "silent": _("Neither accepted nor refused in time"),
}
"""Why a hand-off has no owner."""


AGREEMENTS = {"give_back_copy": Copy.Asked.RECALL, "exchange_copy": Copy.Asked.REPLACE}
"""What must have been asked for before a receiver can agree to it."""


def acts_for_sender(person: Person, document: Document) -> bool:
    """Whether `person` may send the document: then it is not for them to answer for whoever receives it."""
    return policy.may_on(person, Action.SEND_DOCUMENT, document.unit_id)


def copies_to_read(viewer: Person, document: Document) -> list[Copy]:
    """The unread copies of units for which `viewer` was given the work themselves, not through a unit above."""
    if document.state not in READABLE:
        return []
    roles = roles_with(Action.REGISTER_DOCUMENT)
    units = {row.unit_id for row in policy.held_by(viewer, clock.today()) if row.role in roles}
    found = list(document.copies.filter(unit__in=units, state=CopyState.DELIVERED)) if units else []
    return [] if found and acts_for_sender(viewer, document) else found


def _seen(viewer: Person) -> Q:
    today = clock.today()

    def theirs(units: tuple[int, ...], wide: bool) -> Q:
        sent = policy.holds("document__unit", units, today, wide=wide)
        return sent | policy.holds("unit", units, today, wide=wide)

    return policy.cleared(policy.sight(viewer, Action.VIEW_DOCUMENT), theirs, "document__classification")


def copies_for(viewer: Person) -> QuerySet[Copy]:
    """The copies that `viewer` may see: those of documents of units in reach, and those of units in reach."""
    found = Copy.objects.filter(_seen(viewer)).select_related("document", "read_by", "answered_by", "replacement")
    return found.defer(*HEAVY, "replacement__text", "replacement__reading", "replacement__layout")


def replacement_for(viewer: Person, copy: Copy) -> Document | None:
    """What is to take the place of a copy's document, if `viewer` may read it already."""
    return documents_for(viewer).filter(pk=copy.replacement_id or 0).first()


def own_copies(viewer: Person, document: Document) -> list[Copy]:
    """The copies of a document on which the viewer can answer for their unit, those of their own units first."""
    may = policy.within_reach(viewer, Action.REGISTER_DOCUMENT, "unit")
    if not policy.may(viewer, Action.REGISTER_DOCUMENT) or acts_for_sender(viewer, document):
        return []
    return list(copies_for(viewer).filter(may, document=document).order_by("pk")[:10])


def copy_counts(copies: QuerySet[Copy]) -> dict[str, int]:
    """How many of some copies are in each state."""
    rows = copies.order_by().values_list("state").annotate(number=Count("pk"))
    counts = dict(rows)
    return {state: counts[state] for state in CopyState.values if state in counts}


def copy_steps_for(viewer: Person, copy: Copy) -> list[Transition]:
    """The steps that `viewer` may take on a copy now."""
    is_sender = acts_for_sender(viewer, copy.document)
    receives = not is_sender and policy.may_on(viewer, Action.REGISTER_DOCUMENT, copy.unit_id)
    return [
        step
        for step in steps_from(COPY_TRANSITIONS, copy.state)
        if (is_sender if step.action == Action.SEND_DOCUMENT else receives)
        and (step.name not in AGREEMENTS or copy.asked == AGREEMENTS[step.name])
    ]


def last_answered_by(today: date) -> date:
    """The latest day of delivery whose time to answer (`COPY_ANSWER_DAYS` working days) is over on `today`."""
    day, days = today - clock.ONE_DAY, calendar()
    while days.add_workdays(day, settings.COPY_ANSWER_DAYS) >= today:
        day -= clock.ONE_DAY
    return day


def alarmed(on: date) -> Any:
    """Copies whose hand-off nobody owns on the day, each with `alarm`, a key of `ALARMS`; of units there today."""
    waiting = Q(state__in=UNANSWERED)
    rows = Copy.objects.filter(
        Q(state=CopyState.DECLINED) | waiting,
        Exists(UnitVersion.objects.filter(in_force(on), unit=OuterRef("unit"))),
    )
    kinds = (
        When(state=CopyState.DECLINED, then=Value("refused")),
        When(~_is_owned(on), then=Value("nobody")),
        When(delivered_at__lt=_over(on), then=Value("silent")),
    )
    return rows.annotate(alarm=Case(*kinds, default=Value(""), output_field=CharField())).exclude(alarm="")


def _over(on: date) -> datetime:
    """The moment before which a copy must have been delivered for its time to be over on the day."""
    return timezone.make_aware(datetime.combine(last_answered_by(on) + clock.ONE_DAY, time.min))


def _is_owned(on: date) -> Any:
    """That somebody who does not act for the sender was given the receiving unit, or is next in line there.

    Asked of thousands of copies to find a few: so first what the database reads once into a set and looks up
    (whoever was given the unit itself and not the sender; the next in line where nobody works), and only of what
    is left who was given a unit above.
    """
    kept = Grant.objects.filter(in_force(on), role__in=roles_with(Action.REGISTER_DOCUMENT))
    senders = UnitClosure.objects.filter(in_force(on), ancestor=OuterRef("unit"))
    of_sender = Exists(senders.filter(descendant=OuterRef("document__unit")))
    own = Q(unit__in=kept.values("unit")) & ~Q(of_sender)
    line = Position.objects.filter(in_force(on), title__in=LINE_OF_SUCCESSION)
    next_in_line = Q(unit__in=line.values("unit")) & ~Q(unit__in=policy.worked_for(on))
    tied = in_force(on, "unit__closure_below__")
    above = {"unit__closure_below__descendant": OuterRef("unit"), "unit__closure_below__is_archive": False}
    others = kept.exclude(Exists(senders.filter(descendant=OuterRef(OuterRef("document__unit")))))
    return own | next_in_line | Q(Exists(others.filter(tied, **above)))


def unowned_copies_for(viewer: Person) -> Any:
    """The hand-offs without an owner that concern `viewer`: of documents they may send, and of units above which
    they stand; each with `alarm` and `unit_name`, the longest waiting first."""
    today = clock.today()
    rows = alarmed(today).filter(reduce(or_, _concerning(viewer)), _seen(viewer))
    return named(rows, today).select_related("document").defer(*HEAVY).order_by("delivered_at", "pk")


def _concerning(viewer: Person) -> tuple[Q, Q]:
    """Of documents that `viewer` may send; of units above which they stand."""
    return (
        policy.within_reach(viewer, Action.SEND_DOCUMENT, "document__unit"),
        policy.within_reach(viewer, Action.VIEW_BOARD, "unit"),
    )


def longest_unowned_for(viewer: Person, most: int) -> list[Any]:
    """The first `most` of them, asked state by state along the index. Of a province thousands wait to be answered
    and nearly all have somebody: so it is asked first which units have nobody, and only copies of these are looked
    at, or all where they are many.
    """
    today, rows = clock.today(), unowned_copies_for(viewer)
    nobody = _units_with_nobody(viewer, today)
    if len(nobody) <= policy.WIDE:
        refused = Q(state=CopyState.DECLINED)
        rows = rows.filter(refused | Q(delivered_at__lt=_over(today)) | Q(unit__in=nobody))
    found = [row for state in (CopyState.DECLINED, *UNANSWERED) for row in rows.filter(state=state)[:most]]
    return sorted(found, key=lambda row: (row.delivered_at, row.pk))[:most]


def _units_with_nobody(viewer: Person, today: date) -> set[int]:
    """Those to which something was delivered lately that nobody owns, as far as it may concern `viewer`; at most
    one more than `policy.WIDE` of each kind."""
    lately = Copy.objects.filter(state__in=UNANSWERED, delivered_at__gte=_over(today)).exclude(_is_owned(today))
    units = lately.order_by().values_list("unit_id", flat=True).distinct()
    granted = policy.granted_units(viewer, Action.VIEW_DOCUMENT)
    theirs = (Q(),) if policy.is_wide(viewer, granted, today) else _concerning(viewer)
    return {pk for concerning in theirs for pk in units.filter(concerning)[: policy.WIDE + 1]}


def named(copies: Any, on: date) -> Any:
    """The copies, each with `unit_name`: what its unit is called on the day, or was called last."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    return copies.annotate(dated=dated, unit_name=F("dated__name"))
