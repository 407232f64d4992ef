"""Answers to reminders by mail: whole mails as programs write them, from the reminder to the progress."""

from __future__ import annotations

import io
import mailbox
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import translation

from motbuoc.domains.work import replying
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.arriving import own_words, read_mail
from motbuoc.foundation.notices.channels.mail import mail_of
from motbuoc.foundation.notices.messages import message_of
from motbuoc.foundation.notices.models import Delivery, Preference
from motbuoc.foundation.notices.received import ReceivedMail
from motbuoc.foundation.notices.replies import reply_address, tag_in
from motbuoc.foundation.people.models import Position
from motbuoc.interfaces.cli import receive_mail as command
from motbuoc.interfaces.jobs import receiving
from motbuoc.interfaces.jobs.receiving import receive
from motbuoc.interfaces.jobs.urging import urge
from motbuoc.interfaces.papers.links import path_of
from tests.factories import Cast, make_directive, picture

MORNING = datetime(2026, 3, 6, 2, tzinfo=UTC)
NOON = datetime(2026, 3, 6, 5, tzinfo=UTC)
GMAIL = """Đã mở hội nghị quán triệt, 45 đảng viên dự.
Sẽ gửi biên bản tuần sau.

--
Nguyễn Thử Bí

Vào Th 6, 6 thg 3, 2026 vào lúc 09:00 Một Bước <mot-buoc@mau.example>
đã viết:

> 1 mới giao.
>
> Được giao ngày 06/03/2026
"""
OUTLOOK = """Đã làm xong phần đầu.

________________________________
From: Một Bước <mot-buoc@mau.example>
Sent: Friday, March 6, 2026 9:00 AM
"""
IPHONE = "Đang làm ạ\r\n\r\nĐã gửi từ iPhone của tôi\r\n\r\n> Vào 6 thg 3, 2026, Một Bước đã viết:\r\n"


@pytest.fixture(autouse=True)
def _by_mail(settings, cast: Cast):
    settings.MAIL_READY, settings.REPLY_ADDRESS = True, "tra-loi@mau.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "mot-buoc@mau.example"
    for person in (cast.secretary, cast.secretary_b):
        person.account.email = f"{person.account.username}@mau.example"
        person.account.save()
        Preference.objects.create(person=person, language="en")
    with clock.living_at(NOON), translation.override("en"):
        yield


@pytest.fixture
def task(cast: Cast) -> Assignment:
    with clock.living_at(MORNING):
        directive = make_directive(cast)
    return directive.assignments.filter(unit=cast.unit_a).order_by("pk")[0]


def letter(cast: Cast, task: Assignment, text: str = GMAIL, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    said = {
        "From": f"Bí thư <{cast.secretary.account.email.upper()}>",
        "To": reply_address(cast.secretary.pk, task.pk),
        "Subject": "Re: Một Bước: 1 mới giao",
        "Message-ID": "<a1@mau.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in said.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def written(task: Assignment) -> list[tuple[str, str, bool]]:
    return list(Entry.objects.filter(assignment=task).values_list("step", "text", "by_mail"))


def test_from_the_reminder_to_the_progress(cast: Cast, task: Assignment, as_reader: Callable) -> None:
    with clock.living_at(MORNING):
        urge()
    told = next(mail for mail in outbox.outbox if mail.to == [cast.secretary.account.email])
    assert told.reply_to == ["tra-loi@mau.example"]  # several tasks: it is said below each
    address = reply_address(cast.secretary.pk, task.pk)
    assert address in told.body
    receive(letter(cast, task, To=address.upper()).as_bytes())
    text = "Đã mở hội nghị quán triệt, 45 đảng viên dự.\nSẽ gửi biên bản tuần sau."
    assert written(task) == [("acknowledge", "", False), ("progress", text, True)]
    html = as_reader(cast.secretary, task)
    assert "by mail" in html
    assert "45 đảng viên dự" in html


@pytest.fixture
def as_reader(client, settings) -> Callable:
    def read(person, task: Assignment) -> str:
        client.force_login(person.account)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client.get(f"/viec/{task.pk}/").content.decode()

    return read


def test_one_task_is_answered_by_answering(cast: Cast, task: Assignment) -> None:
    with clock.living_at(MORNING):
        Assignment.objects.filter(unit=cast.unit_a).exclude(pk=task.pk).update(state="accepted")
        urge()
        delivery = Delivery.objects.get(person=cast.secretary)
        message = message_of(delivery, path_of)
        assert message
        assert mail_of(delivery, message).reply_to == [reply_address(cast.secretary.pk, task.pk)]
    other = Delivery.objects.exclude(person=cast.secretary).filter(person=cast.officer).first()
    assert other is None  # who decides is sent no address


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (GMAIL, "Đã mở hội nghị quán triệt, 45 đảng viên dự.\nSẽ gửi biên bản tuần sau."),
        (OUTLOOK, "Đã làm xong phần đầu."),
        (IPHONE, "Đang làm ạ"),
        ("> chỉ trích\n> dẫn\n", ""),
        ("Từ đầu tháng đã làm.\nNgày 5 viết báo cáo\n", "Từ đầu tháng đã làm.\nNgày 5 viết báo cáo"),
        (
            "Ngày 05/3 đồng chí Bí thư viết:\nCác chi bộ họp trước ngày 20.\nĐã làm theo.\n",
            "Ngày 05/3 đồng chí Bí thư viết:\nCác chi bộ họp trước ngày 20.\nĐã làm theo.",
        ),
        (
            "Vào 6 thg 3, Một Bước đã viết:\n> hạn ngày 20\n\nĐã xong ạ",
            "Vào 6 thg 3, Một Bước đã viết:\n\nĐã xong ạ",
        ),
        ("Đã xong ạ\n\nVào 6 thg 3, Một Bước đã viết:\n> hạn\n>\n> ngày 20\n\n", "Đã xong ạ"),
        ("Đã xong, Bí thư đã viết:\n> nhất trí\n", "Đã xong, Bí thư đã viết:"),
        ("a\x00b\x1b[0m\n\n\n\n\nc", "ab[0m\n\nc"),
    ],
)
def test_what_somebody_wrote_themselves(text: str, own: str) -> None:
    assert own_words(text) == own


