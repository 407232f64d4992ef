"""Reads of the ledger: what is asked, of whom, and what was handed in, as far as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from motbuoc.domains.ledger.models import Breakdown, Category, FormField, Indicator, ReportForm
from motbuoc.domains.ledger.submitted import Exemption, ReportingPeriod, Schedule, Submission, Target
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import HANDED_IN, OWED, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitsOn, known_on
from motbuoc.foundation.units.selectors import units_in
from motbuoc.foundation.workdays.selectors import calendar


def indicators_for(viewer: Person) -> QuerySet[Indicator]:
    """The indicators, by item: what is counted is no secret to whoever sees figures at all."""
    if not policy.may(viewer, Action.VIEW_FIGURES):
        return Indicator.objects.none()
    return Indicator.objects.select_related("breakdown", "numerator", "denominator")


def breakdowns_for(viewer: Person) -> QuerySet[Breakdown]:
    """What figures may be broken down by, by name."""
    return Breakdown.objects.all() if policy.may(viewer, Action.VIEW_FIGURES) else Breakdown.objects.none()


def categories_of(indicators: Iterable[int]) -> QuerySet[Category]:
    """The parts that these indicators may be broken down into, in their order."""
    breakdowns = Indicator.objects.filter(pk__in=list(indicators)).order_by().values("breakdown")
    return Category.objects.filter(breakdown__in=breakdowns).order_by("breakdown", "position")


def targets_for(viewer: Person) -> QuerySet[Target]:
    """What units in the viewer's reach are to reach, the latest year first."""
    within = policy.within_reach(viewer, Action.VIEW_FIGURES, "unit")
    return Target.objects.filter(within).order_by("-year", "pk")


def indicators_in_force(day: date) -> QuerySet[Indicator]:
    """The indicators that may be asked for on a day."""
    return Indicator.objects.filter(in_force(day))


def shares_in_force(indicators: Iterable[int]) -> QuerySet[Indicator]:
    """The shares in force whose two parts are both among the indicators."""
    known = list(indicators)
    return Indicator.objects.filter(valid_until=None, numerator__in=known, denominator__in=known)


def forms_for(viewer: Person) -> QuerySet[ReportForm]:
    """The forms of the units in the viewer's reach, and those that a unit of theirs fills in, or will next."""
    within = policy.within_reach(viewer, Action.VIEW_FIGURES, "unit")
    reporting = submissions_for(viewer).order_by()
    asked, next_asked = reporting.values("period__form"), reporting.values("period__schedule__form")
    return ReportForm.objects.filter(within | Q(pk__in=asked) | Q(pk__in=next_asked))


def fields_for(viewer: Person) -> QuerySet[FormField]:
    """The fields of those forms."""
    return FormField.objects.filter(form__in=forms_for(viewer).order_by().values("pk")).select_related(
        "form", "indicator__breakdown"
    )


def askable_for(viewer: Person, form: ReportForm) -> QuerySet[Indicator]:
    """The indicators that a form does not ask for yet and could: no shares, none that has ended."""
    rows = indicators_for(viewer).filter(denominator=None, valid_until=None)
    return rows.exclude(pk__in=form.fields.values("indicator"))


def schedules_for(viewer: Person) -> QuerySet[Schedule]:
    """The schedules of the units in the viewer's reach, and those under which a unit of theirs reports."""
    within = policy.within_reach(viewer, Action.VIEW_FIGURES, "unit")
    reporting = submissions_for(viewer).order_by().values("period__schedule")
    return Schedule.objects.filter(within | Q(pk__in=reporting)).select_related("form")


def exemptions_for(viewer: Person) -> QuerySet[Exemption]:
    """The exemptions of schedules of the units in the viewer's reach: why a unit does not report."""
    within = policy.within_reach(viewer, Action.VIEW_FIGURES, "schedule__unit")
    return Exemption.objects.filter(within).select_related("schedule", "unit")


