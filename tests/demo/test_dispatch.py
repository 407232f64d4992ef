"""The dispatch of the demo, as the reader reads it back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import vanban
from demo.dispatch import dispatch_file, dispatch_text
from demo.timetable import timetable
from vanban.document import Document, RecipientKind, TimeKind

UNTIL = date(2026, 11, 23)
LONGEST_SHARED = 8  # syllables in a row; "của Ban Thường vụ Đảng ủy Khối về" is that long


@pytest.fixture(scope="module", params=[UNTIL, date(2027, 2, 10), date(2025, 6, 2)], ids=str)
def read(request, tmp_path_factory) -> Document:
    path = tmp_path_factory.mktemp("dispatch") / "38-CV-DUK.docx"
    path.write_bytes(dispatch_file(timetable(request.param)))
    return vanban.read(path)


def test_it_has_seven_items(read: Document):
    assert [provision.number for provision in read.provisions] == list("1234567")


def test_its_letterhead_is_read(read: Document):
    header = read.header
    assert header.superior.value == "ĐẢNG BỘ TỈNH SÔNG MÂY"
    assert header.issuer.value == "ĐẢNG ỦY KHỐI CƠ QUAN - DOANH NGHIỆP TỈNH"
    assert (header.code.value, header.type.value, header.place.value) == ("38-CV/ĐUK", "CV", "Sông Mây")
    assert header.subject.value.startswith("Nhiệm vụ dân vận trọng tâm ")


def test_its_citations_are_read_and_not_its_own_number(read: Document):
    codes = ["14-CTr/TU", "09-CT/TU", "19-CT/TU", "12-KH/ĐUK", "11-CT/TU", "27-KL/TU", "08-HD/ĐUK"]
    assert [citation.code for citation in read.citations] == codes
    assert all(citation.date and citation.date < read.header.date for citation in read.citations)


def test_its_addressees_and_recipients_are_read(read: Document):
    assert len(read.addressees) == 3
    kinds = [recipient.kind for recipient in read.distribution]
    assert len(kinds) == 6
    for kind in (RecipientKind.PERSON, RecipientKind.CHANNEL, RecipientKind.ARCHIVE, RecipientKind.ADDRESSEES):
        assert kinds.count(kind) == 1


def test_item_seven_is_given_to_ban_tuyen_giao_with_a_report_whose_period_is_missing(read: Document):
    duties = [duty for duty in read.duties if duty.item == "7"]
    assert {actor.value for duty in duties for actor in duty.actors} == {"Ban Tuyên giáo Đảng ủy Khối"}
    periodic = [duty.deadline for duty in duties if duty.deadline.kind == TimeKind.PERIODIC]
    assert [deadline.missing for deadline in periodic] == [("period",)]


def test_its_closing_paragraph_is_no_duty(read: Document):
    assert {duty.item for duty in read.duties} == set("1234567")
    assert all(duty.span.end <= read.text.index("Nhận được Công văn này") for duty in read.duties)


def test_it_is_signed(read: Document):
    signature = read.signature
    assert (signature.authority.value, signature.title.value) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    assert signature.name.value == "Võ Thanh Khê"


def test_no_sentence_of_the_real_dispatch_is_copied(shared: Path):
    ours = dispatch_text(timetable(UNTIL))
    ours = _syllables(ours[ours.index("\n1. ") : ours.index("Nơi nhận")])
    real = _syllables((shared / "seed/554-CV-DUK.txt").read_text(encoding="utf-8"))
    runs = _runs(real, LONGEST_SHARED + 1)
    assert [" ".join(run) for run in _runs(ours, LONGEST_SHARED + 1) if run in runs] == []


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(syllables: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(syllables[i : i + length]) for i in range(len(syllables) - length + 1)}
