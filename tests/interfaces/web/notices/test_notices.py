"""What one was told: seen by its reader alone, marked, unmarked, and counted in the frame."""

from datetime import date

import pytest

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from tests.factories import LONG_AGO, Cast, make_directive

LIST = "/thong-bao/"


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Everybody was told of a directive given today."""
    make_directive(cast)
    Sweep(clock.today()).run()
    return cast


def test_a_secretary_finds_what_was_given_and_goes_there(told: Cast, as_person) -> None:
    page = as_person(told.secretary).get(LIST).content.decode()
    assert page.count("Given to the unit on") == 3
    mine = Assignment.objects.get(unit=told.unit_a, time_kind="dated")
    assert f"/viec/{mine.pk}/" in page
    assert mine.duty.text in page


def test_nobody_sees_what_others_were_told(told: Cast, as_person) -> None:
    of_b = Assignment.objects.filter(unit=told.unit_b)
    page = as_person(told.secretary).get(LIST).content.decode()
    assert not any(f"/viec/{row.pk}/" in page for row in of_b)
    theirs = Notice.objects.filter(person=told.secretary_b).first()
    as_person(told.secretary).post("/thong-bao/da-doc/", {"notice": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_read_all_and_back(told: Cast, as_person) -> None:
    browser = as_person(told.secretary)
    answer = browser.post("/thong-bao/da-doc/", follow=True)
    page = answer.content.decode()
    assert "Nothing new" in page
    assert "Undo" in page
    moment = page.split('name="moment" value="')[1].split('"')[0]
    browser.post("/thong-bao/chua-doc/", {"moment": moment})
    assert browser.get(LIST).content.decode().count("Given to the unit on") == 3


def test_one_is_read_and_unread(told: Cast, as_person) -> None:
    browser = as_person(told.secretary)
    first = Notice.objects.filter(person=told.secretary).first()
    browser.post("/thong-bao/da-doc/", {"notice": first.pk})
    assert browser.get(LIST).content.decode().count("Given to the unit on") == 2
    assert browser.get(f"{LIST}?tab=all").content.decode().count("Given to the unit on") == 3
    browser.post("/thong-bao/chua-doc/", {"notice": first.pk, "tab": "all"})
    assert browser.get(LIST).content.decode().count("Given to the unit on") == 3


def test_whose_role_ended_reads_no_word_of_it(told: Cast, as_person) -> None:
    Grant.objects.filter(person=told.secretary).update(valid_until=date(2026, 1, 1))
    told.secretary.positions.update(valid_until=date(2026, 1, 1))
    page = as_person(told.secretary).get(LIST).content.decode()
    assert "You may no longer see" in page
    assert "quán triệt" not in page


def test_a_class_raised_since_is_respected(cast: Cast, as_person) -> None:
    Grant.objects.filter(person=cast.secretary).delete()
    Grant.objects.create(person=cast.secretary, role=Role.CENTRAL_OFFICER, unit=cast.unit_a, valid_from=LONG_AGO)
    cast.secretary.positions.all().delete()
    document = make_directive(cast)
    row = document.assignments.get(unit=cast.unit_a, time_kind="dated")
    Notice.objects.create(
        person=cast.secretary,
        occasion="assigned",
        parameters={"on": "2026-03-06"},
        object_type="assignment",
        object_id=row.pk,
        unit=cast.unit_a,
        reach="app",
        key="x",
    )
    browser = as_person(cast.secretary)
    assert row.duty.text in browser.get(LIST).content.decode()
    document.classification = Classification.RESTRICTED
    document.save()
    assert row.duty.text not in browser.get(LIST).content.decode()


def test_a_remembered_page_counts_what_came_since(told: Cast, as_person) -> None:
    browser = as_person(told.secretary)
    assert "3 unread notices" in browser.get("/viec/").content.decode()
    browser.post("/thong-bao/da-doc/", {"notice": Notice.objects.filter(person=told.secretary).first().pk})
    assert "2 unread notices" in browser.get("/viec/").content.decode()


def test_thirty_notices_cost_what_three_do(told: Cast, as_person, django_assert_max_num_queries) -> None:
    browser = as_person(told.secretary)
    browser.get(LIST)
    first = Notice.objects.filter(person=told.secretary).first()
    for number in range(27):
        first.pk, first.key = None, f"more {number}"
        first.save()
    with django_assert_max_num_queries(12):
        browser.get(LIST)


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-45T00:00", "2026-03-06", ""])
def test_a_wild_moment_changes_nothing(told: Cast, as_person, moment: str) -> None:
    browser = as_person(told.secretary)
    browser.post("/thong-bao/da-doc/")
    assert browser.post("/thong-bao/chua-doc/", {"moment": moment}).status_code == 302
    assert browser.get(f"{LIST}?undo={moment}").status_code == 200
    assert not Notice.objects.filter(person=told.secretary, read_at__isnull=True).exists()
