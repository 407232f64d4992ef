"""Messages: one a person a day, of what they may see, once, and not lost while a channel is away."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Collect
from django.test import override_settings

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.administration.accounts import close_account
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.notices.channels.posting import is_public, post
from motbuoc.foundation.notices.choices import set_preference
from motbuoc.foundation.notices.gateways import add_gateway
from motbuoc.foundation.notices.models import Delivery, Notice
from motbuoc.foundation.notices.outbox import FORBIDDEN, SILENT, Trouble, Undeliverable
from motbuoc.interfaces.jobs.urging import urge
from tests.factories import Cast, make_directive, step_on

MORNING = datetime(2026, 3, 6, 2, tzinfo=UTC)  # nine o'clock of that day in the office
PORT = 8725
SLOWLY = b"HTTP/1.1 200 OK\r\n" * 20


class Postman(Collect):
    """Keeps the mails that come."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


@contextmanager
def post_office(postman: Postman) -> Iterator[None]:
    office = Controller(postman, hostname="127.0.0.1", port=PORT)
    office.start()
    try:
        yield
    finally:
        office.stop()


@pytest.fixture
def by_mail(settings, cast: Cast) -> Cast:
    """Everybody has an address, and there is a mail server, which may be away."""
    settings.MAIL_READY = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", PORT
    settings.DEFAULT_FROM_EMAIL = "mot-buoc@mau.example"
    for person in (cast.secretary, cast.secretary_b):
        person.account.email = f"{person.account.username}@mau.example"
        person.account.save()
    return cast


def round_at(moment: datetime) -> None:
    with clock.living_at(moment):
        urge()


def given(cast: Cast, classification: Classification = Classification.NORMAL) -> None:
    with clock.living_at(MORNING):
        make_directive(cast, classification)


def words(mail: Any) -> str:
    return mail.get_payload(decode=True).decode()


def subject(mail: Any) -> str:
    from email.header import decode_header, make_header

    return str(make_header(decode_header(mail["Subject"])))


def test_one_mail_a_person_a_day_with_what_matters_first(by_mail: Cast) -> None:
    given(by_mail)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
        round_at(MORNING + timedelta(hours=1))
    [mine] = [m for m in postman.mails if m["To"] == "bithu@mau.example"]
    assert subject(mine) == "Một Bước: 3 việc mới giao"
    assert "Tổ chức hội nghị quán triệt" in words(mine)
    row = Assignment.objects.get(unit=by_mail.unit_a, time_kind="dated")
    assert f"/viec/{row.pk}/" in words(mine)
    assert len(postman.mails) == 2  # one for each secretary


def test_what_comes_after_the_mail_waits_for_tomorrow(by_mail: Cast) -> None:
    given(by_mail)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
        with clock.living_at(MORNING + timedelta(hours=1)):
            row = Assignment.objects.get(unit=by_mail.unit_a, time_kind="dated")
            row = step_on(row, "acknowledge", by_mail.secretary)
            row = step_on(row, "submit", by_mail.secretary, "Xong")
            step_on(row, "return", by_mail.officer, "Thiếu")
        round_at(MORNING + timedelta(hours=2))
        assert len(postman.mails) == 2
        round_at(MORNING + timedelta(days=1))
    [second] = postman.mails[2:]
    assert subject(second) == "Một Bước: 1 việc bị trả lại"


