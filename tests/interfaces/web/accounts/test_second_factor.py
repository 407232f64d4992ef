"""The second step: who must have one, how it is set up, used, lost and taken away."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from motbuoc.foundation.access.policy import needs_second_factor
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.people.services import remove_second_factors
from tests.interfaces.web.accounts.conftest import code_of, is_in, sets_up_app, signs_in


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("page", ["today", "inbox", "document_upload", "security", "account_change_password"])
def test_who_may_issue_gets_nowhere_without_one(client, cast, required, page):
    signs_in(client, "chuyenvien")
    for method in (client.get, client.post):
        assert method(reverse(page)).url == reverse("second_factor")
    page = client.get(reverse("second_factor")).content.decode()
    assert "Ứng dụng trên điện thoại" in page
    assert "Khóa truy cập" in page


def test_a_part_of_a_page_sends_the_whole_page_there(client, cast, required):
    signs_in(client, "chuyenvien")
    answer = client.get(reverse("inbox"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("second_factor")


def test_they_may_still_sign_out_and_change_the_language(client, cast, required):
    signs_in(client, "chuyenvien")
    assert client.post(reverse("language_switch"), {"language": "en", "next": "/"}).status_code == 302
    client.post(reverse("sign_out"))
    assert not is_in(client)


@pytest.mark.parametrize("username", ["tw", "bithu", "dangvien", "nguoila", "thanhtra"])
def test_nobody_else_is_asked(client, cast, required, username):
    assert not needs_second_factor(Account.objects.get(username=username).person)
    signs_in(client, username)
    assert client.get(reverse("today")).status_code == 200


def test_once_it_is_set_up_work_goes_on_and_recovery_codes_are_shown(client, cast, required):
    signs_in(client, "chuyenvien")
    sets_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert len(page.context["unused_codes"]) == 10
    assert page.context["unused_codes"][0] in page.content.decode()
    assert client.get(reverse("today")).status_code == 200


def test_in_the_demo_one_click_is_not_held_up_and_the_page_says_so(client, cast, settings):
    settings.DEMO = True
    client.post(reverse("demo_sign_in", args=["chuyenvien"]))
    assert client.get(reverse("today")).status_code == 200
    assert "không ai bị hỏi bước thứ hai" in client.get(reverse("security")).content.decode()


def test_with_an_app_the_password_alone_does_not_let_in(browser, cast):
    desk = browser()
    signs_in(desk)
    secret = sets_up_app(desk)
    fresh = browser()
    assert signs_in(fresh).url == reverse("mfa_authenticate")
    assert not is_in(fresh)
    assert fresh.get(reverse("today")).url.startswith(reverse("sign_in"))
    page = fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Mã này sai hoặc đã hết hiệu lực." in page
    assert fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)}).url == reverse("today")
    assert is_in(fresh)


def test_a_code_works_once(browser, cast):
    desk, first, second = browser(), browser(), browser()
    signs_in(desk)
    secret = sets_up_app(desk)
    code = code_of(secret, 1)
    for client in (first, second):
        signs_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_codes_cannot_be_tried_for_ever(browser, cast):
    desk, thief = browser(), browser()
    signs_in(desk)
    secret = sets_up_app(desk)
    signs_in(thief)
    for _time in range(10):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = thief.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)}).content.decode()
    assert "Nhập sai quá nhiều lần" in page
    assert not is_in(thief)


def test_a_recovery_code_lets_in_once(browser, cast):
    desk, first, second = browser(), browser(), browser()
    signs_in(desk)
    sets_up_app(desk)
    code = desk.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    assert code in desk.get(reverse("mfa_download_recovery_codes")).content.decode()
    for client in (first, second):
        signs_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)
    assert not is_in(second)
    assert "Còn 9 mã dự phòng" in desk.get(reverse("security")).content.decode()


def test_giving_up_at_the_second_step_leads_back(client, cast):
    signs_in(client)
    sets_up_app(client)
    client.post(reverse("sign_out"))
    signs_in(client)
    assert client.get(reverse("sign_in")).url == reverse("mfa_authenticate")
    client.post(reverse("sign_out"))
    assert client.get(reverse("sign_in")).status_code == 200


def test_the_app_may_be_removed_by_who_needs_none(client, cast, required):
    signs_in(client)
    sets_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("security")
    client.post(reverse("sign_out"))
    signs_in(client)
    assert is_in(client)


def test_the_last_factor_stays_with_who_must_have_one(client, cast, required):
    signs_in(client, "chuyenvien")
    sets_up_app(client)
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "Hãy thêm cách khác trước khi bỏ cách này." in page
    assert client.get(reverse("security")).context["app"]


def test_changing_it_asks_again_some_time_after_signing_in(client, cast, time_machine):
    time_machine.move_to("2026-03-05 08:00 +0700")
    signs_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    time_machine.shift(16 * 60)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert "xác nhận lại chính chủ" in client.get(answer.url).content.decode()
    assert "Mật khẩu không đúng." in client.post(answer.url, {"password": "sai"}).content.decode()
    assert client.post(answer.url, {"password": "mat-khau-thu"}).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_one_sees_and_changes_only_ones_own(browser, cast):
    desk, stranger = browser(), browser()
    signs_in(desk)
    sets_up_app(desk)
    signs_in(stranger, "nguoila")
    assert stranger.get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert stranger.get(reverse("mfa_deactivate_totp")).status_code == 404


def test_who_lost_everything_gets_it_taken_off_and_is_signed_out(client, cast):
    signs_in(client)
    sets_up_app(client)
    assert remove_second_factors(cast.secretary.account) == 2
    assert not is_in(client)
    signs_in(client)
    assert is_in(client)


def test_the_command_does_so_and_knows_whom(client, cast, capsys):
    signs_in(client)
    sets_up_app(client)
    call_command("account", "remove-second-factors", "bithu")
    assert "Phạm Thử Thư: 2 removed" in capsys.readouterr().out
    assert not is_in(client)
    with pytest.raises(CommandError, match="no open account called ai-do"):
        call_command("account", "remove-second-factors", "ai-do")


def test_the_secret_is_kept_locked_and_the_change_leaves_a_line(client, cast, django_capture_on_commit_callbacks):
    signs_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = sets_up_app(client)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret
    lines = HistoryLine.objects.filter(action="change_sign_in", object_type="account")
    assert {line.values["change"] for line in lines} == {"totp_activated"}
    assert {(line.actor, line.unit) for line in lines} == {(cast.secretary, cast.unit_a)}
    assert secret not in str([line.values for line in lines])
