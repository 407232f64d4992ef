"""Wrong passwords: what the one who guesses meets, and what the owner does not."""

import pytest
from django.urls import reverse

from tests.interfaces.web.accounts.conftest import is_in, signs_in

LOCKED = "Nhập sai quá nhiều lần. Đồng chí hãy đợi"


def guesses(client, times: int, name: str = "bithu", **request) -> str:
    """The last page met."""
    for number in range(times):
        page = signs_in(client, name, f"sai-{number}", **request).content.decode()
    return page


def test_after_five_wrong_passwords_the_right_one_has_to_wait_and_is_told_how_long(client, cast):
    assert LOCKED not in guesses(client, 5)
    page = signs_in(client).content.decode()
    assert f"{LOCKED} 10 phút" in page
    assert not is_in(client)


def test_the_wait_ends(client, cast, time_machine):
    time_machine.move_to("2026-03-05 08:00 +0700")
    guesses(client, 6)
    time_machine.shift(4 * 60)
    assert f"{LOCKED} 6 phút" in signs_in(client).content.decode()
    time_machine.shift(6 * 60 + 1)
    signs_in(client)
    assert is_in(client)


def test_an_unknown_name_is_locked_just_the_same(client, cast):
    assert LOCKED in guesses(client, 6, "khong-co")


def test_capitals_and_spaces_give_no_further_tries(client, cast):
    guesses(client, 3)
    guesses(client, 2, " BiThu ")
    assert LOCKED in signs_in(client).content.decode()


@pytest.mark.parametrize("stranger", ["127.0.0.1", "203.0.113.9"], ids=["same office", "elsewhere"])
def test_a_stranger_never_shuts_the_owner_out_of_the_browser_they_use(browser, cast, stranger):
    owner, attacker = browser(), browser()
    signs_in(owner)
    owner.post(reverse("sign_out"))
    assert LOCKED in guesses(attacker, 60, REMOTE_ADDR=stranger)
    for number in range(60):  # and the whole address is used up
        signs_in(attacker, f"ai-do-{number}", "sai", REMOTE_ADDR=stranger)
    signs_in(owner)
    assert is_in(owner)


def test_a_stranger_elsewhere_does_not_shut_out_a_new_browser_of_the_owner(browser, cast):
    guesses(browser(), 20, REMOTE_ADDR="203.0.113.9")
    owner = browser()
    signs_in(owner)
    assert is_in(owner)


def test_the_owner_may_mistype_more_often_but_not_for_ever(client, cast):
    signs_in(client)
    client.post(reverse("sign_out"))
    assert LOCKED not in guesses(client, 10)
    assert LOCKED in signs_in(client).content.decode()


def test_a_right_password_does_not_count(client, cast):
    for _time in range(8):
        signs_in(client)
        assert is_in(client)
        client.post(reverse("sign_out"))


def test_knowing_ones_own_password_gives_no_tries_at_anothers(browser, cast):
    attacker = browser()
    signs_in(attacker, "dangvien")
    attacker.post(reverse("sign_out"))
    assert LOCKED in guesses(attacker, 6)


def test_one_address_cannot_try_one_password_on_everybody(client, cast):
    for number in range(50):
        page = signs_in(client, f"nguoi-{number}", "matkhau2026").content.decode()
        assert LOCKED not in page
    assert LOCKED in signs_in(client, "nguoi-50", "matkhau2026").content.decode()


def test_a_forged_or_old_cookie_is_worth_nothing(browser, cast, time_machine):
    time_machine.move_to("2026-03-05 08:00 +0700")
    owner = browser()
    signs_in(owner)
    genuine = owner.cookies["known_browser"].value
    for value in ("", "x", genuine[:-1] + ("A" if genuine[-1] != "A" else "B")):
        attacker = browser()
        attacker.cookies["known_browser"] = value
        assert LOCKED in guesses(attacker, 6, REMOTE_ADDR=f"203.0.113.{len(value) % 250}")
    time_machine.shift(181 * 24 * 60 * 60)
    late = browser()
    late.cookies["known_browser"] = genuine
    assert LOCKED in guesses(late, 6)


def test_a_copied_cookie_stops_counting_with_the_owners_once_they_sign_in_again(browser, cast):
    owner, thief = browser(), browser()
    signs_in(owner)
    thief.cookies["known_browser"] = owner.cookies["known_browser"].value
    owner.post(reverse("sign_out"))
    signs_in(owner)
    owner.post(reverse("sign_out"))
    assert LOCKED in guesses(thief, 11)
    signs_in(owner)
    assert is_in(owner)


def test_the_cookie_names_nobody_and_is_closed_to_scripts(client, cast):
    signs_in(client)
    cookie = client.cookies["known_browser"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "bithu" not in cookie.value


def test_without_a_proxy_an_address_cannot_be_made_up(client, cast):
    for number in range(6):
        page = signs_in(client, "bithu", "sai", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").content.decode()
    assert LOCKED in page


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(client, cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guesses(client, 6, HTTP_X_FORWARDED_FOR="10.9.9.9, 203.0.113.9")
    assert LOCKED in guesses(client, 1, HTTP_X_FORWARDED_FOR="10.1.1.1, 203.0.113.9")
    signs_in(client, HTTP_X_FORWARDED_FOR="203.0.113.9, 203.0.113.10")
    assert is_in(client)
