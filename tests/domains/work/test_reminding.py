"""The sweep tells the right people on the right day, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.ladders import Step, change_ladder
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.people.models import Position, PositionTitle
from tests.factories import LONG_AGO, Cast, make_directive, step_on

GIVEN = date(2026, 3, 6)  # a Friday
DUE = date(2026, 4, 30)  # a Thursday


def on(day: date):
    """Within: it is noon of that day in the installation's time zone."""
    return clock.living_at(datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


def sweep(day: date) -> list[tuple[str, str]]:
    """What the sweep of a day told of the dated duty: person and occasion."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with on(day):
        Sweep(day).run()
    new = Notice.objects.exclude(pk__in=before).select_related("person")
    dated = Assignment.objects.filter(time_kind="dated").values_list("pk", flat=True)
    return sorted((n.person.full_name, n.occasion) for n in new if n.object_id in set(dated))


@pytest.fixture
def dated(cast: Cast) -> Assignment:
    """The dated duty of the first unit, given on 6 March and due on 30 April."""
    with on(GIVEN):
        make_directive(cast)
    Assignment.objects.exclude(unit=cast.unit_a).delete()
    return Assignment.objects.get(unit=cast.unit_a, time_kind="dated")


def test_it_climbs_from_the_unit_to_its_head_and_the_department(cast: Cast, dated: Assignment) -> None:
    secretary, officers = cast.secretary.full_name, [cast.officer.full_name, cast.second_officer.full_name]
    head = cast.secretary  # holds the position and the work
    with on(GIVEN):
        step_on(dated, "acknowledge", head)
    assert sweep(GIVEN) == []  # acknowledged on the same day: nothing to tell
    assert sweep(date(2026, 4, 24)) == [(secretary, "before_due")]
    assert sweep(date(2026, 5, 4)) == [(secretary, "after_due")]  # after the holidays
    told = sweep(date(2026, 5, 8))
    assert (secretary, "after_due") in told
    assert [name for name, _ in told if name in officers] == sorted(officers)


def test_run_again_it_tells_nobody_again(dated: Assignment) -> None:
    first = sweep(GIVEN)
    assert first == [("Phạm Thử Thư", "assigned")]
    assert sweep(GIVEN) == []
    Assignment.objects.update(look_on=GIVEN)  # as if the batch had been lost after its notices
    assert sweep(GIVEN) == []


def test_days_without_a_sweep_are_made_up_for_with_one_notice(dated: Assignment) -> None:
    sweep(GIVEN)
    told = sweep(DUE - timedelta(days=1))  # seven weeks later: not acknowledged, and soon due
    assert told == [("Phạm Thử Thư", "before_due")]


def test_what_is_done_is_told_of_to_nobody(cast: Cast, dated: Assignment) -> None:
    with on(GIVEN):
        step_on(dated, "acknowledge", cast.secretary)
        step_on(dated, "submit", cast.secretary, "Đã xong")
        step_on(dated, "accept", cast.officer)
    assert sweep(date(2026, 7, 1)) == []
    dated.refresh_from_db()
    assert dated.look_on is None


def test_a_result_waits_for_those_who_decide(cast: Cast, dated: Assignment) -> None:
    with on(GIVEN):
        step_on(dated, "acknowledge", cast.secretary)
        step_on(dated, "submit", cast.secretary, "Đã xong")
    assert {occasion for _name, occasion in sweep(GIVEN)} == {"waiting"}
    assert {name for name, _ in sweep(date(2026, 3, 13))} == {
        cast.officer.full_name,
        cast.second_officer.full_name,
    }


def test_returned_is_told_at_once(cast: Cast, dated: Assignment) -> None:
    with on(GIVEN):
        step_on(dated, "acknowledge", cast.secretary)
        step_on(dated, "submit", cast.secretary, "Đã xong")
        step_on(dated, "return", cast.officer, "Thiếu biên bản")
    assert sweep(GIVEN) == [(cast.secretary.full_name, "returned")]


def test_quiet_is_noticed_by_itself(cast: Cast, dated: Assignment) -> None:
    quiet = Assignment.objects.get(unit=cast.unit_a, time_kind="continuous")
    with on(GIVEN):
        step_on(quiet, "acknowledge", cast.secretary)
    with on(GIVEN + timedelta(days=50)):
        Sweep(GIVEN + timedelta(days=50)).run()
    assert Notice.objects.get(object_id=quiet.pk, occasion="quiet").parameters == {"on": "2026-04-21"}


def test_whose_role_has_ended_is_not_told(cast: Cast, dated: Assignment) -> None:
    Grant.objects.filter(person=cast.secretary).update(valid_until=GIVEN)
    Position.objects.filter(person=cast.secretary).update(valid_until=GIVEN)
    assert sweep(date(2026, 4, 27)) == []


def test_a_head_who_may_not_read_the_class_is_not_told(cast: Cast) -> None:
    Position.objects.all().delete()
    Position.objects.create(
        person=cast.member, unit=cast.unit_a, title=PositionTitle.SECRETARY, valid_from=LONG_AGO
    )
    with on(GIVEN):
        make_directive(cast, Classification.INTERNAL)
    assert (cast.member.full_name, "not_acknowledged") not in sweep(date(2026, 3, 16))
    Assignment.objects.all().delete()
    with on(GIVEN):
        make_directive(cast)
    assert (cast.member.full_name, "not_acknowledged") in sweep(date(2026, 3, 16))


@pytest.mark.parametrize("write", ["save", "update", "bulk_update"])
def test_whoever_writes_makes_the_sweep_look(dated: Assignment, write: str) -> None:
    sweep(GIVEN)
    assert Assignment.objects.get(pk=dated.pk).look_on > GIVEN
    fresh = Assignment.objects.get(pk=dated.pk)
    fresh.due_on = date(2026, 3, 12)
    with on(GIVEN + clock.ONE_DAY):
        if write == "save":
            fresh.save()
        elif write == "update":
            Assignment.objects.filter(pk=dated.pk).update(due_on=fresh.due_on)
        else:
            Assignment.objects.bulk_update([fresh], ["due_on"])
    assert Assignment.objects.get(pk=dated.pk).look_on == GIVEN + clock.ONE_DAY
    assert sweep(date(2026, 3, 9)) == [("Phạm Thử Thư", "before_due")]


def test_a_ladder_of_ones_own_with_patience(cast: Cast, dated: Assignment) -> None:
    with on(GIVEN):
        step_on(dated, "acknowledge", cast.secretary)
        sweep(GIVEN)
        change_ladder(
            actor=cast.officer,
            unit=cast.bloc,
            version=None,
            rungs=[Step("after_due", 1, "owner", "urgent")],
            patience={"party_base_cell": 2},
        )
    assert sweep(date(2026, 4, 27)) == []
    assert sweep(date(2026, 5, 4)) == []  # one working day late, and two of patience
    assert sweep(date(2026, 5, 6)) == [(cast.secretary.full_name, "after_due")]


def test_days_that_stood_still_do_not_count_as_not_acknowledged(cast: Cast, dated: Assignment) -> None:
    with on(GIVEN):
        sweep(GIVEN)
        step_on(dated, "suspend", cast.officer, "Chờ hướng dẫn")
    resumed = date(2026, 4, 6)
    with on(resumed):
        step_on(dated, "resume", cast.officer, "Đã có hướng dẫn")
    assert "not_acknowledged" not in {occasion for _name, occasion in sweep(resumed)}
    assert "not_acknowledged" in {occasion for _name, occasion in sweep(resumed + timedelta(days=10))}


def test_it_asks_as_much_for_many_as_for_few(cast: Cast, django_assert_max_num_queries) -> None:
    with on(GIVEN):
        make_directive(cast)
        with django_assert_max_num_queries(60):
            Sweep(GIVEN).run()


def test_one_row_that_cannot_be_counted_stops_nobody_elses_reminders(cast: Cast, caplog) -> None:
    with on(GIVEN):
        make_directive(cast)
    far = Assignment.objects.get(unit=cast.unit_a, time_kind="dated")
    Assignment.objects.filter(pk=far.pk).update(due_on=date.max, look_on=GIVEN)
    told = sweep(GIVEN)
    assert told == [(cast.secretary_b.full_name, "assigned")]
    far.refresh_from_db()
    assert (far.look_on, far.looked_on) == (GIVEN + clock.ONE_DAY, None)
    assert f"assignment {far.pk}" in caplog.text
    with on(GIVEN + clock.ONE_DAY):
        Assignment.objects.filter(pk=far.pk).update(due_on=DUE)
    assert sweep(GIVEN + clock.ONE_DAY) == [(cast.secretary.full_name, "assigned")]
