"""`motbuoc import-calendar`."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motbuoc.foundation.workdays.models import CalendarYear
from motbuoc.foundation.workdays.selectors import is_workday
from tests.factories import Cast

ROWS = "Ngày,Loại ngày,Tên,Căn cứ\n30/04/2027,holiday,Ngày Chiến thắng,\n08/05/2027,swapped_work,Làm bù,\n"


def run(file: Path, *more: str, by: str = "quantri") -> str:
    out = StringIO()
    call_command("import_calendar", str(file), "--year", "2027", "--by", by, "--basis", "TB 1", *more, stdout=out)
    return out.getvalue()


def test_a_year_is_brought_in(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(ROWS)
    assert "2027: 2 days" in run(file, "--dry-run")
    assert not CalendarYear.objects.exists()
    assert run(file).endswith("Done. Due days counted anew: 0, of 0 units.\n")
    assert is_workday(date(2027, 5, 8))
    for options in ({"by": "canbo"}, {"by": "nobody"}):
        with pytest.raises(CommandError):
            run(file, **options)


def test_errors_are_told_by_row(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(ROWS.replace("30/04/2027", "31/04/2027"))
    with pytest.raises(CommandError, match="row 2: "):
        run(file)
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.csv")
    assert not CalendarYear.objects.exists()
