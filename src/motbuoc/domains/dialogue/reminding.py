"""Answers owed, and dialogues to be announced, held and published by their rule, climb the ladder of reminders.

They are no assignments (docs/decisions/0040-answers-owed.md), but who is told when is read from the same ladder of
the unit, and what is told goes through the same notices, digests and outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import dialogues_for, named, questions_for
from motbuoc.domains.dialogue.states import AWAITS, DialogueState
from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.reminding import Days, Falling, Watched, falling
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.holders import who_may_each
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.notices.ladders import LadderBook, kinds_of
from motbuoc.foundation.notices.occasions import Recipient
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.notices.telling import Tell, Told, declare
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.people.selectors import first_in_line
from motbuoc.foundation.units.models import UnitClosure
from motbuoc.foundation.units.selectors import keepers_of

AHEAD = timedelta(days=60)
"""How long before its day something is looked at; rungs are set in working days before it."""

S = DialogueState
TO_ANNOUNCE, TO_HOLD, TO_PUBLISH = "dialogue_announcing", "dialogue_holding", "dialogue_publishing"
WAITS_FOR = {TO_ANNOUNCE: (S.PLANNED,), TO_HOLD: (S.ANNOUNCED,), TO_PUBLISH: (S.HELD, S.CONCLUDED)}
"""In which states a dialogue waits for what the rule sets a day to."""


class Owed(NamedTuple):
    """Something owed by a day: by `unit`, to whoever holds the dialogue for `holder`."""

    kind: str
    pk: int
    unit: int
    holder: int
    due_on: date
    begun_on: date


def remind_of_dialogues() -> int:
    """Tell of all that is owed by a day near or past; how many things were looked at. Twice tells nothing more."""
    today = clock.today()
    owed = _kept([one for one in (*_answers(), *_steps()) if one.due_on <= today + AHEAD], today)
    if not owed:
        return 0
    people, book, days = _People(owed, today), LadderBook(today), Days()
    kinds = kinds_of({one.unit for one in owed}, today)
    news: list[News] = []
    for one in owed:
        rungs = falling(_watched(one), book.of(one.unit), days, kind=kinds.get(one.unit, ""))
        news += _news(one, rungs, people)
    with transaction.atomic():
        notify(news)
    return len(owed)


def _kept(owed: list[Owed], day: date) -> list[Owed]:
    """The same, each with the units that go on with what an ended one left."""
    keeper = keepers_of({unit for one in owed for unit in (one.unit, one.holder)}, day)
    return [
        one._replace(unit=keeper.get(one.unit, one.unit), holder=keeper.get(one.holder, one.holder))
        for one in owed
    ]


def _answers() -> Iterator[Owed]:
    near = Question.objects.filter(state__in=AWAITS, alike=None, due_on__lte=clock.today() + AHEAD)
    rows = near.exclude(dialogue__state=S.CALLED_OFF).order_by("pk")
    columns = ("pk", "unit_id", "dialogue__unit_id", "due_on", "asked_on")
    return (Owed("question", *row) for row in rows.values_list(*columns))


def _steps() -> Iterator[Owed]:
    waiting = {state: kind for kind, states in WAITS_FOR.items() for state in states}
    rows = Dialogue.objects.filter(state__in=waiting, rule__isnull=False).select_related("rule")
    for row in rows:
        kind = waiting[DialogueState(row.state)]
        due_on = {TO_ANNOUNCE: row.announce_by, TO_HOLD: row.planned_on, TO_PUBLISH: row.publish_by}[kind]
        if due_on:
            yield Owed(kind, row.pk, row.unit_id, row.unit_id, due_on, due_on)


def _watched(one: Owed) -> Watched:
    """As the ladder looks at a dated task that is being worked on."""
    at_work, plain = AssignmentState.IN_PROGRESS, Classification.NORMAL
    begun = (one.begun_on, one.begun_on, None, None, None)
    return Watched(one.pk, one.unit, one.holder, plain, at_work, TimeKind.DATED, one.due_on, *begun)


def _news(one: Owed, rungs: Iterable[Falling], people: _People) -> Iterator[News]:
    """One for each person: the newest rung that has come. Its key lets it be told once."""
    newest: dict[int, Falling] = {}
    for rung in sorted(rungs, key=lambda each: each.day):
        if rung.day <= people.day:
            newest |= dict.fromkeys(people.of(rung.step.recipient, one), rung)
    for person, rung in newest.items():
        key = f"{one.kind}/{one.pk}/{rung.step.occasion}/{rung.step.days}/{rung.since.isoformat()}/{person}"
        yield News(person, rung.step.occasion, rung.since, one.kind, one.pk, one.unit, rung.step.reach, key)


class _People:
    """Who is meant by each recipient: who answers for the unit, its head and the one above, who holds it."""

    def __init__(self, owed: Collection[Owed], day: date) -> None:
        self.day = day
        units = {one.unit for one in owed} | {one.holder for one in owed}
        ties = UnitClosure.objects.filter(in_force(day), descendant__in=units, depth=1)
        self._parent = dict(ties.values_list("descendant_id", "ancestor_id"))
        heads = first_in_line(day).filter(unit__in={*units, *self._parent.values()})
        self._first = dict(heads.values_list("unit_id", "person_id"))
        self._may = who_may_each((Action.HOLD_DIALOGUE, Action.VIEW_DIALOGUE), units, on=day)

    def of(self, recipient: str, one: Owed) -> list[int]:
        """The ids of those who are told; nobody tracks it, so that rung tells nobody."""
        if recipient == Recipient.OWNER:
            return self._nearest(one.unit)
        if recipient == Recipient.ISSUER:
            return self._nearest(one.holder)
        if recipient == Recipient.MONITOR:
            return []
        unit = one.unit if recipient == Recipient.HEAD else self._parent.get(one.unit, 0)
        head = self._first.get(unit)
        return [head] if head and head in self._may[Action.VIEW_DIALOGUE, one.unit] else []

    def _nearest(self, unit: int) -> list[int]:
        people = self._may[Action.HOLD_DIALOGUE, unit]
        least = min(people.values(), default=0)
        return sorted(person for person, distance in people.items() if distance == least)


def tell_questions(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """Those of the questions that `viewer` may see, by their number: what was asked stays in the house."""
    rows = questions_for(viewer) if viewer else named(Question.objects.select_related("dialogue")).order_by("pk")
    return {
        row.pk: Told(
            _("Answer question %(number)s of the dialogue “%(subject)s”")
            % {"number": row.number, "subject": row.dialogue.subject},
            row.unit_name,
            is_plain=True,
            is_settled=row.state not in AWAITS or row.alike_id is not None,
        )
        for row in rows.filter(pk__in=ids)
    }


def _tell_dialogues(kind: str, words: Callable[[], str]) -> Tell:
    def tell(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
        rows: Any = dialogues_for(viewer) if viewer else named(Dialogue.objects.order_by("pk"))
        return {
            row.pk: Told(
                words() % {"subject": row.subject},
                row.unit_name,
                is_plain=True,
                is_settled=row.state not in WAITS_FOR[kind],
            )
            for row in rows.filter(pk__in=ids)
        }

    return tell


declare("question", tell_questions)
declare(TO_ANNOUNCE, _tell_dialogues(TO_ANNOUNCE, lambda: _("Announce the dialogue “%(subject)s”")))
declare(TO_HOLD, _tell_dialogues(TO_HOLD, lambda: _("Hold the dialogue “%(subject)s”")))
declare(TO_PUBLISH, _tell_dialogues(TO_PUBLISH, lambda: _("Publish the results of the dialogue “%(subject)s”")))