def periods_for(viewer: Person) -> QuerySet[ReportingPeriod]:
    """The opened periods of those schedules, of a class that the viewer reads there, the latest first."""
    day = clock.today()
    within = policy.cleared(
        policy.sight(viewer, Action.VIEW_FIGURES),
        lambda units, wide: policy.holds("schedule__unit", units, day, wide=wide),
        "document__classification",
    )
    reporting = submissions_for(viewer).order_by().values("period")
    periods = ReportingPeriod.objects.filter(within | Q(pk__in=reporting))
    return periods.select_related("schedule", "form", "document")


def submissions_for(viewer: Person) -> QuerySet[Submission]:
    """The submissions of units in the viewer's reach, and those to the units they decide for."""
    rows = _seen(policy.sight(viewer, Action.VIEW_FIGURES), clock.today())
    return rows.select_related("period__schedule", "period__form", "assignment")


def _seen(sight: policy.Sight, day: date) -> QuerySet[Submission]:
    seen = policy.cleared(
        sight,
        lambda units, wide: (
            policy.holds("unit", units, day, wide=wide)
            | policy.holds("assignment__unit", units, day, wide=wide)
            | policy.holds("period__schedule__unit", units, day, wide=wide)
        ),
        "period__document__classification",
    )
    return Submission.objects.filter(seen)


def _some_of(model: type[Any], *names: str) -> tuple[type[Any], tuple[str, ...]]:
    """A model and some of its columns, in the order of the table: `from_db` takes the values in no other."""
    columns = tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)
    assert len(columns) == len(names), f"{model.__name__} has no such columns: {set(names) - set(columns)}"
    return model, columns


FOR_FILLING: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "": _some_of(Submission, "id", "unit_id", "period_id", "assignment_id", "nothing_because"),
    "assignment__": _some_of(Assignment, "id", "unit_id"),
    "period__": _some_of(ReportingPeriod, "id", "form_id", "schedule_id", "start", "end", "cutoff_on"),
    "period__schedule__": _some_of(Schedule, "id", "unit_id", "cycle", "closes_on_day"),
}
"""What is read of a submission, and of what stands around it, at each cell that is saved; the rest when asked."""


def _to_fill_rows(shape: Any, *, units: tuple[int, ...], day: date, submission: int) -> QuerySet[Any, Any]:
    columns = [f"{way}{name}" for way, (_model, names) in FOR_FILLING.items() for name in names]
    return _seen(policy.Sight(shape, units), day).filter(pk=submission).order_by().values_list(*columns)


_to_fill = Prepared(_to_fill_rows)


def submission_to_fill(viewer: Person, pk: int) -> Submission | None:
    """The submission, if `viewer` sees it: `submissions_for` for the many savings of whoever types."""
    shape, units = policy.sight(viewer, Action.VIEW_FIGURES)
    rows = _to_fill(shape, units=units, day=clock.today(), submission=pk) if shape else []
    if not rows:
        return None
    made, start = list[Any](), 0
    for model, names in FOR_FILLING.values():
        made.append(model.from_db("default", names, rows[0][start : start + len(names)]))
        start += len(names)
    submission: Submission = made[0]
    submission.assignment, submission.period, submission.period.schedule = made[1:]
    return submission


class Standing(NamedTuple):
    """How many submissions of a period are expected, were handed in, came in time, are complete, were accepted.

    Four separate facts: what came in time may be incomplete, and what is complete may have come late.
    """

    expected: int
    received: int
    on_time: int
    complete: int
    accepted: int


RECEIVED = Q(first_handed_in_at__isnull=False)
IN_TIME = Q(assignment__due_on__isnull=True) | Q(first_handed_in_at__date__lte=F("assignment__due_on"))
COUNTED = {
    "expected": Count("pk"),
    "received": Count("pk", filter=RECEIVED),
    "on_time": Count("pk", filter=RECEIVED & IN_TIME),
    "complete": Count("pk", filter=RECEIVED & Q(is_complete=True)),
    "accepted": Count("pk", filter=Q(assignment__state=AssignmentState.ACCEPTED)),
}


