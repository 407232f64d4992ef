"""Reads of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Addressee, Copy, Document, Duty, DutyUnit, TimeKind
from motbuoc.domains.documents.states import READABLE, CopyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitsOn
from motbuoc.foundation.units.selectors import units_in

MOST_CANDIDATES = 300  # units a form lists before one looks for them by name
PART_END = re.compile(r"(?:;|[.!?](?=\s+[^\W\d_]))\s+")  # "số 5. Tiếp tục": a letter follows a full stop

FINDINGS = {
    "who": _("Who does it"),
    "what": _("What is to be done"),
    "product": _("What it should produce"),
    "when": _("When"),
    "report": _("How it is reported"),
}
"""The five questions of the clarity check."""

BLOCKING = ("who", "what")
"""Those without which a directive cannot be issued."""


@dataclass(frozen=True)
class Clarity:
    """What one duty leaves open: keys of FINDINGS. Some must be settled before issuing, the others should be."""

    duty: Duty
    missing: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether the directive cannot be issued like this: nobody to do it, or nothing to do."""
        return any(question in BLOCKING for question in self.missing)


def documents_for(viewer: Person) -> QuerySet[Document]:
    """The documents `viewer` may read: those of units in reach, and issued ones a unit in reach received.

    A document not yet issued is for those who may review it, and for nobody else. Of another class than the viewer
    reads there, it is not found.
    """
    today = clock.today()

    def own(units: tuple[int, ...], wide: bool) -> Q:
        return policy.holds("unit", units, today, wide=wide)

    def received(units: tuple[int, ...], wide: bool) -> Q:
        copies = Copy.objects.filter(own(units, wide)).exclude(state=CopyState.RECALLED)
        if wide:
            return own(units, wide) | Q(Exists(copies.filter(document=OuterRef("pk"))))
        return own(units, wide) | Q(pk__in=copies.values("document_id"))

    reviewing = policy.cleared(policy.sight(viewer, Action.REVIEW_DOCUMENT), own, "classification")
    reading = policy.cleared(policy.sight(viewer, Action.VIEW_DOCUMENT), received, "classification")
    found = Document.objects.filter(reviewing | (Q(state__in=READABLE) & reading))
    return found.select_related("file").order_by("-brought_at", "-pk")


def duties_for(viewer: Person) -> QuerySet[Duty]:
    """The duties of documents that `viewer` may read, those dropped too."""
    readable = documents_for(viewer).order_by().values("pk")
    return Duty.objects.filter(document__in=readable).select_related("document", "provision")


def addressees_for(viewer: Person) -> QuerySet[Addressee]:
    """The addressees of documents that `viewer` may read."""
    readable = documents_for(viewer).order_by().values("pk")
    return Addressee.objects.filter(document__in=readable).select_related("document")


def units_to_import_for(viewer: Person, on: date) -> UnitsOn:
    """The units `viewer` may bring documents in for: the highest in reach, whose documents reach all below."""
    reach = policy.reach(viewer, Action.IMPORT_DOCUMENT, on=on)
    highest = Q(parent_id__isnull=True) | ~Q(parent_id__in=reach)
    return Unit.objects.on(on).filter(pk__in=reach).filter(highest).order_by("name", "pk")


def duty_after(duty: Duty) -> Duty | None:
    """The next duty of the same item that nobody dropped: the one that `duty` can be merged with."""
    same = Duty.objects.filter(document=duty.document_id, provision=duty.provision_id, is_dropped=False)
    return same.filter(position__gt=duty.position).order_by("position", "pk").first()


@dataclass(frozen=True)
class Cut:
    """A place where a duty can be split: before the character `at` of the text, with the words around it."""

    at: int
    before: str
    after: str


def cuts_of(duty: Duty) -> list[Cut]:
    """The ends of sentences and of parts closed by a semicolon inside a duty's words, in order."""
    return [
        Cut(duty.start + end.end(), duty.text[: end.start() + 1], duty.text[end.end() :])
        for end in PART_END.finditer(duty.text)
        if duty.text[end.end() :].strip(" ;,.\n")
    ]


def duties_of(document: Document, *, dropped: bool = False) -> QuerySet[Duty]:
    """The document's duties in order, with their units; those a person dropped only when asked for."""
    duties = document.duties.select_related("provision").prefetch_related("units")
    return duties if dropped else duties.filter(is_dropped=False)


