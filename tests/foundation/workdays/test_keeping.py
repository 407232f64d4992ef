"""Who keeps the working calendar, how a year is confirmed and changed, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import translation

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.workdays.calendar import Special
from motbuoc.foundation.workdays.importing import DayRow, check_rows
from motbuoc.foundation.workdays.models import CalendarChange, CalendarYear, DayKind
from motbuoc.foundation.workdays.planning import YearPlan, plan_confirmation, plan_day, plan_year
from motbuoc.foundation.workdays.selectors import calendar, is_workday
from motbuoc.foundation.workdays.services import kept_on, save_year
from tests.factories import LONG_AGO, make_person

BASIS = "Thông báo số 1 ngày 05/01/2026"
SATURDAY = date(2026, 5, 9)


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False), translation.override("en"):
        yield


@pytest.fixture
def confirmed(cast) -> CalendarYear:
    return save_year(actor=cast.administrator, plan=plan_confirmation(2026, BASIS)).year


def test_only_the_administrator_of_the_top_keeps_it(cast) -> None:
    assert kept_on(cast.administrator) is not None
    below = make_person("Quản Trị Dưới", "duoi", Role.ADMINISTRATOR, cast.unit_a)
    plan = plan_confirmation(2026, BASIS)
    for person in (below, cast.officer, cast.secretary, cast.inspector):
        with pytest.raises(NotAllowed):
            save_year(actor=person, plan=plan)
    assert CalendarYear.objects.count() == HistoryLine.objects.filter(object_type="calendar_year").count() == 0


def test_a_year_is_confirmed_once_and_told(cast, confirmed) -> None:
    assert calendar().is_confirmed(2026)
    assert (confirmed.legal_basis, confirmed.confirmed_on) == (BASIS, date(2026, 3, 10))
    line = HistoryLine.objects.get(action="confirm_calendar_year")
    assert (line.actor_id, line.values["basis"], line.values["days"]) == (cast.administrator.pk, BASIS, {})
    with pytest.raises(Refusal, match="confirmed already"):
        plan_confirmation(2026, BASIS)
    with pytest.raises(Refusal, match="the document"):
        plan_confirmation(2027, "  ")
    with pytest.raises(Refusal, match="from 2000"):
        plan_confirmation(1999, BASIS)


@pytest.mark.usefixtures("confirmed")
def test_a_day_is_changed_and_changed_back(cast) -> None:
    before = dict(calendar().days_of(2026))
    plan = plan_day(SATURDAY, DayKind.SWAPPED_WORK, "Làm bù ngày 11/5", "Công văn số 7")
    assert is_workday(SATURDAY) is False
    change = save_year(actor=cast.administrator, plan=plan)
    assert is_workday(SATURDAY) is True
    assert change.recounted_at is None
    assert change.year.legal_basis == BASIS  # what decided on the year is not what decided on the day
    save_year(actor=cast.administrator, plan=plan_day(SATURDAY, "", "", "Công văn số 8"))
    assert dict(calendar().days_of(2026)) == before
    told = HistoryLine.objects.filter(action="change_calendar_day").order_by("pk")[0].values["days"]
    assert told == {"09/05/2026": "ngày thường → Làm bù ngày 11/5 (Ngày làm bù)"}


@pytest.mark.usefixtures("confirmed")
@pytest.mark.parametrize(
    ("day", "kind", "name", "sentence"),
    [
        (date(2026, 5, 12), DayKind.SWAPPED_WORK, "x", "worked anyway"),
        (SATURDAY, DayKind.SWAPPED_OFF, "x", "off anyway"),
        (date(2026, 5, 12), DayKind.HOLIDAY, " ", "a name"),
        (date(2026, 5, 12), DayKind.HOLIDAY, "x" * 121, "too long"),
        (date(2026, 5, 12), "feast", "x", "what kind"),
        (date(2026, 5, 12), "", "", "nothing to change"),
        (date(2027, 5, 12), DayKind.HOLIDAY, "x", "only proposed"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, kind, name, sentence) -> None:
    with pytest.raises(Refusal, match=sentence):
        plan_day(day, kind, name, "Công văn số 7")


@pytest.mark.usefixtures("confirmed")
def test_the_second_of_two_is_told(cast) -> None:
    first = plan_day(SATURDAY, DayKind.SWAPPED_WORK, "Làm bù", "Công văn số 7")
    second = plan_day(date(2026, 5, 12), DayKind.HOLIDAY, "Lễ", "Công văn số 8")
    save_year(actor=cast.administrator, plan=first)
    with pytest.raises(Collision):
        save_year(actor=cast.administrator, plan=second)
    assert is_workday(date(2026, 5, 12))
    assert YearPlan.from_rows(first.as_rows()) == first


def test_two_confirm_one_year_and_one_is_told(cast) -> None:
    plan = plan_confirmation(2026, BASIS)
    save_year(actor=cast.administrator, plan=plan)
    with pytest.raises(Collision):
        save_year(actor=cast.administrator, plan=plan)
    assert CalendarYear.objects.count() == CalendarChange.objects.count() == 1


def test_an_imported_year_is_confirmed_by_it(cast) -> None:
    days = {date(2027, 1, 1): Special("holiday", "Tết Dương lịch", BASIS)}
    save_year(actor=cast.administrator, plan=plan_year(2027, days, BASIS))
    assert dict(calendar().days_of(2027)) == days
    assert is_workday(date(2027, 2, 4))
    with pytest.raises(Refusal, match="nothing to change"):
        plan_year(2027, days, BASIS)


def test_too_many_days_are_no_year(cast) -> None:
    whole = {date.fromordinal(date(2027, 1, 1).toordinal() + n): Special("holiday", "x", "y") for n in range(300)}
    with pytest.raises(Refusal, match="not those of one year"):
        save_year(actor=cast.administrator, plan=plan_year(2027, whole, BASIS))
    elsewhere = {date(2026, 1, 1): Special("holiday", "x", "y")}
    with pytest.raises(Refusal, match="not those of one year"):
        save_year(actor=cast.administrator, plan=plan_year(2027, elsewhere, BASIS))


def test_every_row_of_a_file_is_checked() -> None:
    rows = [
        DayRow(2, "30/04/2026", "Ngày lễ, tết", "Chiến thắng", ""),
        DayRow(3, "2026-05-09", "ngay lam bu", "Làm bù", "Công văn số 7"),
        DayRow(4, "31/02/2026", "holiday", "x", ""),
        DayRow(5, "01/05/2026", "ngày vui", "x", ""),
        DayRow(6, "30/04/2026", "holiday", "x", ""),
        DayRow(7, "01/05/2027", "holiday", "x", ""),
        DayRow(8, date(2026, 5, 1), "holiday", "", ""),
    ]
    brought = check_rows(rows, 2026, BASIS)
    assert brought.days == {
        date(2026, 4, 30): Special("holiday", "Chiến thắng", BASIS),
        SATURDAY: Special("swapped_work", "Làm bù", "Công văn số 7"),
    }
    assert [problem.row for problem in brought.problems] == [4, 5, 6, 8]
    assert "Ngày làm bù" in brought.problems[1].sentence
    assert brought.elsewhere == 1


def test_a_stand_in_and_a_lapsed_grant_keep_nothing(cast) -> None:
    Grant.objects.filter(person=cast.administrator).update(valid_from=LONG_AGO, valid_until=date(2026, 3, 9))
    assert kept_on(cast.administrator) is None
