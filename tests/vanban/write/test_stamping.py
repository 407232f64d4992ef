"""Number and day put into a Word file that was drafted elsewhere."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from vanban.cli import main
from vanban.writing.stamping import stamped

DAY = date(2026, 2, 5)


def paper(*lines: str, in_table: bool = False) -> bytes:
    file, saved = docx.Document(), BytesIO()
    cell = file.add_table(1, 1).cell(0, 0) if in_table else file
    for line in lines:
        first = cell.add_paragraph()
        for part in (line[:3], line[3:]):
            first.add_run(part)
    file.save(saved)
    return saved.getvalue()


def words(content: bytes) -> list[str]:
    body = docx.Document(BytesIO(content)).element.body
    return ["".join(t.text or "" for t in p.iter("{*}t")) for p in body.iter("{*}p")]


@pytest.mark.parametrize("in_table", [False, True])
@pytest.mark.parametrize("line", ["Số      -CV/ĐUK", "Số: …/UBND-TH", "Số ....-KH/TU", "Số"])
def test_both_lines_are_filled(line: str, in_table: bool) -> None:
    content, found = stamped(
        paper(line, "Bến Ngàn, ngày    tháng    năm 2026", in_table=in_table), "12-CV/ĐUK", DAY
    )
    assert found
    start = "Số: " if ":" in line else "Số "
    assert f"{start}12-CV/ĐUK" in words(content)
    assert "Bến Ngàn, ngày 05 tháng 02 năm 2026" in words(content)


def test_what_only_begins_so_is_left_alone() -> None:
    long = "Số liệu của các đơn vị được tổng hợp theo từng quý và báo cáo về Ban Tuyên giáo trước ngày 15."
    content, found = stamped(paper(long, "Kính gửi: Các chi bộ"), "12-CV/ĐUK", DAY)
    assert not found
    assert long in words(content)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "a.docx", tmp_path / "b.docx"
    file.write_bytes(paper("Số      -CV/ĐUK", "Mẫu, ngày … tháng … năm …"))
    arguments = ["number", str(file), "--code", "12-CV/ĐUK", "--day", "2026-02-05", "--out", str(out)]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {"found": True}
    assert "Số 12-CV/ĐUK" in words(out.read_bytes())
    file.write_bytes(b"no package")
    assert main(arguments) == 3
