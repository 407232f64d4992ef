"""Orders without a paper: a conclusion spoken at a meeting, an order by telephone, noted in a line.

What is noted becomes a document without a file: its text is put together from what was said, its duties stand in
that text, and from there on it is the same as any other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motbuoc.domains.documents.first_lines import Said as Said
from motbuoc.domains.documents.first_lines import first_line, tell_anew
from motbuoc.domains.documents.models import (
    Addressee,
    Document,
    Duty,
    DutyUnit,
    Origin,
    Provision,
    Relation,
    TimeKind,
)
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import check_parts, check_units
from motbuoc.domains.documents.terms import check_terms
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitGroup, UnitsOn
from motbuoc.foundation.units.selectors import groups_for

NOTHING_READ = {"header": {}, "header_spans": {}, "notes": [], "distribution": [], "signer": {}, "regime": ""}
"""What the reader found, where there was nothing to read."""

WORDS_OF_A_VERB = 2  # "rà soát", "xây dựng": most verbs of such orders
MOST_TASKS = 30


@dataclass(frozen=True)
class Asked:
    """One thing that is to be done, until when, and what is to come of it; `leads`: units it is for beside all."""

    what: str
    due_on: date | None = None
    product: str = ""
    leads: Collection[int] = ()


@dataclass(frozen=True)
class ToWhom:
    """The units that lead, by id and by a saved group, those that support them, and the one that tracks it."""

    leads: Collection[int] = ()
    supports: Collection[int] = ()
    group: UnitGroup | None = None
    monitor: int | None = None


def units_to_order_for(viewer: Person, on: date) -> UnitsOn:
    """The units in whose name `viewer` may note orders: those for which they may issue, the highest first."""
    reach = policy.reach(viewer, Action.ISSUE_DIRECTIVE, on=on)
    highest = Q(parent_id__isnull=True) | ~Q(parent_id__in=reach)
    return Unit.objects.on(on).filter(pk__in=reach).filter(highest).order_by("name", "pk")


@transaction.atomic
def note_order(
    *,
    actor: Person,
    unit: Unit,
    said: Said,
    asked: Sequence[Asked],
    to: ToWhom,
    classification: str = Classification.NORMAL,
) -> Document:
    """Keep an order that was spoken as a document of `unit`, to be confirmed and issued as any other.

    Raises:
        NotAllowed: the actor may not issue directives for this unit.
        Refusal: who said it, where, what or to whom is missing; a day cannot be; a unit is not below `unit`.
    """
    policy.require(actor, Action.ISSUE_DIRECTIVE, unit.pk)
    said = Said(said.origin, _plain(said.said_by)[:250], said.said_on, _plain(said.occasion)[:300])
    tasks = [_tidy(one) for one in asked if _plain(one.what)]
    _check(said, tasks, to)
    document = _document(actor, unit, said, tasks, classification)
    leads, supports = set(to.leads), set(to.supports)
    monitors = {to.monitor} if to.monitor else set()
    all_leads = leads.union(*(one.leads for one in tasks))
    check_parts(all_leads, supports, monitors)
    check_units(all_leads | supports | monitors, document)
    if to.group and not groups_for(unit.pk, clock.today()).filter(pk=to.group.pk).exists():
        raise Refusal(_("Choose the group that this addressee means."))
    document.save()
    _address(document, to.group)
    part_of = DutyUnit.Part
    for position, one in enumerate(tasks):
        parts = ((part_of.LEAD, leads.union(one.leads)), (part_of.SUPPORT, supports), (part_of.MONITOR, monitors))
        duty = _add_task(document, position, one, is_for_all=to.group is not None)
        DutyUnit.objects.bulk_create(
            DutyUnit(duty=duty, unit_id=pk, part=part) for part, units in parts for pk in sorted(units)
        )
    values = {"origin": document.origin, "said_by": document.said_by, "classification": document.classification}
    record(actor, Act("note_order", "document", document.pk, unit.pk, values))
    return document


@transaction.atomic
def correct_speaker(
    *, actor: Person, document: Document, version: int, said_by: str, occasion: str, reason: str
) -> Document:
    """Correct who gave a spoken order, and at which meeting or about what, in any state; its first line follows.

    What was asked of whom stays.

    Raises:
        NotAllowed: the actor may not review the document.
        Collision: somebody changed it since `version`.
        Refusal: it is no spoken order, nothing changes, or who, where or the reason is missing.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    fresh = claim(document, version)
    if not fresh.is_spoken:
        raise Refusal(_("This document was not spoken: correct its letterhead instead."))
    said = Said(fresh.origin, _plain(said_by)[:250], fresh.issued_on or clock.today(), _plain(occasion)[:300])
    _check_speaker(said)
    if not reason.strip():
        raise Refusal(_("Write why it is corrected: the units have read it as it was."))
    before = fresh.said_by, fresh.occasion
    if before == (said.said_by, said.occasion):
        raise Refusal(_("Nothing was changed: it says so already."))
    fresh.said_by, fresh.occasion = said.said_by, said.occasion
    tell_anew(fresh, first_line(said))
    fresh.save()
    changed = {"said_by": [before[0], fresh.said_by], "occasion": [before[1], fresh.occasion]}
    values = {name: pair for name, pair in changed.items() if pair[0] != pair[1]} | {"reason": reason.strip()}
    record(actor, Act("correct_speaker", "document", fresh.pk, fresh.unit_id, {"document": fresh.pk, **values}))
    return fresh


