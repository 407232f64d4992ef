"""Old Word files: turned into .docx by LibreOffice where it is, refused with advice where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document as WordFile

from tests.vanban.papers import saved
from tests.vanban.test_refusals import old_word
from vanban import Refused, read
from vanban.refusal import LIMITS
from vanban.sources import doc

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")


def test_without_libreoffice_the_advice_is_clear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match=r"save it as \.docx") as refused:
        doc.content_of(old_word(), LIMITS)
    assert refused.value.code == "no_converter"


def converter(tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of ours in the place of LibreOffice."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")


def test_a_converter_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    converter(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; pwd > {tmp_path}/folder; wait", monkeypatch)
    monkeypatch.setattr(doc, "_SECONDS", 1)
    with pytest.raises(Refused, match="too long"):
        doc.content_of(old_word(), LIMITS)
    child = (tmp_path / "child").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in ("", "Z")
    assert not Path((tmp_path / "folder").read_text().strip()).exists()


def test_a_converter_sees_none_of_our_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "khoá bí mật")
    converter(tmp_path, f"env > {tmp_path}/env", monkeypatch)
    with pytest.raises(Refused) as refused:
        doc.content_of(old_word(), LIMITS)
    assert refused.value.code == "unreadable"
    seen = (tmp_path / "env").read_text()
    assert "SECRET_KEY" not in seen
    assert f"HOME={tmp_path}" not in seen


@needs_office
def test_a_letter_saved_as_doc(tmp_path: Path) -> None:
    file = WordFile()
    for line in ("Số: 12/KH-UBND", "Thực hiện kế hoạch của tỉnh, các đơn vị rà soát hồ sơ."):
        file.add_paragraph(line)
    (tmp_path / "a.docx").write_bytes(saved(file))
    subprocess.run(
        [
            shutil.which("soffice") or "",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "a.docx")),
        ],
        capture_output=True,
        check=True,
        timeout=60,
    )
    before = (tmp_path / "a.doc").read_bytes()
    document = read(tmp_path / "a.doc")
    assert document.text.split("\n")[1] == "Thực hiện kế hoạch của tỉnh, các đơn vị rà soát hồ sơ."
    assert document.header.code is not None
    assert document.header.code.value == "12/KH-UBND"
    assert (tmp_path / "a.doc").read_bytes() == before


@needs_office
def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(old_word())
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "unreadable"
