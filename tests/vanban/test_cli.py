"""The command line: a summary for people, JSON for programs, a refusal with advice."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from vanban.cli import main

LETTER = """UBND TỈNH AN HẢI
SỞ NỘI VỤ
Số: 15/SNV-TH
V/v trồng cây

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Hải, ngày 04 tháng 02 năm 2025

Kính gửi: Sở Xây dựng

Thực hiện Kế hoạch số 12/KH-UBND ngày 03/01/2025 của UBND tỉnh về trồng cây, Sở Nội vụ đề nghị như sau:

1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập danh sách trước ngày 01/3/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Trần Văn Mẫu
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_summary(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(letter)]) == 0
    shown = capsys.readouterr().out
    assert "15/SNV-TH" in shown
    assert "Sở Xây dựng: Giao Sở Xây dựng chủ trì" in shown
    assert "01/03/2025" in shown


def test_json(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(letter), "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["header"]["superior"] == "UBND TỈNH AN HẢI"
    duty = values["duties"][0]
    assert duty["who"] == "Sở Xây dựng"
    assert [name["value"] for name in duty["with"]] == ["Sở Tài chính"]
    assert duty["what"] == "lập danh sách trước ngày 01/3/2025"
    assert (duty["due"], duty["due_on"]) == ("trước ngày 01/3/2025", "2025-03-01")


def test_several_files_are_a_list(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(letter), str(letter), "--json"]) == 0
    assert [[each["code"] for each in found] for found in json.loads(capsys.readouterr().out)] == [
        ["12/KH-UBND"]
    ] * 2


def test_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert main(["read", str(path), "--json"]) == 3
    output = capsys.readouterr()
    assert json.loads(output.out)["refused"]["code"] == "empty"
    assert "Check that the right file was chosen" in output.err


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_as_a_module(letter: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vanban", "cite", str(letter)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[:2] == ["12/KH-UBND", "03/01/2025"]


@pytest.fixture
def folder(letter: Path, tmp_path: Path) -> Path:
    """A folder with three letters, one of them deeper, a file that is refused and two that are passed over."""
    inside = tmp_path / "incoming"
    (inside / "deeper").mkdir(parents=True)
    for name in ("a.txt", "b.md", "deeper/c.txt", ".hidden.txt", "~$lock.docx"):
        (inside / name).write_text(LETTER, encoding="utf-8")
    (inside / "empty.txt").touch()
    (inside / "picture.svg").write_text("<svg/>")
    return inside


def test_a_folder_is_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder)]) == 3
    output = capsys.readouterr()
    assert output.out.count("15/SNV-TH") == 3
    assert "empty.txt: The file is empty." in output.err


def test_json_lines_name_their_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["duties", str(folder), "--jsonl", "--jobs", "2"]) == 3
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(line["file"]).name for line in lines] == ["a.txt", "b.md", "c.txt", "empty.txt"]
    assert lines[2]["duties"][0]["who"] == "Sở Xây dựng"
    assert lines[3]["duties"]["refused"]["code"] == "empty"


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "letter.txt", tmp_path / "read.csv"
    plan = LETTER.replace("15/SNV-TH", "15/KH-SNV").replace("V/v trồng cây", "KẾ HOẠCH\n=1+1 cây mỗi nhà")
    path.write_text(plan, encoding="utf-8")
    assert main(["read", str(path), "--csv", "--out", str(out)]) == 0
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["file", "regime", "code"]
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any("1+1" in cell for row in rows for cell in row)


def test_processes_give_the_same_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", str(folder), "--json", "--jobs", "1"])
    alone = capsys.readouterr().out
    main(["read", str(folder), "--json", "--jobs", "2"])
    assert capsys.readouterr().out == alone


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cite", "--help"])
    assert "vanban cite incoming/ --csv --out incoming.csv" in capsys.readouterr().out


def test_a_folder_without_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path)]) == 2
    assert "no documents there" in capsys.readouterr().err


def test_a_document_travels_in_a_package(letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package, received = tmp_path / "letter.edxml", tmp_path / "received"
    ends = ["--from", "H99.01=Sở Nội vụ", "--to", "H99.02=Sở Xây dựng"]
    assert main(["pack", str(letter), *ends, "--out", str(package)]) == 0
    assert "H99.01,2025/02/04,15/SNV-TH" in capsys.readouterr().out
    for _ in range(2):
        assert main(["unpack", str(package), "--out", str(received)]) == 0
    told = json.loads(capsys.readouterr().out.split("\n}\n")[0] + "\n}")
    assert told["receivers"][0]["name"] == "Sở Xây dựng"
    assert told["promulgated_on"] == "2025-02-04"
    assert sorted(path.name for path in received.iterdir()) == ["letter (2).txt", "letter.txt"]
    assert (received / "letter.txt").read_bytes() == letter.read_bytes()


def test_what_is_no_package_is_told(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unpack", str(letter)]) == 3
    assert "[unreadable]" in capsys.readouterr().err


def test_an_organ_needs_code_and_name(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["pack", str(letter), "--from", "Sở Nội vụ", "--to", "H1=A", "--out", "x"])
    assert "is not CODE=NAME" in capsys.readouterr().err


DRAFT = """---
regime: state
superior: UBND TỈNH AN HẢI
issuer: SỞ NỘI VỤ
code: 7/KH-SNV
type: Kế hoạch
place: An Hải
date: 07/03/2025
subject: Trồng cây năm 2025
distribution: [Sở Xây dựng, "Lưu: VT"]
signer: {title: GIÁM ĐỐC, name: Trần Văn Mẫu}
---

# I. MỤC ĐÍCH

1. Giao Sở Xây dựng lập danh sách trước ngày 01/6/2025.
"""


def test_a_draft_becomes_a_word_file_and_a_draft_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, paper, again = (tmp_path / name for name in ("draft.md", "paper.docx", "again.md"))
    draft.write_text(DRAFT, encoding="utf-8")
    assert main(["write", str(draft), "--out", str(paper)]) == 0
    assert main(["check", str(paper)]) == 0
    assert main(["write", str(paper), "--out", str(again)]) == 0
    capsys.readouterr()
    main(["read", str(paper), "--json"])
    values = json.loads(capsys.readouterr().out)
    assert (values["header"]["code"], values["signer"]["name"]) == ("07/KH-SNV", "Trần Văn Mẫu")
    assert "Giao Sở Xây dựng lập danh sách" in again.read_text(encoding="utf-8")


def test_a_draft_that_is_not_understood_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT.replace("date: 07/03/2025", "date: tomorrow"), encoding="utf-8")
    assert main(["write", str(draft), "--out", str(tmp_path / "x.docx")]) == 2
    assert "date" in capsys.readouterr().err


def test_check_finds_and_mends(letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, paper, mended = (tmp_path / name for name in ("draft.md", "paper.docx", "mended.docx"))
    draft.write_text(DRAFT, encoding="utf-8")
    main(["write", str(draft), "--out", str(paper)])
    word = docx.Document(str(paper))
    word.sections[0].left_margin = Mm(10)
    word.save(str(paper))
    capsys.readouterr()
    assert main(["check", str(paper), "--json"]) == 1
    assert [each["code"] for each in json.loads(capsys.readouterr().out)] == ["page.margin_left"]
    assert main(["check", str(paper), "--fix", str(mended)]) == 1
    assert main(["check", str(mended)]) == 0
    assert "Nothing departs" in capsys.readouterr().out.splitlines()[-1]
