"""How one is told outside the app, the ladder of a unit, the outbox and the gateways."""

from __future__ import annotations

import base64
import re
from datetime import date

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from icalendar import Calendar

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.notices.channels import push
from motbuoc.foundation.notices.messages import Message
from motbuoc.foundation.notices.models import Delivery, Ladder, Preference, PushSubscription, Webhook
from motbuoc.foundation.notices.outbox import Undeliverable
from tests.factories import Cast, make_directive, step_on

SETTINGS = "/thong-bao/cach-bao/"


def test_hours_and_language_are_kept(cast: Cast, as_person) -> None:
    browser = as_person(cast.secretary)
    sent = {"by_mail": "on", "quiet_from": "21", "quiet_until": "7", "language": "en"}
    assert browser.post(SETTINGS, sent).status_code == 302
    kept = Preference.objects.get(person=cast.secretary)
    assert (kept.by_mail, kept.by_push, kept.quiet_from, kept.quiet_until) == (True, False, 21, 7)
    assert browser.post(SETTINGS, sent | {"quiet_from": "24"}).status_code == 422


def made_address(browser) -> str:
    page = browser.post("/thong-bao/cach-bao/lich/").content.decode()
    return re.findall(r"/lich/([\w-]{20,})\.ics", page)[0]


def test_the_calendar_holds_what_its_owner_owes(cast: Cast, as_person, visitor) -> None:
    make_directive(cast)
    Assignment.objects.filter(time_kind="dated").update(due_on=date(2030, 1, 4))
    secret = made_address(as_person(cast.secretary))
    answer = visitor.get(f"/lich/{secret}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2030, 1, 4)
    assert "Tổ chức hội nghị quán triệt" in event["summary"]
    assert visitor.get(f"/lich/{secret}.ics", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    mine = Assignment.objects.get(unit=cast.unit_a, time_kind="dated")
    step_on(mine, "acknowledge", cast.secretary)
    assert visitor.get(f"/lich/{secret}.ics", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200


def test_a_calendar_tells_no_word_of_a_restricted_paper(cast: Cast, as_person, visitor) -> None:
    make_directive(cast, Classification.RESTRICTED)
    Assignment.objects.update(due_on=date(2030, 1, 4))
    content = visitor.get(f"/lich/{made_address(as_person(cast.secretary))}.ics").content.decode()
    assert content.count("BEGIN:VEVENT") == 3
    assert "quán triệt" not in content.replace("\r\n ", "")


def test_a_calendar_ends_with_its_address_role_or_account(cast: Cast, as_person, visitor) -> None:
    make_directive(cast)
    Assignment.objects.update(due_on=date(2030, 1, 4))
    browser = as_person(cast.secretary)
    first, second = made_address(browser), made_address(browser)
    assert visitor.get(f"/lich/{first}.ics").status_code == 404
    Grant.objects.filter(person=cast.secretary).update(valid_until=date(2026, 1, 1))
    cast.secretary.positions.update(valid_until=date(2026, 1, 1))
    assert b"VEVENT" not in visitor.get(f"/lich/{second}.ics").content
    cast.secretary.account.is_active = False
    cast.secretary.account.save()
    assert visitor.get(f"/lich/{second}.ics").status_code == 404


def test_a_withdrawn_address_opens_nothing(cast: Cast, as_person, visitor) -> None:
    browser = as_person(cast.secretary)
    secret = made_address(browser)
    browser.post("/thong-bao/cach-bao/lich/bo/")
    assert visitor.get(f"/lich/{secret}.ics").status_code == 404


def keys_of_a_browser() -> dict[str, str]:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return {
        "p256dh": base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
        "auth": base64.urlsafe_b64encode(b"0123456789abcdef").rstrip(b"=").decode(),
    }


def test_a_browser_is_subscribed_and_forgotten(cast: Cast, as_person) -> None:
    browser = as_person(cast.secretary)
    sent = {"endpoint": "https://push.example/abc"} | keys_of_a_browser()
    browser.post("/thong-bao/cach-bao/may/", sent)
    kept = PushSubscription.objects.get(person=cast.secretary)
    assert as_person(cast.secretary_b).post(f"/thong-bao/cach-bao/may/{kept.pk}/bo/").status_code == 404
    assert browser.post(f"/thong-bao/cach-bao/may/{kept.pk}/bo/").status_code == 302
    assert not PushSubscription.objects.exists()
    browser.post("/thong-bao/cach-bao/may/", sent | {"endpoint": "http://push.example/abc"})
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", [201, 410])
def test_a_push_message_is_sealed_and_a_gone_browser_forgotten(cast: Cast, monkeypatch, status: int) -> None:
    posted = []
    monkeypatch.setattr(push, "post", lambda *sent: posted.append(sent) or status)  # the push service's answer
    endpoint = "https://push.example/abc"
    PushSubscription.objects.create(person=cast.secretary, endpoint=endpoint, device="x", **keys_of_a_browser())
    delivery = Delivery.objects.create(person=cast.secretary, channel="push", address=endpoint, key="k")
    message = Message("a" * 32, "1 task overdue", (), 0, "https://x.example/", "https://x.example/")
    if status == 410:
        with pytest.raises(Undeliverable):
            push.send(delivery, message)
        assert not PushSubscription.objects.exists()
    else:
        push.send(delivery, message)
    [(url, body, headers)] = posted
    assert url == endpoint
    assert b"overdue" not in body
    assert headers["authorization"].startswith("vapid t=")
    assert headers["topic"] == "a" * 32


def test_the_worker_and_the_manifest_are_served_to_everybody(db, visitor) -> None:
    worker = visitor.get("/tin-day.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in worker["Content-Security-Policy"]
    assert visitor.get("/ung-dung.webmanifest").json()["start_url"] == "/"


def ladder_form(**more: str) -> dict[str, str]:
    rows = {"rung-TOTAL_FORMS": "2", "rung-INITIAL_FORMS": "0", "version": ""}
    names = ("occasion", "days", "recipient", "reach")
    for number, rung in enumerate((("after_due", "2", "head", "urgent"), ("before_due", "", "owner", "app"))):
        rows |= {f"rung-{number}-{name}": value for name, value in zip(names, rung, strict=True)}
    return rows | more


def test_a_department_tries_and_keeps_its_ladder(cast: Cast, as_person) -> None:
    make_directive(cast)
    Assignment.objects.filter(time_kind="dated").update(due_on=date(2030, 1, 3))
    browser, address = as_person(cast.officer), f"/don-vi/{cast.bloc.pk}/nhac-viec/"
    assert "03/01/2030" in browser.get(address).content.decode()
    tried = browser.post(address, ladder_form(preview="1")).content.decode()
    assert "07/01/2030" in tried
    assert not Ladder.objects.exists()
    assert browser.post(address, ladder_form()).status_code == 302
    kept = Ladder.objects.get()
    assert [(r.occasion, r.days, r.recipient, r.reach) for r in kept.rungs.all()] == [
        ("after_due", 2, "head", "urgent")
    ]
    assert browser.post(address, ladder_form()).status_code == 422  # made on a version that is gone
    assert browser.post(f"{address}bo/").status_code == 302
    assert not Ladder.objects.exists()


@pytest.mark.parametrize("days", ["-1", "251", "x"])
def test_a_wild_number_of_days_is_said_to_be_one(cast: Cast, as_person, days: str) -> None:
    form = ladder_form(**{"rung-0-days": days})
    assert as_person(cast.officer).post(f"/don-vi/{cast.bloc.pk}/nhac-viec/", form).status_code == 422


def test_a_ladder_without_rungs_is_refused(cast: Cast, as_person) -> None:
    form = ladder_form(**{"rung-0-days": ""})
    page = as_person(cast.officer).post(f"/don-vi/{cast.bloc.pk}/nhac-viec/", form)
    assert "at least one rung" in page.content.decode()


def test_an_administrator_sees_what_did_not_arrive_and_sends_it_again(cast: Cast, as_person) -> None:
    row = Delivery.objects.create(
        person=cast.secretary,
        channel="mail",
        address="a@mau.example",
        key="k",
        state="given_up",
        last_error="There is no such address.",
    )
    browser = as_person(cast.administrator)
    page = browser.get("/thong-bao/gui-di/").content.decode()
    assert "There is no such address." in page
    assert cast.secretary.full_name in page
    browser.post(f"/thong-bao/gui-di/{row.pk}/gui-lai/")
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)


def test_a_gateways_secret_is_shown_once(cast: Cast, as_person) -> None:
    browser, address = as_person(cast.administrator), f"/don-vi/{cast.unit_a.pk}/cong/"
    page = browser.post(address, {"url": "https://chat.example/hook"}).content.decode()
    kept = Webhook.objects.get()
    assert kept.secret in page
    assert kept.secret not in browser.get(address).content.decode()
    browser.post(f"/thong-bao/cong/{kept.pk}/bo/")
    assert "chat.example" not in browser.get(address).content.decode()
