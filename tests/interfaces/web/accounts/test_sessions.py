"""Where one is signed in: shown, and ended."""

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.interfaces.web.accounts.conftest import PASSWORD, is_in, signs_in

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1"


def at(agent: str, address: str) -> Client:
    return Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)


def two_places() -> tuple[Client, Client]:
    desk, phone = at(EDGE, "192.0.2.10"), at(PHONE, "203.0.113.7")
    signs_in(desk)
    signs_in(phone)
    return desk, phone


def test_each_session_is_shown_with_device_address_and_time(cast):
    desk, _phone = two_places()
    page = desk.get(reverse("security")).content.decode()
    assert "Microsoft Edge trên Windows" in page
    assert "Safari trên iPhone" in page
    assert "192.0.2.10" in page
    assert "203.0.113.7" in page
    assert "Tại đây" in page


def test_one_session_is_ended_from_another(cast):
    desk, phone = two_places()
    other = next(row for row in desk.get(reverse("security")).context["sessions"] if not row["is_here"])
    desk.post(reverse("session_end", args=[other["pk"]]))
    assert not is_in(phone)
    assert phone.get(reverse("today")).url.startswith(reverse("sign_in"))
    assert desk.get(reverse("security")).status_code == 200
    assert "Safari trên iPhone" not in desk.get(reverse("security")).content.decode()


def test_all_others_are_ended_at_once(cast):
    desk, phone = two_places()
    desk.post(reverse("session_end_others"))
    assert not is_in(phone)
    assert is_in(desk)


def test_nobody_ends_a_session_of_somebody_else(cast):
    desk, _phone = two_places()
    pk = desk.get(reverse("security")).context["sessions"][0]["pk"]
    stranger = Client()
    signs_in(stranger, "nguoila")
    assert stranger.post(reverse("session_end", args=[pk])).status_code == 404
    assert "192.0.2.10" not in stranger.get(reverse("security")).content.decode()
    assert is_in(desk)


def test_changing_the_password_ends_all_other_sessions(cast):
    desk, phone = two_places()
    new = "con-thuyen-tren-song"
    answer = desk.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.url == reverse("security")
    assert phone.get(reverse("today")).status_code == 302
    page = desk.get(reverse("security")).content.decode()
    assert "Đã đổi mật khẩu" in page
    assert "Safari trên iPhone" not in page


def test_signing_in_gives_the_session_a_new_key(client, cast):
    client.get(reverse("account_reset_password"))
    client.session["planted"] = True
    session = client.session
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    signs_in(client)
    assert is_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_session_that_is_not_signed_in_stays_out_whoever_planted_it(cast):
    victim, attacker = Client(), Client()
    session = attacker.session
    session["planted"] = True
    session.save()
    attacker.cookies["sessionid"] = victim.cookies["sessionid"] = session.session_key
    signs_in(victim)
    assert attacker.get(reverse("today")).url.startswith(reverse("sign_in"))


def test_a_session_in_use_is_noted_again_after_a_while_and_not_on_every_page(
    client, cast, time_machine, django_assert_num_queries
):
    time_machine.move_to("2026-03-05 08:00 +0700")
    signs_in(client)
    first = client.get(reverse("security")).context["sessions"][0]["seen_at"]
    time_machine.shift(60)
    assert client.get(reverse("security")).context["sessions"][0]["seen_at"] == first
    time_machine.shift(300)
    assert client.get(reverse("security")).context["sessions"][0]["seen_at"] > first


def test_signing_out_ends_the_session_in_the_list_too(cast):
    desk, phone = two_places()
    phone.post(reverse("sign_out"))
    assert "Safari trên iPhone" not in desk.get(reverse("security")).content.decode()
