"""The issue board: themes with their figures by week, never people; all made of what `publishing` published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count

from motbuoc.domains.listening.models import Opinion, Rise, Theme, ThemeOutlook, ThemeWeek
from motbuoc.domains.listening.publishing import A_WEEK, monday_of
from motbuoc.domains.listening.suppression import smallest_group
from motbuoc.foundation.core import clock

SHOWN_WEEKS = 12  # that a course on the board has
NEWS_WEEKS = 3  # so long a rise stands on the board


class Row(NamedTuple):
    """A theme on the board, as it may be shown.

    `total`: opinions published; `course`: by week what was added, the oldest first; `tendencies`: by tendency how
    many; `places`: the boxes into which at least a smallest group came, without numbers; `rise`: one of the last
    weeks; `outlook`: of the next weeks, where one is kept.
    """

    theme: Theme
    total: int
    course: tuple[tuple[date, int], ...]
    tendencies: dict[str, int]
    places: tuple[str, ...]
    rise: Rise | None
    outlook: ThemeOutlook | None

    @property
    def is_small(self) -> bool:
        """Whether no figure of it can be shown."""
        return self.total == 0

    @property
    def lately(self) -> tuple[tuple[date, int], ...]:
        """The course of the last weeks."""
        return self.course[-SHOWN_WEEKS:]

    @property
    def shares(self) -> dict[str, int]:
        """The share of each tendency among what was sorted, in whole percent; empty where nothing was."""
        sorted_ones = {name: count for name, count in self.tendencies.items() if name and count}
        whole = sum(sorted_ones.values())
        return {name: round(100 * count / whole) for name, count in sorted_ones.items()}

    @property
    def sorted_count(self) -> int:
        """How many opinions the shares are of."""
        return sum(count for name, count in self.tendencies.items() if name)


def board_of(themes: Iterable[Any]) -> list[Row]:
    """The rows of themes, the largest first, those too small to be shown last by name."""
    found = list(themes)
    pks = [theme.pk for theme in found]
    weeks, places = _published(pks), _places(pks)
    since = monday_of(clock.today()) - A_WEEK * NEWS_WEEKS
    rises = {rise.theme_id: rise for rise in Rise.objects.filter(theme__in=pks, week__gte=since).order_by("week")}
    outlooks = {each.theme_id: each for each in ThemeOutlook.objects.filter(theme__in=pks)}
    rows = [
        _row(theme, weeks.get(theme.pk, {}), places.get(theme.pk, ()), rises.get(theme.pk), outlooks.get(theme.pk))
        for theme in found
    ]
    return sorted(rows, key=lambda row: (row.rise is None, -row.total, row.theme.name, row.theme.pk))


def _row(
    theme: Theme,
    weeks: dict[date, dict[str, int]],
    places: Sequence[str],
    rise: Rise | None,
    outlook: ThemeOutlook | None,
) -> Row:
    course, before = [], 0
    last = max(weeks) if weeks else None
    week = min(weeks) if weeks else None
    while week is not None and last is not None and week <= last:
        whole = sum(weeks.get(week, {}).values())
        course.append((week, max(0, whole - before)))
        before, week = whole, week + A_WEEK
    now = weeks[last] if last else {}
    return Row(theme, sum(now.values()), tuple(course), now, tuple(places) if now else (), rise, outlook)


def _published(themes: list[int]) -> dict[int, dict[date, dict[str, int]]]:
    """By theme, week and tendency: how many opinions are published in all."""
    found: dict[int, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = ThemeWeek.objects.filter(theme__in=themes).order_by()
    for theme, week, tendency, count in rows.values_list("theme", "week", "tendency", "count"):
        found[theme][week][tendency] = count
    return found


def _places(themes: list[int]) -> dict[int, tuple[str, ...]]:
    """By theme: the names of the boxes into which at least a smallest group came, before the week that runs."""
    past = Opinion.objects.filter(theme__in=themes, said_on__lt=monday_of(clock.today())).order_by()
    rows: Any = past.values_list("theme", "box__name").annotate(count=Count("pk"))
    found: dict[int, list[str]] = defaultdict(list)
    for theme, name, count in rows:
        if count >= smallest_group():
            found[theme].append(name)
    return {theme: tuple(sorted(names)) for theme, names in found.items()}
