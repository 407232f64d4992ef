"""The Word file of the record of processing of personal data, for the administrator to complete and sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from vanban.blocks import Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.write import write

COLUMNS = ("Dữ liệu", "Nguồn", "Mục đích", "Căn cứ", "Thời hạn", "Ai được xem")


def processing_record_file(content: dict[str, Any]) -> bytes:
    """The .docx of a record, as `listening.processing.record_of` gives it."""
    rows = tuple(tuple(Run(str(value)) for value in row) for row in content["rows"])
    body: list[Paragraph | Table] = [
        *_section("1. Bên kiểm soát dữ liệu", [content["unit"], content["to_fill_in"]]),
        _head("2. Dữ liệu, mục đích, căn cứ, thời hạn"),
        Table(COLUMNS, rows),
        *_section("3. Số lần mở nội dung niêm phong trong 12 tháng", content["opened"]),
        *_section("4. Biện pháp bảo vệ", content["measures"]),
        *_section("5. Chuyển giao dữ liệu", [content["transfers"]]),
        *_section("6. Thực hiện quyền của chủ thể dữ liệu", [content["rights"]]),
    ]
    return write(_document(content), body)


def _head(words: str) -> Paragraph:
    return Paragraph((Run(words, bold=True),))


def _section(words: str, lines: list[str]) -> list[Paragraph]:
    return [_head(words), *(Paragraph((Run(line),)) for line in lines)]


def _document(content: dict[str, Any]) -> Document:
    subject = "hoạt động xử lý dữ liệu cá nhân khi lắng nghe ý kiến (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP)"
    return Document(
        text="",
        regime=Regime.STATE,
        header=Header(
            date=date.fromisoformat(content["date"]),
            type=Field("BC"),
            type_name=Field("BÁO CÁO"),
            issuer=Field(content["unit"].upper()),
            subject=Field(subject),
        ),
        distribution=(Recipient("Lưu: VT", RecipientKind.ARCHIVE),),
        signature=Signature(authority=None, title=None, name=None),
    )
