"""Texts grouped by what they speak of."""

from __future__ import annotations

import random
import unicodedata
from statistics import median

import pytest
from benchmarks.listening import agreed, grouped, k_means
from hypothesis import given, settings
from hypothesis import strategies as st

from motbuoc.domains.listening import grouping
from motbuoc.domains.listening.grouping import Grouping, fewest, group
from motbuoc.domains.listening.placing import Place, Themes, place
from motbuoc.domains.listening.weighing import by_label
from motbuoc.domains.listening.wording import LONGEST, wording
from tests.domains.listening.labelled import labelled
from vanban.text import fold

TEXTS = [one.text for one in labelled("tuning")]


def parts(found: Grouping, texts: list[str]) -> set[frozenset[str]]:
    """The groups as sets of texts, whatever their numbers; those alone as sets of one."""
    sets: dict[object, set[str]] = {}
    for at, label in enumerate(found.labels):
        sets.setdefault(("alone", texts[at]) if label is None else label, set()).add(texts[at])
    return {frozenset(one) for one in sets.values()}


def test_it_agrees_with_a_person_better_than_plain_k_means():
    """What the labels are worth is written over them; the half that is held back is the one that counts."""
    for half in ("held_back", "tuning"):
        texts = labelled(half)
        ours = agreed(texts, grouped([one.text for one in texts]))
        theirs = median(agreed(texts, k_means(texts, seed)) for seed in range(3))
        print(f"ARI {half}: ours {ours:.3f}, TF-IDF k-means {theirs:.3f}, n={len(texts)}")
        assert ours > theirs + 0.1


def test_the_labelled_set_is_what_it_says():
    tuning, held_back = labelled("tuning"), labelled("held_back")
    texts = [one.text for one in (*tuning, *held_back)]
    assert len(texts) >= 400
    assert len({wording(text).key or text for text in texts}) == len(texts)
    assert len({one.theme for one in held_back if not one.is_alone}) >= 20
    assert not {one.theme for one in held_back if one.is_new} & {one.theme for one in tuning}


def test_the_order_in_which_texts_come_does_not_matter():
    first = group(TEXTS)
    for seed in range(3):
        shuffled = random.Random(seed).sample(TEXTS, len(TEXTS))
        again = group(shuffled)
        assert parts(again, shuffled) == parts(first, TEXTS)
        assert [one.words for one in again.groups] == [one.words for one in first.groups]
        assert [[shuffled[at] for at in one.central] for one in again.groups] == [
            [TEXTS[at] for at in one.central] for one in first.groups
        ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*TEXTS, "👍", "", "x"]), max_size=40), st.randoms(use_true_random=False))
def test_neither_for_any_few_texts(texts: list[str], rng: random.Random):
    shuffled = rng.sample(texts, len(texts))
    assert parts(group(shuffled), shuffled) == parts(group(texts), texts)


def test_the_same_texts_and_seed_always_give_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grouping, "SAMPLE", 60)
    assert group(TEXTS, seed=4) == group(TEXTS, seed=4)
    sampled, whole = agreed(labelled("tuning"), grouped(TEXTS)), group(TEXTS, seed=5)
    assert sampled > 0.4
    assert len(whole.groups) > 10


def test_characters_composed_or_not_and_capitals_play_no_part():
    first = group(TEXTS).labels
    assert group([unicodedata.normalize("NFD", text) for text in TEXTS]).labels == first
    assert group([text.upper() for text in TEXTS]).labels == first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thủy lợi xuống cấp, khóa nước", "Thuỷ lợi xuống cấp, khoá nước"),
        ("Hòa giải, ủy ban, kỹ thuật", "Hoà giải, uỷ ban, kĩ thuật"),
        ("Đường hư quá!!!", "ĐƯỜNG   hư quá 😡😡"),
        ("Học phí tăng cao", "Xin hỏi học phí tăng cao quá ạ?"),
        ("Công ty nợ bảo hiểm xã hội", "cty nợ bhxh"),
        ("Học phí tăng cao", "hoc phi tang cao"),
    ],
)
def test_what_says_the_same_is_one(one: str, other: str):
    assert wording(one) == wording(other)
    assert group(["Con mèo", one, other]).same_as == (0, 1, 1)


def test_a_word_is_told_from_another_by_its_accents_where_there_are_any():
    assert wording("chưa có").words == ()
    assert wording("chùa có").fields
    assert wording("chua co").words == ()


def test_texts_without_accents_are_grouped_nearly_as_those_with():
    folded = grouped([fold(text) for text in TEXTS])
    agreement = agreed(labelled("tuning"), folded)
    print(f"ARI of the tuning half without accents: {agreement:.3f}")
    assert agreement > 0.6 * agreed(labelled("tuning"), grouped(TEXTS))


