"""The pages from above: how far a directive has come down, and the plans compared."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.papers.tables import read_tables
from tests.domains.cascade.conftest import Base, issued, plan_of
from tests.factories import make_directive, make_person, make_unit

FIELDS = ("document", "duty", "time_kind", "due_on", "first_due_on", "cycle", "assigned_on", "news_on", "state")
PAGES = ("descent", "comparison", "comparison_export")


@pytest.fixture
def plan(base, directive):
    return issued(base.officer, plan_of(base, directive).plan)


def test_the_table_names_the_plan_and_what_is_missing(as_person, cast, directive, plan):
    html = as_person(cast.officer).get(reverse("descent", args=[directive.pk])).content.decode()
    assert "17-KH/B" in html
    assert reverse("descent", args=[plan.pk]) in html
    assert "Chi bộ Sở Ánh Dương" in html.split("No plan of their own")[1]
    below = as_person(cast.officer).get(reverse("descent", args=[plan.pk])).content.decode()
    assert "Chi bộ Kinh doanh" in below


def test_a_thousand_units_are_leafed_through_and_narrowed_while_the_sums_stay(as_person, cast, directive, plan):
    given = directive.assignments.filter(unit=cast.unit_a).first()
    many = [make_unit(f"Chi bộ Số {n:03}", UnitKind.PARTY_CELL, cast.bloc) for n in range(120)]
    given.__class__.objects.bulk_create(
        given.__class__(**{f: getattr(given, f) for f in FIELDS}, unit=unit, given_to=unit) for unit in many
    )
    client, url = as_person(cast.officer), reverse("descent", args=[directive.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        html = client.get(url, {"page": 2}).content.decode()
    assert "51–100 of 123" in html
    assert html.count("?level=party_cell&amp;missing=plan") == 1  # thirty are named, and where the others are
    narrowed = client.get(url, {"level": "party_base_org"}).content.decode().split('id="units"')[1]
    assert "Đảng bộ Công ty Bình Minh" in narrowed
    assert "Chi bộ Số 001" not in narrowed
    with_plan = client.get(url, {"missing": "plan"}).content.decode().split('id="units"')[1]
    assert "Chi bộ Số 001" in with_plan
    assert "17-KH/B" not in with_plan
    assert client.get(url, {"level": "x", "missing": "x", "page": "x"}).status_code == 200
    assert len(first) < 40


def test_the_matrix_marks_gaps_and_an_item_shows_every_plans_words(as_person, cast, directive, plan):
    client, url = as_person(cast.officer), reverse("comparison", args=[directive.pk])
    assert client.get(url).content.decode().count("Not in the plan") >= 2
    html = client.get(url, {"item": "1"}).content.decode()
    assert "Tổ chức hội nghị học tập cho toàn thể đảng viên" in html
    assert "15/04/2026" in html
    for odd in ("0", "99", "x", "-1", "1" * 30):
        assert client.get(url, {"item": odd}).status_code == 200


def test_the_excel_file_has_a_column_for_each_plan(as_person, cast, directive, plan):
    answer = as_person(cast.officer).get(reverse("comparison_export", args=[directive.pk]))
    [rows] = read_tables(b"".join(answer.streaming_content)).values()
    words = [[str(cell) for cell in cells] for _number, cells in rows]
    assert words[0][4] == "Đảng bộ Công ty Bình Minh\n17-KH/B"
    assert "Chỉ tiêu: 100%" in words[1][4]
    assert len(words) == 5


@pytest.mark.parametrize("page", PAGES)
def test_who_gets_the_page(as_person, cast, directive, plan, page):
    url = reverse(page, args=[directive.pk])
    answers = {person: as_person(person).get(url) for person in (cast.secretary, cast.member, cast.stranger)}
    assert [answer.status_code for answer in answers.values()] == [200, 403, 404]
    assert as_person(cast.officer).post(url).status_code == 405


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_neighbour_reads_nothing_of_the_plan(as_person, cast, directive, plan, page):
    html = as_person(cast.secretary).get(reverse(page, args=[directive.pk])).content.decode()
    assert "17-KH/B" not in html
    assert "Bình Minh" not in html


@pytest.mark.parametrize("page", PAGES[:2])
def test_as_many_queries_for_one_plan_as_for_several(as_person, cast, page):
    def count(directive):
        url, client = reverse(page, args=[directive.pk]), as_person(cast.officer)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url, {"fresh": directive.pk}).status_code == 200
        return len(asked)

    def base_of(number):
        unit = make_unit(f"Đảng bộ Số {number}", UnitKind.PARTY_BASE_ORG, cast.bloc)
        cells = tuple(make_unit(f"Chi bộ {number}.{n}", UnitKind.PARTY_CELL, unit) for n in "ab")
        officer = make_person(f"Cán bộ {number}", f"canbo{number}", Role.DEPARTMENT_OFFICER, unit)
        return Base(unit, cells, officer, officer)

    bases = [base_of(number) for number in range(4)]
    few, many = make_directive(cast), make_directive(cast)
    issued(bases[0].officer, plan_of(bases[0], few).plan)
    for base in bases:
        issued(base.officer, plan_of(base, many).plan)
    assert count(few) == count(many)
