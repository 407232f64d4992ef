"""The dispatch that the whole project is about, read exactly. Names and texts come from the shared folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vanban import Document, TimeKind, read
from vanban.as_json import to_dict


@pytest.fixture(scope="module")
def document(seed: Path) -> Document:
    return read(seed)


@pytest.fixture(scope="module")
def printed(document: Document) -> dict[str, Any]:
    return to_dict(document)


def test_letterhead(printed: dict[str, Any], label: dict[str, Any]) -> None:
    assert printed["regime"] == label["regime"]
    assert {name: printed["header"][name] for name in label["header"]} == label["header"]
    assert printed["header"]["secrecy"] is None


def test_addressees(printed: dict[str, Any], label: dict[str, Any]) -> None:
    assert printed["addressees"] == label["addressees"]


def test_citations_without_the_own_number(printed: dict[str, Any], label: dict[str, Any]) -> None:
    found = [{name: each[name] for name in ("code", "date", "issuer")} for each in printed["citations"]]
    assert found == label["citations"]


TITLES_END = {"21-CTr/TU": ", Ban", "01-CT/TU": " và Kế", "75-KH/ĐUK": ", nhằm", "08-CT/TU": ";", "06-CT/TU": ";"}


def test_titles_of_citations_where_they_are_said(document: Document) -> None:
    titles = {citation.code: citation.title for citation in document.citations}
    for code, end in TITLES_END.items():
        after = document.text[document.text.index(code) :]
        start = after.index(" về ") + 1
        assert titles[code] == after[start : after.index(end, start)]
    assert titles["217-QĐ/TW"] is None
    assert titles["218-QĐ/TW"] is None


def test_provisions(printed: dict[str, Any], label: dict[str, Any]) -> None:
    found = [{"number": each["number"], "heading": each["heading"]} for each in printed["provisions"]]
    assert found == label["provisions"]


def test_distribution(printed: dict[str, Any], label: dict[str, Any]) -> None:
    found = [{"name": each["name"], "kind": each["kind"]} for each in printed["distribution"]]
    assert found == label["distribution"]


def test_signer(printed: dict[str, Any], label: dict[str, Any]) -> None:
    assert printed["signer"] == label["signer"]


def test_every_item_has_its_duties_and_owner(printed: dict[str, Any], label: dict[str, Any]) -> None:
    owners = {(duty["item"], duty["who"]) for duty in label["duties"]}
    assert {(duty["item"], duty["who"]) for duty in printed["duties"]} == owners


def test_about_one_duty_a_sentence(document: Document) -> None:
    counts = {str(n): sum(duty.item == str(n) for duty in document.duties) for n in range(1, 8)}
    assert counts == {"1": 1, "2": 3, "3": 1, "4": 1, "5": 3, "6": 2, "7": 2}


def test_no_deadline_is_invented(document: Document) -> None:
    assert [duty.deadline.due for duty in document.duties] == [None] * len(document.duties)
    assert not any(duty.deadline.kind is TimeKind.DATED for duty in document.duties)


def test_periodic_duties_say_that_their_period_is_missing(document: Document) -> None:
    periodic = [duty for duty in document.duties if duty.deadline.kind is TimeKind.PERIODIC]
    assert [(duty.item, duty.deadline.missing) for duty in periodic] == [("2", ("period",)), ("7", ("period",))]
    assert [note.code for note in document.notes] == ["missing_period", "missing_period"]
    report = periodic[1]
    assert [actor.value for actor in report.actors] == ["Ban Tuyên giáo Đảng ủy Khối"]
    assert report.verb is not None
    assert report.verb.value == "báo cáo"


def test_continuous_duties(document: Document) -> None:
    kinds = {}
    for duty in document.duties:
        kinds.setdefault(duty.item, set()).add(duty.deadline.kind)
    assert kinds["1"] == {TimeKind.UNDATED}
    assert all(TimeKind.CONTINUOUS in kinds[item] for item in "23456")


def test_the_closing_request_is_no_duty(document: Document) -> None:
    assert all(duty.item for duty in document.duties)
    last = document.provisions[-1].span.end
    assert max(duty.span.end for duty in document.duties) <= last


def test_each_duty_is_whole(document: Document) -> None:
    for duty in document.duties:
        assert duty.verb
        assert duty.object
        assert 0 < duty.confidence < 1
        assert " ".join(document.text[duty.span.start : duty.span.end].split()) == duty.text