def test_nothing_one_and_texts_without_words():
    assert group([]) == Grouping((), (), Themes({}, {}, 0), ())
    assert group(["Học phí cao"]).labels == (None,)
    nothing = group(["", "   ", "👍👍", "ạ", "?!", "Học phí cao", "\x00"])
    assert nothing.labels == (None,) * 7
    assert nothing.same_as == tuple(range(7))


def test_the_same_text_many_times_is_a_group_with_its_words():
    found = group(["Học phí tăng cao quá"] * 5 + ["👍"])
    assert found.labels == (0, 0, 0, 0, 0, None)
    assert found.groups[0].size == 5
    assert found.groups[0].words[0] == "học phí"
    assert found.groups[0].central == (0,)


def test_in_a_meeting_about_one_matter_the_words_decide():
    """All speak of wages and insurance, so the field tells nothing apart; what is asked alike is together."""
    alike = [
        ["Tại sao công ty chậm lương hai tháng?", "Bao giờ công ty trả lương?", "Công ty nợ lương, khi nào trả"],
        ["Đề nghị tăng lương tối thiểu", "luong toi thieu vung bao gio tang"],
        ["Tiền ăn giữa ca quá thấp", "Suất ăn ca kém chất lượng", "bữa ăn giữa ca ít thịt"],
        ["Sổ bảo hiểm xã hội khi nào được chốt?", "chốt sổ bhxh khi nào"],
        ["Thưởng tết năm nay bao nhiêu", "Tết này thưởng mấy tháng lương?"],
    ]
    texts = [text for questions in alike for text in questions]
    found = group(texts)
    assert parts(found, texts) == {frozenset(questions) for questions in alike}
    words = {word for one in found.groups for word in one.words}
    assert {"lương tối thiểu", "thưởng"} <= words


def test_words_are_proposed_with_accents_and_whole():
    found = group(["Giá phan bon tăng", "Phân bón tăng giá", "phân bón giả", "Thẻ bảo hiểm y tế", "bảo hiểm y tế"])
    assert {one.words[0] for one in found.groups} == {"phân bón", "bảo hiểm y tế"}


def test_a_pasted_book_is_looked_at_in_part_and_holds_nothing_up():
    book = "Rác thải sinh hoạt chất đống đầu ngõ, ruồi nhặng đầy. " * 20_000
    found = group([book, "\u0301" * 1_000_000, "a" * 1_000_000, unicodedata.normalize("NFD", book), *TEXTS])
    assert len(wording(book).words) <= LONGEST
    assert found.labels[0] == found.labels[3] is not None
    rubbish = TEXTS.index("Rác sinh hoạt ba bốn ngày mới có xe đến gom, bốc mùi hôi thối.")
    assert found.labels[4 + rubbish] == found.labels[0]


def test_a_group_of_very_many_has_more_than_two():
    assert [fewest(count) for count in (2, 3_000, 100_000, 1_000_000)] == [2, 3, 16, 50]


def test_a_text_is_placed_where_it_was_grouped_and_a_new_one_where_it_belongs():
    found = group(TEXTS)
    kept = Themes.of_data(found.themes.as_data())
    assert tuple(place(text, kept).theme for text in TEXTS) == found.labels
    drought = found.labels[TEXTS.index("Đề nghị hỗ trợ giống cho các hộ bị thiệt hại do xâm nhập mặn.")]
    new = place("Nước mặn vào sâu, lúa chết hết rồi", kept)
    assert new.theme == drought is not None
    assert 0.3 <= new.likeness <= 1
    assert place("Hôm qua xem phim hay", kept).theme is None
    assert place("", kept) == place("👍", kept) == Place(None, 0.0)
    others = [one.number for one in found.groups if one.number != drought]
    assert place("Nước mặn vào sâu, lúa chết hết rồi", kept, others).theme != drought


def test_themes_a_person_made_are_learnt_from_their_texts():
    known = [one for one in labelled("tuning") if not one.is_alone]
    names = sorted({one.theme for one in known})
    themes = by_label([wording(one.text) for one in known], [names.index(one.theme) for one in known])
    held_back = [one for one in labelled("held_back") if not one.is_new]
    told = [(one.theme, place(one.text, themes).theme) for one in held_back]
    right = sum(label is not None and names[label] == theme for theme, label in told)
    wrong = sum(label is not None and names[label] != theme for theme, label in told)
    print(f"of {len(told)} held-back texts {right} placed right, {wrong} wrong")
    assert right > 1.5 * wrong
    assert right > len(told) / 3
