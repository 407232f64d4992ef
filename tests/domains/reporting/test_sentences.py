"""What units wrote, split into sentences; what says the same is one, and nothing that says something else is."""

from __future__ import annotations

import pytest

from motbuoc.domains.reporting.sentences import Said, merged, sentences_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đã tổ chức 3 cuộc. Phát 120 tờ rơi.", ["Đã tổ chức 3 cuộc.", "Phát 120 tờ rơi."]),
        ("- Một việc\n+ Hai việc;\n1. Ba việc", ["Một việc", "Hai việc;", "Ba việc"]),
        ("Thu 1.250.000 đồng tại TP. Mẫu trong quý.", ["Thu 1.250.000 đồng tại TP. Mẫu trong quý."]),
        ("Đạt 98,5 %. 12 đơn vị chưa báo cáo.", ["Đạt 98,5 %.", "12 đơn vị chưa báo cáo."]),
        ("Dừng ở đây. nhưng câu còn tiếp", ["Dừng ở đây. nhưng câu còn tiếp"]),
        (" \n\n", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert sentences_in(text) == found


def said(*texts: str) -> list[Said]:
    return [Said(text, place, f"Đơn vị {place}") for place, text in enumerate(texts, 1)]


def test_the_same_words_are_one_in_the_clearest_of_them() -> None:
    found = merged(
        said(
            "Nguoi dung dau da doi thoai voi doan vien",
            "Người đứng đầu đã đối thoại với đoàn viên.",
            "người đứng đầu đã đối thoại với đoàn viên",
        )
    )
    assert [one.text for one in found] == ["Người đứng đầu đã đối thoại với đoàn viên."]
    assert found[0].sources == [1, 2, 3]
    assert found[0].units == ["Đơn vị 1", "Đơn vị 2", "Đơn vị 3"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đã tổ chức 3 cuộc đối thoại với đoàn viên.", "Đã tổ chức 5 cuộc đối thoại với đoàn viên."),
        ("Kiến nghị đã được trả lời đầy đủ.", "Kiến nghị chưa được trả lời đầy đủ."),
        ("Tổ chức đối thoại tại xã Tân Bình.", "Tổ chức đối thoại tại xã Tân Phú."),
        ("Số vụ việc tăng so với năm trước.", "Số vụ việc giảm so với năm trước."),
    ],
)
def test_what_says_something_else_stays_apart(one: str, other: str) -> None:
    assert [each.text for each in merged(said(one, other))] == [one, other]
