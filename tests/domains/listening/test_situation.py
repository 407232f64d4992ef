"""The report of the situation: weighed words on a scale, figures as published, every sentence with its themes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.listening.models import Theme
from motbuoc.domains.listening.publishing import monday_of, publish_unit
from motbuoc.domains.listening.situation import paper_of, scale_in_words, situation_of, weighted
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.papers.situation import situation_file
from tests.domains.listening.test_opinions import add, theme_of
from tests.domains.listening.test_opinions import box as box
from vanban import read

pytestmark = pytest.mark.django_db


def named(box, name, told=""):
    theme = theme_of(box, name)
    Theme.objects.filter(pk=theme.pk).update(is_named=True, told=told)
    return Theme.objects.get(pk=theme.pk)


def filled(box):
    week = monday_of(clock.today()) - timedelta(days=14)
    roads = named(box, "Đường xuống cấp", "Đã bố trí vốn.")
    few = named(box, "Chuyện của vài người")
    for number in range(20):
        add(box, f"a {number}", week, roads, "worried" if number < 14 else "upset")
    for number in range(3):
        add(box, f"b {number}", week, few, "upset")
    publish_unit(box.unit_id)
    return roads, few


def test_words_are_weighed_by_the_scale(settings):
    assert [weighted(part, 100) for part in (100, 80, 79, 50, 30, 10, 9, 1)] == [
        "hầu hết",
        "hầu hết",
        "đa số",
        "đa số",
        "nhiều",
        "một số",
        "ít",
        "ít",
    ]
    settings.OPINION_WEIGHTS = {"phần lớn": 60, "phần nhỏ": 0}
    assert weighted(2, 3) == "phần lớn"
    assert "“phần lớn”: từ 60%" in scale_in_words()


def test_every_sentence_leads_to_its_themes_and_none_to_few(box):
    roads, few = filled(box)
    found = situation_of(box.unit_id, 4)
    sentences = [sentence for section in found.sections.values() for sentence in section]
    assert any(roads in sentence.themes for sentence in sentences)
    assert all(few not in sentence.themes for sentence in sentences)
    words = " ".join(sentence.words for sentence in sentences)
    assert "Đa số ý kiến đã phân loại (14/20) băn khoăn" in words
    assert "(6/20) bức xúc" in words
    assert "Đã bố trí vốn" in words
    assert few.name not in words
    assert "23" not in words


def test_nothing_to_tell_is_said(cast, box):
    with pytest.raises(Refusal, match="tuần nào"):
        situation_of(box.unit_id, 4)
    named(box, "Đường")
    add(box, "a", clock.today() - timedelta(days=20), None)
    publish_unit(box.unit_id)
    with pytest.raises(Refusal, match="đủ ý kiến"):
        situation_of(box.unit_id, 4)


def test_it_comes_out_as_an_official_word_file_that_reads_back(box, tmp_path):
    filled(box)
    found = situation_of(box.unit_id, 13)
    texts = {key: "\n".join(one.words for one in section) for key, section in found.sections.items()}
    texts["causes"] = "Vốn duy tu bố trí chậm."
    content = paper_of(box.unit_id, found, texts, ("15", "PHÓ BÍ THƯ", "Lê Thử Ký"))
    path = tmp_path / "bc.docx"
    path.write_bytes(situation_file(content))
    document = read(path)
    assert document.header.type.value == "BC"
    assert document.header.number.value == "15"
    assert "Vốn duy tu bố trí chậm" in document.text
    assert "Đường xuống cấp" in document.text
    assert "Thang đo từ ngữ" in document.text
    assert "Chuyện của vài người" not in document.text
