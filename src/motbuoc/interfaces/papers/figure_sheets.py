"""A table of figures as a file: Excel with sums that are formulas, CSV, or Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from motbuoc.domains.ledger.figures import Branch, Standing, value_of
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.units.models import UnitOn
from motbuoc.interfaces.papers.board_sheet import EXCEL
from motbuoc.interfaces.papers.sheets import Sheet, as_csv, mark_of

KINDS = ("xlsx", "csv", "parquet")
FIRST = 5  # the row of the first unit, from 0: title, note, mark, headings and measures stand above
Columns = Sequence[Indicator]


def period_download(
    period: ReportingPeriod,
    unit: UnitOn,
    indicators: Columns,
    branches: Sequence[Branch],
    standing: Standing,
    kind: str,
) -> HttpResponseBase:
    """The units below one across the indicators of a period, as a download of one of `KINDS`."""
    name = f"so-lieu-{period.end:%Y-%m-%d}-{unit.pk}.{kind}"
    if kind == "xlsx":
        content = _as_excel(_title(period, unit), _note(standing), indicators, branches, _mark(period))
        return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=EXCEL)
    if kind == "parquet":
        content = _as_parquet(period, indicators, branches)
        return FileResponse(
            BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream"
        )
    headings = [_("Unit"), *(f"{row.name} ({row.measured_in})" for row in indicators)]
    rows = [[_name(branch), *(_plain(value_of(row, branch.figures)) for row in indicators)] for branch in branches]
    sheet = Sheet(_title(period, unit), _note(standing), headings, rows, _mark(period))
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(as_csv(sheet)), content_type="text/csv; charset=utf-8", headers=disposition)


def _title(period: ReportingPeriod, unit: UnitOn) -> str:
    return f"{period.form.name}. {period.label}. {unit.name}"


def _note(standing: Standing) -> str:
    words = _("%(accepted)s of %(expected)s units are in it.")
    note = words % {"accepted": standing.accepted, "expected": standing.expected}
    if standing.missing:
        note += " " + _("Missing: %(names)s.") % {"names": ", ".join(standing.missing)}
    return note


def _mark(period: ReportingPeriod) -> str:
    return mark_of(period.document.classification)


def _name(branch: Branch) -> str:
    return f"{branch.unit.name} ({_('its own figures')})" if branch.is_own else branch.unit.name


def _plain(value: Decimal | None) -> str:
    """A number for a file: with a comma, without points; nothing where it is blank."""
    return "" if value is None else f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


def _as_excel(title: str, note: str, indicators: Columns, branches: Sequence[Branch], mark: str) -> bytes:
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    cell, whole = book.add_format({"border": 1}), book.add_format({"border": 1, "bold": True})
    page.set_column(0, 0, 40)
    page.set_column(1, max(1, len(indicators)), 14)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.freeze_panes(FIRST, 1)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, note)
    page.write_string(2, 0, mark)
    for at, words in enumerate([_("Unit"), *(row.name for row in indicators)]):
        page.write_string(3, at, words, head)
    for at, row in enumerate(indicators, 1):
        page.write_string(4, at, row.measured_in, head)
    for place, branch in enumerate(branches, FIRST):
        page.write_string(place, 0, _name(branch), cell)
        for at, row in enumerate(indicators, 1):
            _write(page, place, at, row, indicators, value_of(row, branch.figures), cell)
    _write_sums(page, FIRST + len(branches), indicators, branches, whole)
    book.close()
    return out.getvalue()


def _write(
    page: Any, place: int, at: int, row: Indicator, all_: Columns, value: Decimal | None, style: Any
) -> None:
    """A figure as a number; a share as a formula over its parts, so that it follows when they are changed."""
    if row.is_share:
        page.write_formula(place, at, _share(row, all_, place), style, "" if value is None else float(value))
    elif value is None:
        page.write_blank(place, at, None, style)
    else:
        page.write_number(place, at, float(value), style)


def _share(row: Indicator, all_: Columns, place: int) -> str:
    columns = {each.pk: xl_col_to_name(at) for at, each in enumerate(all_, 1)}
    above, below = (f"{columns[pk]}{place + 1}" for pk in (row.numerator_id, row.denominator_id) if pk)
    return f'=IF(N({below})=0,"",ROUND({above}*100/{below},2))'


def _write_sums(page: Any, place: int, indicators: Columns, branches: Sequence[Branch], style: Any) -> None:
    page.write_string(place, 0, _("All units"), style)
    for at, row in enumerate(indicators, 1):
        values = [value for branch in branches if (value := value_of(row, branch.figures)) is not None]
        if row.is_share:
            page.write_formula(place, at, _share(row, indicators, place), style)
        elif values:
            column = xl_col_to_name(at)
            formula = f"=SUM({column}{FIRST + 1}:{column}{place})"
            page.write_formula(place, at, formula, style, float(sum(values)))
        else:
            page.write_blank(place, at, None, style)


def _as_parquet(period: ReportingPeriod, indicators: Columns, branches: Sequence[Branch]) -> bytes:
    """One row a unit and indicator that has a figure; shares are left to whoever reads it."""
    import pyarrow as pa  # takes long to load, and few ask for it
    from pyarrow import parquet  # takes long to load, and few ask for it

    rows = [
        {
            "period": period.label,
            "end": period.end,
            "unit": branch.unit.code,
            "unit_name": branch.unit.name,
            "is_own": branch.is_own,
            "indicator": row.code,
            "amount": branch.figures[row.pk].amount,
            "entries": branch.figures[row.pk].entries,
            "estimates": branch.figures[row.pk].estimates,
        }
        for branch in branches
        for row in indicators
        if row.pk in branch.figures
    ]
    schema = pa.schema(
        [
            ("period", pa.string()),
            ("end", pa.date32()),
            ("unit", pa.string()),
            ("unit_name", pa.string()),
            ("is_own", pa.bool_()),
            ("indicator", pa.string()),
            ("amount", pa.decimal128(38, 3)),
            ("entries", pa.int64()),
            ("estimates", pa.int64()),
        ]
    )
    out = BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), out, compression="zstd")
    return out.getvalue()
