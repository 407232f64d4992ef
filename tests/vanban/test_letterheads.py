"""Letterheads of every regime, columns in every order, marks of secrecy and urgency. All names are invented."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import Header, Regime, parse


def values(header: Header) -> dict[str, str | None]:
    names = ("superior", "issuer", "code", "type", "type_name", "place", "subject")
    return {name: value.value if (value := getattr(header, name)) else None for name in names}


STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
WHEN = "An Hải, ngày 05 tháng 01 năm 2024"
BODY = "\n\n1. Giao Sở Tài chính thực hiện.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu"
NAME, MOTTO = STATE.splitlines()
TO = "\n\nKính gửi: Sở Tài chính"
LEFT = "UBND TỈNH AN HẢI\nSỞ NỘI VỤ\n\nSố: 12/SNV-TH\nV/v rà soát hồ sơ"
LETTER = f"{LEFT}\n\n{STATE}\n\n{WHEN}{TO}"
ROWS = (("UBND TỈNH AN HẢI", NAME), ("SỞ NỘI VỤ", MOTTO), ("Số: 12/SNV-TH", WHEN), ("V/v rà soát hồ sơ", ""))

LETTERHEADS = {
    "left cell, then right cell": LETTER,
    "right cell first": f"{STATE}\n{WHEN}\n\n{LEFT}{TO}",
    "row by row": "\n".join(cell for row in ROWS for cell in row if cell) + TO,
    "columns on one line": "\n".join("          ".join(row).strip() for row in ROWS) + TO,
    "columns parted by tabs": "\n".join("\t".join(row).strip() for row in ROWS) + TO,
    "rules and stars between": LETTER.replace("SỞ NỘI VỤ", "SỞ NỘI VỤ\n-------").replace(
        "Hạnh phúc", "Hạnh phúc\n________"
    ),
    "spaces in the number": LETTER.replace("12/SNV-TH", "  12 /SNV-TH"),
    "words after a wrapped name": LETTER.replace("CỘNG HÒA XÃ HỘI CHỦ", "CỘNG HÒA XÃ HỘI\nCHỦ"),
    "other spelling": LETTER.replace("HÒA", "HOÀ").replace("Độc lập - Tự do - Hạnh", "Độc lập – Tự do – Hạnh"),
    "no-break spaces": LETTER.replace("Số: 12", "Số:\u00a012").replace("ngày 05", "ngày\u00a005"),
}


@pytest.mark.parametrize("layout", LETTERHEADS)
def test_a_letter_in_any_layout(layout: str) -> None:
    document = parse(LETTERHEADS[layout] + BODY)
    assert values(document.header) == {
        "superior": "UBND TỈNH AN HẢI",
        "issuer": "SỞ NỘI VỤ",
        "code": "12/SNV-TH",
        "type": "CV",
        "type_name": None,
        "place": "An Hải",
        "subject": "V/v rà soát hồ sơ",
    }
    assert document.regime is Regime.STATE
    assert document.header.date == date(2024, 1, 5)
    assert [name.value for name in document.addressees] == ["Sở Tài chính"]


@pytest.mark.parametrize(
    ("top", "regime", "issuer", "code", "kind"),
    [
        (
            "TỈNH ỦY AN HẢI\nBAN TỔ CHỨC\n*\nSố 07-HD/BTCTU\n\nĐẢNG CỘNG SẢN VIỆT NAM",
            Regime.PARTY,
            "BAN TỔ CHỨC",
            "07-HD/BTCTU",
            "HD",
        ),
        (
            "ĐẢNG BỘ XÃ HÒA MINH\nCHI BỘ THÔN 3\n*\nSố 02-NQ/CB\n\nĐẢNG CỘNG SẢN VIỆT NAM",
            Regime.PARTY,
            "CHI BỘ THÔN 3",
            "02-NQ/CB",
            "NQ",
        ),
        (
            "TỈNH ĐOÀN AN HẢI\nBAN THƯỜNG VỤ\n***\nSố: 29-KH/TĐTN-BPT\n\nĐOÀN TNCS HỒ CHÍ MINH",
            Regime.YOUTH,
            None,
            "29-KH/TĐTN-BPT",
            "KH",
        ),
        (
            f"TỔNG LIÊN ĐOÀN LAO ĐỘNG\nLIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI\nSố: 15/KH-LĐLĐ\n\n{STATE}",
            Regime.UNION,
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI",
            "15/KH-LĐLĐ",
            "KH",
        ),
        (
            f"ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH AN HẢI\nBAN THƯỜNG TRỰC\nSố: 06/HD-MTTW-BTT\n\n{STATE}",
            Regime.FRONT,
            None,
            "06/HD-MTTW-BTT",
            "HD",
        ),
        (
            f"ỦY BAN NHÂN DÂN\nXÃ HÒA MINH\nSố: 01/2024/QĐ-UBND\n\n{STATE}",
            Regime.STATE,
            "ỦY BAN NHÂN DÂN XÃ HÒA MINH",
            "01/2024/QĐ-UBND",
            "QĐ",
        ),
        (f"QUỐC HỘI\nLuật số: 12/2024/QH15\n\n{STATE}", Regime.STATE, "QUỐC HỘI", "12/2024/QH15", "L"),
    ],
)
def test_regimes(top: str, regime: Regime, issuer: str | None, code: str, kind: str) -> None:
    names = {"HD": "HƯỚNG DẪN", "NQ": "NGHỊ QUYẾT", "KH": "KẾ HOẠCH", "QĐ": "QUYẾT ĐỊNH", "L": "LUẬT"}
    document = parse(f"{top}\n{WHEN}\n\n{names[kind]}\nvề công tác mẫu\n-----\n{BODY}")
    assert document.regime is regime
    header = document.header
    assert header.code is not None
    assert header.code.value == code
    assert header.type is not None
    assert (header.type.value, header.type_name and header.type_name.value) == (kind, names[kind])
    assert header.subject is not None
    assert header.subject.value == "về công tác mẫu"
    if issuer:
        assert header.issuer is not None
        assert header.issuer.value == issuer


def test_a_draft_has_a_symbol_and_no_number() -> None:
    document = parse(LETTER.replace("Số: 12/", "Số:         /").replace("ngày 05", "ngày      ") + BODY)
    header = document.header
    assert (header.number, header.code, header.date) == (None, None, None)
    assert header.symbol is not None
    assert header.symbol.value == "SNV-TH"
    assert {note.field for note in document.notes} >= {"header.code", "header.date"}


MARKS = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Tối mật",
    "(MẬT)",
    "[TUYỆT MẬT]",
    "M Ậ T",
    "T Ố I  M Ậ T",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "  MẬT.  ",
]
PLACES = {
    "on its own line under the number": lambda mark: LETTER.replace("V/v", f"{mark}\nV/v"),
    "first of all": lambda mark: f"{mark}\n{LETTER}",
    "after the subject": lambda mark: LETTER.replace("hồ sơ\n", f"hồ sơ\n{mark}\n"),
    "in the other column": lambda mark: LETTER.replace("SỞ NỘI VỤ\n", f"SỞ NỘI VỤ          {mark}\n"),
    "beside the number": lambda mark: LETTER.replace("12/SNV-TH", f"12/SNV-TH    {mark}"),
    "in a cell of a table": lambda mark: f"| {mark} |\n| --- |\n\n{LETTER}",
    "in bold type": lambda mark: LETTER.replace("V/v", f"**{mark}**\nV/v"),
    "after the addressees": lambda mark: f"{LETTER}\n\n{mark}\n",
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", PLACES)
def test_a_mark_of_secrecy_is_found(place: str, mark: str) -> None:
    header = parse(PLACES[place](mark) + BODY).header
    assert header.secrecy is not None
    assert "".join(header.secrecy.value.upper().split()) in ("MẬT", "TỐIMẬT", "TUYỆTMẬT")


def test_a_mark_without_a_letterhead_and_in_decomposed_letters() -> None:
    import unicodedata

    assert parse(unicodedata.normalize("NFD", "Kế hoạch\n\nTỐI MẬT\n\nNội dung")).header.secrecy is not None


@pytest.mark.parametrize(
    "words",
    [
        "V/v bảo vệ bí mật nhà nước",
        "V/v bảo mật thông tin",
        "Về việc ban hành danh mục bí mật nhà nước độ Tối mật",
        "V/v giữ bí mật",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(words: str) -> None:
    header = parse(
        LETTER.replace("V/v rà soát hồ sơ", words) + BODY.replace("thực hiện", "thực hiện bảo mật, bí mật")
    ).header
    assert header.secrecy is None


@pytest.mark.parametrize("mark", ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HOẢ TỐC", "Hỏa tốc hẹn giờ"])
def test_urgency(mark: str) -> None:
    header = parse(LETTER.replace("V/v", f"{mark}\nV/v") + BODY).header
    assert header.urgency is not None
    assert header.urgency.value == mark
    assert header.subject is not None
    assert header.subject.value == "V/v rà soát hồ sơ"
    assert parse(LETTER.replace("rà soát", "khẩn trương rà soát") + BODY).header.urgency is None


def subject(text: str) -> str | None:
    found = parse(text).header.subject
    return found.value if found else None


def test_the_subject_ends_before_who_decides_and_takes_years_on_a_line_of_their_own() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN HẢI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 21/2022/NQ-HĐND\nAn Hải, ngày 07 tháng 9 năm 2022\nNGHỊ QUYẾT\nVỀ PHÁT TRIỂN ĐƯỜNG THÔN GIAI ĐOẠN\n"
        "2021-2025\nHỘI ĐỒNG NHÂN DÂN\nTỈNH AN HẢI\nKHÓA XIII, KỲ HỌP THỨ 7\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT NGHỊ:\nĐiều 1. Thông qua Kế hoạch."
    )
    assert subject(text) == "VỀ PHÁT TRIỂN ĐƯỜNG THÔN GIAI ĐOẠN 2021-2025"


def test_the_author_between_kind_and_subject_is_no_part_of_the_subject() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH AN HẢI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/2003/QĐ-UB\n"
        "An Hải, ngày 17 tháng 7 năm 2003\nQUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN TỈNH V/V PHÊ DUYỆT ĐỀ CƯƠNG\n"
        "QUY HOẠCH CHỢ\nỦY BAN NHÂN DÂN TỈNH AN HẢI\nCăn cứ Luật Xây dựng;\nĐiều 1. Phê duyệt đề cương."
    )
    assert subject(text) == "V/V PHÊ DUYỆT ĐỀ CƯƠNG QUY HOẠCH CHỢ"


def test_a_subject_in_small_letters_goes_on_under_a_blank_line() -> None:
    text = (
        "BỘ NỘI VỤ\nSố: 18/2014/TT-BNV\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Hải, ngày 25 tháng 11 năm 2014\n\n"
        "THÔNG TƯ\n\nQuy định việc xác nhận đơn vị\n\nđã được thành lập trước đây\n\nCăn cứ Luật Thanh niên;\n\n"
        "Điều 1. Phạm vi điều chỉnh"
    )
    assert subject(text) == "Quy định việc xác nhận đơn vị đã được thành lập trước đây"


def test_number_day_and_body_are_read_as_the_gazette_prints_them() -> None:
    text = (
        "NGHỊ ĐỊNH\n\nCỦA CHÍNH PHỦ SỐ 12/2007/NĐ-CP NGÀY 17 THÁNG 8 NĂM 2007\n\nVỀ ĐÒ NGANG\n\nCHÍNH PHỦ\n\n"
        "Căn cứ Luật Tổ chức Chính phủ;\n\nNGHỊ ĐỊNH:\n\nĐiều 1. Nghị định này quy định về đò ngang."
    )
    header = parse(text).header
    assert header.code
    assert header.code.value == "12/2007/NĐ-CP"
    assert header.date == date(2007, 8, 17)
    assert header.issuer
    assert header.issuer.value == "CHÍNH PHỦ"
    assert subject(text) == "VỀ ĐÒ NGANG"


def test_the_bodies_of_a_joint_circular_are_one_issuer() -> None:
    text = (
        "BỘ CÔNG AN\nBỘ TÀI CHÍNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 01/2009/TTLT-BCA-BTC\n"
        "Hà Nội, ngày 08 tháng 12 năm 2009\nTHÔNG TƯ LIÊN TỊCH\nHƯỚNG DẪN CHẾ ĐỘ TRỰC\nCăn cứ Luật Ngân sách;\n"
    )
    header = parse(text).header
    assert header.superior is None
    assert header.issuer
    assert header.issuer.value == "BỘ CÔNG AN - BỘ TÀI CHÍNH"


def test_the_subject_stands_under_an_author_on_a_line_of_its_own() -> None:
    top = "TỈNH ỦY AN HẢI\n*\nSố 17-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Hải, ngày 06 tháng 8 năm 2021\nCHỈ THỊ\n"
    text = top + "CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề công tác dư luận\n-----\nThực hiện Kết luận số 1-KL/TW."
    assert subject(text) == "về công tác dư luận"


def test_the_subject_stands_under_a_kind_with_its_body() -> None:
    text = (
        "CÔNG TY CỔ PHẦN CẢNG AN HẢI\nSố: 07/NQ-HĐQT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "An Hải, ngày 14 tháng 02 năm 2023\nNGHỊ QUYẾT HỘI ĐỒNG QUẢN TRỊ\nV/v tổ chức Đại hội\nHỘI ĐỒNG QUẢN TRỊ\n"
        "Căn cứ Luật Doanh nghiệp;\nĐiều 1. Thông qua thời gian tổ chức."
    )
    assert subject(text) == "V/v tổ chức Đại hội"


def test_a_telegram_gives_its_hour_and_its_addressees() -> None:
    document = parse(
        "ỦY BAN NHÂN DÂN TỈNH AN HẢI\nSố: 04/CĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "An Hải, hồi 10 giờ 30 ngày 18 tháng 9 năm 2023\nCÔNG ĐIỆN\nVề việc ứng phó với bão\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HẢI ĐIỆN:\n- Giám đốc Sở Xây dựng;\n- Chủ tịch UBND các huyện.\n"
        "1. Hoãn các cuộc họp không cần thiết."
    )
    assert document.header.date == date(2023, 9, 18)
    assert [name.value for name in document.addressees] == ["Giám đốc Sở Xây dựng", "Chủ tịch UBND các huyện"]
    assert [duty.text for duty in document.duties] == ["Hoãn các cuộc họp không cần thiết"]
