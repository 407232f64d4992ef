"""Writes to documents: what each changes, its line of history, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from motbuoc.domains.documents.models import Addressee, Document, Duty, DutyUnit
from motbuoc.domains.documents.services import (
    DutyUnits,
    add_duty,
    confirm_document,
    correct_document,
    correct_duty,
    drop_duty,
    merge_duties,
    open_for_review,
    reopen_document,
    resolve_addressee,
    split_duty,
)
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive, make_document


@pytest.fixture
def document(cast) -> Document:
    return make_document(cast)


def last_line() -> HistoryLine:
    line = HistoryLine.objects.last()
    assert line
    return line


def test_a_correction_records_old_and_new_of_what_differs(cast, document):
    changes = {"subject": "Khác", "runs_until": date(2026, 12, 31), "place": document.place}
    correct_document(actor=cast.officer, document=document, version=1, changes=changes)
    values = last_line().values
    assert values["subject"] == ["Việc làm mẫu", "Khác"]
    assert values["runs_until"] == [None, "2026-12-31"]
    assert "place" not in values


def test_the_reading_itself_never_changes(cast, document):
    before = document.reading
    correct_document(actor=cast.officer, document=document, version=1, changes={"subject": "Khác"})
    assert Document.objects.get().reading == before


def test_a_second_correction_of_the_same_version_is_refused(cast, document):
    correct_document(actor=cast.officer, document=document, version=1, changes={"subject": "A"})
    with pytest.raises(Collision):
        correct_document(actor=cast.second_officer, document=document, version=1, changes={"subject": "B"})
    assert Document.objects.get().subject == "A"


def test_correcting_a_duty_settles_its_doubts(cast, document):
    duty = document.duties.get(unsure=["period"])
    Duty.objects.filter(pk=duty.pk).update(confidence=0.4, unsure=["period", "verb"])
    once = correct_duty(actor=cast.officer, duty=duty, version=1, changes={"verb": "Tổ chức"})
    assert (once.confidence, once.unsure) == (1.0, ["period"])
    twice = correct_duty(actor=cast.officer, duty=duty, version=2, changes={"cycle": "quarter"})
    assert twice.unsure == []
    assert Duty.objects.get(pk=duty.pk).unsure == []


def test_units_are_replaced_as_a_whole(cast, document):
    duty = document.duties.get(for_addressees=False)
    units = DutyUnits(False, leads=[cast.unit_a.pk], supports=[cast.department.pk])
    correct_duty(actor=cast.officer, duty=duty, version=1, changes={}, units=units)
    assert {(p.unit_id, p.part) for p in duty.units.all()} == {
        (cast.unit_a.pk, "lead"),
        (cast.department.pk, "support"),
    }
    values = last_line().values
    assert values["lead"] == [[cast.department.pk], [cast.unit_a.pk]]
    assert values["support"] == [[], [cast.department.pk]]
    assert "for_addressees" not in values


@pytest.mark.parametrize(("lead", "support"), [("province", None), ("unit_a", "unit_a")])
def test_units_from_elsewhere_or_twice_are_refused_and_nothing_changes(cast, document, lead, support):
    duty = document.duties.get(for_addressees=False)
    units = DutyUnits(False, [getattr(cast, lead).pk], [getattr(cast, support).pk] if support else [])
    with pytest.raises(Refusal):
        correct_duty(actor=cast.officer, duty=duty, version=1, changes={"product": "x"}, units=units)
    assert Duty.objects.get(pk=duty.pk).product == ""
    assert [part.unit for part in duty.units.all()] == [cast.department]


def test_splitting_keeps_words_order_and_units(cast, document):
    duty = document.duties.get(for_addressees=False)
    at = duty.start + duty.text.index("theo dõi")
    first, second = split_duty(actor=cast.officer, duty=duty, version=1, at=at)
    assert (first.text, second.text) == ("Giao Ban Tuyên giáo", "theo dõi việc thực hiện")
    for half in (first, second):
        assert document.text[half.start : half.end] == half.text
        assert [part.unit for part in half.units.all()] == [cast.department]
    assert second.position == first.position + 1
    assert second.unsure == ["verb"]


@pytest.mark.parametrize("offset", [0, -3, 1000])
def test_splitting_outside_the_words_is_refused(cast, document, offset):
    duty = document.duties.first()
    with pytest.raises(Refusal):
        split_duty(actor=cast.officer, duty=duty, version=1, at=duty.start + offset)
    assert document.duties.count() == 4


def test_splitting_in_the_middle_moves_the_later_ones(cast, document):
    duty = document.duties.get(position=1)
    split_duty(actor=cast.officer, duty=duty, version=1, at=duty.start + 12)
    assert list(document.duties.values_list("position", flat=True)) == [0, 1, 2, 3, 4]


def test_merging_covers_both_and_the_other_comes_back_by_splitting(cast, document):
    first, second = document.duties.filter(provision__number="2")
    kept = merge_duties(actor=cast.officer, duty=first, version=1, other=second)
    assert kept.text == document.text[first.start : second.end]
    gone = Duty.objects.get(pk=second.pk)
    assert gone.is_dropped
    with pytest.raises(Refusal):  # the same words would be two duties
        drop_duty(actor=cast.officer, duty=gone, version=gone.version, dropped=False)
    assert Duty.objects.get(pk=second.pk).is_dropped
    head, tail = split_duty(actor=cast.officer, duty=kept, version=kept.version, at=second.start)
    assert (head.text, tail.text) == (first.text + ".", second.text)


def test_what_was_dropped_comes_back(cast, document):
    duty = document.duties.first()
    dropped = drop_duty(actor=cast.officer, duty=duty, version=1)
    assert not drop_duty(actor=cast.officer, duty=duty, version=dropped.version, dropped=False).is_dropped


def test_merging_across_items_or_with_itself_is_refused(cast, document):
    first, second, *_ = document.duties.all()
    for other in (first, second):
        with pytest.raises(Refusal):
            merge_duties(actor=cast.officer, duty=first, version=1, other=other)


def test_adding_finds_words_whatever_the_white_space(cast, document):
    duty = add_duty(actor=cast.officer, document=document, words="  Việc làm mẫu\n\n Kính gửi: ")
    assert document.text[duty.start : duty.end] == duty.text == "Việc làm mẫu\n\nKính gửi:"
    assert duty.provision is None
    assert duty.position == 0


def test_of_words_that_stand_twice_the_nearest(cast, document):
    first, last = document.text.index("đoàn viên"), document.text.rindex("đoàn viên")
    assert add_duty(actor=cast.officer, document=document, words="đoàn viên").start == first
    assert add_duty(actor=cast.officer, document=document, words="đoàn viên", near=last - 5).start == last


@pytest.mark.parametrize("words", ["", "  ", "không có trong văn bản", ".*"])
def test_words_that_are_not_there_are_refused(cast, document, words):
    with pytest.raises(Refusal):
        add_duty(actor=cast.officer, document=document, words=words)


def test_an_addressee_may_be_one_unit_below_only(cast, document):
    addressee = document.addressees.get()
    resolve_addressee(actor=cast.officer, addressee=addressee, selection="one_unit", unit=cast.unit_a)
    assert Addressee.objects.get().unit == cast.unit_a
    for unit in (None, cast.province):
        with pytest.raises(Refusal):
            resolve_addressee(actor=cast.officer, addressee=addressee, selection="one_unit", unit=unit)
    resolve_addressee(actor=cast.officer, addressee=addressee, selection="informed", unit=cast.unit_a)
    assert Addressee.objects.get().unit is None


def test_confirming_needs_a_duty_and_somebody_to_do_each(cast, document):
    DutyUnit.objects.all().delete()
    with pytest.raises(Refusal):
        confirm_document(actor=cast.officer, document=document, version=1)
    Duty.objects.update(is_dropped=True)
    with pytest.raises(Refusal):
        confirm_document(actor=cast.officer, document=document, version=1)


def test_confirmed_is_closed_until_opened_again(cast, document):
    confirmed = confirm_document(actor=cast.officer, document=document, version=1)
    duty = document.duties.first()
    with pytest.raises(Refusal):
        drop_duty(actor=cast.officer, duty=duty, version=1)
    reopen_document(actor=cast.officer, document=confirmed, version=2)
    assert drop_duty(actor=cast.officer, duty=duty, version=1).is_dropped


def test_issued_stays_issued(cast):
    document = make_directive(cast)
    with pytest.raises(Refusal):
        reopen_document(actor=cast.officer, document=document, version=document.version)


@pytest.mark.parametrize("name", ["secretary", "member", "stranger", "inspector", "central_officer"])
def test_nobody_else_may_write(cast, document, name):
    actor, duty = getattr(cast, name), document.duties.first()
    lines = HistoryLine.objects.count()
    writes = (
        lambda: open_for_review(actor, document),
        lambda: correct_document(actor=actor, document=document, version=1, changes={"subject": "x"}),
        lambda: correct_duty(actor=actor, duty=duty, version=1, changes={"verb": "x"}),
        lambda: split_duty(actor=actor, duty=duty, version=1, at=duty.start + 5),
        lambda: drop_duty(actor=actor, duty=duty, version=1),
        lambda: add_duty(actor=actor, document=document, words="đoàn viên"),
        lambda: resolve_addressee(actor=actor, addressee=document.addressees.get(), selection="informed"),
        lambda: confirm_document(actor=actor, document=document, version=1),
    )
    for write in writes:
        with pytest.raises(NotAllowed):
            write()
    assert HistoryLine.objects.count() == lines


def test_every_write_leaves_one_line(cast, document):
    duty, other = document.duties.filter(provision__number="2")
    writes = (
        lambda: confirm_document(actor=cast.officer, document=document, version=1),
        lambda: reopen_document(actor=cast.officer, document=document, version=2),
        lambda: correct_document(actor=cast.officer, document=document, version=3, changes={"subject": "x"}),
        lambda: correct_duty(actor=cast.officer, duty=duty, version=1, changes={"verb": "x"}),
        lambda: split_duty(actor=cast.officer, duty=duty, version=2, at=duty.start + 12),
        lambda: merge_duties(actor=cast.officer, duty=duty, version=3, other=other),
        lambda: drop_duty(actor=cast.officer, duty=duty, version=4),
        lambda: drop_duty(actor=cast.officer, duty=duty, version=5, dropped=False),
        lambda: add_duty(actor=cast.officer, document=document, words="đoàn viên"),
        lambda: resolve_addressee(actor=cast.officer, addressee=document.addressees.get(), selection="informed"),
    )
    for number, write in enumerate(writes, 1):
        write()
        assert HistoryLine.objects.count() == number
        assert last_line().actor == cast.officer
        assert last_line().unit == cast.bloc
