"""No text makes the reader raise, and what it reports always stands in the text where it says."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vanban import Document, Field, find_citations, parse
from vanban.as_json import from_dict, to_dict
from vanban.document import MentionKind, Provision, Span

PIECES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐOÀN TNCS HỒ CHÍ MINH",
    "ĐẢNG ỦY KHỐI",
    "UBND TỈNH AN HẢI",
    "SỞ NỘI VỤ",
    "Số: 12/KH-UBND",
    "Số 5-CV/ĐUK",
    "Số:      /QĐ-UBND",
    "Số: 779\n/QĐ-UBND",
    "An Hải, ngày 05 tháng 01 năm 2024",
    "An Hải, ngày 31 tháng 02 năm 2024",
    "An Hải, ngày     tháng 8 năm 2025",
    "KẾ HOẠCH",
    "NGHỊ\nĐỊNH",
    "QUYẾT ĐỊNH:",
    "V/v trồng cây",
    "về việc trồng cây",
    "TỐI MẬT",
    "HỎA TỐC",
    "Kính gửi:",
    "Kính gửi: - Sở A, \n- Sở B;",
    "THỦ TƯỚNG CHÍNH PHỦ điện:",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
    "Chỉ thị số 31-CT/TU ngày 99/99/2023, Kế hoạch số 134-KH/TU của Ban Thường vụ Tỉnh ủy",
    "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ lập kế hoạch trước ngày 30/02/2025.",
    "2. Sở Nội vụ",
    "- Định kỳ báo cáo; hằng tháng báo cáo trong quý IV năm 2025.",
    "a) Nhiệm vụ: Rà soát",
    "Đơn vị chủ trì: Sở Tư pháp.",
    "Thời gian thực hiện: Tháng 13/2025",
    "Chương I",
    "Điều 1. Phạm vi",
    "I. MỤC ĐÍCH",
    "1.1.1. Nội dung",
    "“b) đoạn trích",
    "”",
    "Yêu cầu các sở thực hiện Kế hoạch này./.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "(đã ký)",
    "Trần Văn Mẫu",
    "| a | b |",
    "| --- |",
    "**",
    "*",
    "-----",
    "",
    "  ",
]
soups = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " ", "", "    "]).map(lambda gap: gap.join(pieces))
)


def fields_of(document: Document) -> Iterator[Field]:
    header, signature = document.header, document.signature
    yield from (value for name in header.__slots__ if isinstance(value := getattr(header, name), Field))
    yield from document.addressees
    yield from (part for part in (signature.authority, signature.title, signature.name) if part)
    for duty in document.duties:
        yield from (*duty.actors, *duty.supports)
        yield from (part for part in (duty.verb, duty.object, duty.product) if part)
    yield from headings_of(document.provisions)


def headings_of(provisions: tuple[Provision, ...]) -> Iterator[Field]:
    for provision in provisions:
        if provision.heading:
            yield provision.heading
        yield from headings_of(provision.children)


def spans_of(document: Document) -> Iterator[Span | None]:
    yield document.header.date_span
    yield from (citation.span for citation in document.citations)
    yield from (recipient.span for recipient in document.distribution)
    yield from (note.span for note in document.notes)
    for duty in document.duties:
        yield duty.span
        yield duty.deadline.span
    todo = list(document.provisions)
    while todo:
        provision = todo.pop()
        yield provision.span
        todo.extend(provision.children)


SYMBOLS = ("code", "symbol", "type")


def words(text: str) -> list[str]:
    return text.split()


@settings(max_examples=250, deadline=None)
@given(soups)
@example("Số: 779\n/QĐ-UBND")
@example("KẾ HOẠCH")
@example("ĐẾN")
@example("Nơi nhận:")
@example("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
def test_any_text_is_read(text: str) -> None:
    document = parse(text)
    size = len(document.text)
    for span in spans_of(document):
        assert span is None or 0 <= span.start <= span.end <= size
    for value in fields_of(document):
        assert value.span is not None
        assert 0 <= value.span.start < value.span.end <= size
        assert 0 < value.confidence <= 1
    assert from_dict(to_dict(document)) == document


@settings(max_examples=250, deadline=None)
@given(soups)
def test_values_are_what_stands_in_the_text(text: str) -> None:
    document = parse(text)
    abbreviated = [getattr(document.header, name) for name in SYMBOLS]
    for value in fields_of(document):
        printed = document.text[value.span.start : value.span.end]
        if any(value is symbol for symbol in abbreviated):
            continue
        if value.confidence < 1:  # two columns run into each other: the words stand there, others between them
            rest = iter(printed)
            assert all(letter in rest for letter in "".join(words(value.value)))
            continue
        assert words(printed) == words(value.value)
    for recipient in document.distribution:
        assert recipient.span is None or words(document.text[recipient.span.start : recipient.span.end]) == words(
            recipient.name
        )
    for citation in document.citations:
        assert words(document.text[citation.span.start : citation.span.end]) == words(citation.raw)
    for duty in document.duties:
        assert words(document.text[duty.span.start : duty.span.end]) == words(duty.text)


@settings(max_examples=150, deadline=None)
@given(soups)
def test_what_was_read_is_read_the_same_again(text: str) -> None:
    """A stored text may be read again: the text does not change any more."""
    once = parse(text).text
    assert len(parse(once).text) <= len(once)


@given(soups)
def test_citations_of_any_text(text: str) -> None:
    for citation in find_citations(text):
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert citation.code or citation.kind is not MentionKind.FULL


def test_a_text_that_is_no_directive_is_shown_as_read() -> None:
    document = parse("Hôm nay trời đẹp.\nChúng tôi đi chơi.")
    assert document.text == "Hôm nay trời đẹp.\nChúng tôi đi chơi."
    assert document.regime is None
    missing = {note.field for note in document.notes if note.code == "not_found"}
    assert missing >= {"header.issuer", "header.code", "header.date", "header.subject", "provisions", "signer"}
