"""What may be sent to a language model, and what its words may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.reporting.wording_checks import as_plain, bound, checked, normal, unknown_in
from motbuoc.foundation.core.personal import is_personal

SENT = [
    {
        "text": "Cuộc đối thoại: 06 cuộc; kỳ trước: 1.203; đạt 85%.",
        "runs": [
            {"text": "Cuộc đối thoại: ", "sources": []},
            {"text": "06", "sources": [1], "cell": "i2_05"},
            {"text": " cuộc; kỳ trước: ", "sources": []},
            {"text": "1.203", "sources": [1], "cell": "i2_05.ky_truoc"},
            {"text": "; đạt 85%.", "sources": []},
        ],
    },
    {"text": "Mỗi cuộc có 85 người, trong hai ngày.", "runs": [{"text": "Mỗi cuộc có 85 người, trong hai ngày."}]},
]


@pytest.mark.parametrize("text", ["Có 6 cuộc.", "Có 06 cuộc, kỳ trước 1203.", "Đạt 85 %.", "85 người, hai ngày."])
def test_what_was_sent_is_known_however_it_is_written(text: str) -> None:
    assert unknown_in(text, SENT, ()) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Có 7 cuộc.", ["7"]),
        ("Có 60 cuộc.", ["60"]),
        ("Có 6% đồng ý.", ["6%"]),
        ("Có 1.20 triệu.", ["1.20", "triệu"]),
        ("Ngày 15/10/2026.", ["15", "10", "2026"]),
        ("Tăng ba lần, 12,03 điểm.", ["ba", "12,03"]),
        ("Có {{i9_99}} cuộc.", ["{{i9_99}}"]),
    ],
)
def test_what_was_not_is_found(text: str, unknown: list[str]) -> None:
    assert unknown_in(text, SENT, ["i2_05"]) == unknown


def test_a_field_of_the_ledger_may_be_put_in_by_hand() -> None:
    assert unknown_in("Có {{i2_05}} cuộc.", SENT, ["i2_05"]) == []


def test_a_figure_becomes_the_field_if_it_can_be_no_other() -> None:
    assert bound("Có 6 cuộc, 1.203 trước, 85 người.", SENT) == (
        "Có {{i2_05}} cuộc, {{i2_05.ky_truoc}} trước, 85 người."
    )
    assert bound("Mục 6/2026, mẫu 06-DV, {{i2_05}}.", SENT) == "Mục 6/2026, mẫu 06-DV, {{i2_05}}."
    twice = [*SENT, {"text": "6 tổ", "runs": [{"text": "6 tổ"}]}]
    assert bound("Có 6 cuộc.", twice) == "Có 6 cuộc."


@pytest.mark.parametrize(
    "text",
    [
        "Ông Trần Mẫu phản ánh.",
        "đồng chí Hà đã dự",
        "Hộ Nguyễn Thị Mẫu thoát nghèo",
        "NGUYỄN VĂN MẪU",
        "Số 0123.456.789",
        "Căn cước của người dân",
        "Le\u0302 Thi\u0323 Ma\u0302\u0303u đa\u0303 nhận nhà",
    ],
)
def test_what_may_tell_of_a_person(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đã tổ chức 06 cuộc đối thoại tại Hà Nội.",
        "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Tặng quà cho các em ở trường và người dân ấp mới.",
        "Chi bộ Sở Ánh Dương đã quán triệt Chỉ thị số 05-CT/TW.",
        "Vận động 1.203 hộ, 2.415 người, 3.120 triệu đồng.",
    ],
)
def test_what_tells_of_nobody(text: str) -> None:
    assert not is_personal(text)


@given(st.text(max_size=300))
def test_an_answer_is_one_paragraph_of_plain_words(answer: str) -> None:
    plain = as_plain(answer)
    assert plain == as_plain(plain)
    assert not set("<>{}*`") & set(plain)
    assert plain == " ".join(plain.split())


@given(st.text(alphabet="0123456789.,% {}i_ax", max_size=60))
def test_nothing_of_it_is_lost_when_it_is_checked(text: str) -> None:
    assert "".join(run["text"] for run in checked(text, SENT, ["i2_05"])) == text
    bound(text, SENT)


@pytest.mark.parametrize(("one", "other"), [("06", "6"), ("1.203", "1203"), ("85 %", "85%"), ("0", "00")])
def test_the_same_figure(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("1,203", "1.203"), ("6", "6%")])
def test_another_figure(one: str, other: str) -> None:
    assert normal(one) != normal(other)
