"""Reads of consultations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, F, FilteredRelation, Max, Q, QuerySet, Sum

from motbuoc.domains.consultation.models import (
    AskedUnit,
    Comment,
    CommentGroup,
    Consultation,
    ConsultedProvision,
    ConsultedVersion,
)
from motbuoc.domains.consultation.states import CONSULTATION_TRANSITIONS, ConsultationState
from motbuoc.domains.listening.receipts import digest_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, known_on
from motbuoc.foundation.units.selectors import keeper_of

WINDOW, WINDOW_BYTES = 40, 24_000  # provisions on a page, and their bytes with what is drawn around each
COMMENTS = 50  # on a page of a list
TOLD, TOLD_TOGETHER = 5, 40  # answers that the public page tells of one provision, and of all on it


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


def may_reply(viewer: Person, asked: AskedUnit) -> bool:
    """Whether `viewer` may reply for the unit, now."""
    is_asked = asked.replied_on is None and asked.consultation.takes_on(clock.today())
    return is_asked and policy.may_on(viewer, Action.REPLY_CONSULTATION, asked_on(asked.unit_id))


def sent_in(asked: AskedUnit) -> list[Comment]:
    """The comments of a unit's reply, with what became of them."""
    return list(asked.comments.select_related("provision", "group__changed_in__draft").order_by("pk"))


class Window(NamedTuple):
    """Provisions that stand together on one page, the number of the first before and after it, if any."""

    provisions: list[ConsultedProvision]
    before: int | None
    after: int | None


def window_of(version: ConsultedVersion | None, start: int) -> Window:
    """The provisions of a version from number `start` on, as many as a light page holds."""
    rows = provisions_in(version)
    here = _light(list(rows.filter(number__gte=start)[: WINDOW + 1]))
    back = _light(list(rows.filter(number__lt=start).order_by("-number")[: WINDOW + 1]))
    after = rows.filter(number__gt=here[-1].number).values_list("number", flat=True).first() if here else None
    return Window(here, back[-1].number if back else None, after)


def _light(rows: list[ConsultedProvision]) -> list[ConsultedProvision]:
    """As many of these as a page over a weak line can hold, at least one."""
    size = 0
    kept: list[ConsultedProvision] = []
    for row in rows[:WINDOW]:
        size += len(row.text.encode()) + 250
        if kept and size > WINDOW_BYTES:
            break
        kept.append(row)
    return kept


def told_of(consultation: Consultation, provisions: Iterable[ConsultedProvision]) -> dict[int, list[CommentGroup]]:
    """What became of the comments on provisions, once it is published, by the id of the provision: the largest
    groups first, at most TOLD of each. For everybody: neither the comments nor the titles made of them."""
    found: dict[int, list[CommentGroup]] = {}
    if consultation.state != ConsultationState.PUBLISHED:
        return found
    rows = CommentGroup.objects.filter(consultation=consultation, provision__in=[one.pk for one in provisions])
    for row in (
        rows.exclude(disposition="").only("provision", "disposition", "reason").order_by("-size", "pk")[:500]
    ):
        kept = found.setdefault(row.provision_id, [])
        if len(kept) < TOLD:
            kept.append(row)
    return found


def number_called(version: ConsultedVersion | None, words: str) -> int | None:
    """The number of the provision that somebody asks for: "12", "Điều 12", "khoản 2 Điều 5"."""
    asked = " ".join(words.split())[:100]
    label = f"Điều {asked}" if asked.isdecimal() else asked
    return provisions_in(version).filter(label__iexact=label).values_list("number", flat=True).first()


def found_by_receipt(typed: str) -> Comment | None:
    """The comment whose receipt has this code, as somebody typed it, with its provision and its group."""
    digest = digest_of(typed)
    rows = Comment.objects.filter(receipt=digest or "")
    return rows.select_related("consultation", "provision", "group__changed_in__draft").first() if digest else None


def comment_counts(consultation: Consultation) -> dict[int, int]:
    """How many comments each provision has that has any, by its id."""
    rows = consultation.comments.order_by().values_list("provision").annotate(count=Count("pk"))
    return dict(rows)


class Progress(NamedTuple):
    """How many comments there are, of how many it is said what becomes of them; and the same of each provision."""

    total: int
    answered: int
    of_each: dict[int, tuple[int, int]]

    @property
    def left(self) -> int:
        """How many wait for an answer."""
        return self.total - self.answered


def progress_of(consultation: Consultation) -> Progress:
    """How far the comments are dealt with, by the id of the provision."""
    counts = comment_counts(consultation)
    rows = CommentGroup.objects.filter(consultation=consultation, is_confirmed=True).exclude(disposition="")
    answered = dict(rows.order_by().values_list("provision").annotate(answered=Sum("size")))
    of_each = {pk: (count, answered.get(pk, 0)) for pk, count in counts.items()}
    return Progress(sum(counts.values()), sum(answered.values()), of_each)


def groups_on(consultation: Consultation, provision: ConsultedProvision) -> QuerySet[CommentGroup]:
    """The groups of comments on a provision: those without an answer first, the largest first."""
    rows = CommentGroup.objects.filter(consultation=consultation, provision=provision)
    return rows.order_by("disposition", "-size", "pk")


def groups_for(viewer: Person) -> QuerySet[CommentGroup]:
    """The groups of comments of all consultations that `viewer` sees."""
    seen = consultations_for(viewer).order_by().values("pk")
    rows = CommentGroup.objects.filter(consultation__in=seen)
    return rows.select_related("consultation", "provision", "changed_in__draft", "disposed_by")


def comments_in(group: CommentGroup, after: int = 0, most: int = COMMENTS) -> list[Comment]:
    """Comments of a group by their ids, those after one."""
    rows = Comment.objects.filter(group=group, pk__gt=after).select_related("reply")
    return list(rows.order_by("pk")[:most])


def comment_in(group: CommentGroup, pk: int) -> Comment | None:
    """A comment of a group by its id, if it is in it."""
    return Comment.objects.filter(group=group, pk=pk).first()


def ungrouped_on(consultation: Consultation, provision: ConsultedProvision) -> QuerySet[Comment]:
    """The comments on a provision that are in no group."""
    return Comment.objects.filter(consultation=consultation, provision=provision, group=None)


def comments_on(
    consultation: Consultation, provision: ConsultedProvision, after: int = 0, most: int = COMMENTS
) -> list[Comment]:
    """Comments on a provision by their ids, those after one: a page of a list that may be of a million."""
    rows = Comment.objects.filter(consultation=consultation, provision=provision, pk__gt=after)
    return list(rows.select_related("reply", "group").order_by("pk")[:most])


def names_of(comments: Iterable[Comment]) -> dict[int, str]:
    """The names of the units whose replies these comments are of, by the id of the reply."""
    replies = {one.reply_id for one in comments if one.reply_id}
    return dict(named(AskedUnit.objects.filter(pk__in=replies)).values_list("pk", "unit_name"))


def open_to_all(address: str) -> Consultation | None:
    """The consultation behind a public address, once it is open; its page is for everybody."""
    rows = named(Consultation.objects.filter(address=address, is_public=True))
    found: Consultation | None = rows.exclude(state=ConsultationState.DRAFT).first()
    return found
