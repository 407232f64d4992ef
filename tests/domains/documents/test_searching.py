"""Searching the library: what is found however it is typed, in which order, and that nothing unseen shows."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motbuoc.domains.documents.models import Copy, Document, DocumentLink
from motbuoc.domains.documents.searching import Order, Question, Validity, Wanted, documents_sought, facets_for
from motbuoc.domains.documents.services import correct_document
from motbuoc.domains.documents.snippets import marked, snippet
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from tests.factories import TEXT, Cast, make_directive, make_document
from vanban.spelling import words_in
from vanban.text import fold

TONES = "\u0300\u0301\u0303\u0309\u0323"
MOVED = {"oà": "òa", "oá": "óa", "uỷ": "ủy", "uý": "úy", "oè": "òe", "ủy": "uỷ", "òa": "oà", "úy": "uý"}


def paper(cast: Cast, body: str, **columns: object) -> Document:
    document = make_document(cast, f"{TEXT}\n{body}\n")
    for name, value in columns.items():
        setattr(document, name, value)
    document.save()
    return document


def found(viewer, words: str = "", **more: object) -> list[Document]:
    return list(documents_sought(viewer, Question(words, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("12-cv", True),
        ("12 cv duk", True),
        ("viec lam", True),
        ("VIỆC mẫu", True),
        ("quán triệt", True),
        ("quan triet", True),
        ("quan tri", True),  # the last word unfinished
        ("quan tri ", False),  # finished
        ('"việc làm"', True),
        ('"mẫu việc làm" khác', False),
        ('"làm việc"', False),
        ("chi uỷ", True),
        ("chi ủy", True),
        ("không có", False),
        ("%", False),
        ("* OR (", False),
        ('"', False),
        ("'); drop table", False),
    ],
)
def test_found_by_words_of_the_text_in_any_spelling(cast, words, is_found):
    document = make_document(cast)
    assert found(cast.officer, words) == ([document] if is_found else [])


def test_words_follow_a_correction(cast):
    document = make_document(cast)
    correct_document(actor=cast.officer, document=document, version=1, changes={"subject": "Đổi mới sáng tạo"})
    assert found(cast.officer, "doi moi") == [document]


WORDS = st.lists(
    st.sampled_from(sorted({word for word in words_in(TEXT) if len(word) > 1})), min_size=3, max_size=3
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, st.sampled_from(["without marks", "composed apart", "tone moved", "capitals"]))
def test_a_document_is_found_by_any_three_of_its_words_however_typed(cast, words, typed):
    document = Document.objects.first() or make_document(cast)
    question = " ".join(words)
    match typed:
        case "without marks":
            question = fold(question)
        case "composed apart":
            question = unicodedata.normalize("NFD", question)
        case "tone moved":
            for one, other in MOVED.items():
                question = question.replace(one, other)
        case "capitals":
            question = question.upper()
    assert found(cast.officer, question) == [document]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_question_is_an_error_and_a_hit_has_a_passage(cast, words):
    document = Document.objects.first() or make_document(cast)
    for one in found(cast.officer, words):
        assert one == document
        assert all(part in document.text for part, is_hit in snippet(document.text, Wanted.of(words)) if is_hit)


def test_as_written_before_without_tones_before_without_marks(cast):
    bare = paper(cast, "xa can bo", subject="Một")
    toneless = paper(cast, "xá cân bơ", subject="Hai")
    exact = paper(cast, "xã cần bờ", subject="Ba")
    other_tones = paper(cast, "xả cận bớ", subject="Bốn")
    assert found(cast.officer, '"xã cần bờ"') == [exact, other_tones, toneless, bare]
    assert len(found(cast.officer, '"xa can bo"')) == 4


def test_the_number_itself_then_the_subject_then_the_text(cast):
    citing = paper(cast, "Căn cứ Chương trình số 21-CTr/TU", code="30-KH/ĐUK")
    titled = paper(cast, "Không", code="31-KH/ĐUK", subject="Thực hiện 21-CTr/TU")
    itself = paper(cast, "Không", code="21-CTr/TU")
    late = paper(cast, "Xem Chương trình số 21-CTr/TU", code="32-KH/ĐUK")
    for typed in ("21-CTr/TU", "21 ctr tu"):
        assert found(cast.officer, typed) == [itself, titled, late, citing]


def test_words_side_by_side_come_before_words_apart(cast):
    together = paper(cast, "công tác dân vận khéo")
    paper(cast, "vận động nhân dân, khéo léo; dân")
    assert found(cast.officer, "dan van kheo")[0] == together


def test_kỷ_and_kỉ_are_one_word_and_an_unfinished_one_goes_on(cast):
    document = paper(cast, "kỉ luật; quyết tâm")
    assert found(cast.officer, "kỷ luật") == [document]
    assert found(cast.officer, "quy") == [document]


def test_sorted_by_name_as_a_dictionary_does(cast):
    names = ["Ăn ở", "Ấp văn hóa", "Chỉ tiêu", "Dân vận", "Đại hội", "Kế hoạch 9", "Kế hoạch 10", "Ủy quyền"]
    for name in sorted(names):
        paper(cast, "x", subject=name)
    assert [one.subject for one in found(cast.officer, order=Order.NAME)] == names


def test_narrowed_by_issuer_type_year_and_class(cast):
    one = paper(cast, "x", issuer="TỈNH ỦY MẪU", type="CTr", issued_on=date(2022, 2, 18))
    two = make_document(cast, classification=Classification.INTERNAL)
    assert found(cast.officer, issuer="TỈNH ỦY MẪU") == [one]
    assert found(cast.officer, type="CTr") == [one]
    assert found(cast.officer, year=2026) == [two]
    assert found(cast.officer, classification="internal") == [two]


def test_what_holds_what_was_replaced_and_what_has_run_out(cast):
    today = clock.today()
    holds = paper(cast, "x", valid_from=today)
    to_come = paper(cast, "x", valid_from=date(2099, 1, 1))
    run_out = paper(cast, "x", valid_until=date(2020, 1, 1))
    replaced, amended = paper(cast, "x"), paper(cast, "x")
    for target, pinpoint in ((replaced, ""), (amended, "mục 3")):
        DocumentLink.objects.create(
            source=holds, target=target, relation="replaces", pinpoint=pinpoint, stated_by=cast.officer
        )
    assert set(found(cast.officer, validity=Validity.IN_FORCE)) == {holds, amended}
    assert found(cast.officer, validity=Validity.TO_COME) == [to_come]
    assert found(cast.officer, validity=Validity.ENDED) == [run_out]
    assert found(cast.officer, validity=Validity.REPLACED) == [replaced]


def test_nothing_of_an_unseen_document_shows(cast):
    seen = make_directive(cast)
    paper(cast, "từ khóa riêng", issuer="BAN BÍ MẬT", type="BM", issued_on=date(1999, 1, 1), subject="Riêng")
    assert found(cast.member, "từ khóa riêng") == []
    assert found(cast.member) == [seen]
    facets = facets_for(cast.member)
    assert facets.issuers == (("ĐẢNG ỦY KHỐI MẪU", 1),)
    assert facets.types == (("CV", 1),)
    assert facets.years == ((2026, 1),)
    assert len(facets_for(cast.officer).issuers) == 2


def test_a_passage_shows_the_hit_as_it_is_written(cast):
    text = "Mở đầu dài dòng.\n" * 30 + "Các chi uỷ tổ chức Hội nghị.\n" + "Kết thúc.\n" * 50
    parts = snippet(text, Wanted.of("chi ủy"))
    assert [words for words, is_hit in parts if is_hit] == ["chi", "uỷ"]
    whole = "".join(words for words, _is_hit in parts)
    assert "Các chi uỷ tổ chức" in whole
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 330


def test_of_several_hits_the_one_as_typed_is_shown(cast):
    text = "Tuyển dân quân dân vạn. " + "x " * 200 + "Công tác dân vận."
    parts = snippet(text, Wanted.of("dân vận"))
    assert "Công tác dân vận." in "".join(words for words, _is_hit in parts)


def test_marking_changes_no_character():
    text = "Thủy lợi, kỉ luật; ĐẢNG ỦY"
    assert "".join(words for words, _hit in marked(text, Wanted.of("thuy ky dang"))) == text
    hits = [words for words, is_hit in marked(unicodedata.normalize("NFD", text), Wanted.of("thuỷ"))]
    assert len(hits) == 2


def test_only_what_a_viewer_may_read_and_only_from_above_or_the_same_unit_ends_a_document(cast):
    ended = make_directive(cast)
    draft = paper(cast, "x")
    stated = DocumentLink.objects.create(source=draft, target=ended, relation="replaces", stated_by=cast.officer)
    assert found(cast.officer, validity=Validity.REPLACED) == [ended]
    assert found(cast.member, validity=Validity.REPLACED) == []  # they may not know of the draft
    assert found(cast.member, validity=Validity.IN_FORCE) == [ended]
    (row,) = found(cast.member)
    assert not row.is_replaced  # type: ignore[attr-defined]
    Document.objects.filter(pk=draft.pk).update(state="sent")
    Copy.objects.create(document=draft, unit=cast.unit_a)
    assert found(cast.member, validity=Validity.REPLACED) == [ended]
    for unit, is_ended in ((cast.province, True), (cast.unit_a, False), (cast.bloc, True)):
        Document.objects.filter(pk=stated.source_id).update(unit=unit)
        assert bool(found(cast.member, validity=Validity.REPLACED)) == is_ended
