"""`motbuoc export-units` and `import-units`."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from motbuoc.foundation.units.models import Unit
from tests.interfaces.web.imports.conftest import workbook

DAY = "--on=02/03/2026"


def test_export_and_import_again_changes_nothing(cast, tmp_path, capsys) -> None:
    file = tmp_path / "don-vi.xlsx"
    call_command("export_units", str(file), "--by=quantri", DAY)
    call_command("import_units", str(file), "--by=quantri", DAY, "--basis=QĐ 7")
    said = capsys.readouterr().out
    assert "0 new, 0 renamed, 0 moved, 0 converted, 5 left alone, 0 not named" in said
    assert "Done." not in said


def test_a_dry_run_writes_nothing(cast, tmp_path, capsys) -> None:
    file = tmp_path / "don-vi.xlsx"
    file.write_bytes(workbook([{"code": "A1", "name": "Chi bộ Một", "kind": "Chi bộ", "parent": "A"}]))
    command = ("import_units", str(file), "--by=quantri", DAY, "--basis=QĐ 7")
    call_command(*command, "--dry-run")
    assert "1 new" in capsys.readouterr().out
    assert not Unit.objects.on(date(2026, 3, 2)).filter(code="A1").exists()
    call_command(*command)
    assert "Done." in capsys.readouterr().out
    assert Unit.objects.on(date(2026, 3, 2)).get(code="A1").parent_id == cast.unit_a.pk


def test_errors_and_strangers_are_refused(cast, tmp_path) -> None:
    file = tmp_path / "don-vi.xlsx"
    file.write_bytes(workbook([{"code": "A1", "name": "Chi bộ Một", "kind": "Chi bộ", "parent": "không có"}]))
    with pytest.raises(CommandError, match="Đơn vị, 2, Mã đơn vị cấp trên"):
        call_command("import_units", str(file), "--by=quantri", DAY, "--basis=QĐ 7")
    with pytest.raises(CommandError, match="no usable account"):
        call_command("import_units", str(file), "--by=ai-do", DAY, "--basis=QĐ 7")
    with pytest.raises(CommandError):
        call_command("import_units", str(file), "--by=nguoila", DAY, "--basis=QĐ 7")
    file.write_bytes(b"khong phai")
    with pytest.raises(CommandError):
        call_command("import_units", str(file), "--by=quantri", DAY, "--basis=QĐ 7")
