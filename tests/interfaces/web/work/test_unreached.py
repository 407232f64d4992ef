"""Who could not be told of the department's tasks: names and reasons, no addresses, nobody else's."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.unreached import unreached_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Delivery, Notice
from motbuoc.foundation.units.models import UnitVersion

PAGE = reverse("unreached_list")
ADDRESS = "bi-mat@mau.example"


def troubled(cast, task: Assignment, key: str, **values: object) -> Delivery:
    now = clock.now()
    Notice.objects.create(
        person=cast.secretary,
        occasion="before_due",
        parameters={"on": "2026-04-30"},
        object_type="assignment",
        object_id=task.pk,
        unit=task.unit,
        reach="digest",
        key=key,
        told_at=now,
    )
    said = {"state": "given_up", "last_error": "There is no such address.", "made_at": now, **values}
    return Delivery.objects.create(
        person=cast.secretary, channel="mail", address=ADDRESS, key=key, told_at=now, **said
    )


def test_the_department_sees_who_and_why_and_no_address(cast, as_person, directive) -> None:
    assert "Everybody was reached" in as_person(cast.officer).get(PAGE).content.decode()
    troubled(cast, directive.assignments.filter(unit=cast.unit_a)[0], "a")
    html = as_person(cast.officer).get(PAGE).content.decode()
    for words in (cast.secretary.full_name, "There is no such address", "by telephone"):
        assert words in html
    assert ADDRESS not in html


def test_a_unit_whose_name_is_not_known_yet_leaves_no_comma(cast, as_person, directive) -> None:
    one, other = (directive.assignments.filter(unit=unit)[0] for unit in (cast.unit_a, cast.unit_b))
    sent = troubled(cast, one, "a")
    Notice.objects.create(
        person=cast.secretary,
        occasion="before_due",
        parameters={"on": "2026-04-30"},
        object_type="assignment",
        object_id=other.pk,
        unit=other.unit,
        reach="digest",
        key="b",
        told_at=sent.told_at,
    )
    UnitVersion.objects.filter(unit=cast.unit_b).update(valid_from=clock.today() + timedelta(days=9))
    assert [row.units for row in unreached_for(cast.officer)] == [
        [UnitVersion.objects.get(unit=cast.unit_a).short_name]
    ]


def test_what_arrived_since_is_over(cast, as_person, directive) -> None:
    task = directive.assignments.filter(unit=cast.unit_a)[0]
    troubled(cast, task, "a", state="failed", made_at=clock.now() - timedelta(days=2))
    html = as_person(cast.officer).get(PAGE).content.decode()
    assert "tried again by itself" in html
    troubled(cast, task, "b", state="sent", last_error="")
    assert "Everybody was reached" in as_person(cast.officer).get(PAGE).content.decode()


def test_who_decides_on_other_work_sees_nobody(cast, as_person, directive) -> None:
    troubled(cast, directive.assignments.filter(unit=cast.unit_a)[0], "a")
    assert as_person(cast.secretary).get(PAGE).status_code == 403
    assert as_person(cast.stranger).get(PAGE).status_code == 404
    assert as_person(cast.officer).post(PAGE).status_code == 405
    Assignment.objects.update(document=directive)
    directive.unit = cast.province
    directive.save()
    assert cast.secretary.full_name not in as_person(cast.officer).get(PAGE).content.decode()


def test_many_cost_as_few(cast, as_person, directive, django_assert_max_num_queries) -> None:
    task, client = directive.assignments.filter(unit=cast.unit_a)[0], as_person(cast.officer)
    troubled(cast, task, "a")
    client.get(PAGE)
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    for number in range(10):
        troubled(cast, task, f"n{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)
