"""Addressees, recipients and signatures, in the layouts that occur. All names are invented."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

import pytest

from vanban import Document, RecipientKind, parse

TOP = "UBND TỈNH AN HẢI\nSố: 5/UBND-TH\nV/v trồng cây\n\nKính gửi: Sở Xây dựng\n\n1. Giao Sở Xây dựng lập kế hoạch./.\n\n"


def addressees(lines: str) -> list[str]:
    document = parse(f"UBND TỈNH AN HẢI\nSố: 5/UBND-TH\nV/v trồng cây\n\n{lines}\n\nThực hiện kế hoạch.")
    return [name.value for name in document.addressees]


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        ("Kính gửi: Sở Xây dựng.", ["Sở Xây dựng"]),
        ("Kính gửi:\n- Sở Xây dựng;\n- Sở Tài chính.", ["Sở Xây dựng", "Sở Tài chính"]),
        ("Kính gửi: - Sở Xây dựng,\n- Sở Tài chính,", ["Sở Xây dựng", "Sở Tài chính"]),
        (
            "Kính gửi:\n\n- Sở Xây dựng;\n\n- Các sở: Tài chính, Nội vụ.",
            ["Sở Xây dựng", "Các sở: Tài chính, Nội vụ"],
        ),
        ("Kính trình: Ban Thường vụ", ["Ban Thường vụ"]),
        ("Kính gửi: Sở Xây dựng; Sở Tài chính;\nSở Nội vụ", ["Sở Xây dựng", "Sở Tài chính", "Sở Nội vụ"]),
        ("CHỦ TỊCH điện:\n- Giám đốc Sở Xây dựng.", ["Giám đốc Sở Xây dựng"]),
        ("", []),
    ],
)
def test_addressees(lines: str, want: list[str]) -> None:
    assert addressees(lines) == want


ENDS = {
    "one below the other": "Nơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn Mẫu",
    "signature first": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn Mẫu\n\nNơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.",
    "columns with wide gaps": "Nơi nhận:              KT. GIÁM ĐỐC\n- Như trên;            PHÓ GIÁM ĐỐC\n- Sở Nội vụ;\n"
    "- Lưu: VT.             Trần Văn Mẫu",
    "columns with narrow gaps": "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Sở Nội vụ;\n- Lưu: VT. Trần Văn Mẫu",
    "signed": "Nơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.\n\nKT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(đã ký)\nTrần Văn Mẫu",
    "title between label and items": "Nơi nhận:\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n2\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.\nTrần Văn Mẫu",
    "items on one line": "Nơi nhận: - Như trên; - Sở Nội vụ; - Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Văn Mẫu",
}


def read_end(end: str) -> Document:
    return parse(TOP + end)


@pytest.mark.parametrize("layout", ENDS)
def test_distribution_and_signature(layout: str) -> None:
    document = read_end(ENDS[layout])
    assert [recipient.name for recipient in document.distribution] == ["Như trên", "Sở Nội vụ", "Lưu: VT"]
    signature = document.signature
    assert [
        part and part.value.replace("KT.G", "KT. G")
        for part in (signature.authority, signature.title, signature.name)
    ] == [
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Mẫu",
    ]


@pytest.mark.parametrize(
    ("block", "authority", "title"),
    [
        ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        ("T/M BAN BÍ THƯ", "T/M BAN BÍ THƯ", None),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN\nDÂN\nCHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("KT. BỘ TRƯỞNG,\nCHỦ NHIỆM\nPHÓ CHỦ NHIỆM", "KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"),
        ("TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG", "TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        ("T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
        ("Q. TRƯỞNG BAN", "Q. TRƯỞNG BAN", None),
        ("GIÁM ĐỐC", None, "GIÁM ĐỐC"),
    ],
)
def test_authority_and_title(block: str, authority: str | None, title: str | None) -> None:
    signature = read_end(f"{block}\n\nTrần Văn Mẫu").signature
    assert (signature.authority and signature.authority.value) == authority
    assert (signature.title and signature.title.value) == title
    assert signature.name is not None
    assert signature.name.value == "Trần Văn Mẫu"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Như trên", RecipientKind.ADDRESSEES),
        ("Như Điều 3", RecipientKind.ADDRESSEES),
        ("Thường trực Tỉnh ủy (để báo cáo)", RecipientKind.ORGAN),
        ("Các đồng chí lãnh đạo", RecipientKind.ORGAN),
        ("Đồng chí Trần Văn Mẫu, Bí thư", RecipientKind.PERSON),
        ("Phó Chủ tịch UBND tỉnh (Đ/c Mẫu)", RecipientKind.PERSON),
        ("Đăng Website", RecipientKind.CHANNEL),
        ("Cổng Thông tin điện tử tỉnh", RecipientKind.CHANNEL),
        ("Lưu: VT, TH", RecipientKind.ARCHIVE),
        ("Lưu Văn phòng", RecipientKind.ARCHIVE),
    ],
)
def test_kinds_of_recipients(name: str, kind: RecipientKind) -> None:
    document = read_end(f"Nơi nhận:\n- {name};\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu")
    assert document.distribution[0].kind is kind


def test_a_recipient_over_two_lines() -> None:
    document = read_end(
        "Nơi nhận:\n- VPUB: CVP, các PCVP,\ncác phòng: TH, KT;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu"
    )
    assert [recipient.name for recipient in document.distribution] == [
        "VPUB: CVP, các PCVP, các phòng: TH, KT",
        "Lưu: VT",
    ]


def test_what_stands_behind_the_signature_is_not_the_document() -> None:
    tail = "\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu\n\nKính gửi: Quý khách\nNghị định số 13/2023/NĐ-CP ngày 17/4/2023 của Chính phủ\n1. Mời xem."
    document = read_end(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.{tail}")
    assert document.citations == ()
    assert len(document.provisions) == 1
    assert [name.value for name in document.addressees] == ["Sở Xây dựng"]
