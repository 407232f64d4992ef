"""Papers of an invented province in every layout, the ways to spoil them, and the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.text.paragraph import Paragraph as WordParagraph

from vanban import check
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.checking import Finding
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.formats import Layout, layouts
from vanban.write import write

KINDS = {"CV": None, "BC": "BÁO CÁO", "KH": "KẾ HOẠCH", "TTr": "TỜ TRÌNH", "QĐ": "QUYẾT ĐỊNH", "NQ": "NGHỊ QUYẾT"}
_PARTY = (Regime.PARTY, Regime.YOUTH)
_ISSUERS = {
    Regime.PARTY: "ĐẢNG ỦY KHỐI CƠ QUAN",
    Regime.YOUTH: "BAN CHẤP HÀNH ĐOÀN KHỐI",
    Regime.STATE: "SỞ NỘI VỤ",
    Regime.UNION: "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN NGÀN",
    Regime.FRONT: "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH BẾN NGÀN",
}
LONG = (
    "Các cơ quan, đơn vị trực thuộc tổ chức quán triệt, triển khai và báo cáo kết quả về cơ quan thường trực "
    "trước ngày 20 của tháng cuối quý"
)
BODY: list[Paragraph | Table] = [
    Paragraph((Run(f"{LONG}, cụ thể như sau:"),)),
    Paragraph((Run("Chương I"),), level=1),
    Paragraph((Run("Điều 1. Phạm vi"),), level=1),
    Paragraph((Run(f"{LONG}."),)),
    Table(("TT", "Đơn vị"), ((Run("1"), Run("Chi bộ Mẫu")),)),
    Paragraph((Run(LONG),)),
]
ANNEXES = (Annex("Biểu thứ nhất", BODY[:1]), Annex("Biểu thứ hai", BODY[:1]))  # type: ignore[arg-type]


def layout_named(name: str, regime: str) -> Layout:
    return next(layout for layout in layouts() if layout.name == name and layout.regime == regime)


PARTY_2018 = layout_named("36-HD/VPTW", "party")
PARTY_2026 = layout_named("05-HD/VPTW", "party")
STATE_2011 = layout_named("01/2011/TT-BNV", "state")
STATE_2020 = layout_named("30/2020/NĐ-CP", "state")


def paper(layout: Layout, code: str = "KH") -> Document:
    """Give a paper without a fault in a layout, one of the layout's first days."""
    party = layout.regime in _PARTY
    dispatch = code == "CV"
    symbol = f"{code}/ĐUK" if party else "SNV-TH" if dispatch else f"{code}-SNV"
    lead = "về việc " if party and layout is PARTY_2026 else "" if party else "V/v "
    subject = f"{lead}thực hiện công tác dân vận" if dispatch else "về thực hiện công tác dân vận"
    signature = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ") if party else ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    return Document(
        text="",
        regime=layout.regime,
        header=Header(
            superior=Field("ĐẢNG BỘ TỈNH BẾN NGÀN" if party else "ỦY BAN NHÂN DÂN TỈNH BẾN NGÀN"),
            issuer=Field(_ISSUERS[layout.regime]),
            number=Field("5"),
            symbol=Field(symbol),
            type=Field(code),
            type_name=Field(KINDS[code]) if KINDS[code] else None,  # type: ignore[arg-type]
            place=Field("Bến Ngàn"),
            date=layout.valid_from.replace(day=8) + timedelta(days=30),
            subject=Field(subject),
        ),
        addressees=(Field("Các chi bộ trực thuộc"), Field("Các ban, ngành")) if code in ("CV", "TTr") else (),
        distribution=(
            Recipient("Như trên", RecipientKind.ADDRESSEES),
            Recipient("Thường trực Tỉnh ủy", RecipientKind.ORGAN),
            Recipient("Lưu Văn phòng Đảng ủy" if party else "Lưu: VT, TH", RecipientKind.ARCHIVE),
        ),
        signature=Signature(Field(signature[0]), Field(signature[1]), Field("Trần Thị Mẫu")),
    )


def written(layout: Layout, code: str = "KH", body: Iterable[Paragraph | Table] = BODY) -> bytes:
    return write(paper(layout, code), list(body))


Spoil = Callable[[WordFile], None]


def spoilt(data: bytes, *changes: Spoil) -> bytes:
    """Change a Word file by hand, as a clerk would."""
    word = docx.Document(BytesIO(data))
    for change in changes:
        change(word)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def paragraphs(word: WordFile) -> list[WordParagraph]:
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    return [WordParagraph(element, word._body) for element in word.element.body.iter(tag)]


def the(word: WordFile, words: str) -> WordParagraph:
    """Give the first paragraph with those words."""
    return next(paragraph for paragraph in paragraphs(word) if words in paragraph.text)


def swap(old: str, new: str) -> Spoil:
    """Type other words in the first paragraph that holds the old ones."""

    def change(word: WordFile) -> None:
        run = next(run for paragraph in paragraphs(word) for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new, 1)

    return change


class Desk:
    """Where a file is laid to be checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay(self, data: bytes | str, name: str = "paper.docx") -> Path:
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def findings(self, data: bytes | str, name: str = "paper.docx", **options: Any) -> tuple[Finding, ...]:
        return check(self.lay(data, name), **options)

    def codes(self, data: bytes | str, name: str = "paper.docx", **options: Any) -> list[str]:
        return [finding.code for finding in self.findings(data, name, **options)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