def _document(actor: Person, unit: Unit, said: Said, tasks: list[Asked], classification: str) -> Document:
    """The document that is to be kept, its text put together."""
    heading = first_line(said)
    lines = [_line(position, one) for position, one in enumerate(tasks)]
    return Document(
        unit=unit,
        origin=Origin(said.origin).value,
        said_by=said.said_by,
        occasion=said.occasion,
        text="\n\n".join([heading, *lines]) + "\n",
        reading=NOTHING_READ,
        issuer=Unit.objects.on(clock.today()).filter(pk=unit.pk).values_list("name", flat=True)[0],
        issued_on=said.said_on,
        subject=(tasks[0].what if len(tasks) == 1 else heading)[:1000],
        classification=Classification(classification).value,
        brought_by=actor,
    )


def _line(position: int, asked: Asked) -> str:
    return f"{position + 1}. {asked.what}."


def _plain(words: str) -> str:
    """Words on one line, without what only ends them."""
    return " ".join(words.replace("\x00", "").split()).strip(" ;.")


def _tidy(asked: Asked) -> Asked:
    return replace(asked, what=_plain(asked.what), product=_plain(asked.product)[:300])


def _check_speaker(said: Said) -> None:
    if not said.said_by:
        raise Refusal(_("Write who gave the order, with their position."))
    if said.origin == Origin.MEETING and not said.occasion:
        raise Refusal(_("Write at which meeting it was said."))


def _check(said: Said, tasks: list[Asked], to: ToWhom) -> None:
    if said.origin not in (Origin.MEETING, Origin.TELEPHONE, Origin.SCHEDULE):
        raise Refusal(_("Say whether it was spoken at a meeting or by telephone."))
    _check_speaker(said)
    if said.said_on > clock.today():
        raise Refusal(_("The day on which it was said lies ahead. Check it: only what was said can be noted."))
    if not tasks:
        raise Refusal(_("Write what is to be done."))
    if len(tasks) > MOST_TASKS:
        raise Refusal(_("At most %(most)s tasks at once. Note the others separately.") % {"most": MOST_TASKS})
    if any(one.due_on and one.due_on > clock.LAST_DAY for one in tasks):
        raise Refusal(_("Give a day between the years 1900 and 2200."))
    if not to.leads and not to.group and not any(one.leads for one in tasks):
        raise Refusal(_("Choose at least one unit that is to do it."))


def _address(document: Document, group: UnitGroup | None) -> None:
    if group:
        Addressee.objects.create(
            document=document,
            text=group.name[:500],
            position=0,
            start=0,
            end=0,
            selection=Addressee.Selection.GROUP,
            group=group,
        )


def _add_task(document: Document, position: int, asked: Asked, *, is_for_all: bool) -> Duty:
    line = _line(position, asked)
    start = document.text.index(f"\n{line}\n") + 1
    number = str(position + 1)
    provision = Provision.objects.create(
        document=document, number=number, position=position, start=start, end=start + len(line)
    )
    at = start + len(number) + 2
    words = asked.what.split(maxsplit=WORDS_OF_A_VERB)
    duty = Duty(
        document=document,
        provision=provision,
        position=position,
        start=at,
        end=at + len(asked.what),
        text=asked.what,
        verb=" ".join(words[:WORDS_OF_A_VERB])[:80],
        what=asked.what,
        product=asked.product,
        time_kind=TimeKind.DATED if asked.due_on else TimeKind.UNDATED,
        due_on=asked.due_on,
        for_addressees=is_for_all,
    )
    check_terms(duty)
    duty.save()
    return duty


def papers_of(viewer: Person, document: Document) -> list[Document]:
    """The papers that confirm a spoken order, as far as `viewer` may read them."""
    if not document.is_spoken:
        return []
    confirming = document.links_to.filter(relation=Relation.CONFIRMS).values("source")
    return list(documents_for(viewer).filter(pk__in=confirming).defer("text", "reading", "layout"))
