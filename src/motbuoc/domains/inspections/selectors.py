"""Reads of inspections of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, F, FilteredRelation, Max, Q, QuerySet

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.inspections.models import CheckItem, CheckPlan, Chosen, Finding, FindingFile, Visit
from motbuoc.domains.inspections.sampling import Candidate, SampleRule
from motbuoc.domains.inspections.states import (
    BEEN_THERE,
    PLAN_TRANSITIONS,
    SEEN_BY_UNIT,
    VISIT_TRANSITIONS,
    PlanState,
    VisitState,
)
from motbuoc.domains.work.inbox import task_seen_by, visible
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import Lateness, overdue, with_lateness
from motbuoc.domains.work.states import CLOSED, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import narrowest
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, known_on
from motbuoc.foundation.units.selectors import keeper_of

S, V = AssignmentState, VisitState
A_YEAR = timedelta(days=365)


def rule_of(size: int) -> SampleRule:
    """The rule of a sample of so many units, by this installation's numbers."""
    return SampleRule(
        size,
        settings.CHECK_YEARS,
        settings.CHECK_ROTATION_PERCENT,
        settings.CHECK_LOT_PERCENT,
        settings.CHECK_PRIOR,
    )


def candidates_under(unit_id: int, day: date) -> list[Candidate]:
    """The units below one on `day` that were given tasks in the last year, with what speaks for a visit."""
    below = policy.below([unit_id], day, archives=False).exclude(descendant=unit_id)
    given = Assignment.objects.filter(unit__in=below, assigned_on__range=(day - A_YEAR, day))
    late = overdue(day) | Q(state=S.ACCEPTED, submitted_on__gt=F("due_on"))
    counts: Any = (
        with_lateness(given, day)
        .values_list("unit_id")
        .annotate(
            tasks=Count("pk"),
            late=Count("pk", filter=late),
            returned=Count("pk", filter=Q(state=S.RETURNED)),
            quiet=Count("pk", filter=Q(lateness=Lateness.QUIET)),
        )
        .order_by()
    )
    found: dict[int, tuple[int, int, int, int]] = {unit: tuple(numbers) for unit, *numbers in counts}
    codes = dict(Unit.objects.on(day).filter(pk__in=found.keys()).values_list("pk", "code"))
    visits = Visit.objects.filter(unit__in=found.keys(), state__in=BEEN_THERE, day__lte=day).order_by()
    last = dict(visits.values_list("unit_id").annotate(last=Max("day")))
    return [
        Candidate(unit, codes[unit], tasks, late_ones, returned, quiet, last.get(unit))
        for unit, (tasks, late_ones, returned, quiet) in found.items()
        if unit in codes
    ]


def stands_below(unit_id: int, above_id: int) -> bool:
    """Whether a unit stands below another today."""
    below = policy.below([above_id], clock.today(), archives=False).exclude(descendant=above_id)
    return below.filter(descendant=unit_id).exists()


def units_to_plan_for(viewer: Person, day: date) -> Any:
    """The units for which `viewer` may plan inspections: those on which they were given the right."""
    granted = policy.granted_units(viewer, Action.INSPECT_WORK, on=day)
    return Unit.objects.on(day).filter(pk__in=granted).order_by("name", "pk")


def plans_for(viewer: Person) -> Any:
    """The plans of units where `viewer` inspects and of those whose archives these keep, the latest year first,
    each with its `unit_name`."""
    plans = CheckPlan.objects.filter(_inspected_by(viewer, "unit"))
    return _named(plans).order_by("-year", "pk")


def _inspected_by(viewer: Person, column: str) -> Q:
    day, units = clock.today(), policy.granted_units(viewer, Action.INSPECT_WORK)
    return policy.holds(column, units, day, wide=policy.is_wide(viewer, units, day))


def _named(rows: Any, path: str = "unit", name: str = "unit_name") -> Any:
    dated = FilteredRelation(f"{path}__versions", condition=known_on(clock.today(), f"{path}__versions__"))
    return rows.annotate(**{f"dated_{path}": dated, name: F(f"dated_{path}__name")})


def chosen_of(plan: CheckPlan) -> Any:
    """The units of a plan's sample in their order, those taken out last, each with its `unit_name`."""
    return _named(Chosen.objects.filter(plan=plan)).order_by(
        F("taken_out_by").asc(nulls_first=True), "position", "pk"
    )


def chosen_for(viewer: Person) -> Any:
    """The chosen units of all plans that `viewer` may see."""
    return _named(Chosen.objects.filter(_inspected_by(viewer, "plan__unit"))).select_related("plan")


def visits_for(viewer: Person) -> Any:
    """The visits in reach, each with `unit_name` and `by_name`, the latest first; each if its class may be seen.

    All of them for whoever inspects for the inspecting unit; from the draft on for whoever may see visits of the
    inspected one.
    """
    day = clock.today()

    def of(column: str, action: Action) -> Q:
        def within(units: tuple[int, ...], wide: bool) -> Q:
            return policy.holds(column, units, day, wide=wide)

        return policy.cleared(policy.sight(viewer, action), within, "classification")

    inspected, seen = of("by_unit", Action.INSPECT_WORK), of("unit", Action.VIEW_VISIT)
    found = Visit.objects.filter(inspected | (seen & Q(state__in=SEEN_BY_UNIT)))
    return _named(_named(found), "by_unit", "by_name").select_related("plan").order_by("-day", "-pk")


def plan_steps_for(viewer: Person, plan: CheckPlan) -> list[Transition]:
    """The steps `viewer` may take on a plan now."""
    if not policy.may_on(viewer, Action.INSPECT_WORK, plan.unit_id):
        return []
    return steps_from(PLAN_TRANSITIONS, plan.state)


