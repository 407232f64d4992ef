"""The rows of the inbox as HTML, in one pass without templates; what repeats is made once per language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motbuoc.domains.work.inbox import Task
from motbuoc.domains.work.practices import places_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.templatetags import signs
from motbuoc.interfaces.web.work.words import days_left

LONGEST = 120  # characters of a task's words


@cache
def _badges(state: str, lateness: int, classification: str, _language: str) -> str:
    late = signs.LATENESS.get(lateness)
    parts = (
        signs.badge(signs.STATES[state]),
        signs.badge(late) if late else "",
        signs.class_badge(classification),
    )
    return " ".join(part for part in parts if part)


@cache
def _labels(_language: str) -> tuple[str, ...]:
    words = (_("Unit"), _("Directive"), _("State"), _("Due"), _("no date"), _("item %(number)s"), _("no number"))
    return tuple(escape(word) for word in words)


def _tick(pk: int, label: str, words: str) -> str:
    if not label:
        return ""
    said = f"{label}: {words}"
    return f'<input class="form-check-input" type="checkbox" name="task" value="{pk}" aria-label="{said}"> '


def place_links(viewer: Person, tasks: Iterable[Task]) -> dict[int, SafeString]:
    """By task the link to where its result is handed in: a form to fill in. Looked for where there is no paper."""
    found = places_of([task.pk for task in tasks if not task.code])
    link = '<br><a href="{}">{}</a>'
    return {
        pk: format_html(link, reverse(place.practice.page, args=[place.pk]), place.practice.label)
        for pk, place in found.items()
        if policy.may(viewer, place.practice.action)
    }


def task_rows(
    tasks: Iterable[Task],
    today: date,
    prefix: str,
    *,
    chosen_by: str = "",
    places: Mapping[int, SafeString] | None = None,
) -> SafeString:
    """The table rows; each task leads to `prefix` followed by its id, and has a tick if `chosen_by` names them.

    `places`: by task the link to where its result is handed in, where that is elsewhere.
    """
    language = get_language() or ""
    unit, directive, state, due, no_date, item, no_code = _labels(language)
    parts: list[str] = []
    for task in tasks:
        words = escape(Truncator(task.words).chars(LONGEST) if len(task.words) > LONGEST else task.words)
        number = item % {"number": escape(task.number)} if task.number else ""
        day = f"{task.due_on:%d/%m/%Y}" if task.due_on else no_date
        tick = _tick(task.pk, chosen_by, words)
        parts += (
            f'<tr><th scope="row">{tick}<a class="task-words" href="{prefix}{task.pk}/">{words}</a>',
            f"{(places or {}).get(task.pk, '')}</th>",
            f'<td data-label="{unit}">{escape(task.unit_name)}</td>',
            f'<td data-label="{directive}"><span class="name">{escape(task.code) or no_code}</span>',
            f' <span class="muted name">{number}</span></td>',
            f'<td data-label="{state}"><span class="badges">',
            _badges(task.state, task.lateness, task.classification, language),
            f'</span></td><td data-label="{due}"><span class="name">{day}</span>',
            f' <span class="muted name">{escape(days_left(task, today))}</span></td></tr>',
        )
    return mark_safe("".join(parts))  # noqa: S308 - numbers and days, and words escaped above
