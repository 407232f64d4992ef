"""The layout check in words: every rule has its sentence, every value its word, in the language of the page."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from motbuoc.domains.documents.layout import LayoutCheck, sentence, source_of
from motbuoc.domains.documents.layout_words import AREAS, ELEMENTS, LOOKS, RULES
from motbuoc.domains.documents.models import Document
from tests.factories import make_document
from vanban.checking.rules import all_codes, areas, looks_of, rows


def finding(code: str, found: str | None = None, expected: str | None = None, **more: object) -> dict[str, object]:
    return {
        "code": code,
        "severity": "must",
        "message": "In English",
        "source": "30/2020/NĐ-CP, Phụ lục I, II.5, cell 5a",
        "found": found,
        "expected": expected,
        "can_fix": False,
        "spots": [],
        **more,
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_words_that_name_its_values(language):
    values = re.compile(r"[{}]|^\W")
    with translation.override(language):
        for code in all_codes():
            said = sentence(finding(code, "<one>", "<other>"))
            template = str(RULES.get(code) or LOOKS[code.partition(".")[2]])
            assert ("{found}" in template) == ("<one>" in said), code
            assert ("{expected}" in template) == ("<other>" in said), code
            assert not values.search(said.replace("“<one>”", "x").replace("<one>", "x")), said


def test_no_words_for_rules_that_are_not_there():
    elements = {code.partition(".")[0] for code in all_codes() if code not in RULES}
    assert set(RULES) <= set(all_codes())
    assert set(ELEMENTS) == elements
    assert set(LOOKS) == {look for element in elements for look in looks_of(element)}


def test_every_part_of_a_paper_has_a_name():
    assert tuple(AREAS) == areas()


def test_no_english_is_left_in_a_source():
    english = re.compile(
        r"\b(and|cell|no|the|its|own|custom|sample|forms|papers|reported|where|hand|typing|file)\b"
    )
    with translation.override("vi"):
        said = [source_of(finding("page.size", source=row.source)) for row in rows()]
        followed = "36-HD/VPTW, II.4.2 (followed where 29-HD/TWĐTN-VP is not at hand)"
        said.append(source_of(finding("page.size", source=followed)))
    assert [source for source in said if english.search(source)] == []
    assert said[-1].startswith("36-HD/VPTW, II.4.2 (áp dụng thay cho 29-HD/TWĐTN-VP")


@pytest.mark.parametrize(
    ("code", "found", "expected", "words"),
    [
        ("subject.size", "13", "14", "Cỡ chữ của trích yếu là 13; quy định là 14."),
        ("page.margin_left", "25", "30", "Lề trái 25 mm; quy định 30 mm."),
        ("page.margin_right", "25.4", "15–20", "Lề phải 25,4 mm; quy định 15–20 mm."),
        ("page.size", "216 × 279", "210 × 297", "Khổ giấy 216 × 279 mm; quy định 210 × 297 mm (A4)."),
        ("type.bold", "not bold", "bold", "Kiểu chữ của tên loại văn bản là không đậm; quy định là đậm."),
        ("signer_name.align", "left", "in the middle", "Dòng họ tên người ký đang căn trái; quy định căn giữa."),
        ("page_number.place", "bottom", "top", "Số trang đặt ở lề dưới; quy định đặt ở lề trên."),
        (
            "body.gap",
            "0",
            "6 or more",
            "Khoảng cách giữa các đoạn của nội dung văn bản là 0 pt; quy định tối thiểu 6 pt.",
        ),
        (
            "body.line",
            "of 1.08 times a single line",
            "1–1.5 times a single line or exactly 17 or more pt",
            "Giãn dòng của nội dung văn bản là 1,08 dòng đơn; quy định 1–1,5 dòng đơn hoặc tối thiểu 17 pt.",
        ),
        (
            "body.line",
            "of exactly 14.5 pt",
            "exactly 18 pt",
            "Giãn dòng của nội dung văn bản là đúng 14,5 pt; quy định đúng 18 pt.",
        ),
        ("distribution.mark", "nothing", ";", "Sau một dòng của Nơi nhận là không có dấu; quy định là “;”."),
        (
            "type.symbol",
            "KL",
            "QĐ or QĐi",
            "Ký hiệu mở đầu bằng “KL”; với thể loại này phải là “QĐ” hoặc “QĐi”.",
        ),
        (
            "text.tone",
            "39 like “òa, ủy”, 1 like “oà, uỷ”",
            None,
            "Dấu thanh đặt theo hai cách (39 chữ theo kiểu “òa, ủy”, 1 chữ theo kiểu “oà, uỷ”); "
            "một văn bản chỉ dùng một cách.",
        ),
        ("number.spaces", "Số:  1.5", "Số: 1.5", "Dòng số ghi “Số:  1.5”; phải là “Số: 1.5”."),
    ],
)
def test_what_is_said(code, found, expected, words):
    with translation.override("vi"):
        assert sentence(finding(code, found, expected)) == words


def test_signs_of_a_template_in_the_paper_stay_signs():
    assert "“{expected}”" in sentence(finding("number.colon", "{expected}", "Số:"))


@pytest.fixture
def document(cast) -> Document:
    return make_document(cast)


def spot(words: str, start: int) -> dict[str, object]:
    return {"words": words, "span": [start, start + len(words)], "paragraph": 1, "page": None, "line": 1}


def test_binding_rules_first_few_places_and_remarks_apart(document):
    nowhere = {"words": "", "span": None, "paragraph": 3, "page": None, "line": None}
    document.layout = [
        finding("typography.unchecked", severity="should"),
        finding("number.blank", severity="should", can_fix=True),
        finding("body.size", "13", "14", spots=[spot("Tổ chức", at) for at in range(6)] + [nowhere]),
    ]
    check = LayoutCheck(document)
    assert [departure.must for departure in check.departures] == [True, False]
    assert (check.must, check.should, check.can_mend) == (1, 1, True)
    assert len(check.remarks) == 1
    first = check.departures[0]
    assert [place.key for place in first.places] == ["layout-0-7", "layout-1-8", "layout-2-9", "layout-3-10"]
    assert first.more == 2


def test_words_that_depart_twice_are_one_place(document):
    document.layout = [finding(code, "11", "12", spots=[spot("Tổ chức", 5)]) for code in ("body.size", "body.gap")]
    check = LayoutCheck(document)
    assert [departure.places for departure in check.departures] == [check.places, check.places]
    assert len(check.places) == 1


def test_parts_stand_in_the_order_of_the_paper(document):
    document.layout = [
        finding("distribution.missing"),
        finding("number.blank", severity="should"),
        finding("body.size", "13", "14"),
        finding("page.margin_top", "25", "20"),
        finding("body.bold", "bold", "not bold"),
    ]
    parts = [(must, str(name), len(rows)) for must, name, rows in LayoutCheck(document).parts]
    assert parts == [
        (True, "Trang giấy", 1),
        (True, "Phần nội dung", 2),
        (True, "Phần cuối văn bản", 1),
        (False, "Phần đầu văn bản", 1),
    ]


def test_not_checked_is_not_the_same_as_in_order(document):
    assert not LayoutCheck(document).is_checked
    document.layout = []
    assert LayoutCheck(document).is_checked
    assert LayoutCheck(document).departures == []


def test_why_a_file_was_not_checked(document):
    other = LayoutCheck(document).why_not
    document.reading["notes"] = [{"code": "recognised", "field": "text", "message": "", "span": None}]
    assert "ảnh" in LayoutCheck(document).why_not != other
