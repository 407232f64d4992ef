"""Writes to schedules and their periods: who is asked for which form, for which days, by when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from motbuoc.domains.documents.choices import Origin, Relation
from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.spoken import Asked, Said, ToWhom
from motbuoc.domains.ledger.choices import FormState, PeriodCycle
from motbuoc.domains.ledger.models import ReportForm
from motbuoc.domains.ledger.periods import Span, label_of
from motbuoc.domains.ledger.selectors import Expected, expected_units
from motbuoc.domains.ledger.standing_orders import check_order, order_of
from motbuoc.domains.ledger.submitted import Exemption, ReportingPeriod, Schedule, Submission
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.ordering import give_order
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitGroup

MOST_DAYS = 366  # after a cut-off


@dataclass(frozen=True)
class Terms:
    """How often a schedule asks, by when, and whether by itself (`Schedule` says what each means)."""

    name: str
    cycle: str
    closes_on_day: int = 31
    due_days: Sequence[int] = (5,)
    needs_check: bool = False
    opens_before: int | None = None


@transaction.atomic
def make_schedule(
    *,
    actor: Person,
    unit_id: int,
    form: ReportForm,
    terms: Terms,
    group: UnitGroup | None = None,
    units: Collection[Unit] = (),
    basis: Document | None = None,
) -> Schedule:
    """Begin to ask units for a form, cycle by cycle.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: the form is not in use, nobody is asked, or the days cannot be.
        Collision: the unit has a schedule of this name.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    _check_terms(terms)
    if form.state != FormState.IN_USE:
        raise Refusal(_("Put the form to use first."))
    if group is None and not units:
        raise Refusal(_("Choose who is to report: a group, or units."))
    with once(_("There is a schedule of this name already. Change that one.")):
        schedule = Schedule.objects.create(
            unit_id=unit_id,
            form=form,
            basis=basis,
            group=group,
            made_by=actor,
            **_kept(terms) | order_of(actor, terms.opens_before),
        )
    schedule.units.set(units)
    values = {"name": schedule.name, "form": form.pk, "cycle": schedule.cycle, "due_days": schedule.due_days}
    record(actor, Act("make_schedule", "schedule", schedule.pk, unit_id, values))
    return schedule


def _check_terms(terms: Terms) -> None:
    if not terms.name.strip():
        raise Refusal(_("Give the schedule a name."))
    if not 1 <= terms.closes_on_day <= 31:
        raise Refusal(_("Figures are closed on a day of the month, from 1 to 31."))
    if not terms.due_days or not all(0 <= days <= MOST_DAYS for days in terms.due_days):
        raise Refusal(_("Say for each level how many days after the cut-off it reports: from 0 to 366."))
    check_order(terms.cycle, terms.opens_before)


def _kept(terms: Terms) -> dict[str, Any]:
    """The terms as the table has them."""
    return {
        "name": terms.name.strip(),
        "cycle": PeriodCycle(terms.cycle).value,
        "closes_on_day": terms.closes_on_day,
        "due_days": list(terms.due_days),
        "needs_check": terms.needs_check,
        "opens_before": terms.opens_before,
    }


@transaction.atomic
def change_schedule(*, actor: Person, schedule: Schedule, version: int, terms: Terms) -> Schedule:
    """Change how a schedule asks from the next period on; what is opened stays as it was.

    Raises:
        NotAllowed, Collision, Refusal: as `make_schedule`.
    """
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    _check_terms(terms)
    fresh = claim(schedule, version)
    new = _kept(terms)
    changed = {name: [getattr(fresh, name), value] for name, value in new.items() if getattr(fresh, name) != value}
    if "opens_before" in changed or fresh.opening_trouble:
        new |= order_of(actor, terms.opens_before)
    for name, value in new.items():
        setattr(fresh, name, value)
    with once(_("There is a schedule of this name already. Change that one.")):
        fresh.save()
    record(actor, Act("change_schedule", "schedule", fresh.pk, fresh.unit_id, changed))
    return fresh


