"""Numbers of themes, published when a week is over; what rises much, and what the next weeks will probably bring.

What is published is never changed: a number moves only where at least the smallest group has come, or gone, since
it last moved (`suppression.released`). All that the board shows is made of these numbers, so no difference of two
weeks, two tendencies or two days tells of fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min

from motbuoc.domains.ledger.usual import is_jump, usual_of
from motbuoc.domains.listening.models import Opinion, Rise, Theme, ThemeMap, ThemeOutlook, ThemeWeek
from motbuoc.domains.listening.suppression import released, smallest_group
from motbuoc.foundation.access.policy import who_may
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.occasions import Occasion, Reach
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person

A_WEEK = timedelta(days=7)
A_YEAR = 52  # weeks in the course of a year
AHEAD = 4  # weeks that the outlook is about


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def publish_weeks() -> int:
    """Publish the weeks that are over, of every unit with themes; how many weeks of units.

    Asked once a round of reminding; weeks that were missed are made up for one after the other.
    """
    now = monday_of(clock.today())
    behind = ThemeMap.objects.exclude(published__gte=now - A_WEEK).order_by("pk").values_list("unit", flat=True)
    return sum(publish_unit(unit_id) for unit_id in behind)


@transaction.atomic
def publish_unit(unit_id: int) -> int:
    """Publish the weeks of one unit that are over and are not published yet; how many."""
    kept = ThemeMap.objects.select_for_update().get(unit=unit_id)
    weeks = list(_weeks_to_publish(kept))
    themes = list(Theme.objects.filter(unit=unit_id, merged_into=None).order_by("pk"))
    for week in weeks:
        _publish(themes, week)
    if weeks:
        kept.published = weeks[-1]
        kept.save(update_fields=["published"])
        for theme in themes:
            _look_ahead(theme, weeks[-1])
    return len(weeks)


def _weeks_to_publish(kept: ThemeMap) -> Iterator[date]:
    first = Opinion.objects.filter(box__unit=kept.unit_id).aggregate(first=Min("said_on"))["first"]
    week = kept.published + A_WEEK if kept.published else monday_of(first) if first else None
    while week is not None and week < monday_of(clock.today()):
        yield week
        week += A_WEEK


def _publish(themes: list[Theme], week: date) -> None:
    """Publish a week of these themes, and tell of what rose in it."""
    pks = [theme.pk for theme in themes]
    said = Opinion.objects.filter(theme__in=pks, said_on__lt=week + A_WEEK).order_by()
    rows: Any = said.values_list("theme", "tendency").annotate(count=Count("pk"))
    now = {(theme, tendency): count for theme, tendency, count in rows}
    rows = ThemeWeek.objects.filter(theme__in=pks, week=week - A_WEEK).values_list("theme", "tendency", "count")
    before = {(theme, tendency): count for theme, tendency, count in rows}
    counts = {key: released(before.get(key, 0), now.get(key, 0)) for key in {*now, *before}}
    ThemeWeek.objects.bulk_create(
        ThemeWeek(theme_id=theme, week=week, tendency=tendency, count=count)
        for (theme, tendency), count in sorted(counts.items())
        if count or before.get((theme, tendency))
    )
    for theme in themes:
        _look_for_rise(theme, week)


def course_of(theme: Theme) -> list[tuple[date, int]]:
    """The weeks of a theme with what each added, as published, the oldest first."""
    by_week: dict[date, int] = {}
    for week, count in theme.weeks.values_list("week", "count"):
        by_week[week] = by_week.get(week, 0) + count
    if not by_week:
        return []
    weeks = [min(by_week) + A_WEEK * at for at in range((max(by_week) - min(by_week)).days // 7 + 1)]
    found, before = [], 0
    for week in weeks:
        found.append((week, max(0, by_week.get(week, 0) - before)))
        before = by_week.get(week, 0)
    return found


def _look_for_rise(theme: Theme, week: date) -> None:
    """Keep a rise in the week that was just published, and tell whoever listens for the unit of it, once."""
    course = course_of(theme)
    if not course or course[-1][0] != week:
        return
    count = course[-1][1]
    past = [Decimal(added) for _week, added in course[:-1]][-A_YEAR:]
    usual = usual_of(past)
    if usual is None or not is_jump(Decimal(count), usual) or count < usual.largest + smallest_group():
        return  # numbers move in steps, so a whole group more than ever is the least that is a rise
    rise, is_new = Rise.objects.get_or_create(
        theme=theme,
        week=week,
        defaults={
            "count": count,
            "middle": usual.middle,
            "largest": int(usual.largest),
            "weeks": usual.periods,
        },
    )
    if is_new and week >= monday_of(clock.today()) - 2 * A_WEEK:
        _notify(theme, rise)


def _notify(theme: Theme, rise: Rise) -> None:
    people: list[Person] = list(who_may(Action.ANSWER_OPINION, theme.unit))
    notify(
        News(
            person=person.pk,
            occasion=Occasion.RISING,
            since=rise.week,
            object_type="theme",
            object_id=theme.pk,
            unit=theme.unit_id,
            reach=Reach.DIGEST,
            key=f"rise:{rise.pk}:{person.pk}",
        )
        for person in people
    )


def _look_ahead(theme: Theme, week: date) -> None:
    """Work out the next weeks of a theme, and keep it only where it beats the naive forecast."""
    course = course_of(theme)
    ThemeOutlook.objects.filter(theme=theme).delete()
    if len(course) < settings.PROJECTION_LEAST["week"] or course[-1][0] != week:
        return
    import numpy as np  # slow to load: only who looks ahead waits for it

    from motbuoc.domains.ledger.forecasting import Rule, tell  # loads pandas: likewise

    rule = Rule(settings.PROJECTION_LEVEL / 100, settings.PROJECTION_MARGIN / 100)
    column = np.array([[float(added)] for _week, added in course])
    told = tell([column], AHEAD, 0, A_YEAR, rule)[0]
    if not rule.is_judged(told) or not rule.is_better(told) or not rule.is_honest(told) or told.half is None:
        return
    ThemeOutlook.objects.create(
        theme=theme,
        week=week,
        ahead=AHEAD,
        amount=told.amount,
        low=max(0.0, told.amount - told.half),
        high=told.amount + told.half,
        error=told.error,
        naive_error=told.naive_error,
        held_back=told.held_back,
    )
