"""How wide columns are where nobody has said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.writing.tables import widths_for

LONG = "Tổ chức hội nghị học tập, quán triệt Chỉ thị của Ban Thường vụ Tỉnh ủy về xây dựng tác phong gần dân"


def test_a_day_is_not_broken_beside_long_words() -> None:
    widths = widths_for([("TT", "Đơn vị", "Nhiệm vụ", "Hạn"), ("1", LONG, LONG, "15/05/2026")])
    assert widths[3] / sum(widths) * 70 == pytest.approx(12)
    assert widths[1] == widths[2] > widths[3]


def test_short_tables_stay_as_they_were() -> None:
    assert widths_for([("TT", "Họ và tên"), ("1", "Lê Văn Thử")]) == (6.0, 12.0)


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1))
def test_every_column_has_a_width(rows: list[tuple[str, str, str]]) -> None:
    widths = widths_for(rows)
    assert len(widths) == 3
    assert all(width >= 2 for width in widths)