def visit_steps_for(viewer: Person, visit: Visit) -> list[Transition]:
    """The steps `viewer` may take on a visit now; a draft can be concluded once the unit has had its say."""
    actions = (Action.INSPECT_WORK, Action.WORK_ON_ASSIGNMENT)
    allowed = {action for action in actions if policy.may_on(viewer, action, asked_on(visit, action))}
    steps = [step for step in steps_from(VISIT_TRANSITIONS, visit.state) if step.action in allowed]
    return [step for step in steps if step.name != "conclude_visit" or has_been_heard(visit)]


def asked_on(visit: Visit, action: Action) -> int:
    """The unit on which the right to a step of a visit is asked: to inspect is the inspecting unit's, or (where it
    has ended) its keeper's; to comment the inspected one's."""
    if action != Action.INSPECT_WORK:
        return visit.unit_id
    return keeper_of(visit.by_unit_id, clock.today())


def may_inspect(viewer: Person, visit: Visit) -> bool:
    """Whether `viewer` may inspect for the unit whose visit it is."""
    return policy.may_on(viewer, Action.INSPECT_WORK, asked_on(visit, Action.INSPECT_WORK))


def has_been_heard(visit: Visit) -> bool:
    """Whether the unit has commented on the draft, or let its time for that pass."""
    late = visit.comment_by is not None and visit.comment_by < clock.today()
    return visit.state == V.COMMENTED or (visit.state == V.DRAFT_SENT and late)


def is_told(visit: Visit, classification: str) -> bool:
    """Whether whoever sees the visit may also know of a paper of this class."""
    return narrowest(visit.classification, classification) == visit.classification


def items_for(viewer: Person, visit: Visit) -> Any:
    """The checklist of a visit, of assignments that `viewer` may see, as it was drawn."""
    items = CheckItem.objects.filter(task_seen_by(viewer), visit=visit)
    return items.select_related("assignment__duty", "assignment__document").defer(
        "assignment__document__text", "assignment__document__reading"
    )


def items_seen_by(viewer: Person) -> Any:
    """The items of all visits and of assignments that `viewer` may see."""
    visits = visits_for(viewer).order_by().values("pk")
    items = CheckItem.objects.filter(task_seen_by(viewer), visit__in=visits)
    return items.select_related("visit", "assignment__duty", "assignment__document")


def findings_for(viewer: Person) -> QuerySet[Finding]:
    """The findings of all visits that `viewer` may see."""
    visits = visits_for(viewer).order_by().values("pk")
    return Finding.objects.filter(visit__in=visits, is_dropped=False).select_related("visit")


def findings_of(visit: Visit) -> QuerySet[Finding]:
    """What was found on a visit, but for what was dropped, with its files."""
    rows = visit.findings.filter(is_dropped=False).select_related("item__assignment__duty", "written_by")
    return rows.prefetch_related("files__file")


def finding_files_for(viewer: Person) -> QuerySet[FindingFile]:
    """The files of findings of visits that `viewer` may see."""
    seen = visits_for(viewer).order_by().values("pk")
    files = FindingFile.objects.filter(finding__visit__in=seen, finding__is_dropped=False)
    return files.select_related("file", "finding__visit")


class Remedies(NamedTuple):
    """How many remedies a conclusion gave, and how many are still open."""

    all: int
    open: int


def remedies_of(viewer: Person, visits: Iterable[Visit]) -> dict[int, Remedies]:
    """The remedies of each of these visits that `viewer` may see, by its id; in one query."""
    by_document = {visit.conclusion_id: visit.pk for visit in visits if visit.conclusion_id}
    seen = visible(*policy.sight(viewer, Action.VIEW_ASSIGNMENT), clock.today())
    rows: Any = seen.filter(document__in=by_document.keys()).order_by().values_list("document_id")
    counted = rows.annotate(all=Count("pk"), open=Count("pk", filter=~Q(state__in=CLOSED)))
    return {by_document[document]: Remedies(*numbers) for document, *numbers in counted}


def earlier_seen(viewer: Person, visits: Iterable[Visit]) -> set[int]:
    """Of the visits that these check again, the ids of those that `viewer` may see; in one query."""
    earlier = {visit.follows_id for visit in visits if visit.follows_id}
    found = visits_for(viewer).filter(pk__in=earlier).order_by() if earlier else Visit.objects.none()
    return set(found.values_list("pk", flat=True))


def conclusion_for(viewer: Person, visit: Visit) -> Document | None:
    """The conclusion of a visit, if `viewer` may read that document: while it is looked through, few may."""
    return documents_for(viewer).filter(pk=visit.conclusion_id or 0).first()


def remedies_for(viewer: Person, visit: Visit) -> Any:
    """The remedies of a visit as assignments that `viewer` may see."""
    return assignments_for(viewer).filter(document=visit.conclusion_id or 0).order_by("due_on", "pk")


def may_change(viewer: Person, plan: CheckPlan) -> bool:
    """Whether `viewer` may change the sample now."""
    return plan.state == PlanState.DRAFT and policy.may_on(viewer, Action.INSPECT_WORK, plan.unit_id)


def may_schedule(viewer: Person, plan: CheckPlan) -> bool:
    """Whether `viewer` may set the days of a plan's inspections now."""
    return plan.state == PlanState.APPROVED and policy.may_on(viewer, Action.INSPECT_WORK, plan.unit_id)


def inspectors_of(unit: Unit) -> QuerySet[Person]:
    """Who may inspect for a unit, or (where it has ended) for its keeper, by name."""
    keeper = Unit.objects.get(pk=keeper_of(unit.pk, clock.today()))
    return policy.who_may(Action.INSPECT_WORK, keeper).order_by("full_name", "pk")