def test_an_hour_without_the_mail_server_loses_nothing(by_mail: Cast) -> None:
    given(by_mail)
    for minutes in range(0, 60, 7):
        round_at(MORNING + timedelta(minutes=minutes))
    troubled = Delivery.objects.exclude(last_error="")
    assert troubled.exists()
    assert {row.last_error for row in troubled} == {SILENT}
    postman = Postman()
    with post_office(postman):
        for minutes in range(60, 200, 20):
            round_at(MORNING + timedelta(minutes=minutes))
    assert sorted(mail["To"] for mail in postman.mails) == ["bithu@mau.example", "bithub@mau.example"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_killed_between_sending_and_marking_the_mail_bears_the_same_id(by_mail: Cast) -> None:
    given(by_mail)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
        Delivery.objects.update(state="waiting", next_try_at=MORNING)  # as it stood before it was marked
        round_at(MORNING + timedelta(minutes=20))
    ids = [mail["Message-ID"] for mail in postman.mails]
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_a_class_not_for_everybody_leaves_no_word_in_a_mail(by_mail: Cast) -> None:
    given(by_mail, Classification.RESTRICTED)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
    for mail in postman.mails:
        assert "quán triệt" not in words(mail) + subject(mail)
        assert "Từ văn bản nội bộ hoặc hạn chế" in words(mail)


def test_a_role_that_ended_before_the_mail_went_gets_nothing(by_mail: Cast) -> None:
    given(by_mail)
    round_at(MORNING)  # made, but the server is away
    Grant.objects.filter(person=by_mail.secretary).update(valid_until=MORNING.date())
    by_mail.secretary.positions.update(valid_until=MORNING.date())
    postman = Postman()
    with post_office(postman):
        round_at(MORNING + timedelta(hours=1))
        round_at(MORNING + timedelta(hours=2))
    assert [mail["To"] for mail in postman.mails] == ["bithub@mau.example"]
    assert Delivery.objects.get(person=by_mail.secretary).state == "empty"


def test_what_was_read_in_the_app_is_not_mailed(by_mail: Cast) -> None:
    given(by_mail)
    with clock.living_at(MORNING):
        Sweep(clock.today()).run()
        Notice.objects.filter(person=by_mail.secretary).update(read_at=MORNING)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
    assert [mail["To"] for mail in postman.mails] == ["bithub@mau.example"]


def test_quiet_hours_and_no_mail_are_kept(by_mail: Cast) -> None:
    plain = {"by_push": True, "language": "en"}
    set_preference(actor=by_mail.secretary, by_mail=True, quiet_from=8, quiet_until=14, **plain)
    set_preference(actor=by_mail.secretary_b, by_mail=False, quiet_from=0, quiet_until=0, **plain)
    given(by_mail)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING)
        assert postman.mails == []
        round_at(MORNING + timedelta(hours=5, minutes=1))  # after two in the afternoon
    [mail] = postman.mails
    assert subject(mail) == "Một Bước: 3 newly given"


def test_a_server_that_comes_back_at_night_wakes_nobody(by_mail: Cast) -> None:
    given(by_mail)
    round_at(MORNING)  # nobody answers
    postman = Postman()
    night = datetime(2026, 3, 6, 19, tzinfo=UTC)  # two o'clock in the office
    with post_office(postman):
        round_at(night)
        assert postman.mails == []
        round_at(night + timedelta(hours=5))
    assert len(postman.mails) == 2


def test_nothing_goes_to_an_account_that_was_closed_meanwhile(by_mail: Cast) -> None:
    given(by_mail)
    round_at(MORNING)  # nobody answers
    close_account(actor=by_mail.administrator, person=by_mail.secretary)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING + timedelta(hours=1))
    assert [mail["To"] for mail in postman.mails] == ["bithub@mau.example"]


def test_a_sender_the_server_does_not_like_is_our_own_trouble(by_mail: Cast) -> None:
    class Choosy(Postman):
        is_choosy = True

        async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - its name there
            if self.is_choosy:
                return "550 not yours"
            envelope.mail_from = address
            return "250 OK"

    given(by_mail)
    postman = Choosy()
    with post_office(postman):
        round_at(MORNING)
        assert {row.state for row in Delivery.objects.all()} == {"waiting", "failed"}
        postman.is_choosy = False
        round_at(MORNING + timedelta(minutes=10))
    assert {row.state for row in Delivery.objects.all()} == {"sent"}


def test_a_part_of_a_round_that_fails_does_not_keep_the_others_back(by_mail: Cast, monkeypatch) -> None:
    given(by_mail)
    round_at(MORNING)  # nobody answers
    monkeypatch.setattr(Sweep, "run", lambda self: 1 // 0)
    postman = Postman()
    with post_office(postman):
        round_at(MORNING + timedelta(minutes=10))
    assert len(postman.mails) == 2


def test_what_happened_late_on_a_day_is_told_on_the_next(cast: Cast) -> None:
    """A result returned after the day's last round, and no worker until the day after: told, and once."""
    given(cast)
    assignment = Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]
    with clock.living_at(MORNING):
        for name in ("acknowledge", "submit"):
            step_on(assignment, name, cast.secretary, "Đã làm")
        Sweep(clock.today()).run()
        step_on(assignment, "return", cast.officer, "Thiếu biên bản")
    with clock.living_at(MORNING + timedelta(days=1)):
        Sweep(clock.today()).run()
        Sweep(clock.today()).run()
    found = Notice.objects.filter(person=cast.secretary, object_id=assignment.pk, occasion="returned")
    assert found.count() == 1


