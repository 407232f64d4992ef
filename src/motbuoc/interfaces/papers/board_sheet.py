"""A board as a file: its items across, its units down, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.reporting.selectors import title_of
from motbuoc.domains.work.board import Cell, Group, GroupCell, Row
from motbuoc.domains.work.boards import Reading
from motbuoc.domains.work.standing import STATE_ORDER, Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.sheets import Sheet, Value, as_csv, as_excel, mark_of

S = AssignmentState
SHORT: dict[str, Any] = {
    S.ASSIGNED: pgettext_lazy("cell of a board", "Not received"),
    S.ACKNOWLEDGED: pgettext_lazy("cell of a board", "Received"),
    S.IN_PROGRESS: pgettext_lazy("cell of a board", "Under way"),
    S.SUBMITTED: pgettext_lazy("cell of a board", "To accept"),
    S.QUESTIONED: pgettext_lazy("cell of a board", "Question"),
    S.RETURNED: pgettext_lazy("cell of a board", "Returned"),
    S.ACCEPTED: pgettext_lazy("cell of a board", "Done"),
    S.SUSPENDED: pgettext_lazy("cell of a board", "Suspended"),
    S.CANCELLED: pgettext_lazy("cell of a board", "Cancelled"),
}
"""A state in a word or two, where there is no room for its label."""

KINDS = ("xlsx", "csv")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 500  # rows read at a time


def board_download(reading: Reading, kind: str) -> HttpResponseBase:
    """All rows of a board as it is looked at, as a download of one of `KINDS`."""
    document, day = reading.document, clock.today()
    mark = mark_of(document.classification)
    sheet = Sheet(
        title=f"{document.code} {document.subject}".strip(),
        note=_("As of %(day)s; %(count)s units.") % {"day": f"{day:%d/%m/%Y}", "count": reading.unit_count},
        headings=_headings(reading),
        rows=_rows(reading),
        mark=mark,
    )
    name = f"bang-theo-doi-{document.pk}-{day:%Y-%m-%d}{f'-{slugify(mark)}' if mark else ''}.{kind}"
    if kind == "xlsx":
        return FileResponse(BytesIO(as_excel(sheet)), as_attachment=True, filename=name, content_type=EXCEL)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(as_csv(sheet)), content_type="text/csv; charset=utf-8", headers=disposition)


def column_words(document: Document, provision: Provision | None) -> dict[str, str]:
    """A column's number, its title in a few words, and its own words."""
    if provision is None:
        return {"number": "", "title": _("Outside the items"), "words": ""}
    words = document.text[provision.start : provision.end].strip()
    return {
        "number": provision.number,
        "title": provision.heading or title_of(words, provision.number),
        "words": words,
    }


def _headings(reading: Reading) -> list[str]:
    items = [column_words(reading.document, column) for column in reading.columns]
    named = [f"{words['number']}. {words['title']}" if words["number"] else words["title"] for words in items]
    states = [str(SHORT[state]) for state in STATE_ORDER] if reading.view.level else []
    units = [_("Units with a task")] if reading.view.level else []
    return [_("Unit"), *units, _("Tasks"), _("Done"), _("Overdue"), *states, *named]


def _rows(reading: Reading) -> Iterator[list[Value]]:
    """All units first, as on the page, then each row."""
    whole = reading.totals
    sums: list[Value] = [_share(total.done, total.count, total.overdue) for total in reading.column_totals]
    units: list[Value] = [reading.unit_count] if reading.view.level else []
    states: list[Value] = [""] * len(STATE_ORDER) if reading.view.level else []
    yield [_("All units"), *units, whole.count, whole.done, whole.overdue, *states, *sums]
    read = reading.groups if reading.view.level else reading.rows
    for start in range(0, reading.row_count, AT_ONCE):
        for row in read(start, start + AT_ONCE):
            yield _group_row(row) if isinstance(row, Group) else _row(row)


def _row(row: Row) -> list[Value]:
    return [row.name, row.count, row.done, row.overdue, *(_cell(cell) for cell in row.cells)]


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    late = f", {cell.lateness.label}" if cell.lateness is not Lateness.NONE else ""
    return f"{SHORT[cell.state]} {cell.done}/{cell.count}{late}" if cell.count else str(SHORT[cell.state])


def _group_row(group: Group) -> list[Value]:
    whole = group.together
    cells = [_group_cell(cell) for cell in group.cells]
    name = f"{group.name} ({_('its own tasks')})" if group.is_own else group.name
    return [name, group.units, whole.count, whole.done, whole.overdue, *whole.states, *cells]


def _group_cell(cell: GroupCell | None) -> str:
    return _share(cell.done, cell.count, cell.overdue) if cell else ""


def _share(done: int, count: int, overdue: int) -> str:
    """In words, because a spreadsheet takes 1/2 for a day."""
    late = f", {overdue} {_('overdue')}" if overdue else ""
    return _("%(done)s of %(count)s") % {"done": done, "count": count} + late
