"""The rows of a board as HTML, in one pass without templates: a board has hundreds of cells.

What varies is escaped or a number; what repeats (a cell's colour, drawing and word) is made once per language.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from motbuoc.domains.work.board import Board, Cell, Row
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.interfaces.web.templatetags import signs

S = AssignmentState
SHORT: dict[str, Any] = {
    S.ASSIGNED: pgettext_lazy("cell of a board", "Not received"),
    S.ACKNOWLEDGED: pgettext_lazy("cell of a board", "Received"),
    S.IN_PROGRESS: pgettext_lazy("cell of a board", "Under way"),
    S.SUBMITTED: pgettext_lazy("cell of a board", "To accept"),
    S.RETURNED: pgettext_lazy("cell of a board", "Returned"),
    S.ACCEPTED: pgettext_lazy("cell of a board", "Done"),
    S.SUSPENDED: pgettext_lazy("cell of a board", "Suspended"),
    S.CANCELLED: pgettext_lazy("cell of a board", "Cancelled"),
}
"""A state in a word or two, where there is no room for its label."""

NOTHING = '<td class="none"><span class="visually-hidden">{}</span></td>'


class Links(NamedTuple):
    """Where cells lead: `assignment` is followed by an id, `inbox` by the name and value of more to ask for."""

    assignment: str
    inbox: str


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


def rows_of(board: Board, links: Links) -> SafeString:
    """The table rows of a board: the unit, its sum, and a cell for each column."""
    language = get_language() or ""
    nothing = NOTHING.format(escape(_("nothing asked")))
    overdue = f"{signs.drawing('warning')}%s {escape(_('overdue'))}"
    inbox, assignment = escape(links.inbox), escape(links.assignment)
    parts: list[str] = []
    for row in board.rows:
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
