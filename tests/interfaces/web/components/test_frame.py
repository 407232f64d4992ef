"""The frame: who is looking, where they may go, and how a refusal looks."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal

REFUSALS = {"refusal": Refusal, "collision": Collision, "not-allowed": NotAllowed}


def refuses(request, kind):
    raise REFUSALS[kind]("Câu nói rõ phải làm gì.")


def fails(request):
    raise RuntimeError("bí mật bên trong")


def who(request):
    return HttpResponse(request.viewer.full_name)


urlpatterns = [
    path("refuses/<slug:kind>/", refuses),
    path("fails/", fails),
    path("who/", who),
    path("", include("motbuoc.interfaces.web.urls")),
]
here = pytest.mark.urls(__name__)


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.account)
    return client


def frame(client, settings) -> str:
    """The bar above every page that the client may see."""
    settings.DEMO = True
    page = client.get(reverse("gallery")).content.decode()
    return re.search(r'<div class="top-bar">.*?<main', page, re.DOTALL).group()


@here
def test_pages_know_their_viewer(officer, cast):
    assert officer.get("/who/").content.decode() == cast.officer.full_name


@here
def test_what_is_not_allowed_is_403_with_its_sentence(officer):
    answer = officer.post("/refuses/not-allowed/", headers={"Referer": "http://testserver/van-ban/"})
    assert answer.status_code == 403
    assert "Câu nói rõ phải làm gì." in answer.content.decode()


@here
@pytest.mark.parametrize("kind", ["refusal", "collision"])
def test_a_refused_step_leads_back_with_its_sentence(officer, kind, settings):
    answer = officer.post(f"/refuses/{kind}/", headers={"Referer": "http://testserver/thu-vien/?page=2"})
    assert answer.status_code == 303
    assert answer.url == "/thu-vien/?page=2"
    settings.DEMO = True
    page = officer.get(answer.url).content.decode()
    assert "Câu nói rõ phải làm gì." in page
    assert 'role="alert"' in page


@here
@pytest.mark.parametrize(
    "referer", ["", "https://example.org/van-ban/", "http://testserver//example.org/", "javascript:alert(1)"]
)
def test_a_refusal_never_leads_to_another_host(officer, referer):
    answer = officer.post("/refuses/refusal/", headers={"Referer": referer})
    assert answer.status_code == 409
    assert "Câu nói rõ phải làm gì." in answer.content.decode()


@here
def test_a_page_that_cannot_be_shown_does_not_send_back_for_ever(officer):
    answer = officer.get("/refuses/refusal/", headers={"Referer": "http://testserver/refuses/refusal/"})
    assert answer.status_code == 409


@here
def test_a_refusal_of_a_part_reloads_the_page_it_came_from(officer):
    headers = {"HX-Request": "true", "Referer": "http://testserver/thu-vien/"}
    answer = officer.post("/refuses/refusal/", headers=headers)
    assert answer["HX-Redirect"] == "/thu-vien/"


@here
def test_a_failure_tells_nothing_of_the_inside(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.officer.account)
    answer = client.get("/fails/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
    assert "bí mật" not in answer.content.decode()


def test_an_unknown_address_is_a_404_in_the_frame(officer, cast):
    answer = officer.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có gì ở đây" in answer.content.decode()
    assert cast.officer.full_name in answer.content.decode()


def test_a_stale_form_is_explained(cast):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("sign_in"), {"username": "bithu", "password": "mat-khau-thu"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_the_bar_names_the_viewer_with_position_and_unit(client, cast, settings):
    client.force_login(cast.secretary.account)
    bar = frame(client, settings)
    assert "Phạm Thử Thư" in bar
    assert "Bí thư, Chi bộ Sở Ánh Dương" in bar


def test_who_holds_no_position_is_named_by_role(client, cast, settings):
    client.force_login(cast.inspector.account)
    assert "Cán bộ kiểm tra, Đảng ủy Khối Mẫu" in frame(client, settings)


def test_a_stranger_is_offered_nothing_but_the_day_page(client, cast, settings):
    client.force_login(cast.stranger.account)
    nav = re.search(r'<nav class="main-nav".*?</nav>', frame(client, settings), re.DOTALL).group()
    assert re.findall(r'<a href="([^"]+)"', nav) == [reverse("today")]


def test_the_frame_costs_six_queries(officer, settings, django_assert_num_queries):
    """Session, account with its person, grants, position, without one the unit of the role; unread notices."""
    settings.DEMO = True
    with django_assert_num_queries(6):  # the sixth is the one for the number beside the bell
        officer.get(reverse("gallery"))


@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co/"])
def test_the_content_policy_allows_nothing_from_elsewhere_and_nothing_inline(client, db, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
