"""Reads of documents: who sees which, which units are meant, what is missing, where to cut."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.documents.models import Addressee, Cycle, Document, Duty, DutyUnit, TimeKind
from motbuoc.domains.documents.selectors import (
    clarity_of,
    cuts_of,
    documents_for,
    duties_for,
    duty_after,
    shares_of,
    units_meant,
    units_meant_by_each,
    units_to_import_for,
)
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_document, make_unit


@pytest.fixture
def document(cast) -> Document:
    return make_document(cast)


def test_before_issue_only_reviewers_see_it(cast, document):
    seen = {name for name in vars(cast) if name in PEOPLE and documents_for(getattr(cast, name)).exists()}
    assert seen == {"officer", "second_officer"}


PEOPLE = (
    "central_officer",
    "officer",
    "second_officer",
    "secretary",
    "secretary_b",
    "department_worker",
    "member",
    "stranger",
    "inspector",
)


def test_after_issue_all_its_units_see_it_and_no_stranger(cast):
    make_directive(cast)
    seen = {name for name in PEOPLE if documents_for(getattr(cast, name)).exists()}
    assert seen == set(PEOPLE) - {"stranger"}


def test_a_unit_that_received_no_copy_does_not_see_it(cast, document):
    Addressee.objects.update(selection=Addressee.Selection.ONE_UNIT, unit=cast.unit_a)
    Document.objects.update(state="confirmed")
    issue_directive(actor=cast.officer, document=Document.objects.get(), version=1)
    assert documents_for(cast.secretary).exists()
    assert not documents_for(cast.secretary_b).exists()
    assert not duties_for(cast.secretary_b).exists()


def test_documents_are_brought_in_for_the_unit_of_the_grant_not_for_all_below(cast):
    assert list(units_to_import_for(cast.officer, clock.today())) == [cast.bloc]
    assert not units_to_import_for(cast.secretary, clock.today()).exists()


def test_units_meant_by_each_and_together(cast, document):
    one = Addressee.objects.create(
        document=document, text="A", position=1, start=0, end=0, selection="one_unit", unit=cast.unit_a
    )
    informed = Addressee.objects.create(
        document=document, text="B", position=2, start=0, end=0, selection="informed"
    )
    each = units_meant_by_each(document.addressees.all(), document, clock.today())
    assert each[one.pk] == [cast.unit_a.pk]
    assert each[informed.pk] == []
    assert len(units_meant(document.addressees.all(), document, clock.today())) == 2


def test_a_unit_founded_later_is_not_meant_before(cast, document):
    make_unit("Chi bộ mới", UnitKind.PARTY_BASE_CELL, cast.bloc, "M")
    assert len(units_meant(document.addressees.all(), document, clock.today())) == 3
    assert units_meant(document.addressees.all(), document, date(2019, 12, 31)) == []


def test_shares_are_what_issuing_makes(cast, document):
    assert [len(share.unit_ids) for share in shares_of(document, clock.today())] == [2, 2, 2, 1]
    Document.objects.update(state="confirmed")
    made = issue_directive(actor=cast.officer, document=Document.objects.get(), version=1)
    assert len(made) == 7


def missing(document) -> list[tuple[str, ...]]:
    return [row.missing for row in clarity_of(Document.objects.get(pk=document.pk), clock.today())]


def test_what_is_missing_of_each_duty(document):
    assert missing(document) == [
        ("product", "report"),
        ("product", "when", "report"),
        ("product", "when", "report"),
        ("product", "when", "report"),
    ]


def test_each_answer_settles_its_question(document):
    Document.objects.update(report_cycle=Cycle.QUARTER, runs_until=date(2026, 12, 31))
    Duty.objects.update(product="Báo cáo")
    Duty.objects.filter(time_kind=TimeKind.PERIODIC).update(cycle=Cycle.QUARTER, due_on=date(2026, 6, 30))
    assert missing(document) == [(), (), (), ()]


def test_nobody_to_do_it_and_nothing_to_do_block(document):
    DutyUnit.objects.all().delete()
    Duty.objects.filter(position=0).update(verb="")
    rows = clarity_of(document, clock.today())
    assert [row.blocks for row in rows] == [True, False, False, True]


def test_dropped_duties_are_not_asked_about(document):
    Duty.objects.filter(position__lt=2).update(is_dropped=True)
    assert len(clarity_of(document, clock.today())) == 2


def test_the_next_duty_of_the_same_item(document):
    first, second, third, _fourth = document.duties.all()
    assert duty_after(first) is None
    assert duty_after(second) == third
    Duty.objects.filter(pk=third.pk).update(is_dropped=True)
    assert duty_after(second) is None


def pieces(text: str) -> list[str]:
    """The text as it falls apart when cut everywhere; it stands from the 7th character of its document."""
    cuts = [0, *(cut.at - 7 for cut in cuts_of(Duty(start=7, text=text))), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một việc duy nhất.", ["Một việc duy nhất."]),
        ("Nắm tình hình; báo cáo kịp thời.", ["Nắm tình hình; ", "báo cáo kịp thời."]),
        ("Quán triệt. Tổ chức đối thoại.", ["Quán triệt. ", "Tổ chức đối thoại."]),
        ("Theo Công văn số 12. 34 đơn vị", ["Theo Công văn số 12. 34 đơn vị"]),
        ("Nộp trước 15.6.2026 cho Ban;", ["Nộp trước 15.6.2026 cho Ban;"]),
    ],
)
def test_where_a_duty_can_be_cut(text, parts):
    assert pieces(text) == parts


@given(st.text("ab.; \nĐ1", max_size=60))
def test_cut_pieces_are_the_text_and_none_is_empty(text):
    assert "".join(pieces(text)) == text
    for cut in cuts_of(Duty(start=0, text=text)):
        assert text[cut.at :].strip(" ;,.\n")
        assert 0 < cut.at < len(text)
