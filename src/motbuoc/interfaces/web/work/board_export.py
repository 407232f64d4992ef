"""The board as a file: exactly what the page shows, on all its pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.work.board import Cell, Group, GroupCell, Row
from motbuoc.domains.work.selectors import directives_for
from motbuoc.domains.work.standing import STATE_ORDER, Lateness
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.sheets import Sheet, Value, as_csv, as_excel, mark_of
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.board_html import SHORT
from motbuoc.interfaces.web.work.board_views import Looked, column_words, looked_at

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 500  # rows read at a time


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def board_export(request: ViewerRequest, pk: int, kind: str) -> HttpResponseBase:
    """The board as it is narrowed and grouped by the address, as `xlsx` or `csv`."""
    document = get_object_or_404(directives_for(request.viewer).defer(None).defer("reading"), pk=pk)
    if kind not in ("xlsx", "csv"):
        raise Http404
    looks_at(request, "document", pk, document.unit_id)
    looked, day = looked_at(request, document), clock.today()
    mark = mark_of(document.classification)
    sheet = Sheet(
        title=f"{document.code} {document.subject}".strip(),
        note=_("As of %(day)s; %(count)s units.") % {"day": f"{day:%d/%m/%Y}", "count": looked.reading.unit_count},
        headings=_headings(looked),
        rows=_rows(looked),
        mark=mark,
    )
    name = f"bang-theo-doi-{pk}-{day:%Y-%m-%d}{f'-{slugify(mark)}' if mark else ''}.{kind}"
    if kind == "xlsx":
        return FileResponse(BytesIO(as_excel(sheet)), as_attachment=True, filename=name, content_type=EXCEL)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(as_csv(sheet)), content_type="text/csv; charset=utf-8", headers=disposition)


def _headings(looked: Looked) -> list[str]:
    reading = looked.reading
    items = [column_words(reading.document, column) for column in reading.columns]
    named = [f"{words['number']}. {words['title']}" if words["number"] else words["title"] for words in items]
    states = [str(SHORT[state]) for state in STATE_ORDER] if reading.view.level else []
    units = [_("Units with a task")] if reading.view.level else []
    return [_("Unit"), *units, _("Tasks"), _("Done"), _("Overdue"), *states, *named]


def _rows(looked: Looked) -> Iterator[list[Value]]:
    """All units first, as on the page, then each row."""
    reading = looked.reading
    whole = reading.totals
    sums: list[Value] = [_share(total.done, total.count, total.overdue) for total in reading.column_totals]
    units: list[Value] = [reading.unit_count] if reading.view.level else []
    states: list[Value] = [""] * len(STATE_ORDER) if reading.view.level else []
    yield [_("All units"), *units, whole.count, whole.done, whole.overdue, *states, *sums]
    for start in range(0, len(looked), AT_ONCE):
        for row in looked[start : start + AT_ONCE]:
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
