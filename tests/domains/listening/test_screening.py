"""What tells who somebody is, is found in words as people write them; what does not, is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.listening.legal_doors import Door, legal_door
from motbuoc.domains.listening.receipts import LENGTH, SIGNS, code_of, digest_of, new_form_key, shown
from motbuoc.domains.listening.screening import MOST, Kind, personal_data_in, taken_in, without

TELLS = {
    "Ông Nguyễn Văn Thử ở ấp 3 chưa được đền bù": [(Kind.NAME, "Ông Nguyễn Văn Thử")],
    "ông nguyễn văn thử nói vậy": [(Kind.NAME, "nguyễn văn thử")],
    "Tran Van Thu noi la khong co": [(Kind.NAME, "Tran Van Thu")],
    "Giám đốc Trần Thị Mẫu chậm trả lương": [(Kind.NAME, "Trần Thị Mẫu")],
    "anh Ba Khía bị cho nghỉ việc": [(Kind.NAME, "Ba Khía")],
    "Gọi cho tôi số 0912 345 678 nhé": [(Kind.PHONE, "0912 345 678")],
    "điện thoại 02753822456": [(Kind.PHONE, "02753822456")],
    "Số CCCD 083099001234 của tôi": [(Kind.NUMBER, "083099001234")],
    "xe biển số 71B1-123.45": [(Kind.NUMBER, "71B1-123.45")],
    "thư gửi toi@vi-du.vn": [(Kind.MAIL, "toi@vi-du.vn")],
    "nhà tôi số 12 đường Nguyễn Đình Chiểu": [(Kind.ADDRESS, "số 12 đường Nguyễn Đình Chiểu")],
    "thửa đất số 123, tờ bản đồ số 5": [(Kind.ADDRESS, "thửa đất số 123"), (Kind.ADDRESS, "tờ bản đồ số 5")],
}
TELLS_NOT = (
    "Bí thư Đảng ủy xã trả lời giúp",
    "Đường Nguyễn Huệ ngập mỗi khi triều cường",
    "trường Lê Lợi thu nhiều khoản",
    "Học tập tư tưởng Hồ Chí Minh",
    "Lương tối thiểu 4.680.000 đồng, từ 01/07/2026",
    "Nghị định 145/2020/NĐ-CP và Công văn 554-CV/ĐUK",
    "anh em công nhân, chị em phụ nữ và bà con ấp 3",
    "BAN GIÁM ĐỐC CHẬM TRẢ LƯƠNG",
    "Hồ Sơ nộp ở Ủy ban nhân dân đã hai tháng",
    "Đoàn Thanh niên, Hội Nông dân và Công đoàn",
    "Bà Rịa và Phan Thiết xa quá",
    "tháng 12 năm 2026 có 1.200 người từ 0800 đến 1700",
)


@pytest.mark.parametrize("text", TELLS)
def test_what_tells_who_somebody_is(text: str) -> None:
    assert [(spot.kind, spot.words) for spot in personal_data_in(text)] == TELLS[text]
    for _kind, words in TELLS[text]:
        assert words not in without(text, personal_data_in(text))


@pytest.mark.parametrize("text", TELLS_NOT)
def test_what_tells_nobody(text: str) -> None:
    assert personal_data_in(text) == []
    assert without(text, personal_data_in(text)) == text


@given(st.text(max_size=400))
def test_any_text_is_looked_through(text: str) -> None:
    words = taken_in(text)
    spots = personal_data_in(words)
    assert [words[spot.start : spot.end] for spot in spots] == [spot.words for spot in spots]
    assert all(before.end <= after.start for before, after in pairwise(spots))
    assert taken_in(words) == words


def test_a_pasted_book_is_refused_before_it_is_looked_through() -> None:
    with pytest.raises(ValueError, match="too many"):
        personal_data_in("a" * (MOST + 1))


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("Tôi tố cáo hành vi nhận tiền của cán bộ", Door.DENUNCIATION),
        ("toi to cao giam doc", Door.DENUNCIATION),
        ("Tôi muốn khiếu nại quyết định thu hồi đất", Door.COMPLAINT),
        ("Đơn khiếu nại lần hai", Door.COMPLAINT),
        ("Việc giải quyết khiếu nại, tố cáo còn chậm", None),
        ("Khi nào sửa đường ấp 3?", None),
    ],
)
def test_what_belongs_to_a_legal_door(text: str, door: Door | None) -> None:
    assert legal_door(text) == door


def test_a_receipt_is_found_by_its_code_as_people_type_it() -> None:
    key = new_form_key()
    code = code_of(key)
    assert code == code_of(key)
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)
    digest = digest_of(code)
    assert digest
    assert code not in digest
    assert digest == digest_of(shown(code)) == digest_of(f"  {shown(code).lower().replace('-', ' ')} ")
    assert digest == digest_of(code.replace("1", "I").replace("0", "o"))
    assert digest_of("ABC") is digest_of("") is digest_of("Đ" * LENGTH) is None
