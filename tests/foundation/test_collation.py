"""Vietnamese alphabetical order: the letters of the alphabet, then the tones, figures by value."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from motbuoc.foundation.core.collation import collation_key

IN_ORDER = [
    ["9", "10", "ai", "ăn", "ân", "ba", "cá", "dân", "đảng", "em", "êm", "oi", "ôi", "ơi", "um", "ưm", "y"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "ma quỷ", "mai"],
    ["Chỉ thị", "Chương trình", "Công văn", "Dự án", "Đề án", "Kế hoạch 9", "Kế hoạch 10", "Nghị quyết"],
    ["dân vận", "Dân vận khéo", "dấu", "đan", "đàn", "đán"],
]


def test_names_stand_as_in_a_dictionary():
    for names in IN_ORDER:
        assert sorted(sorted(names), key=collation_key) == names


def test_capitals_composition_and_the_place_of_the_tone_make_no_difference():
    assert (
        collation_key("Ủy ban") == collation_key("uỷ ban") == collation_key(unicodedata.normalize("NFD", "ỦY BAN"))
    )


@given(st.text(max_size=200))
def test_any_name_has_a_key_that_every_database_sorts_alike(name):
    key = collation_key(name)
    assert key.isascii()
    assert len(key) <= 1000
    assert all(sign.isdigit() or sign.islower() for sign in key)