class Gateway(BaseHTTPRequestHandler):
    """Answers with what it is told to, and keeps what was posted."""

    answers: list[int] = []
    posted: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((dict(self.headers), body))
        status = self.answers.pop(0) if self.answers else 204
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def gateway(settings) -> Iterator[str]:
    """A gateway on this machine, which the installation allows."""
    settings.GATEWAYS_INSIDE = ["127.0.0.1"]
    Gateway.answers, Gateway.posted = [], []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook?room=1"
    server.shutdown()
    server.server_close()


def test_a_gateway_gets_one_signed_message_of_its_unit(cast: Cast, gateway: str) -> None:
    webhook = add_gateway(actor=cast.administrator, unit=cast.unit_a, url=gateway)
    given(cast)
    round_at(MORNING)
    round_at(MORNING + timedelta(hours=3))
    [(headers, body)] = Gateway.posted
    stamp = headers["X-MotBuoc-Timestamp"]
    expected = hmac.new(webhook.secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    assert headers["X-MotBuoc-Signature"] == f"v1={expected}"
    told = json.loads(body)
    assert told["first_line"] == "3 việc mới giao"
    assert {item["unit"] for item in told["items"]} == {"Chi bộ Sở Ánh Dương"}


def test_a_gateway_is_told_nothing_of_a_restricted_paper(cast: Cast, gateway: str) -> None:
    add_gateway(actor=cast.administrator, unit=cast.unit_a, url=gateway)
    given(cast, Classification.INTERNAL)
    round_at(MORNING)
    assert Gateway.posted == []
    assert Delivery.objects.get().state == "empty"


def test_an_address_that_anybody_may_type_reaches_nothing_inside(gateway: str) -> None:
    with pytest.raises(Undeliverable, match=FORBIDDEN):
        post(gateway, b"{}", {})
    assert post(gateway, b"{}", {}, may_be_inside=True) == 204


def test_a_server_that_speaks_letter_by_letter_is_cut_off(settings, monkeypatch) -> None:
    settings.GATEWAYS_INSIDE = ["127.0.0.1"]
    monkeypatch.setattr("motbuoc.foundation.notices.channels.posting.TIME", 0.6)

    said: list[int] = []

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(OSError):
                for letter in SLOWLY:
                    self.wfile.write(bytes([letter]))
                    said.append(letter)
                    sleep(0.2)

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Slow)
    Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(Trouble):
        post(f"http://127.0.0.1:{server.server_port}/", b"{}", {}, may_be_inside=True)
    assert len(said) < len(SLOWLY)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("status", "state"), [(500, "sent"), (429, "sent"), (302, "given_up"), (404, "given_up")])
def test_what_a_gateway_answers(cast: Cast, gateway: str, status: int, state: str) -> None:
    add_gateway(actor=cast.administrator, unit=cast.unit_a, url=gateway)
    given(cast)
    Gateway.answers = [status]
    round_at(MORNING)
    round_at(MORNING + timedelta(minutes=2))
    assert Delivery.objects.get().state == state
    assert len({headers["X-MotBuoc-Id"] for headers, _body in Gateway.posted}) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://10.1.2.3/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://localhost:8443/",
        "http://93.184.216.34/",
        "https://user:secret@93.184.216.34/",
        "ftp://93.184.216.34/",
    ],
)
def test_nothing_is_posted_inside_the_network(url: str) -> None:
    with pytest.raises(Undeliverable, match=FORBIDDEN):
        post(url, b"", {})


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1%eth0", False),
        ("::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_gateway_is_added_by_who_looks_after_rights_and_over_https(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_gateway(actor=cast.secretary, unit=cast.unit_a, url="https://chat.example/x")
    with override_settings(GATEWAYS_INSIDE=[]), pytest.raises(Refusal, match="https"):
        add_gateway(actor=cast.administrator, unit=cast.unit_a, url="http://chat.example/x")
