"""The urging letter: for late units in one click, in the official layout, tracked to what followed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import transaction

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.models import Outgoing, Urging
from motbuoc.domains.registers.numbering import open_term
from motbuoc.domains.registers.selectors import late_for, outcomes_of, urgings_for
from motbuoc.domains.registers.sending import release_outgoing, send_outgoing
from motbuoc.domains.registers.services import take_outgoing_step
from motbuoc.domains.registers.urging import _subject, draft_urging
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.files.services import kept_together
from tests.factories import LONG_AGO, Cast, make_directive, step_on

LATE_DAY = "2026-05-20T02:00:00Z"


@pytest.fixture
def directive(cast: Cast) -> Document:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        return make_directive(cast)


def late(cast: Cast) -> list[int]:
    return [row.pk for row in late_for(cast.officer)]


def table_of(outgoing: Outgoing) -> list[list[str]]:
    with outgoing.file.content.open("rb") as file:
        tables = docx.Document(BytesIO(file.read())).tables
    found = next(table for table in tables if "Số ngày quá hạn" in [cell.text for cell in table.rows[0].cells])
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_letter_names_unit_duty_first_due_day_and_days_late(cast: Cast, directive: Document) -> None:
    with time_machine.travel(LATE_DAY, tick=False):
        outgoing = draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=late(cast))
        rows = table_of(outgoing)
        assert rows[0] == ["TT", "Đơn vị", "Nhiệm vụ", "Hạn ban đầu", "Số ngày quá hạn"]
        assert [row[1] for row in rows[1:]] == ["Chi bộ Sở Ánh Dương", "Đảng bộ Công ty Bình Minh"]
        assert {(row[2], row[3], row[4]) for row in rows[1:]} == {
            ("Tổ chức hội nghị quán triệt", "30/04/2026", "20")
        }
        assert "12-CV/ĐUK" in outgoing.subject
        assert (outgoing.state, outgoing.type) == ("draft", "CV")
        assert set(outgoing.recipients.values_list("unit", flat=True)) == {cast.unit_a.pk, cast.unit_b.pk}
        handed_in = take_outgoing_step(actor=cast.officer, outgoing=outgoing, version=1, name="check")
        assert handed_in.state == "checked"  # its layout breaks no binding rule


def test_no_file_stays_of_a_letter_whose_transaction_failed(cast: Cast, directive: Document) -> None:
    def files() -> set[Path]:
        return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}

    before = files()
    with time_machine.travel(LATE_DAY, tick=False):
        with suppress(ZeroDivisionError), kept_together(), transaction.atomic():
            draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=late(cast))
            assert len(files() - before) == 1
            raise ZeroDivisionError
        assert files() == before
        with kept_together():
            outgoing = draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=late(cast))
    assert {path.name for path in files() - before} == {Path(outgoing.file.content.name).name}


def test_only_who_decides_urges_and_only_what_is_late(cast: Cast, directive: Document) -> None:
    with time_machine.travel("2026-04-30T02:00:00Z", tick=False):
        assert late(cast) == []
        some = list(directive.assignments.values_list("pk", flat=True))
        with pytest.raises(Refusal):
            draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=some)
    with time_machine.travel(LATE_DAY, tick=False):
        for person in (cast.secretary, cast.central_officer, cast.inspector, cast.stranger):
            assert not late_for(person).exists()
            with pytest.raises(NotAllowed):
                draft_urging(actor=person, unit=cast.bloc, assignment_ids=some)
        with pytest.raises(Refusal):
            draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=some, answer_by=date(2026, 5, 19))
    assert not Outgoing.objects.exists()


def test_marks_in_a_duty_do_not_break_the_table(cast: Cast, directive: Document) -> None:
    directive.duties.update(text="Báo cáo | số liệu *mới* <b>x</b> `a` _b_")
    with time_machine.travel(LATE_DAY, tick=False):
        rows = table_of(draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=late(cast)))
    assert {len(row) for row in rows} == {5}
    assert rows[1][2] == "Báo cáo | số liệu *mới* <b>x</b> `a` _b_"


def test_what_followed_is_told(cast: Cast, directive: Document, settings) -> None:
    settings.URGING_DAYS = 10
    with time_machine.travel(LATE_DAY, tick=False):
        open_term(actor=cast.officer, unit=cast.bloc, name="2025", begins_on=LONG_AGO, basis="Đại hội")
        outgoing = draft_urging(actor=cast.officer, unit=cast.bloc, assignment_ids=late(cast))
        Outgoing.objects.filter(pk=outgoing.pk).update(state="approved")
        assert list(urgings_for(cast.officer)) == []  # drafted is not urged
        done = release_outgoing(actor=cast.officer, outgoing=Outgoing.objects.get(), version=1)
        send_outgoing(actor=cast.officer, outgoing=done, version=done.version)
        assert [row.outcome for row in outcomes_of(urgings_for(cast.officer), clock.today())] == ["waiting"] * 2
    with time_machine.travel("2026-05-22T02:00:00Z", tick=False):
        owed = directive.assignments.get(unit=cast.unit_a, duty__position=0)
        for name in ("acknowledge", "submit"):
            owed = step_on(owed, name, cast.secretary, "Đã xong")
    with time_machine.travel("2026-06-15T02:00:00Z", tick=False):
        rows = outcomes_of(urgings_for(cast.officer), clock.today())
        assert [(row.urging.unit_id, row.outcome) for row in rows] == [
            (cast.unit_a.pk, "done"),
            (cast.unit_b.pk, "nothing"),
        ]
        assert [row.unit_id for row in urgings_for(cast.secretary)] == [cast.unit_a.pk]
        assert not urgings_for(cast.stranger).exists()
    assert Urging.objects.filter(late_by=20).count() == 2
    assert directive.released_at + timedelta(days=1) < clock.now()


def test_a_letter_about_many_directives_names_a_few_and_says_how_many_more() -> None:
    codes = [f"{number}-CV/{'ĐUK' * 20}" for number in range(30)]
    subject = _subject([Document(code=code) for code in codes] + [Document(code="")])
    assert subject.endswith(f"{codes[4]} và 26 văn bản khác")
    assert len(subject) < 1000
    assert "khác" not in _subject([Document(code="1-CV/A")])
