"""A year's dialogues of each unit: how many its rule asks for, planned, held; what was asked and answered at them.

Counted where the rows lie, in one query however many units there are, and read a page at a time.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, StrIndex

from motbuoc.domains.dialogue.models import Dialogue, DialogueRule, Question
from motbuoc.domains.dialogue.states import AWAITS, BEEN_HELD, DialogueState, QuestionState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

TOLD = ("pk", "name", "wanted", "planned", "held", "gap", "asked", "answered", "overdue")


def tallies_for(viewer: Person, year: int, *, only_gaps: bool = False) -> Any:
    """The year's dialogues of units in reach that owe or planned any, the greatest gap first; rows of `TOLD`.

    `wanted` is what the strictest rule of the unit asks for, `gap` how many of these were not held; `overdue` are
    questions whose day of answer has passed. `only_gaps`: those alone that have a gap.
    """
    found = _owing(viewer, year).filter(gap__gt=0) if only_gaps else _owing(viewer, year)
    day = clock.today()
    asked = Question.objects.filter(dialogue__in=_dialogues(year).values("pk"))
    whole = Q(state=QuestionState.ANSWERED) | Q(alike__state=QuestionState.ANSWERED)
    counted = found.annotate(
        asked=_count(asked, "dialogue__unit"),
        answered=_count(asked.filter(whole), "dialogue__unit"),
        overdue=_count(asked.filter(state__in=AWAITS, due_on__lt=day), "dialogue__unit"),
    )
    return counted.order_by("-gap", "-overdue", "name", "pk").values_list(*TOLD, named=True)


class Standing(NamedTuple):
    """A year in sum: dialogues that the rules ask for, planned and held, and how many units have a gap."""

    wanted: int
    planned: int
    held: int
    units: int


def standing_for(viewer: Person, year: int) -> Standing:
    """The year of all units in reach, in sum; in one query."""
    rows = _owing(viewer, year).aggregate(
        of_rules=Sum("wanted"), planned_of=Sum("planned"), held_of=Sum("held"), lacking=Count("pk", Q(gap__gt=0))
    )
    return Standing(*(rows[name] or 0 for name in ("of_rules", "planned_of", "held_of", "lacking")))


def asked_mark() -> tuple[object, ...]:
    """What differs as soon as somebody asked or said that something is not solved, of which no line of history
    tells; for pages that are remembered. In one query."""
    found = Question.objects.aggregate(last=Max("pk"), again=Count("unsolved_on"))
    return (found["last"], found["again"])


def _owing(viewer: Person, year: int) -> Any:
    """The units in reach that owe or planned a dialogue in the year, each with these numbers and the gap."""
    day = clock.today()
    planned = _dialogues(year)
    units: Any = Unit.objects.on(day).filter(policy.within_reach(viewer, Action.VIEW_DIALOGUE, "pk"))
    counted = units.annotate(
        wanted=_wanted(day),
        planned=_count(planned, "unit"),
        held=_count(planned.filter(state__in=BEEN_HELD), "unit"),
    )
    zero = Value(0, output_field=IntegerField())
    owing = counted.annotate(gap=Greatest(F("wanted") - F("held"), zero, output_field=IntegerField()))
    return owing.filter(Q(wanted__gt=0) | Q(planned__gt=0))


def _dialogues(year: int) -> Any:
    days = (date(year, 1, 1), date(year, 12, 31))
    return Dialogue.objects.filter(planned_on__range=days).exclude(state=DialogueState.CALLED_OFF).order_by()


def _wanted(day: date) -> Any:
    """How many dialogues a year a unit owes: by the strictest rule for its kind, of it or of a unit above it."""
    quoted = Concat(Value('"'), OuterRef("kind"), Value('"'), output_field=TextField())
    over = in_force(day, "unit__closure_below__") & Q(unit__closure_below__descendant=OuterRef("pk"))
    rules = DialogueRule.objects.filter(over, unit__closure_below__is_archive=False)
    of_kind = rules.annotate(at=StrIndex(Cast("kinds", TextField()), quoted)).filter(at__gt=0)
    strictest = of_kind.order_by("-per_year").values("per_year")[:1]
    return Coalesce(Subquery(strictest, output_field=IntegerField()), 0)


def _count(rows: Any, unit: str) -> Any:
    """How many of the rows are of the unit of the row without."""
    numbers = rows.filter(**{unit: OuterRef("pk")}).order_by().values(unit).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)
