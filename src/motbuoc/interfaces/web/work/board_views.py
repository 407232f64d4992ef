"""What of a board an address asks for: the same for the page and for what is downloaded of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.work.boards import OUTSIDE, Reading, View, board_reading, way_to
from motbuoc.interfaces.papers.board_sheet import column_words
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.forms import BoardFilter

MOST_BY_ITSELF = 100  # units that are listed one by one unless asked otherwise; more are shown by level


@dataclass(frozen=True)
class Looked:
    """A board as it is looked at (`reading`) and all of it (`whole`); `way` leads down to the opened unit.

    Counts and cuts like a list of the rows, for a paginator.
    """

    reading: Reading
    whole: Reading
    way: list[Any]
    items: tuple[tuple[int, str], ...]

    def __len__(self) -> int:
        return self.reading.row_count

    def __getitem__(self, part: slice) -> list[Any]:
        read = self.reading.groups if self.reading.view.level else self.reading.rows
        return read(part.start or 0, part.stop)


def looked_at(request: ViewerRequest, document: Document) -> Looked:
    """The board of a directive as the address asks for it.

    Raises:
        Http404: it asks for what is below a unit that is not in the viewer's reach.
    """
    viewer, whole = request.viewer, board_reading(request.viewer, document)
    items = tuple(_named(document, column) for column in whole.columns)
    view, level = _asked(request, items)
    way = way_to(viewer, document, view.under_id) if view.under_id is not None else []
    if view.under_id is not None and not way:
        raise Http404
    reading = whole.narrowed(view) if view.is_narrow else whole
    if level is None:
        is_great = whole.unit_count > MOST_BY_ITSELF or view.under_id is not None
        level = 1 if is_great and len(reading.levels) > 1 else 0
    elif level and level > len(reading.levels):
        level = 0
    if level != view.level:
        reading = reading.at_level(level)
    return Looked(reading, whole, way, items)


def _asked(request: ViewerRequest, items: tuple[tuple[int, str], ...]) -> tuple[View, int | None]:
    """What is looked at, and the level if one was asked for. What makes no sense asks for nothing."""
    form = BoardFilter(request.GET)
    form.offer(items)
    form.is_valid()
    told = form.cleaned_data
    view = View(
        words=told.get("words", ""),
        item_id=told.get("item"),
        state=told.get("state", ""),
        lateness=told.get("lateness"),
        under_id=told.get("under"),
    )
    return view, told.get("level")


def _named(document: Document, column: Provision | None) -> tuple[int, str]:
    """An item to choose: its id, and its number with its title."""
    words = column_words(document, column)
    number = f"{words['number']}. " if words["number"] else ""
    return column.pk if column else OUTSIDE, f"{number}{words['title']}"[:80]
