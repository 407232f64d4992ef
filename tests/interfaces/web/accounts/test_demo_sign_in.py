"""The cast of the demo: one click, in the demo only."""

import pytest
from django.urls import reverse

from motbuoc.foundation.access.roles import Role
from motbuoc.interfaces.web.accounts.pages import DEMO_CAST
from tests.factories import Cast, make_person


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast of the tests, and the officer of a base unit whom the demo has too."""
    make_person("Kiều Thử Phòng", "canbo", Role.DEPARTMENT_OFFICER, cast.unit_b)
    return cast


def address(username: str) -> str:
    return reverse("demo_sign_in", args=[username])


@pytest.mark.parametrize("username", DEMO_CAST)
def test_in_the_demo_one_click_signs_in_as_anybody_of_the_cast(client, cast, settings, username):
    settings.DEMO = True
    answer = client.post(address(username))
    assert answer.status_code == 302
    assert answer.url == reverse("today")
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("username", DEMO_CAST)
def test_outside_the_demo_nobody_gets_in_without_a_password(client, cast, settings, username):
    settings.DEMO = False
    assert client.post(address(username)).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demo_opens_no_account_but_those_of_the_cast(client, cast, settings):
    settings.DEMO = True
    assert client.post(address("chuyenvien2")).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_signs_nobody_in(client, cast, settings):
    settings.DEMO = True
    assert client.get(address("bithu")).status_code == 405


def test_the_cast_is_shown_in_order_with_its_positions_and_says_that_it_is_invented(client, cast, settings):
    settings.DEMO = True
    page = client.get(reverse("sign_in")).content.decode()
    places = [page.index(address(username)) for username in DEMO_CAST]
    assert places == sorted(places)
    assert "Phạm Thử Thư" in page
    assert "Bí thư, Chi bộ Sở Ánh Dương" in page
    assert "Không thuộc đơn vị nào" in page
    assert "hư cấu" in page


def test_outside_the_demo_no_name_is_shown_to_who_has_not_signed_in(client, cast, settings):
    settings.DEMO = False
    page = client.get(reverse("sign_in")).content.decode()
    assert "Phạm Thử Thư" not in page
    assert "hư cấu" not in page


def test_an_empty_demo_says_how_to_fill_it(client, db, settings):
    settings.DEMO = True
    assert "make demo" in client.get(reverse("sign_in")).content.decode()
