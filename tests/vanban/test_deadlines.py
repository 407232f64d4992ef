"""When a duty falls due, in every way it is said. All texts are invented."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import Cycle, Deadline, TimeKind, parse
from vanban.duties.deadlines import deadline_of_block, find_deadline

WORDS = (
    "Trước ", "ngày ", "25/12 ", "hằng quý", ", 6 tháng", " và năm", "trong ", "quý III ", "tháng 13/2025", "kể từ ", "chậm nhất ", "năm 2026",
    "31/02/2025", "10 ngày làm việc ", "định kỳ ", "İ", "ﬃ ", "\n", "0000", "99 lần/năm", "tháng 00 ", "trước tháng 9", "6 tháng đầu năm ", "năm 0000",
)  # fmt: skip


def when(words: str, year: int | None = None) -> Deadline:
    """The deadline of a sentence that does not stand at the start of its text."""
    return find_deadline("Mở đầu. " + words, len("Mở đầu. "), len("Mở đầu. " + words), year=year)


@pytest.mark.parametrize(
    ("words", "raw", "due"),
    [
        ("Hoàn thành trước ngày 06 tháng 12 năm 2025.", "trước ngày 06 tháng 12 năm 2025", date(2025, 12, 6)),
        ("Nộp hồ sơ chậm nhất là ngày 5/9/2025.", "chậm nhất là ngày 5/9/2025", date(2025, 9, 5)),
        ("Nộp hồ sơ muộn nhất đến 15.9.2025.", "muộn nhất đến 15.9.2025", date(2025, 9, 15)),
        ("Thực hiện đến hết ngày 31/12/2026.", "đến hết ngày 31/12/2026", date(2026, 12, 31)),
        ("Thực hiện đến hết tháng 02 năm 2028.", "đến hết tháng 02 năm 2028", date(2028, 2, 29)),
        ("Hoàn thành trong quý III/2026.", "trong quý III/2026", date(2026, 9, 30)),
        ("Hoàn thành trong Quý 4 năm 2026.", "trong Quý 4 năm 2026", date(2026, 12, 31)),
        ("Hoàn thành trong 6 tháng đầu năm 2026.", "trong 6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("Hoàn thành trong 6 tháng cuối năm 2026.", "trong 6 tháng cuối năm 2026", date(2026, 12, 31)),
        ("Báo cáo vào cuối tháng 9/2026.", "cuối tháng 9/2026", date(2026, 9, 30)),
        ("Xong trước tháng 9/2026.", "Xong trước tháng 9/2026", date(2026, 9, 1)),
        ("Hoàn thành trước năm 2027.", "trước năm 2027", date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_a_day_or_the_end_of_a_period(words: str, raw: str, due: date) -> None:
    found = when(words)
    assert (found.kind, found.raw, found.due, found.missing) == (TimeKind.DATED, raw, due, ())


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Gửi danh sách trước ngày 25/12.", date(2026, 12, 25)),
        ("Gửi danh sách trước ngày 25 tháng 12.", date(2026, 12, 25)),
        ("Hoàn thành trong quý III.", date(2026, 9, 30)),
        ("Hoàn thành cuối tháng 9.", date(2026, 9, 30)),
        ("Hoàn thành trong 6 tháng đầu năm.", date(2026, 6, 30)),
    ],
)
def test_without_a_year_the_document_gives_it_or_it_is_missing(words: str, due: date) -> None:
    assert (when(words, 2026).due, when(words, 2026).missing) == (due, ())
    assert (when(words).due, when(words).missing) == (None, ("year",))


def test_a_day_that_does_not_exist_is_missing() -> None:
    assert (when("Gửi trước ngày 31/02/2026.").due, when("Gửi trước ngày 31/02/2026.").missing) == (
        None,
        ("date",),
    )


def test_before_is_told_from_at_the_latest() -> None:
    assert when("Gửi trước ngày 10/7/2026.").before
    assert not when("Gửi chậm nhất ngày 10/7/2026.").before
    assert when("Nộp trước 15 ngày của kỳ họp.").before


@pytest.mark.parametrize(
    ("words", "raw", "cycle", "also", "day"),
    [
        ("Báo cáo hằng quý, 6 tháng, năm.", "hằng quý, 6 tháng, năm", Cycle.QUARTER, (Cycle.HALF_YEAR, Cycle.YEAR), None),
        ("Báo cáo quý, 6 tháng, 9 tháng và năm.", "quý, 6 tháng, 9 tháng và năm", Cycle.QUARTER, (Cycle.HALF_YEAR, Cycle.NINE_MONTHS, Cycle.YEAR), None),
        ("Định kỳ 6 tháng và hằng năm báo cáo.", "Định kỳ 6 tháng và hằng năm", Cycle.HALF_YEAR, (Cycle.YEAR,), None),
        ("Báo cáo trước ngày 20 hằng tháng.", "trước ngày 20 hằng tháng", Cycle.MONTH, (), "20"),
        ("Hằng năm báo cáo (trước ngày 15 tháng 11).", "trước ngày 15 tháng 11", Cycle.YEAR, (), "15"),
        ("Kiểm tra ít nhất 01 lần/01 năm.", "ít nhất 01 lần/01 năm", Cycle.YEAR, (), None),
        ("Họp mỗi tháng một lần.", "mỗi tháng một lần", Cycle.MONTH, (), None),
        ("Sơ kết định kỳ 06 tháng/01 lần.", "định kỳ 06 tháng/01 lần", Cycle.HALF_YEAR, (), None),
        ("Giao ban hằng tuần để đánh giá.", None, None, (), None),
    ],
)  # fmt: skip
def test_cycles(
    words: str, raw: str | None, cycle: Cycle | None, also: tuple[Cycle, ...], day: str | None
) -> None:
    found = when(words)
    assert (found.raw, found.cycle, found.also, found.day) == (raw, cycle, also, day)
    assert (found.kind is TimeKind.PERIODIC) == (cycle is not None)


@pytest.mark.parametrize(
    ("words", "count", "unit", "event"),
    [
        ("Trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ.", 10, "working_day", "ngày nhận được hồ sơ"),
        ("Trả lời trong vòng 05 (năm) ngày, kể từ ngày ký.", 5, "day", "ngày ký"),
        ("Báo cáo chậm nhất 03 tháng sau khi kết thúc đại hội.", 3, "month", "kết thúc đại hội"),
        ("Nộp hồ sơ trước 30 ngày làm việc của các đợt trao giải.", 30, "working_day", "các đợt trao giải"),
        ("Đôn đốc theo thời gian được nêu tại khoản 1.", None, None, "khoản 1"),
    ],
)  # fmt: skip
def test_bound_to_an_event(words: str, count: int | None, unit: str | None, event: str) -> None:
    found = when(words)
    assert (found.kind, found.count, found.unit) == (TimeKind.EVENT, count, unit)
    assert found.event is not None
    assert found.event.value == event


@pytest.mark.parametrize(
    "words",
    [
        "Tổ chức đại hội nhiệm kỳ 2022 - 2027.",
        "Xây dựng mô hình giai đoạn 2020 - 2025, tầm nhìn đến năm 2030.",
        "Thi đua trong năm học 2025 - 2026.",
        "Thực hiện Chỉ thị số 01-CT/TU, ngày 17/10/2020.",
        "Tổng hợp số liệu tính đến hết tháng 10 năm 2025.",
        "Bố trí kinh phí trong dự toán hàng năm.",
    ],
)
def test_terms_stages_and_visions_are_no_deadlines(words: str) -> None:
    assert when(words, 2026) == Deadline(TimeKind.UNDATED)


@pytest.mark.parametrize(
    ("printed", "kind", "due", "cycle"),
    [
        ("Tháng 12/2025.", "dated", date(2025, 12, 31), None),
        ("Quý IV/2025", "dated", date(2025, 12, 31), None),
        ("Trong năm 2026.", "dated", date(2026, 12, 31), None),
        ("Ngày 30/11/2025", "dated", date(2025, 11, 30), None),
        ("Hằng năm.", "periodic", None, Cycle.YEAR),
        ("Thường xuyên.", "continuous", None, None),
        ("Giai đoạn 2026-2030", "undated", None, None),
    ],
)
def test_a_labelled_line(printed: str, kind: str, due: date | None, cycle: Cycle | None) -> None:
    found = deadline_of_block(printed, 0, len(printed))
    assert (found.kind, found.due, found.cycle, found.raw) == (TimeKind(kind), due, cycle, printed.rstrip("."))


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), st.integers(0, 9999))
def test_any_words_give_a_deadline_that_lies_in_them(words: str, year: int) -> None:
    for found in (find_deadline(words, 0, len(words), year=year), deadline_of_block(words, 0, len(words), year)):
        if found.span is not None:
            assert found.raw == words[found.span.start : found.span.end]
        if found.event and found.event.span:
            assert found.event.value in " ".join(words.split())


def test_the_year_of_the_paper_reaches_its_duties() -> None:
    paper = "UBND TỈNH AN HẢI\nSố: 5/KH-UBND\nAn Hải, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề trồng cây\n\n1. Sở Xây dựng lập danh sách trước ngày 25/4.\n"
    (duty,) = parse(paper).duties
    assert duty.deadline.due == date(2026, 4, 25)
