"""Figures in a text: fields bound to the ledger, and numbers typed by hand told from them."""

from __future__ import annotations

import pytest

from motbuoc.domains.reporting.fields import TYPED, fields_in, filled, plain, run, with_fields

FIGURES = {"i2_05": {"words": "06", "name": "Cuộc đối thoại", "sources": [3, 4]}}


def test_a_made_text_becomes_fields_and_back() -> None:
    runs = [run("Cuộc đối thoại: "), run("06", [3, 4], "i2_05"), run(" cuộc.")]
    text = with_fields(runs)
    assert text == "Cuộc đối thoại: {{i2_05}} cuộc."
    assert fields_in(text) == {"i2_05"}
    back = filled(text, FIGURES, [], "")
    assert plain(back) == plain(runs)
    assert back[1] == run("06", [3, 4], "i2_05")


def test_a_number_of_ones_own_is_marked_and_one_of_the_source_is_not() -> None:
    runs = filled("Phát 120 tờ rơi, vượt 15% so với 2025.", FIGURES, [7], "Đã phát 120 tờ rơi.")
    assert [each["text"] for each in runs if each.get("is_typed")] == ["15%"]
    assert runs[0] == run("Phát 120 tờ rơi, vượt ", [7])


def test_an_unknown_field_stays_as_typed_and_is_marked() -> None:
    runs = filled("Có {{i9_99}} cuộc", FIGURES, [], "")
    assert runs[1] == run("{{i9_99}}") | {"is_unknown": True}


@pytest.mark.parametrize("words", ["ngày 05/3/2026", "Công văn số 12-CV/ĐUK", "năm 2026", "quý III", "Covid-19"])
def test_dates_codes_and_years_are_no_figures(words: str) -> None:
    assert TYPED.findall(words) == []


@pytest.mark.parametrize(
    ("words", "found"), [("1.250 người", "1.250"), ("98,5 % số", "98,5 %"), ("có 7.", "7"), ("(12)", "12")]
)
def test_figures(words: str, found: str) -> None:
    assert TYPED.findall(words) == [found]
