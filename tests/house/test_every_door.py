"""Every address of the URL table × everybody: nobody unsigned gets in, and a stranger is told nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate

from motbuoc.domains.documents.models import Document
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.models import Evidence
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Position, StandIn
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import LONG_AGO, Cast, make_directive, make_document, picture, step_on

OPEN = {
    "sign_in",
    "account_login",  # the same page, by the name django-allauth looks for
    "demo_sign_in",
    "invitation_accept",
    "language_switch",
    "sign_out",  # gives up between password and second factor too
    "account_logout",
    "mfa_authenticate",  # sends back who has not come from the password
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
"""Doors that stand open to people not signed in: all of them on the way in."""
EMPTY_FOR_STRANGERS = {
    *("today", "inbox", "directive_list", "document_list", "report_list", "gallery", "stand_in_own"),
    # how one signs in oneself
    *("security", "mfa_index", "mfa_list_webauthn", "socialaccount_connections", "second_factor"),
    *("session_end", "session_end_others", "identity_unlink", "account_change_password", "account_set_password"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("mfa_download_recovery_codes", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
}
"""A person's own things: a stranger sees their own, or an empty list."""


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield entry.name or "", "/" + route


DOORS = sorted(set(patterns(get_resolver())))


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    """An object behind every door, each with something that could leak."""
    directive = make_directive(cast)
    assignment = directive.assignments.filter(unit=cast.unit_a).first()
    assert assignment
    step_on(assignment, "acknowledge", cast.secretary)
    step_on(assignment, "progress", cast.secretary, "Tin mật của đơn vị A", files=[picture()])
    report = request_report(
        actor=cast.officer, document=directive, start=directive.issued_on, end=localdate(directive.released_at)
    )
    make_report.call(report.pk)
    in_review = make_document(cast)
    seat = Position.objects.get(person=cast.secretary)
    ends = clock.today() + clock.ONE_DAY
    stand_in = StandIn.objects.create(position=seat, person=cast.member, valid_from=LONG_AGO, valid_until=ends)
    return {
        "nguoi/chuc-vu/": seat.pk,
        "nguoi/": cast.secretary.pk,
        "don-vi/": cast.unit_a.pk,
        "quyen/": cast.secretary.grants.get().pk,
        "uy-quyen/chuc-vu/": seat.pk,
        "uy-quyen/": stand_in.pk,
        "viec/chung-cu/": Evidence.objects.get().pk,
        "viec/": assignment.pk,
        "bang/": directive.pk,
        "bao-cao/lap/": directive.pk,
        "bao-cao/": Report.objects.get().pk,
        "van-ban/nhiem-vu/": in_review.duties.first().pk,
        "van-ban/noi-nhan/": in_review.addressees.first().pk,
        "van-ban/": directive.pk,
        "unissued": in_review.pk,
    }


def address(route: str, ids: dict[str, int]) -> str:
    for start, pk in ids.items():
        if route.startswith("/" + start):
            for name in ("<int:pk>", "<int:document_pk>"):
                route = route.replace(name, str(pk))
    return route.replace("<int:place>", "0").replace("<slug:username>", "bithu").replace("<int:pk>", "1")


@pytest.mark.parametrize(("name", "route"), DOORS)
def test_nobody_gets_in_unsigned(client: Client, ids: dict[str, int], name: str, route: str) -> None:
    for method in (client.get, client.post):
        answer = method(address(route, ids))
        if name in OPEN:
            assert answer.status_code < 500
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize(("name", "route"), DOORS)
def test_a_stranger_is_told_nothing(
    client: Client, cast: Cast, ids: dict[str, int], name: str, route: str
) -> None:
    client.force_login(cast.stranger.account)
    for method in (client.get, client.post):
        answer = method(address(route, ids))
        assert answer.status_code < 500
        if name not in OPEN | EMPTY_FOR_STRANGERS:
            assert answer.status_code in (403, 404, 405)
        text = answer.content.decode() if not answer.streaming else "a file"
        assert "12-CV/ĐUK" not in text
        assert "Phạm Thử Thư" not in text
        assert "Tin mật" not in text
        assert text != "a file"


def test_a_document_in_review_is_not_for_readers(client: Client, cast: Cast, ids: dict[str, int]) -> None:
    for person in (cast.member, cast.secretary, cast.inspector, cast.central_officer):
        client.force_login(person.account)
        assert client.get(f"/van-ban/{ids['unissued']}/").status_code == 404
    assert Document.objects.get(pk=ids["unissued"]).state == "read"


def test_a_unit_does_not_see_its_neighbour(client: Client, cast: Cast, ids: dict[str, int]) -> None:
    client.force_login(cast.secretary_b.account)
    assert client.get(f"/viec/{ids['viec/']}/").status_code == 404
    assert client.get(f"/viec/chung-cu/{ids['viec/chung-cu/']}/").status_code == 404
    board = client.get(f"/bang/{ids['bang/']}/").content.decode()
    assert "Đảng bộ Công ty Bình Minh" in board
    assert "Chi bộ Sở Ánh Dương" not in board


def test_every_page_of_one_thing_tells_its_unit_what_an_inspector_saw(
    client: Client, cast: Cast, ids: dict[str, int]
) -> None:
    client.force_login(cast.inspector.account)
    shown = {}
    for name, route in DOORS:
        before = HistoryLine.objects.filter(action="look").count()
        if "<int:" not in route:
            continue
        answer = client.get(address(route, ids))
        answer.close()
        if answer.status_code != 200:
            continue
        looks = HistoryLine.objects.filter(action="look").order_by("pk")[before:]
        shown[name] = [(look.object_type, look.unit_id) for look in looks]
    assert {"document_detail", "document_file", "assignment_detail", "evidence_file", "unit_rights"} <= set(shown)
    own = {cast.unit_a.pk, cast.bloc.pk}
    silent = {
        name: looks
        for name, looks in shown.items()
        if len(looks) != 1 or looks[0][0] == "list" or looks[0][1] not in own
    }
    assert silent == {}, "say what these pages show with looks_at(request, kind, id, unit)"
