"""The rows of a board as HTML, in one pass without templates: a board has hundreds of cells.

What varies is escaped or a number; what repeats (a cell's colour, drawing and word) is made once per language.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motbuoc.domains.work.board import Cell, Group, GroupCell, Row
from motbuoc.domains.work.standing import STATE_ORDER, Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.interfaces.papers.board_sheet import SHORT
from motbuoc.interfaces.web.templatetags import signs

S = AssignmentState
NOTHING = '<td class="none"><span class="visually-hidden">{}</span></td>'


class Links(NamedTuple):
    """Where cells lead: `assignment` is followed by an id, the others by the name and value of more to ask for."""

    assignment: str
    inbox: str
    board: str = ""


class Face(NamedTuple):
    """What all cells of one state and lateness share: before the link's address, before and after the count."""

    before: str
    words: str
    after: str


@cache
def _face(state: AssignmentState, lateness: Lateness, _language: str) -> Face:
    sign, late = signs.STATES[state], signs.LATENESS.get(lateness)
    css = late.css if late and lateness is Lateness.OVERDUE else sign.css
    full = f"{sign.label}, {late.label}" if late else str(sign.label)
    after = f'<small class="{late.css}">{signs.drawing(late.drawing)}{escape(late.label)}</small>' if late else ""
    return Face(
        f'<td class="{css}"><a title="{escape(full)}" href="',
        f'">{signs.drawing(sign.drawing)}{escape(SHORT[state])} <b>',
        f"</b>{after}</a></td>",
    )


def rows_of(rows: Iterable[Row], links: Links) -> SafeString:
    """The table rows of a board, a unit each: the unit, its sum, and a cell for each column."""
    language = get_language() or ""
    nothing = NOTHING.format(escape(_("nothing asked")))
    overdue = f"{signs.drawing('warning')}%s {escape(_('overdue'))}"
    inbox, assignment = escape(links.inbox), escape(links.assignment)
    parts: list[str] = []
    for row in rows:
        parts.append(_head(row, inbox, overdue))
        for cell in row.cells:
            parts.append(
                _cell(cell, _face(cell.state, cell.lateness, language), inbox, assignment) if cell else nothing
            )
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and words escaped above


def _head(row: Row, inbox: str, overdue: str) -> str:
    late = f'<small class="is-overdue">{overdue % row.overdue}</small>' if row.overdue else ""
    name = f'<a href="{inbox}&amp;unit={row.unit_id}">{escape(row.name)}</a>'
    return f'<tr><th scope="row">{name}</th><td class="sum"><b>{row.done}/{row.count}</b>{late}</td>'


def _cell(cell: Cell, face: Face, inbox: str, assignment: str) -> str:
    if cell.count == 1:
        url = f"{assignment}{cell.assignment_id}/"
    else:
        item = "" if cell.provision_id is None else f"&amp;item={cell.provision_id}"
        url = f"{inbox}&amp;unit={cell.unit_id}{item}"
    done = f"{cell.done}/{cell.count}" if cell.count else ""  # all cancelled: nothing to count
    return f"{face.before}{url}{face.words}{done}{face.after}"


def groups_of(groups: Iterable[Group], links: Links) -> SafeString:
    """The rows of a board at a level of the tree: a unit with all below it, by state and in each column."""
    nothing = NOTHING.format(escape(_("nothing asked")))
    board, inbox = escape(links.board), escape(links.inbox)
    parts: list[str] = []
    for group in groups:
        url = f"{inbox}&amp;unit={group.unit_id}" if group.is_own else f"{board}&amp;under={group.unit_id}"
        parts.append(_group_head(group, url))
        for cell in group.cells:
            parts.append(_group_cell(cell, url) if cell else nothing)
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and words escaped above


def _group_head(group: Group, url: str) -> str:
    whole, note = group.together, _("its own tasks")
    if not group.is_own:
        note = ngettext("%(count)s unit", "%(count)s units", group.units) % {"count": group.units}
    states = "".join(_in_state(state, number) for state, number in zip(STATE_ORDER, whole.states, strict=True))
    return (
        f'<tr><th scope="row"><a href="{url}">{escape(group.name)} <small>{escape(note)}</small></a></th>'
        f'<td class="sum"><b>{whole.done}/{whole.count}</b>{_late(whole.overdue)}'
        f'<ul class="in-states">{states}</ul></td>'
    )


def _in_state(state: AssignmentState, number: int) -> str:
    sign = signs.STATES[state]
    word = escape(SHORT[state])
    hidden = f'<span class="visually-hidden">{word} </span>'
    return (
        f'<li class="{sign.css}" title="{word}">{signs.drawing(sign.drawing)}{hidden}{number}</li>'
        if number
        else ""
    )


def _group_cell(cell: GroupCell, url: str) -> str:
    return (
        f'<td class="{_css_of(cell)}"><a href="{url}">{signs.drawing(_sign_of(cell))}'
        f"<b>{cell.done}/{cell.count}</b>{_late(cell.overdue)}</a></td>"
    )


def _css_of(cell: GroupCell) -> str:
    """The colour of what is late, or else of how far the whole is."""
    return "is-overdue" if cell.overdue else signs.STATES[_whole_state(cell)].css


def _sign_of(cell: GroupCell) -> str:
    return signs.STATES[_whole_state(cell)].drawing


def _whole_state(cell: GroupCell) -> AssignmentState:
    """All done, nothing acknowledged yet, or under way; of what is all cancelled, that."""
    if not cell.count:
        return S.CANCELLED
    if cell.done == cell.count:
        return S.ACCEPTED
    return S.ASSIGNED if cell.states[STATE_ORDER.index(S.ASSIGNED)] == cell.count else S.IN_PROGRESS


def _late(number: int) -> str:
    words = f"{signs.drawing('warning')}{number} {escape(_('overdue'))}"
    return f'<small class="is-overdue">{words}</small>' if number else ""