def units_meant_by_each(addressees: Iterable[Addressee], document: Document, on: date) -> dict[int, list[int]]:
    """The ids of the units each addressee (by its id) means in the tree of the day `on`, in order of name."""
    return {addressee.pk: _units_meant(addressee, document.unit_id, on) for addressee in addressees}


def _units_meant(addressee: Addressee, unit_id: int, on: date) -> list[int]:
    match addressee.selection:
        case Addressee.Selection.GROUP if addressee.group:
            return list(units_in(addressee.group, unit_id, on).values_list("pk", flat=True))
        case Addressee.Selection.ONE_UNIT if addressee.unit_id:
            there = Unit.objects.on(on).under([unit_id], on).filter(pk=addressee.unit_id)
            return list(there.values_list("pk", flat=True))
        case _:
            return []


def units_meant(addressees: Iterable[Addressee], document: Document, on: date) -> list[int]:
    """The ids of the units the addressees mean together in the tree of the day `on`, each once."""
    return list(dict.fromkeys(chain.from_iterable(units_meant_by_each(addressees, document, on).values())))


def lead_units(duty: Duty, addressed: list[int]) -> list[int]:
    """The ids of the units that lead a duty, given those the addressees mean."""
    chosen = [part.unit_id for part in duty.units.all() if part.part == DutyUnit.Part.LEAD]
    return [*addressed, *(pk for pk in chosen if pk not in addressed)] if duty.for_addressees else chosen


@dataclass(frozen=True)
class Share:
    """What issuing would make of one duty: an assignment for each of the units that lead it."""

    duty: Duty
    unit_ids: list[int]


def shares_of(document: Document, on: date) -> list[Share]:
    """What issuing on the day `on` would make of every duty not dropped."""
    addressed = units_meant(document.addressees.all(), document, on)
    return [Share(duty, lead_units(duty, addressed)) for duty in duties_of(document)]


def clarity_of(document: Document, on: date) -> list[Clarity]:
    """What is missing of who, what, product, when and report, for every duty not dropped."""
    addressed = units_meant(document.addressees.all(), document, on)
    return [Clarity(duty, _missing(duty, document, addressed)) for duty in duties_of(document)]


def _missing(duty: Duty, document: Document, addressed: list[int]) -> tuple[str, ...]:
    answered = {
        "who": bool(lead_units(duty, addressed)),
        "what": bool(duty.verb and duty.what),
        "product": bool(duty.product),
        "when": _has_time(duty, document),
        "report": bool(document.report_cycle),
    }
    return tuple(question for question, is_answered in answered.items() if not is_answered)


def _has_time(duty: Duty, document: Document) -> bool:
    match duty.time_kind:
        case TimeKind.PERIODIC:
            return bool(duty.cycle and (duty.due_on or duty.cycle_day))
        case TimeKind.DATED | TimeKind.EVENT:
            return bool(duty.due_on or duty.due_count)
        case TimeKind.CONTINUOUS:
            return bool(duty.due_on or document.runs_until)
        case _:
            return bool(duty.due_on)


def candidate_units(document: Document, on: date) -> UnitsOn:
    """The units a duty can be given to, by name: those under the document's unit, but cells only of its own."""
    cells_of_others = Q(kind="party_cell") & ~Q(parent_id=document.unit_id) & ~Q(pk=document.unit_id)
    units = Unit.objects.on(on).under([document.unit_id], on).exclude(cells_of_others)
    return units.order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The units a form offers: ids and names, and whether there are more than it can show."""

    choices: list[tuple[int, str]]
    is_more: bool


def candidates_found(document: Document, on: date, words: str, chosen: Iterable[int]) -> Candidates:
    """The first candidate units with `words` in name or code, and those `chosen` in any case; marks aside."""
    units = candidate_units(document, on)
    first = list(units.called(words).values_list("pk", "name")[: MOST_CANDIDATES + 1])
    kept = list(units.filter(pk__in=set(chosen)).values_list("pk", "name"))
    offered = dict.fromkeys(kept + first[:MOST_CANDIDATES])
    return Candidates(list(offered), len(first) > MOST_CANDIDATES)


def units_named_in(document: Document, on: date) -> dict[int, str]:
    """The names of the units that the duties and addressees of a document name, by id."""
    duties = DutyUnit.objects.filter(duty__document=document).values("unit_id")
    addressees = document.addressees.filter(unit__isnull=False).values("unit_id")
    named = Unit.objects.known_by(on).filter(Q(pk__in=duties) | Q(pk__in=addressees))
    return dict(named.values_list("pk", "name"))
