"""Words in three spellings: whatever the composition, the capitals and the place of the tone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.spelling import Spelling, spellings, words_in


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("Dân", Spelling("dan", "da6n", "da6n")),
        ("dần", Spelling("dan", "da6n", "da6n2")),
        ("Đường", Spelling("duong", "d9u7o7ng", "d9u7o7ng2")),
        ("uỷ", Spelling("uy", "uy", "uy3")),
        ("ủy", Spelling("uy", "uy", "uy3")),
        ("HOÀ", Spelling("hoa", "hoa", "hoa2")),
        ("kỷ", Spelling("ki", "ky", "ky3")),
        ("quý", Spelling("qui", "quy", "quy1")),
        ("thủy", Spelling("thuy", "thuy", "thuy3")),
        ("tay", Spelling("tay", "tay", "tay")),
        ("2026", Spelling("2026", "2026", "2026")),
    ],
)
def test_a_word_has_three_spellings(word, spelled):
    assert spellings(word) == [spelled]
    assert spellings(unicodedata.normalize("NFD", word)) == [spelled]


def test_a_number_is_its_parts():
    assert words_in("Số 21-CTr/TU") == ["số", "21", "ctr", "tu"]


@given(st.text(max_size=200))
def test_any_text_becomes_words_that_an_index_keeps_whole(text):
    for word in spellings(text):
        for spelled in word:
            assert spelled
            assert spelled == spelled.lower()
            assert not any(sign.isspace() or sign in "\"'*:()&|<>-" for sign in spelled)
