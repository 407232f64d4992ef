"""Due days by rule: at the issue and after an event."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import translation

from motbuoc.domains.documents.models import CountedFrom, Cycle, Duty, TimeKind
from motbuoc.domains.documents.services import confirm_document, correct_duty
from motbuoc.domains.documents.terms import terms_read
from motbuoc.domains.work.deadlines import explained, first_of_cycle
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.redating import record_event
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.workdays.selectors import calendar
from tests.factories import make_document
from vanban import parse
from vanban.as_json import to_dict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tenth_of_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False), translation.override("en"):
        yield


def issued(cast, **terms) -> Assignment:
    """The first duty of a directive issued on 10 March 2026, given these terms, to unit A."""
    document = make_document(cast)
    Duty.objects.filter(document=document, position=0).update(**{"due_on": None, **terms})
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    return Assignment.objects.get(document=document, duty__position=0, unit=cast.unit_a)


def waiting(cast, **terms) -> Assignment:
    """One that waits for the day on which a dossier comes in."""
    rule = {"due_count": 10, "due_unit": "working_day", "counted_from": CountedFrom.EVENT}
    return issued(cast, time_kind=TimeKind.EVENT, event="ngày nhận được hồ sơ", **{**rule, **terms})


def test_so_many_working_days_from_the_issue(cast) -> None:
    got = issued(cast, time_kind=TimeKind.DATED, due_count=10, due_unit="working_day", counted_from="given")
    assert (got.counted_on, got.due_on, got.first_due_on) == (
        date(2026, 3, 10),
        date(2026, 3, 24),
        date(2026, 3, 24),
    )
    told = explained(got, calendar())
    assert told is not None
    assert told.due_on == got.due_on
    assert len(told.counted) == 10


def test_days_from_the_signing_roll_over_a_weekend(cast) -> None:
    got = issued(cast, time_kind=TimeKind.DATED, due_count=16, due_unit="day", counted_from="signed")
    assert (got.counted_on, got.due_on) == (date(2026, 3, 5), date(2026, 3, 23))  # the 21st is a Saturday


def test_a_duty_without_a_date_gets_one_only_where_its_regime_has_a_rule(cast, settings) -> None:
    assert issued(cast, time_kind=TimeKind.UNDATED).due_on is None
    settings.DEFAULT_DUE_DAYS = {"party": 10}
    got = issued(cast, time_kind=TimeKind.UNDATED)
    assert (got.due_on, got.is_default, got.time_kind) == (date(2026, 3, 20), True, "dated")


def test_a_period_with_its_own_day_begins_after_the_issue(cast) -> None:
    got = issued(cast, time_kind=TimeKind.PERIODIC, cycle=Cycle.MONTH, cycle_day=5)
    assert got.due_on == date(2026, 4, 5)
    assert first_of_cycle(Cycle.WEEK, 1, date(2026, 3, 10)) == date(2026, 3, 16)
    assert first_of_cycle(Cycle.QUARTER, 31, date(2026, 4, 1)) == date(2026, 6, 30)
    assert first_of_cycle(Cycle.NINE_MONTHS, 15, date(2026, 10, 1)) == date(2027, 9, 15)


def test_an_event_gives_the_due_day(cast) -> None:
    got = waiting(cast)
    assert (got.due_on, got.counted_on) == (None, None)
    done = record_event(actor=cast.secretary, assignment=got, version=got.version, on=date(2026, 3, 9))
    assert (done.counted_on, done.due_on, done.first_due_on) == (date(2026, 3, 9), *[date(2026, 3, 23)] * 2)
    line = HistoryLine.objects.get(action="record_event")
    assert line.actor_id == cast.secretary.pk
    with pytest.raises(Refusal, match="waits for no event"):
        record_event(actor=cast.secretary, assignment=done, version=done.version, on=date(2026, 3, 9))


def test_an_event_of_others_or_of_tomorrow_is_refused(cast) -> None:
    got = waiting(cast)
    for other in (cast.secretary_b, cast.officer):
        with pytest.raises(NotAllowed):
            record_event(actor=other, assignment=got, version=got.version, on=date(2026, 3, 9))
    with pytest.raises(Refusal, match="before it happens"):
        record_event(actor=cast.secretary, assignment=got, version=got.version, on=date(2026, 3, 11))
    got.refresh_from_db()
    assert got.due_on is None


def test_an_event_without_a_count_asks_for_the_day(cast) -> None:
    got = waiting(cast, due_count=None)
    asked = {"actor": cast.secretary, "assignment": got, "version": got.version, "on": date(2026, 3, 9)}
    with pytest.raises(Refusal, match="due day yourself"):
        record_event(**asked)
    with pytest.raises(Refusal, match="before the event"):
        record_event(**asked, due_on=date(2026, 3, 8))
    assert record_event(**asked, due_on=date(2026, 3, 30)).due_on == date(2026, 3, 30)


def test_what_is_due_before_an_event_is_counted_back(cast) -> None:
    got = waiting(cast, is_before=True, due_count=3)
    done = record_event(actor=cast.secretary, assignment=got, version=got.version, on=date(2026, 5, 5))
    assert done.due_on == date(2026, 4, 28)  # over 4 May, 29 and 28 April


def test_a_day_out_of_time_is_refused_since_nobody_could_count_from_it(cast) -> None:
    counted, free = waiting(cast, is_before=True, due_count=3), waiting(cast, due_count=None)
    for on in (date.min, date.max, date(2201, 1, 1)):
        with pytest.raises(Refusal, match="1900 and 2200"):
            record_event(actor=cast.secretary, assignment=counted, version=counted.version, on=on)
    with pytest.raises(Refusal, match="1900 and 2200"):
        record_event(
            actor=cast.secretary, assignment=free, version=free.version, on=date(2026, 3, 9), due_on=date.max
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": date(2026, 3, 4)}, "before the day of the document"),
        ({"due_count": 0, "due_unit": "day", "counted_from": "given"}, "at least 1"),
        ({"due_count": 5, "due_unit": "", "counted_from": ""}, "what is counted"),
        ({"due_count": 5, "due_unit": "day", "counted_from": "given", "is_before": True}, "before an event"),
        ({"time_kind": "periodic", "cycle": "week", "cycle_day": 8}, "1 to 7"),
    ],
)
def test_a_time_that_cannot_be_is_refused(cast, changes, sentence) -> None:
    duty = make_document(cast).duties.get(position=0)
    with pytest.raises(Refusal, match=sentence):
        correct_duty(actor=cast.officer, duty=duty, version=duty.version, changes=changes)
    duty.refresh_from_db()
    assert duty.due_on == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Gửi danh sách trước ngày 10/7/2026.", {"due_on": "2026-07-09", "time_kind": "dated"}),
        ("Thực hiện đến hết ngày 31/12/2026.", {"due_on": "2026-12-31"}),
        ("Hoàn thành trong tháng 9/2026.", {"due_on": "2026-09-30"}),
        (
            "Trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ.",
            {"time_kind": "event", "due_count": 10, "due_unit": "working_day", "counted_from": "event"},
        ),
        (
            "Báo cáo trong thời hạn 5 ngày kể từ ngày ký ban hành.",
            {"time_kind": "dated", "due_count": 5, "due_unit": "day", "counted_from": "signed"},
        ),
        ("Báo cáo trước ngày 20 hằng tháng.", {"time_kind": "periodic", "cycle": "month", "cycle_day": 19}),
    ],
)
def test_what_the_reader_found_becomes_a_rule(words, expected) -> None:
    row = to_dict(parse(f"1. Các đơn vị {words[0].lower()}{words[1:]}"))["duties"][0]
    found = terms_read(row)
    assert {name: found.get(name) for name in expected} == expected


def test_what_is_past_on_the_new_day_is_told(cast) -> None:
    """The event is recorded late: its task was due days ago, and nobody has been told."""
    got = waiting(cast)
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        Sweep(date(2026, 4, 20)).run()
        got.refresh_from_db()
        record_event(actor=cast.secretary, assignment=got, version=got.version, on=date(2026, 3, 11))
        Sweep(date(2026, 4, 20)).run()
    assert Notice.objects.filter(object_id=got.pk, occasion="after_due", person=cast.secretary).exists()
