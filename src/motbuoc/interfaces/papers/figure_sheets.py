"""A table of figures as a file, exactly as it is shown: Excel with formulas, CSV, or Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from motbuoc.domains.ledger.below import OWN
from motbuoc.domains.ledger.choices import Axis
from motbuoc.domains.ledger.figures import Standing
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.pivot import Cell, Member, Pivot
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.interfaces.papers.board_sheet import EXCEL
from motbuoc.interfaces.papers.figure_words import member_words, together_words
from motbuoc.interfaces.papers.sheets import Sheet, as_csv, mark_of

KINDS = ("xlsx", "csv", "parquet")
FIRST = 5  # the row of the first figures, from 0: title, note, mark, headings and measures stand above


def pivot_download(period: ReportingPeriod, pivot: Pivot, standing: Standing, kind: str) -> HttpResponseBase:
    """A table of figures as a download of one of `KINDS`; `standing`: who is missing in the period looked at."""
    name = f"so-lieu-{period.end:%Y-%m-%d}-{pivot.unit.pk}.{kind}"
    if kind == "parquet":
        content, of_type = _as_parquet(pivot), "application/octet-stream"
        return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=of_type)
    title = ". ".join([period.form.name, period.label, pivot.unit.name, *_alone(pivot)])
    note, mark = _who_is_in(pivot, standing), mark_of(period.document.classification)
    if kind == "xlsx":
        book = _Book(pivot).written(title, note, mark)
        return FileResponse(BytesIO(book), as_attachment=True, filename=name, content_type=EXCEL)
    sheet = Sheet(title, note, _headings(pivot), _plain_rows(pivot), mark)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(as_csv(sheet)), content_type="text/csv; charset=utf-8", headers=disposition)


def _alone(pivot: Pivot) -> list[str]:
    """What is on no axis and narrows the table: the one indicator, the one part."""
    shape = pivot.shape
    found = (
        [] if shape.shows(Axis.INDICATOR) else [f"{shape.indicators[0].name} ({shape.indicators[0].measured_in})"]
    )
    return [*found, shape.category.name] if shape.category else found


def _who_is_in(pivot: Pivot, standing: Standing) -> str:
    words = _("%(accepted)s of %(expected)s units are in it.")
    note = words % {"accepted": standing.accepted, "expected": standing.expected}
    if standing.missing:
        note += " " + _("Missing: %(names)s.") % {"names": ", ".join(standing.missing)}
    if any(cell.missing for cell in pivot.column_totals + pivot.row_totals):
        note += " " + _("Reports that are missing in a figure are said beside it, or by its colour.")
    return note


def _measured(pivot: Pivot, member: Member) -> str:
    """The measure of a row or a column that is an indicator."""
    known = {row.pk: row.measured_in for row in pivot.shape.indicators}
    return known[member.key] if member.axis == Axis.INDICATOR else ""


def _named(pivot: Pivot, member: Member) -> str:
    measure = _measured(pivot, member)
    return f"{member_words(member)} ({measure})" if measure else member_words(member)


def _headings(pivot: Pivot) -> list[str]:
    heads = [str(pivot.shape.rows.label), *(_named(pivot, column) for column in pivot.columns)]
    heads += [str(together_words(pivot.shape.columns))] if pivot.row_totals else []
    return [*heads, str(_("Missing reports"))]


def _plain_rows(pivot: Pivot) -> Iterator[list[str]]:
    """Rows of plain numbers, the totals last; how many reports are missing in the row stands behind them."""
    for place, row in enumerate(pivot.rows):
        total = [pivot.row_totals[place]] if pivot.row_totals else []
        yield _plain_row(_named(pivot, row), [*pivot.cells[place], *total])
    if pivot.column_totals:
        whole = [pivot.whole] if pivot.whole else []
        yield _plain_row(together_words(pivot.shape.rows), [*pivot.column_totals, *whole])


def _plain_row(name: str, cells: Sequence[Cell]) -> list[str]:
    missing = max((cell.missing for cell in cells), default=0)
    return [name, *(_plain(cell.value) for cell in cells), str(missing)]


def _plain(value: Decimal | None) -> str:
    """A number for a file: with a comma, without points; nothing where it is blank."""
    if value is None:
        return ""
    words = f"{round(value, 3):f}"
    return (words.rstrip("0").rstrip(".") if "." in words else words).replace(".", ",") or "0"


class _Book:
    """An Excel file whose sums and shares are formulas as far as what they are made of stands in it."""

    def __init__(self, pivot: Pivot) -> None:
        self.pivot, self.out = pivot, BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self.out, options)
        self.page = self.book.add_worksheet()
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        short = {"bg_color": "#fff2cc"}  # a figure in which reports are missing
        self.styles = {
            (is_total, is_short): self.book.add_format(
                {"border": 1, "bold": is_total, "num_format": "#,##0.###"} | (short if is_short else {})
            )
            for is_total in (False, True)
            for is_short in (False, True)
        }
        self.places: dict[Axis, dict[int, int]] = {
            pivot.shape.columns: {member.key: at for at, member in enumerate(pivot.columns, 1)},
            pivot.shape.rows: {member.key: at for at, member in enumerate(pivot.rows, FIRST)},
        }

    def written(self, title: str, note: str, mark: str) -> bytes:
        """The file."""
        pivot, page = self.pivot, self.page
        self._laid_out(title, note, mark)
        last, below = len(pivot.columns) + 1, FIRST + len(pivot.rows)
        for place, row in enumerate(pivot.rows):
            page.write_string(FIRST + place, 0, _named(pivot, row), self.styles[False, False])
            for at, cell in enumerate(pivot.cells[place], 1):
                self._write(FIRST + place, at, cell)
            if pivot.row_totals:
                self._write(
                    FIRST + place, last, pivot.row_totals[place], adds=(FIRST + place, 1, FIRST + place, last - 1)
                )
        if pivot.column_totals:
            page.write_string(below, 0, together_words(pivot.shape.rows), self.styles[True, False])
            for at, cell in enumerate(pivot.column_totals, 1):
                self._write(below, at, cell, adds=(FIRST, at, below - 1, at))
            if pivot.whole:
                self._write(below, last, pivot.whole, adds=(FIRST, last, below - 1, last))
        self.book.close()
        return self.out.getvalue()

    def _laid_out(self, title: str, note: str, mark: str) -> None:
        pivot, page = self.pivot, self.page
        page.set_column(0, 0, 40)
        page.set_column(1, len(pivot.columns) + 1, 14)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.freeze_panes(FIRST, 1)
        page.write_string(0, 0, title, self.book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 0, note)
        page.write_string(2, 0, mark)
        page.write_string(3, 0, str(pivot.shape.rows.label), self.head)
        for at, column in enumerate(pivot.columns, 1):
            page.write_string(3, at, member_words(column), self.head)
            page.write_string(4, at, _measured(pivot, column), self.head)
        if pivot.row_totals:
            page.write_string(3, len(pivot.columns) + 1, together_words(pivot.shape.columns), self.head)

    def _write(self, place: int, at: int, cell: Cell, adds: tuple[int, int, int, int] | None = None) -> None:
        """A figure as a number; as a formula where it is a sum of what stands there, or a share of it."""
        indicator, style = cell.spot.indicator, self.styles[adds is not None, cell.missing > 0]
        shown = "" if cell.value is None else float(cell.value)
        if cell.value is not None and (formula := self._formula(place, at, indicator, adds)):
            self.page.write_formula(place, at, formula, style, shown)
        elif cell.value is None:
            self.page.write_blank(place, at, None, style)
        else:
            self.page.write_number(place, at, round(float(cell.value), 6), style)

    def _formula(self, place: int, at: int, indicator: Indicator, adds: tuple[int, int, int, int] | None) -> str:
        if indicator.is_share:
            parts = [self._part(place, at, pk) for pk in (indicator.numerator_id, indicator.denominator_id)]
            return f'=IF(N({parts[1]})=0,"",ROUND({parts[0]}*100/{parts[1]},2))' if all(parts) else ""
        if adds is None:
            return ""
        top, left, bottom, right = adds
        return f"=SUM({xl_col_to_name(left)}{top + 1}:{xl_col_to_name(right)}{bottom + 1})"

    def _part(self, place: int, at: int, indicator: int | None) -> str:
        """The cell of a part of the share that stands at a place; "" where it is not in the table."""
        if (where := self.places.get(Axis.INDICATOR, {}).get(indicator or 0)) is None:
            return ""
        is_beside = self.pivot.shape.columns == Axis.INDICATOR
        return f"{xl_col_to_name(where if is_beside else at)}{(place if is_beside else where) + 1}"


def _as_parquet(pivot: Pivot) -> bytes:
    """One row a cell that has a figure; totals are left to whoever reads it."""
    import pyarrow as pa  # takes long to load, and few ask for it
    from pyarrow import parquet  # takes long to load, and few ask for it

    fields = {
        "period": pa.string(),
        "end": pa.date32(),
        "unit_id": pa.int64(),
        "unit": pa.string(),
        "is_own": pa.bool_(),
        "indicator": pa.string(),
        "measure": pa.string(),
        "category": pa.string(),
        "amount": pa.decimal128(38, 3),
        "entries": pa.int64(),
        "estimates": pa.int64(),
        "missing": pa.int64(),
    }
    names = {member.key: member.name for member in (*pivot.rows, *pivot.columns) if member.axis == Axis.UNIT}
    rows = [_row(pivot, names, cell) for cells in pivot.cells for cell in cells if cell.value is not None]
    out = BytesIO()
    parquet.write_table(
        pa.Table.from_pylist(rows, schema=pa.schema(list(fields.items()))), out, compression="zstd"
    )
    return out.getvalue()


def _row(pivot: Pivot, names: dict[int, str], cell: Cell) -> dict[str, Any]:
    spot, shape = cell.spot, pivot.shape
    parts = {row.pk: row.name for row in (*shape.categories, *((shape.category,) if shape.category else ()))}
    period = next(row for row in shape.periods if row.pk == spot.period)
    return {
        "period": period.label,
        "end": period.end,
        "unit_id": pivot.unit.pk if spot.unit == OWN else spot.unit,
        "unit": names.get(spot.unit, pivot.unit.name),
        "is_own": spot.unit == OWN,
        "indicator": spot.indicator.code,
        "measure": spot.indicator.measured_in,
        "category": None if spot.category is None else parts.get(spot.category, ""),
        "amount": round(cell.value, 3) if cell.value is not None else None,
        "entries": cell.entries,
        "estimates": cell.estimates,
        "missing": cell.missing,
    }
