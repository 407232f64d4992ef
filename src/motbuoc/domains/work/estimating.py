"""Working out the likelihoods of the night, from all that was done so far; for pages that offer help.

Derived from the tables alone and made anew each time, so it needs no actor and leaves no line of history. One pass
over the assignments and one over their steps, side by side: memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.outlook import (
    NOTHING,
    Occasion,
    Rule,
    Walk,
    base_rate,
    occasions_of,
    walk,
)
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.domains.work.standing import TARGETS
from motbuoc.domains.work.states import STOPPED, AssignmentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision
from vanban.text import fold

S = AssignmentState
AT_ONCE = 2000
TRY_AGAIN = 60 * 60  # seconds
TELLING = ("submit", "accept_period", *(name for name, target in TARGETS.items() if target in STOPPED))
OWED = (S.ASSIGNED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED)
OF = {
    "document__classification": Classification.NORMAL,
    "time_kind__in": (TimeKind.DATED, TimeKind.PERIODIC),
    "prerequisites__isnull": True,
}
"""Of normal documents only: what is counted is told to people who may not know of the others. And of what has a
day of its own: that of something continuous is only the directive's last. What waits for another says nothing of
the unit that owes it."""

ON_THE_DAY_GIVEN = Q(due_on=F("first_due_on")) | Q(due_on=F("corrected_due_on"))
FORECAST = Q(submitted_on=None) & (Q(time_kind=TimeKind.PERIODIC) | ON_THE_DAY_GIVEN)
"""What is forecast is what forecasts were learned from: not handed in yet, and on the day that its rule gives.
What came back or was given more time was never forecast before, so nothing is known of such work."""


def rule() -> Rule:
    """The numbers of this installation."""
    return Rule(settings.OUTLOOK_LEAD_DAYS, settings.OUTLOOK_PRIOR, settings.OUTLOOK_LEAST)


def kind_of(time_kind: str, verb: str) -> str:
    """What kind of work a duty is: its verb, marks aside, and the kind of its time."""
    return f"{time_kind} {fold(verb)}"


def occasions_until(day: date) -> Iterator[Occasion]:
    """Every occasion as it was known on the morning of `day`; nothing written or given on it or later counts.

    Each is judged by the first day, or the corrected one where that is later (`Assignment.judged_from`).
    """
    morning = timezone.make_aware(datetime.combine(day, time.min))
    given = Assignment.objects.filter(assigned_on__lt=day, first_due_on__isnull=False, **OF).order_by("pk")
    columns = ("pk", "given_to_id", "time_kind", "duty__verb", "assigned_on", "first_due_on", "cycle")
    written = Entry.objects.filter(written_at__lt=morning, step__in=TELLING)
    written = written.filter(assignment__first_due_on__isnull=False).order_by("assignment_id", "written_at", "pk")
    steps = Beside(written.values_list("assignment_id", "step", "written_at"))
    made = Correction.objects.filter(made_on__lt=day).order_by("assignment_id", "pk")
    corrected = Beside(made.values_list("assignment_id", "counted_after"))
    for pk, unit_id, time_kind, verb, given_on, due_on, cycle in given.values_list(*columns).iterator(AT_ONCE):
        own = [(name, timezone.localdate(moment)) for _pk, name, moment in steps.of(pk)]
        now = [counted for _pk, counted in corrected.of(pk)]
        yield from occasions_of(
            unit_id=unit_id,
            kind=kind_of(time_kind, verb),
            given_on=given_on,
            first_due_on=max(due_on, now[-1]) if now else due_on,
            cycle=cycle,
            steps=own,
        )


class Beside:
    """Rows in the order of the id they begin with, read side by side with what has these ids."""

    def __init__(self, rows: Any) -> None:
        self._groups = groupby(rows.iterator(AT_ONCE), key=itemgetter(0))
        self._at: int | None = None
        self._rows: Iterator[Any] = iter(())
        self._go_on()

    def of(self, pk: int) -> Iterator[Any]:
        """The rows of an id; ids are asked for from the smallest on."""
        while self._at is not None and self._at < pk:
            self._go_on()
        return self._rows if self._at == pk else iter(())

    def _go_on(self) -> None:
        self._at, self._rows = next(self._groups, (None, iter(())))


def estimate(day: date | None = None) -> OutlookRun:
    """Work out what is likely to be late of what falls due in the next days, and how good that would have been.

    Takes the place of the run before. `day` is the morning it is worked out on (default: today).

    Raises:
        Collision: somebody else worked it out meanwhile, and theirs counts.
        IntegrityError: the tables refuse it for another reason, which nothing here can mend.
    """
    day, before = day or clock.today(), _newest()
    walked = walk(occasions_until(day), day, rule())  # before the transaction: writers wait for nothing so long
    try:
        with transaction.atomic():  # both results or neither
            run = _kept(walked, day)
            Outlook.objects.all().delete()
            likely = _likely(walked, day)
            while some := list(islice(likely, AT_ONCE)):
                Outlook.objects.bulk_create(some)
    except IntegrityError:
        if _newest() == before:
            raise
        raise Collision(_("The forecasts of this day have just been worked out by somebody else.")) from None
    return run


def estimate_once(day: date) -> OutlookRun | None:
    """The night's run, once a day on however many machines: None where another has made it or is at it.

    What fails or is killed on the way is tried again an hour later.
    """
    if OutlookRun.objects.filter(day=day).exists() or not cache.add(f"outlook/{day}", True, TRY_AGAIN):
        return None
    try:
        return estimate(day)
    except Collision:
        return None


def _newest() -> int | None:
    """The run that counts now: each has an id of its own, and takes the place of the one before."""
    return OutlookRun.objects.order_by("-pk").values_list("pk", flat=True).first()


def _kept(walked: Walk, day: date) -> OutlookRun:
    told, numbers = walked.calibration, walked.rule
    OutlookRun.objects.all().delete()
    return OutlookRun.objects.create(
        day=day,
        made_at=clock.now(),
        lead_days=numbers.lead_days,
        prior=numbers.prior,
        least=numbers.least,
        count=walked.whole.count,
        late=walked.whole.late,
        judged=told.judged,
        brier=told.brier,
        base_brier=told.base_brier,
        bins=told.rows(),
    )


def _likely(walked: Walk, day: date) -> Iterator[Outlook]:
    """What is owed and falls due within the days looked ahead, where it is clearly likelier late than most."""
    until = day + timedelta(days=settings.OUTLOOK_LEAD_DAYS)
    owed = Assignment.objects.filter(FORECAST, state__in=OWED, due_on__range=(day, until), **OF).order_by("pk")
    threshold = base_rate(walked.whole) * settings.OUTLOOK_ABOVE
    rows: Any = owed.values_list("pk", "unit_id", "time_kind", "duty__verb").iterator(AT_ONCE)
    for pk, unit_id, time_kind, verb in rows:
        kind = kind_of(time_kind, verb)
        likelihood = walked.likelihood(unit_id, kind)
        if likelihood >= threshold:
            unit, work = walked.units.of.get(unit_id, NOTHING), walked.kinds.of.get(kind, NOTHING)
            counts = (unit.count, unit.late, work.count, work.late)
            yield Outlook(
                assignment_id=pk,
                likelihood=likelihood,
                **dict(zip(("unit_count", "unit_late", "kind_count", "kind_late"), counts, strict=True)),
            )