def test_it_counts_once(cast: Cast, task: Assignment) -> None:
    content = letter(cast, task).as_bytes()
    assert receive(content).outcome == "taken"
    assert receive(content).outcome is None
    assert len(written(task)) == 2
    assert (
        receive(letter(cast, task, "Thêm một việc nữa", Message_ID="<a2@mau.example>").as_bytes()).outcome
        == "taken"
    )
    assert written(task)[-1] == ("progress", "Thêm một việc nữa", True)


def test_photographs_come_without_their_place(cast: Cast, task: Assignment) -> None:
    mail, photo = letter(cast, task), picture()
    mail.add_attachment(photo.read(), maintype="image", subtype="png", filename="Ảnh hội nghị.png")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    receive(mail.as_bytes())
    entry = Entry.objects.get(by_mail=True)
    assert [row.file.name for row in entry.evidence.all()] == ["Ảnh hội nghị.png"]


def stored() -> set[Path]:
    return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}


def test_files_of_a_mail_whose_transaction_fails_do_not_stay(cast, task, monkeypatch) -> None:
    mail, photo = letter(cast, task), picture()
    mail.add_attachment(photo.read(), maintype="image", subtype="png", filename="Ảnh hội nghị.png")
    real, before = replying._judge, stored()

    def fails(*asked):
        assert real(*asked).outcome == "taken"
        assert stored() != before
        raise OSError("the disk is full")

    monkeypatch.setattr(replying, "_judge", fails)
    with pytest.raises(OSError, match="disk"):
        receive(mail.as_bytes())
    assert stored() == before
    assert written(task) == []
    monkeypatch.undo()
    assert receive(mail.as_bytes()).outcome == "taken"
    assert stored() != before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cast, task: {"To": "tra-loi@mau.example"}, "not clear which task"),
        (lambda cast, task: {"To": reply_address(cast.secretary_b.pk, task.pk)}, "made for somebody else"),
        (lambda cast, task: {"To": reply_address(cast.secretary.pk, 10**9)}, "not yours to see"),
        (lambda cast, task: {"text": "> chỉ trích dẫn"}, "Nothing stands above"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_what_to_do(cast, task, change, sentence) -> None:
    verdict = receive(letter(cast, task, **change(cast, task)).as_bytes())
    assert verdict.outcome == "refused"
    assert written(task) == []
    (answer,) = outbox.outbox
    assert (answer.to, answer.extra_headers["Auto-Submitted"]) == ([cast.secretary.account.email], "auto-replied")
    assert answer.extra_headers["In-Reply-To"] == "<a1@mau.example>"
    assert sentence in verdict.answer
    assert sentence in answer.body


def test_what_came_with_a_forwarded_mail_is_no_evidence(cast: Cast, task: Assignment) -> None:
    mail, inner = letter(cast, task), EmailMessage()
    inner["Subject"] = "Thư của người khác"
    inner.set_content("Kèm ảnh")
    inner.add_attachment(picture().read(), maintype="image", subtype="png", filename="Của người khác.png")
    mail.add_attachment(inner, filename="Chuyển tiếp.eml")
    mail.add_attachment(picture().read(), maintype="image", subtype="png", filename="Của tôi.png")
    assert receive(mail.as_bytes()).outcome == "taken"
    entry = Entry.objects.get(by_mail=True)
    assert [row.file.name for row in entry.evidence.all()] == ["Của tôi.png"]


@pytest.mark.parametrize("name", ["..", "/", "a/.."])
def test_what_has_no_name_of_a_file_keeps_no_words_back(cast: Cast, task: Assignment, name: str) -> None:
    mail = letter(cast, task)
    mail.add_attachment(b"x", maintype="image", subtype="png", filename=name)
    assert receive(mail.as_bytes()).outcome == "taken"
    assert written(task)[-1][0] == "progress"


def test_a_forbidden_file_leaves_nothing(cast: Cast, task: Assignment) -> None:
    mail = letter(cast, task)
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    assert receive(mail.as_bytes()).outcome == "refused"
    assert written(task) == []
    assert Assignment.objects.get(pk=task.pk).state == "assigned"


def test_who_lost_the_right_since_is_refused(cast: Cast, task: Assignment) -> None:
    for held in (Grant, Position):
        held.objects.filter(person=cast.secretary).update(valid_until=clock.today() - clock.ONE_DAY)
    assert receive(letter(cast, task).as_bytes()).outcome == "refused"
    assert written(task) == []


def test_a_paper_not_for_everybody_or_a_task_handed_in_takes_none(cast: Cast, task: Assignment) -> None:
    Assignment.objects.filter(pk=task.pk).update(state="submitted", submitted_on=clock.today())
    assert receive(letter(cast, task).as_bytes()).outcome == "refused"
    Assignment.objects.filter(pk=task.pk).update(state="in_progress")
    task.document.classification = "internal"
    task.document.save()
    assert receive(letter(cast, task, Message_ID="<a3@x>").as_bytes()).outcome == "refused"
    assert written(task) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "ke-gian@xau.example"},
        {"From": ""},
        {"From": "a@mau.example, b@mau.example"},
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<danh-sach.mau.example>"},
        {"Return_Path": "<>"},
    ],
)
def test_strangers_and_machines_get_no_answer(cast: Cast, task: Assignment, headers: dict[str, str]) -> None:
    assert receive(letter(cast, task, **headers).as_bytes()).outcome == "dropped"
    assert (outbox.outbox, written(task)) == ([], [])


