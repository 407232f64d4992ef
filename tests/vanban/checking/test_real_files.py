"""Real Word files: every finding was judged by the source, so that a new one is either right or a false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument

import vanban
from tests.vanban.checking.conftest import Desk
from tests.vanban.papers import dispatch_as_word
from tests.vanban.write.test_round_trip import values

BLANK = {"number.blank", "date.blank"}
JUDGED = {
    "cv-dai-hoi-hoi-nu-draft": BLANK,
    "cv-gia-han-dai-hoi-draft": BLANK | {"citation.incomplete"},
    "qd-1424-ubnd": {"page.margin_bottom", "number.size", "number.bold", "text.composed"},
    "qd-dieu-le-nuoc-mam-draft": BLANK | {"text.composed"},
    "qd-doi-ten-hoi-draft": BLANK | {"page_number.place", "issuer.size"},
    "ttr-2114-snv": {"number.spaces"},
}


@pytest.mark.parametrize("name", JUDGED)
def test_no_false_alarm(name: str, shared: Path) -> None:
    found = {finding.code for finding in vanban.check(shared / "corpus" / "state" / f"{name}.docx")}
    assert found == JUDGED[name]


@pytest.mark.parametrize("name", JUDGED)
def test_a_real_paper_reads_the_same_when_mended(name: str, shared: Path, desk: Desk) -> None:
    path = shared / "corpus" / "state" / f"{name}.docx"
    left = desk.findings(vanban.fix(path), "mended.docx")
    assert [finding.code for finding in left if finding.can_fix] == []
    assert values(vanban.read(desk.folder / "mended.docx")) == values(vanban.read(path))


def test_the_dispatch_prints_both_lines_of_its_signature_bold(seed: Path, desk: Desk) -> None:
    path = desk.lay(dispatch_as_word(seed.read_text(encoding="utf-8")))
    word = WordDocument(str(path))
    for cell in word.tables[-1].rows[0].cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.bold = run.text.isupper()
    word.save(str(path))
    found = {finding.code for finding in vanban.check(path)}
    assert "signer_title.bold" in found
    assert "authority.bold" not in found
    assert "distribution.as_above" in found  # "Như trên" stands second


def test_a_page_read_from_a_site_is_no_stranger(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "state").glob("*.md")):
        codes = {finding.code for finding in vanban.check(path)}
        assert "regime.unknown" not in codes
        assert "signer_title.organ" not in codes
