"""Writes to plans of inspection and their samples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motbuoc.domains.inspections.models import CheckPlan, Chosen, Visit
from motbuoc.domains.inspections.sampling import sample
from motbuoc.domains.inspections.selectors import candidates_under, inspectors_of, rule_of, stands_below
from motbuoc.domains.inspections.states import PLAN_TRANSITIONS, PlanState, VisitState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitOn

MOST_UNITS = 500  # of a plan: a page shows them all


@transaction.atomic
def make_plan(*, actor: Person, unit_id: int, year: int, subject: str, size: int, seed: str) -> CheckPlan:
    """Begin a plan of a year: `subject` is inspected in `size` units below the unit; `seed` is what lots are drawn
    by.

    Raises:
        NotAllowed: the actor may not inspect there.
        Refusal: the unit has such a plan already, or less than one unit is wanted.
    """
    policy.require(actor, Action.INSPECT_WORK, unit_id)
    subject = subject.strip()
    _check_size(size)
    there = _("There is a plan of this year with these words already. Change that one.")
    if CheckPlan.objects.filter(unit=unit_id, year=year, subject=subject).exists():
        raise Refusal(there)
    with once(there):
        plan = CheckPlan.objects.create(
            unit_id=unit_id,
            year=year,
            subject=subject,
            size=size,
            seed=seed.strip(),
            rule=rule_of(size).as_json(),
            made_by=actor,
            made_at=clock.now(),
        )
    values = {"subject": subject, "year": year, "size": size, "seed": plan.seed}
    record(actor, Act("make_check_plan", "check_plan", plan.pk, unit_id, values))
    return plan


def _open(actor: Person, plan: CheckPlan, version: int | None) -> CheckPlan:
    """The plan, claimed, if `actor` may change its sample and it still may change."""
    policy.require(actor, Action.INSPECT_WORK, plan.unit_id)
    fresh = claim(plan, version)
    if fresh.state != PlanState.DRAFT:
        raise Refusal(_("The plan is approved. Choose “Change the plan again” first."))
    return fresh


@transaction.atomic
def change_plan(*, actor: Person, plan: CheckPlan, version: int, size: int, seed: str) -> CheckPlan:
    """Say anew how many units are wanted and what lots are drawn by; the sample stays until it is drawn again.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the plan is approved, or less than one unit is wanted.
    """
    fresh = _open(actor, plan, version)
    _check_size(size)
    before = {"size": fresh.size, "seed": fresh.seed}
    fresh.size, fresh.seed = size, seed.strip()
    fresh.save()
    after = {"size": fresh.size, "seed": fresh.seed}
    values = {name: [before[name], after[name]] for name in after if after[name] != before[name]}
    record(actor, Act("change_check_plan", "check_plan", fresh.pk, fresh.unit_id, values))
    return fresh


def _check_size(size: int) -> None:
    if not 1 <= size <= MOST_UNITS:
        raise Refusal(_("Say how many units are wanted: from 1 to %(most)s.") % {"most": MOST_UNITS})


@transaction.atomic
def draw_sample(*, actor: Person, plan: CheckPlan, version: int) -> CheckPlan:
    """Draw the sample by today's facts. What a person added or took out stays so, and so does who has a visit.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the plan is approved; fewer units below were given anything in the last year than are wanted, or
            those added by hand fill the sample.
    """
    fresh = _open(actor, plan, version)
    today, settled = clock.today(), ~Q(words="") | Q(unit__in=_visited(fresh))
    stay = dict(fresh.chosen.filter(settled).values_list("unit_id", "taken_out_by"))
    fresh.chosen.exclude(settled).delete()
    candidates = [one for one in candidates_under(fresh.unit_id, today) if one.unit_id not in stay]
    kept = sum(out is None for out in stay.values())
    if not candidates and not kept:
        raise Refusal(_("No unit below was given a task in the last year, so there is nothing to choose from."))
    drawn = sample(candidates, rule_of(fresh.size - kept), fresh.seed, today)
    Chosen.objects.bulk_create(
        Chosen(plan=fresh, unit_id=one.unit_id, position=position, reasons=[r.as_json() for r in reasons])
        for position, (one, reasons) in enumerate(drawn, 1)
    )
    fresh.rule, fresh.drawn_on = rule_of(fresh.size).as_json(), today
    fresh.save()
    values = {"seed": fresh.seed, "units": [one.unit_id for one, _reasons in drawn]}
    record(actor, Act("draw_check_sample", "check_plan", fresh.pk, fresh.unit_id, values))
    return fresh


def _visited(plan: CheckPlan) -> Any:
    """The ids of the units that have their visit of a plan, planned or made: a query."""
    return plan.visits.exclude(state=VisitState.CALLED_OFF).values("unit")


@transaction.atomic
def add_chosen(*, actor: Person, plan: CheckPlan, version: int, unit: Unit | UnitOn, words: str) -> Chosen:
    """Put a unit into the sample by hand, for a reason.

    Raises:
        Refusal: no reason, or the unit does not stand below the plan's, or is in the sample already.
    """
    fresh, words = _open(actor, plan, version), words.strip()
    if not words:
        raise Refusal(_("Write the reason: it stands beside the unit in the plan."))
    if not stands_below(unit.pk, fresh.unit_id):
        raise Refusal(_("Choose a unit below the one whose plan this is."))
    found = fresh.chosen.filter(unit=unit.pk).first()
    if found and found.taken_out_by_id is None:
        raise Refusal(_("This unit is in the sample already."))
    chosen = found or Chosen(plan=fresh, unit_id=unit.pk, position=fresh.chosen.count() + 1)
    chosen.added_by, chosen.taken_out_by, chosen.words = actor, None, words
    chosen.save()
    fresh.save()
    values = {"unit": unit.pk, "reason": words}
    record(actor, Act("add_to_check_sample", "check_plan", fresh.pk, fresh.unit_id, values))
    return chosen


@transaction.atomic
def take_out(*, actor: Person, chosen: Chosen, words: str) -> Chosen:
    """Take a unit out of the sample, for a reason; it stays on the page with that.

    Raises:
        Refusal: no reason, the plan is approved, or the unit has its visit.
    """
    plan, words = _open(actor, chosen.plan, None), words.strip()
    if not words:
        raise Refusal(_("Write the reason: it stands beside the unit in the plan."))
    if _visited(plan).filter(unit=chosen.unit_id).exists():
        raise Refusal(
            _("The inspection of this unit is planned or made. Call it off before you take the unit out.")
        )
    chosen.taken_out_by, chosen.words = actor, words
    chosen.save()
    plan.save()
    values = {"unit": chosen.unit_id, "reason": words}
    record(actor, Act("take_out_of_check_sample", "check_plan", plan.pk, plan.unit_id, values))
    return chosen


@transaction.atomic
def take_plan_step(*, actor: Person, plan: CheckPlan, version: int, name: str, text: str = "") -> CheckPlan:
    """Approve a plan, or open it to changes again with a reason.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now, the sample is empty, or the reason is missing.
    """
    policy.require(actor, Action.INSPECT_WORK, plan.unit_id)
    fresh = claim(plan, version)
    transition = step(PLAN_TRANSITIONS, name, fresh.state)
    if transition.asks and not text.strip():
        raise Refusal(_("Write the reason."))
    if name == "approve_plan" and not fresh.chosen.filter(taken_out_by=None).exists():
        raise Refusal(_("No unit is chosen yet. Draw the sample or add units first."))
    before, fresh.state = fresh.state, transition.target
    fresh.save()
    values: dict[str, Any] = {"state": [before, fresh.state]}
    if text.strip():
        values["reason"] = text.strip()
    record(actor, Act(name, "check_plan", fresh.pk, fresh.unit_id, values))
    return fresh


@transaction.atomic
def schedule_visit(*, actor: Person, chosen: Chosen, day: date, team: Iterable[Person], others: str = "") -> Visit:
    """Set the day and the team of the inspection of a chosen unit.

    Raises:
        NotAllowed: the actor may not inspect for the plan's unit.
        Refusal: the plan is not approved, the unit was taken out or has its visit, or the team is nobody's.
    """
    plan = chosen.plan
    policy.require(actor, Action.INSPECT_WORK, plan.unit_id)
    if plan.state != PlanState.APPROVED:
        raise Refusal(_("Approve the plan first: then its units are visited."))
    going_on = Visit.objects.filter(plan=plan, unit=chosen.unit_id).exclude(state=VisitState.CALLED_OFF)
    if chosen.taken_out_by_id or going_on.exists():
        raise Refusal(_("This unit was taken out of the sample, or has its visit already."))
    return plan_visit(
        actor=actor,
        visit=Visit(plan=plan, by_unit=plan.unit, unit=chosen.unit, subject=plan.subject, day=day),
        team=team,
        others=others,
    )


def plan_visit(*, actor: Person, visit: Visit, team: Iterable[Person], others: str) -> Visit:
    """Save a planned visit with its team; the caller has asked the policy and holds the transaction.

    Raises:
        Refusal: the day is past, the unit does not stand below the inspecting one, or the team is empty or holds
            somebody who may not inspect for that.
    """
    people = {person.pk for person in team}
    if visit.day < clock.today():
        raise Refusal(_("The day of the inspection is past. Choose today or a later day."))
    if not stands_below(visit.unit_id, visit.by_unit_id):
        raise Refusal(
            _("This unit does not stand below the inspecting one today. Leave its inspection to those above it.")
        )
    if not people or people - set(inspectors_of(visit.by_unit).values_list("pk", flat=True)):
        raise Refusal(_("Choose who inspects, among those who may inspect for the inspecting unit."))
    visit.others = others.strip()
    visit.save()
    visit.team.set(people)
    values = {"day": visit.day.isoformat(), "team": sorted(people)}
    record(actor, Act("plan_visit", "visit", visit.pk, visit.unit_id, values))
    return visit