@transaction.atomic
def choose_units(
    *, actor: Person, schedule: Schedule, version: int, group: UnitGroup | None, units: Collection[Unit]
) -> Schedule:
    """Ask other units from the next period on.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: nobody is asked.
    """
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    fresh = claim(schedule, version)
    if group is None and not units:
        raise Refusal(_("Choose who is to report: a group, or units."))
    fresh.group = group
    fresh.save()
    fresh.units.set(units)
    values = {"group": group.pk if group else None, "units": sorted(unit.pk for unit in units)}
    record(actor, Act("choose_units", "schedule", fresh.pk, fresh.unit_id, values))
    return fresh


@transaction.atomic
def exempt_unit(*, actor: Person, schedule: Schedule, unit: Unit, reason: str) -> Exemption:
    """Let a unit not report under a schedule, from the next period on.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: the reason is missing.
    """
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    if not reason.strip():
        raise Refusal(_("Write why this unit need not report."))
    exemption, _made = Exemption.objects.update_or_create(
        schedule=schedule, unit=unit, defaults={"reason": reason.strip()[:500]}
    )
    values = {"unit": unit.pk, "reason": exemption.reason}
    record(actor, Act("exempt_unit", "schedule", schedule.pk, schedule.unit_id, values))
    return exemption


@transaction.atomic
def end_exemption(*, actor: Person, exemption: Exemption) -> None:
    """Let a unit report again, from the next period on.

    Raises:
        NotAllowed: the actor keeps no forms there.
    """
    schedule = exemption.schedule
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    values = {"unit": exemption.unit_id, "reason": exemption.reason}
    record(actor, Act("end_exemption", "schedule", schedule.pk, schedule.unit_id, values))
    exemption.delete()


@transaction.atomic
def close_schedule(*, actor: Person, schedule: Schedule, version: int) -> Schedule:
    """Open no more periods of a schedule.

    Raises:
        NotAllowed, Collision: as ever.
    """
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    fresh = claim(schedule, version)
    fresh.is_closed = True
    fresh.save()
    record(actor, Act("close_schedule", "schedule", fresh.pk, fresh.unit_id))
    return fresh


@transaction.atomic
def open_period(
    *, actor: Person, schedule: Schedule, span: Span, cutoff_on: date | None = None, label: str = ""
) -> ReportingPeriod:
    """Ask the units of a schedule for its form over the days of `span`: each gets an assignment due by its level.

    Raises:
        NotAllowed: the actor keeps no forms there, or may not issue directives for the unit.
        Refusal: the schedule or its form is closed, the days make no period, or nobody is left to ask.
        Collision: the period is open already.
    """
    policy.require(actor, Action.KEEP_FORMS, schedule.unit_id)
    last, there = cutoff_on or span.end, _("This period is open already.")
    expected = _askable(schedule, span, last)
    if ReportingPeriod.objects.filter(schedule=schedule, start=span.start, end=span.end).exists():
        raise Refusal(there)
    label = label.strip()[:120] or label_of(schedule.cycle, span)
    document = _ask(actor, schedule, label, expected)
    with once(there):
        period = ReportingPeriod.objects.create(
            schedule=schedule,
            form=schedule.form,
            document=document,
            label=label,
            start=span.start,
            end=span.end,
            cutoff_on=last,
            exempted=list(schedule.exemptions.values_list("unit_id", "reason")),
            opened_by=actor,
        )
    expect(period)
    values = {"period": label, "cutoff_on": last.isoformat(), "units": len(expected), "document": document.pk}
    record(actor, Act("open_period", "reporting_period", period.pk, schedule.unit_id, values))
    return period


def _askable(schedule: Schedule, span: Span, last: date) -> list[Expected]:
    """Who is asked for a period; refused where it cannot be opened."""
    if schedule.is_closed:
        raise Refusal(_("This schedule is closed: it asks for no more periods."))
    if schedule.form.state != FormState.IN_USE:
        raise Refusal(_("Put the form to use first."))
    if span.start > span.end or not clock.FIRST_DAY <= span.end <= clock.LAST_DAY:
        raise Refusal(_("The period must begin before it ends."))
    if out := schedule.form.fields.filter(_not_in_force(span)).select_related("indicator"):
        names = "; ".join(row.indicator.name for row in out)
        words = _("The form asks for what is not counted in these days: %(names)s. Make a new version of it.")
        raise Refusal(words % {"names": names})
    expected = expected_units(schedule, last)
    if not expected:
        raise Refusal(_("There is no unit to ask: all that are chosen have ended or are exempted."))
    return expected