def test_a_closed_account_is_nobody(cast: Cast, task: Assignment) -> None:
    cast.secretary.account.is_active = False
    cast.secretary.account.save()
    assert receive(letter(cast, task).as_bytes()).outcome == "dropped"


def test_answers_are_few(cast: Cast, task: Assignment) -> None:
    for number in range(8):
        receive(letter(cast, task, "> trích", Message_ID=f"<n{number}@x>").as_bytes())
    assert len(outbox.outbox) == 5
    assert ReceivedMail.objects.filter(outcome="refused").count() == 8


def test_an_address_is_for_a_while_and_cannot_be_made_up(cast: Cast, task: Assignment) -> None:
    address = reply_address(cast.secretary.pk, task.pk)
    assert len(address.partition("@")[0]) <= 64
    with clock.living_at(datetime(2026, 4, 6, 5, tzinfo=UTC)):
        tag = tag_in([address])
        assert tag
        assert tag.is_over
        assert receive(letter(cast, task, To=address).as_bytes()).outcome == "refused"
    name, _at, domain = address.partition("@")
    for forged in (
        f"{name[:-1]}a@{domain}",
        f"{name}@xau.example",
        f"tra-loi+{name}@{domain}",
        "tra-loi+x@mau.example",
    ):
        assert tag_in([forged]) is None or forged == address


