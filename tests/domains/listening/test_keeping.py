"""A person's names, mergers and moves outlive the next grouping."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motbuoc.domains.listening.grouping import group
from motbuoc.domains.listening.keeping import ALONE, Stand, keep
from tests.domains.listening.labelled import labelled

ROADS = [
    "Đường bê tông đầy ổ gà",
    "Đường liên thôn đầy ổ gà, lầy lội",
    "Đường lầy lội, xe không vào được",
    "đường bê tông nứt toác",
]
FEES = [
    "Học phí tăng cao quá",
    "Nhà trường thu học phí và nhiều khoản",
    "Học phí và quỹ lớp nhiều khoản quá",
    "hoc phi nha truong thu nhieu khoan",
]
MORE_ROADS = ["Đường thôn tôi lầy lội, ổ gà", "Đổ bê tông đường liên thôn đi"]
MORE_FEES = ["Xin giảm học phí, quỹ lớp", "Nhà trường thu nhiều khoản ngoài học phí"]
WATER = ["Nước máy đục ngầu", "Nước máy vàng đục, có cặn"]


def test_a_name_goes_with_its_texts_and_what_is_new_comes_to_it():
    texts = [*MORE_FEES, *ROADS, *WATER, *FEES, *MORE_ROADS, "👍"]
    before = [7 if text in ROADS else 9 if text in FEES else None for text in texts]
    stands = keep(texts, group(texts), before, {})
    assert [stands[texts.index(text)] for text in (*ROADS, *MORE_ROADS)] == [Stand(7)] * 6
    assert [stands[texts.index(text)] for text in (*FEES, *MORE_FEES)] == [Stand(9)] * 6
    new = [stands[texts.index(text)] for text in WATER]
    assert new[0] == new[1]
    assert new[0].theme is None
    assert new[0].group is not None
    assert stands[-1] == ALONE


def test_merged_themes_stay_one():
    texts = [*ROADS, *FEES, *MORE_ROADS, *MORE_FEES]
    stands = keep(texts, group(texts), [3] * 8 + [None] * 4, {})
    assert set(stands) == {Stand(3)}


def test_a_moved_text_stays_where_it_was_put_and_takes_no_other_with_it():
    texts = [*ROADS, *FEES, *MORE_ROADS]
    before = [7] * 4 + [9] * 4 + [None] * 2
    stands = keep(texts, group(texts), before, {0: 9, 1: None})
    assert stands[0] == Stand(9)
    assert stands[1] == ALONE
    assert stands[2:4] + stands[8:] == (Stand(7),) * 4


def test_a_theme_that_a_person_split_stays_split_and_what_is_new_goes_to_the_nearer():
    texts = ["Học phí cao", "Học phí trường công", "Quỹ lớp, học phí", "Quỹ lớp tự nguyện", "Quỹ lớp nhiều"]
    found = group(texts)
    assert len(set(found.labels)) == 1
    stands = keep(texts, found, [1, 1, 2, 2, None], {})
    assert stands == (Stand(1), Stand(1), Stand(2), Stand(2), Stand(2))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_nothing_that_a_person_placed_ever_moves(data: st.DataObject):
    texts = data.draw(st.lists(st.sampled_from([one.text for one in labelled("tuning")]), max_size=30))
    themes = st.one_of(st.none(), st.integers(1, 4))
    before = data.draw(st.lists(themes, min_size=len(texts), max_size=len(texts)))
    placed = data.draw(st.dictionaries(st.sampled_from(range(len(texts))), themes) if texts else st.just({}))
    stands = keep(texts, group(texts), before, placed)
    assert len(stands) == len(texts)
    assert all(stands[at] == Stand(theme) for at, theme in placed.items())
    assert {stand.theme for stand in stands} <= {None, *before, *placed.values()}
