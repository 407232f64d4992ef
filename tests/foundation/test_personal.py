"""Where nobody is asked, whatever a writer would be asked of is doubted too, and more."""

from __future__ import annotations

import pytest

from motbuoc.foundation.core.personal import is_personal, names_in, personal_data_in


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Trần Thị Mẫu chậm trả lương",
        "Tran Van Thu noi la khong co",
        "thửa đất số 123",
        "tại Hà Nội Nguyễn Văn Mẫu trình bày",
        "Nông Thị Mẫu được khen",
        "Phan Mẫu dự",
    ],
)
def test_what_a_writer_is_asked_of_and_more_is_doubted(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize("text", ["Lương Tối thiểu vùng", "Học tập Bác Hồ", "Bà Rịa", "Trường Sa, Hoàng Sa"])
def test_places_and_whom_all_speak_of_are_nobody(text: str) -> None:
    assert not is_personal(text)
    assert personal_data_in(text) == []


def test_each_part_of_a_run_of_capitals_may_be_a_name() -> None:
    assert {"Trần Mẫu", "Sở Trần Mẫu", "Sở Trần"} == names_in("của Sở Trần Mẫu nói")
