"""Lines of the history as CSV, line by line: for a spreadsheet, or for whoever proves them elsewhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.selectors import unit_names_of
from motbuoc.interfaces.papers.acts import object_word, words_of

AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


class _Line:
    """Where the writer writes: what it wrote is handed out at once."""

    def write(self, text: str) -> str:
        return text


def csv_of(lines: Iterable[HistoryLine]) -> Iterator[str]:
    """The file in pieces of a few hundred lines, in the language of whoever asks; never more in memory."""
    return _pieces(iter(lines), get_language() or "")


def _pieces(lines: Iterator[HistoryLine], language: str) -> Iterator[str]:
    """A page is sent after its language was put away, so every piece takes it up again."""
    writer = csv.writer(_Line())
    with override(language):
        head = "\ufeff" + writer.writerow(_headings())  # the mark by which Excel knows UTF-8
    yield head
    while batch := list(islice(lines, AT_ONCE)):
        names = unit_names_of(batch)
        with override(language):
            piece = [writer.writerow(map(harmless, _cells(line, names[line.pk]))) for line in batch]
        yield "".join(piece)


def harmless(cell: Any) -> str:
    """A cell that no spreadsheet will run as a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _headings() -> list[str]:
    return [
        _("Line"),
        _("Moment"),
        _("Person"),
        _("Position"),
        _("Unit"),
        _("Act"),
        _("Name of the act"),
        _("Object"),
        _("Number of the object"),
        _("Values"),
        _("Personal values"),
        _("Request"),
        _("Digest"),
    ]


def _cells(line: HistoryLine, unit: str) -> list[Any]:
    personal = _("erased as the rules demand") if line.is_erased else _json(line.personal_values)
    return [
        line.pk,
        timezone.localtime(line.at).isoformat(timespec="seconds"),
        line.actor.full_name,
        line.position.get_title_display() if line.position else "",
        unit,
        words_of(line.action).label,
        line.action,
        object_word(line.object_type),
        line.object_id,
        _json(line.values),
        personal,
        line.request,
        line.digest,
    ]


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else ""
