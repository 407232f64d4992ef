"""The directives issued, each with its number line."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_document, make_person, make_unit


def html_of(client):
    response = client.get(reverse("directive_list"))
    assert response.status_code == 200
    return response.content.decode()


def test_each_with_its_numbers(cast, as_person, directive):
    html = html_of(as_person(cast.officer))
    assert "0 of 7 done, 0 %" in html
    assert "7 not acknowledged" in html
    assert reverse("board", args=[directive.pk]) in html
    assert "0 of 3 done, 0 %" in html_of(as_person(cast.secretary))


def test_a_member_is_led_to_the_document(cast, as_person, directive):
    html = html_of(as_person(cast.member))
    assert reverse("document_detail", args=[directive.pk]) in html
    assert reverse("board", args=[directive.pk]) not in html


def test_only_what_is_issued(cast, as_person):
    make_document(cast)
    assert "12-CV/ĐUK" not in html_of(as_person(cast.officer))


def test_a_unit_sees_none_of_which_it_has_no_part(cast, as_person, directive):
    apart = make_unit("Đảng ủy Khối Khác", UnitKind.BLOC_COMMITTEE, cast.province)
    html = html_of(as_person(make_person("Bùi Thử Xa", "xa", Role.UNIT_SECRETARY, apart)))
    assert "12-CV/ĐUK" not in html
    assert "No directive has been issued" in html


def test_there_is_no_such_page_for_a_stranger(cast, as_person, directive):
    assert as_person(cast.stranger).get(reverse("directive_list")).status_code == 404


def test_the_same_queries_for_many(cast, as_person, directive):
    client = as_person(cast.officer)
    with CaptureQueriesContext(connection) as few:  # made anew: nobody has looked yet
        html_of(client)
    for _turn in range(5):
        make_directive(cast)
    with CaptureQueriesContext(connection) as many:
        assert html_of(client).count("directive-line") == 6
    assert len(many) == len(few)


def test_reading_only(cast, as_person):
    assert as_person(cast.officer).post(reverse("directive_list")).status_code == 405