def test_a_web_page_is_read_without_what_it_quotes(cast: Cast, task: Assignment) -> None:
    mail = letter(cast, task)
    mail.clear_content()
    page = (
        "<p>Đã làm &amp; gửi</p><style>p{}</style><div class='gmail_quote'>cũ</div>"
        "<p>Vào 6 thg 3, 2026, Một Bước đã viết:</p><blockquote>cũ</blockquote>"
    )
    mail.set_content(page, subtype="html")
    assert read_mail(mail.as_bytes()).text == "Đã làm & gửi"


@pytest.mark.parametrize("page", ["<blockquote>cũ</blockquote>", "<div class='gmail_quote'>cũ</div>"])
def test_a_web_page_that_only_quotes_says_nothing(cast: Cast, task: Assignment, page: str) -> None:
    mail = letter(cast, task)
    mail.clear_content()
    mail.set_content(page, subtype="html")
    assert read_mail(mail.as_bytes()).text == ""


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"From: <>\nTo: @\n\n", b"Content-Type: text/plain; charset=x\n\nabc"]
)
def test_whatever_comes_is_read(content: bytes) -> None:
    assert read_mail(content).sender == ""
    assert receive(content).outcome == "dropped"


def test_the_command_takes_one_from_the_mail_server(cast, task, monkeypatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(letter(cast, task).as_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    out = io.StringIO()
    call_command("receive_mail", stdout=out)
    assert out.getvalue() == "taken\n"
    assert written(task)[-1][0] == "progress"


def test_the_command_empties_a_maildir(cast, task, tmp_path: Path) -> None:
    box = mailbox.Maildir(str(tmp_path / "box"))
    box.add(letter(cast, task).as_bytes())
    for expected in ("1 mails taken in.\n", "0 mails taken in.\n"):
        out = io.StringIO()
        call_command("receive_mail", "--maildir", str(tmp_path / "box"), stdout=out)
        assert out.getvalue() == expected
    assert written(task)[-1][0] == "progress"
    with pytest.raises(CommandError, match="no maildir"):
        call_command("receive_mail", "--maildir", str(tmp_path))


def test_a_mail_that_always_fails_is_refused_once_and_its_sender_told(cast, task, monkeypatch, caplog) -> None:
    real = replying._progress

    def stumbles(person, tag, mail):
        real(person, tag, mail)
        raise KeyError("a fault that this mail meets each time")

    monkeypatch.setattr(replying, "_progress", stumbles)
    for expected in ("refused\n", "known already\n"):
        out = io.StringIO()
        stdin = io.TextIOWrapper(io.BytesIO(letter(cast, task).as_bytes()))
        monkeypatch.setattr(sys, "stdin", stdin)
        call_command("receive_mail", stdout=out)
        assert out.getvalue() == expected
    assert written(task) == []
    (answer,) = outbox.outbox
    assert "page of the task" in answer.body
    assert "a fault that this mail meets" in caplog.text


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), OSError("no space")])
def test_a_trouble_of_the_machine_lets_the_mail_come_again(cast, task, monkeypatch, trouble) -> None:
    def fails(*_asked):
        raise trouble

    content = letter(cast, task).as_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(replying, "_progress", fails)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        with pytest.raises(CommandError) as later:
            call_command("receive_mail")
    assert later.value.returncode == 75
    assert written(task) == []
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    call_command("receive_mail", stdout=io.StringIO())
    assert written(task)[-1][0] == "progress"


def test_what_is_too_large_is_sent_back(cast, monkeypatch) -> None:
    monkeypatch.setattr(command, "MOST_BYTES", receiving.MOST_BYTES)
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))
    with pytest.raises(CommandError) as never:
        call_command("receive_mail")
    assert never.value.returncode == 65


def test_a_mail_that_fails_keeps_no_other_back(cast, task, tmp_path: Path, monkeypatch) -> None:
    box, real = mailbox.Maildir(str(tmp_path / "box")), command.receive
    bad, _good = (box.add(letter(cast, task, text).as_bytes()) for text in ("hỏng", "lành"))
    box.add(mailbox.MaildirMessage(letter(cast, task)))

    def fails(content: bytes):
        if "hỏng" in read_mail(content).text:
            raise OSError("the disk is full")
        return real(content)

    monkeypatch.setattr(command, "receive", fails)
    out, trouble = io.StringIO(), io.StringIO()
    call_command("receive_mail", "--maildir", str(tmp_path / "box"), stdout=out, stderr=trouble)
    assert (out.getvalue(), trouble.getvalue()) == ("2 mails taken in.\n", f"{bad}: the disk is full\n")
    assert [path.name for path in (tmp_path / "box" / "new").iterdir()] == [bad]
