"""A remembered page is the page that would be made: nothing written, nothing old, nobody else's."""

import pytest
from django.contrib import messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryHead
from tests.factories import Cast, make_directive, step_on

ADDRESSES = ["/viec/", "/cong-viec/", "/bang/{}/"]


@pytest.fixture(params=ADDRESSES)
def address(request, cast: Cast) -> str:
    return request.param.format(make_directive(cast).pk)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_second_look_costs_three_queries_and_is_the_same_page(client, cast: Cast, address: str) -> None:
    client.force_login(cast.officer.account)
    first = text_of(client, address)
    with CaptureQueriesContext(connection) as queries:
        second = text_of(client, address)
    assert second == first
    assert len(queries) == 3  # session, account, length of the history


def test_a_step_of_anybody_makes_the_page_anew(client, cast: Cast, address: str) -> None:
    client.force_login(cast.officer.account)
    before = text_of(client, address)
    assignment = cast.unit_a.assignments.order_by("pk").first()
    step_on(assignment, "acknowledge", cast.secretary)
    assert text_of(client, address) != before


def test_somebody_else_gets_their_own_page(client, cast: Cast, address: str) -> None:
    client.force_login(cast.officer.account)
    officers = text_of(client, address)
    other = Client()
    other.force_login(cast.secretary_b.account)
    assert "Chi bộ Sở Ánh Dương" not in text_of(other, address)
    assert cast.officer.full_name in officers
    client.force_login(cast.inspector.account)
    assert cast.officer.full_name not in text_of(client, address)


def test_nobody_signed_out_gets_a_remembered_page(client, cast: Cast, address: str) -> None:
    client.force_login(cast.officer.account)
    text_of(client, address)
    client.logout()
    assert client.get(address).status_code == 302


def test_another_language_is_another_page(client, cast: Cast, address: str) -> None:
    client.force_login(cast.officer.account)
    vietnamese = text_of(client, address)
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert 'lang="en"' in text_of(client, address)
    assert 'lang="vi"' in vietnamese


def test_a_message_is_shown_once(client, cast: Cast, address: str, rf) -> None:
    client.force_login(cast.officer.account)
    quiet = text_of(client, address)
    request = rf.get("/")
    request.session = client.session
    storage = messages.storage.default_storage(request)
    storage.add(messages.INFO, "Đã ghi nhận")
    storage.update(None)
    request.session.save()
    assert "Đã ghi nhận" in text_of(client, address)
    assert text_of(client, address) == quiet


def test_forms_of_a_remembered_page_still_work(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer.account)
    directive = make_directive(cast)
    client.get(f"/bang/{directive.pk}/")
    page = client.get(f"/bang/{directive.pk}/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    day = clock.today().strftime("%d/%m/%Y")
    form = {"csrfmiddlewaretoken": token, "start": day, "end": day}
    assert client.post(f"/bao-cao/lap/{directive.pk}/", form).status_code == 302


def test_every_write_of_the_tracker_lengthens_the_history(cast: Cast) -> None:
    make_directive(cast)
    before = HistoryHead.objects.get().count
    assignment = cast.unit_a.assignments.order_by("pk").first()
    for number, (name, actor) in enumerate(
        [
            ("acknowledge", cast.secretary),
            ("progress", cast.secretary),
            ("submit", cast.secretary),
            ("return", cast.officer),
            ("submit", cast.secretary),
            ("accept", cast.officer),
            ("reopen", cast.officer),
        ],
        1,
    ):
        step_on(assignment, name, actor, "Nội dung")
        assert HistoryHead.objects.get().count == before + number
