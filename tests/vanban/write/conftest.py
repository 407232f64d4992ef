"""A report and a dispatch of an invented province, and the ways to look into a written file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordFile

from vanban.blocks import Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature

Opened = Callable[[bytes], WordFile]


@pytest.fixture
def opened() -> Opened:
    return lambda written: docx.Document(BytesIO(written))


@pytest.fixture
def report() -> Document:
    return Document(
        text="",
        regime=Regime.PARTY,
        header=Header(
            superior=Field("ĐẢNG BỘ TỈNH BẾN NGÀN"),
            issuer=Field("ĐẢNG ỦY KHỐI\nCƠ QUAN - DOANH NGHIỆP TỈNH"),
            number=Field("5"),
            symbol=Field("BC/ĐUK"),
            type=Field("BC"),
            type_name=Field("BÁO CÁO"),
            place=Field("Bến Ngàn"),
            date=date(2022, 2, 7),
            subject=Field("kết quả thực hiện công tác dân vận năm 2022"),
        ),
        distribution=(
            Recipient("Thường trực Tỉnh ủy", RecipientKind.ORGAN),
            Recipient("Như trên", RecipientKind.ADDRESSEES),
            Recipient("Lưu Văn phòng Đảng ủy Khối", RecipientKind.ARCHIVE),
        ),
        signature=Signature(Field("T/M BAN THƯỜNG VỤ"), Field("PHÓ BÍ THƯ"), Field("Trần Thị Mẫu")),
    )


@pytest.fixture
def dispatch(report: Document) -> Document:
    header = replace(
        report.header,
        type=Field("CV"),
        type_name=None,
        symbol=Field("CV/ĐUK"),
        subject=Field("Thực hiện công tác dân vận năm 2022"),
    )
    addressees = (Field("Các đồng chí trong Đảng ủy Khối"), Field("Các chi ủy, đảng ủy cơ sở"))
    return replace(report, header=header, addressees=addressees)


@pytest.fixture
def body() -> list[Paragraph | Table]:
    return [
        Paragraph((Run("Ban Thường vụ Đảng ủy Khối báo cáo như sau:"),)),
        Paragraph((Run("1. Kết quả"),), level=1),
        Paragraph(
            (Run("Có "), Run("87/95 đơn vị", bold=True, source="Khoản 1, chốt ngày 30/6/2022"), Run(" xong"))
        ),
        Table(
            ("TT", "Đơn vị", "Tỷ lệ"),
            ((Run("1"), Run("Chi bộ Mẫu"), Run("91,6%", source="Bảng tổng hợp")),),
            widths=(1, 3, 1),
        ),
        Paragraph((Run("Ban Thường vụ Đảng ủy Khối trân trọng báo cáo"),)),
    ]