def standings_of(submissions: QuerySet[Submission]) -> dict[int, Standing]:
    """The numbers of these submissions, by period."""
    rows = submissions.order_by().select_related(None).values_list("period").annotate(**COUNTED)
    return {period: Standing(*numbers) for period, *numbers in rows}


def with_units(submissions: QuerySet[Submission], on: date) -> Any:
    """The submissions by name of their unit (`unit_name`), as it is called on the day."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    named = submissions.annotate(dated=dated, unit_name=F("dated__name"))
    return named.order_by("unit_name", "pk")


def is_open(submission: Submission) -> bool:
    """Whether its cells may be changed: it is owed and the period is not locked."""
    return takes_entries(submission.assignment.state, submission.period.locked_on)


def takes_entries(state: str, locked_on: date | None) -> bool:
    """Whether a form's cells may be changed: its task is owed, and its period not locked."""
    return state in OWED and locked_on is None


def is_waiting(submission: Submission) -> bool:
    """Whether it was handed in and is not decided on."""
    return submission.assignment.state in HANDED_IN


def units_keeping_for(viewer: Person, on: date) -> UnitsOn:
    """The units for which `viewer` may ask for figures, the highest of each tree, by name."""
    reach = policy.reach(viewer, Action.KEEP_FORMS, on=on)
    highest = Q(parent_id__isnull=True) | ~Q(parent_id__in=reach)
    return Unit.objects.on(on).filter(pk__in=reach).filter(highest).order_by("name", "pk")


class Expected(NamedTuple):
    """A unit that is to report, how many levels below who asks, and by when."""

    unit_id: int
    depth: int
    due_on: date


def expected_units(schedule: Schedule, cutoff_on: date) -> list[Expected]:
    """Who is to report under a schedule, with the due day of its level; those exempted are left out."""
    today = clock.today()
    exempted = schedule.exemptions.values_list("unit_id", flat=True)
    meant = _meant(schedule, today).exclude(pk__in=exempted).exclude(pk=schedule.unit_id)
    ties = UnitClosure.objects.filter(
        in_force(today), ancestor=schedule.unit_id, descendant__in=meant.values("pk"), is_archive=False
    )
    days = calendar()
    due: dict[int, date] = {}
    found = []
    for unit_id, depth in ties.order_by("depth", "descendant").values_list("descendant_id", "depth"):
        if depth not in due:
            last = cutoff_on + timedelta(days=due_days_of(schedule, depth))
            due[depth] = days.roll_forward(max(last, today))  # opened late, it is owed from today on
        found.append(Expected(unit_id, depth, due[depth]))
    return found


def due_days_of(schedule: Schedule, depth: int) -> int:
    """How many days after the cut-off a unit of that depth hands in; the last number serves all deeper ones."""
    days = schedule.due_days or [0]
    return int(days[min(max(depth, 1), len(days)) - 1])


def _meant(schedule: Schedule, day: date) -> UnitsOn:
    chosen = Unit.objects.on(day).filter(pk__in=schedule.units.values("pk"))
    if schedule.group is None:
        return chosen
    grouped = units_in(schedule.group, schedule.unit_id, day).order_by().values("pk")
    return Unit.objects.on(day).filter(Q(pk__in=grouped) | Q(pk__in=schedule.units.values("pk")))


def between(unit_id: int, top_id: int, day: date, reporting: Iterable[int]) -> list[int]:
    """The units between one that reports and the one that asked which report themselves, the nearest first."""
    among = set(reporting)
    ties = UnitClosure.objects.filter(in_force(day), descendant=unit_id, depth__gt=0, is_archive=False)
    found = []
    for ancestor in ties.order_by("depth").values_list("ancestor_id", flat=True):
        if ancestor == top_id:
            break
        if ancestor in among:
            found.append(ancestor)
    return found