def _not_in_force(span: Span) -> Q:
    """Fields whose indicator ended before the period begins, or begins after it ends."""
    return Q(indicator__valid_until__lte=span.start) | Q(indicator__valid_from__gt=span.end)


def _ask(actor: Person, schedule: Schedule, label: str, expected: list[Expected]) -> Document:
    """The order that gives each unit its assignment: one task for each due day."""
    unit = Unit.objects.on(clock.today()).get(pk=schedule.unit_id)
    with override("vi"):
        words = _("Report %(period)s by the form %(code)s: %(form)s")
        what = words % {"period": label, "code": schedule.form.code, "form": schedule.form.name}
    days = sorted(expected, key=lambda one: (one.due_on, one.unit_id))
    asked = [
        Asked(what, due_on, schedule.form.name, [one.unit_id for one in rows])
        for due_on, rows in groupby(days, key=lambda one: one.due_on)
    ]
    said = Said(Origin.SCHEDULE, unit.name, clock.today(), f"{schedule.name}, {label}")
    document = give_order(actor=actor, unit=unit, said=said, asked=asked, to=ToWhom())
    if schedule.basis_id and schedule.basis:
        state_link(actor=actor, source=document, target=schedule.basis, relation=Relation.BASED_ON)
    return document


def expect_of(document_id: int) -> None:
    """Make the submissions of what was given to units so far by a document, where it opened a period."""
    if period := ReportingPeriod.objects.filter(document=document_id).first():
        expect(period)


def expect(period: ReportingPeriod) -> int:
    """Make the submissions of what was given to units so far; how many were made. Safe to be asked again."""
    given = Assignment.objects.filter(document=period.document_id, submission=None)
    rows = Submission.objects.bulk_create(
        [Submission(period=period, unit_id=row.unit_id, assignment=row) for row in given.order_by("pk")],
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(rows)


@transaction.atomic
def move_cutoff(*, actor: Person, period: ReportingPeriod, version: int, cutoff_on: date, reason: str) -> None:
    """Close the figures of a period on another day: later roll-ups follow the tree of that day.

    What was handed in stays; each unit finds the new day on its form. Due days are the tracker's: they are moved
    there.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the reason is missing, the day lies before the period, or nothing changes.
    """
    policy.require(actor, Action.KEEP_FORMS, period.schedule.unit_id)
    fresh = claim(period, version)
    if not reason.strip():
        raise Refusal(_("Write why the cut-off is moved: units may have closed their figures."))
    if cutoff_on < fresh.start or cutoff_on > clock.LAST_DAY:
        raise Refusal(_("The cut-off cannot lie before the period."))
    if cutoff_on == fresh.cutoff_on:
        raise Refusal(_("Nothing was changed: it says so already."))
    values = {"cutoff_on": [fresh.cutoff_on.isoformat(), cutoff_on.isoformat()], "reason": reason.strip()}
    fresh.cutoff_on = cutoff_on
    fresh.save()
    record(actor, Act("move_cutoff", "reporting_period", fresh.pk, fresh.schedule.unit_id, values))


@transaction.atomic
def lock_period(
    *, actor: Person, period: ReportingPeriod, version: int, is_locked: bool = True
) -> ReportingPeriod:
    """Let nothing be entered any more for a period, or let it be entered again.

    Raises:
        NotAllowed, Collision: as ever.
    """
    policy.require(actor, Action.KEEP_FORMS, period.schedule.unit_id)
    fresh = claim(period, version)
    fresh.locked_on = clock.today() if is_locked else None
    fresh.save()
    act = "lock_period" if is_locked else "unlock_period"
    record(actor, Act(act, "reporting_period", fresh.pk, fresh.schedule.unit_id))
    return fresh
