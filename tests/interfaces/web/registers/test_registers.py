"""The pages of the registers, as people walk through them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.registers.incoming import Paper, register_incoming
from motbuoc.domains.registers.models import Book, Incoming, Number, Outgoing, Series
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.core import clock
from tests.domains.registers.test_outgoing import approved, draft, released, term
from tests.factories import Cast, make_directive, make_document


def detail(outgoing: Outgoing) -> str:
    return reverse("outgoing_detail", args=[outgoing.pk])


def press(browser, outgoing: Outgoing, step: str, **more: object):
    version = Outgoing.objects.get(pk=outgoing.pk).version
    return browser.post(detail(outgoing), {"step": step, "version": version, **more})


def test_a_draft_is_written_and_gets_its_recipients(cast: Cast, as_person) -> None:
    officer = as_person(cast.officer)
    page = officer.get(reverse("outgoing_draft")).content.decode()
    assert "ĐẢNG ỦY KHỐI MẪU" in page  # the letterhead is proposed
    wrong = {"unit": cast.bloc.pk, "type": "CV", "subject": "Về việc mẫu", "classification": "normal"}
    answer = officer.post(reverse("outgoing_draft"), {**wrong, "addressees": "Chi bộ A"})
    assert answer.status_code == 422
    assert "Chi bộ A" in answer.content.decode()  # nothing typed is lost
    answer = officer.post(reverse("outgoing_draft"), {**wrong, "issuer": "ĐẢNG ỦY KHỐI MẪU", "body": "Nội dung."})
    outgoing = Outgoing.objects.get()
    assert answer.url == reverse("outgoing_recipients", args=[outgoing.pk])
    found = {"version": 1, "units-words": "ánh dương", "find": "units"}
    assert "Chi bộ Sở Ánh Dương" in officer.post(answer.url, found).content.decode()
    chosen = {
        "version": 1,
        "units": [cast.unit_a.pk],
        "above": [cast.province.pk],
        "others": "Báo Mẫu",
        "channel": "post",
    }
    assert officer.post(answer.url, chosen).url == detail(outgoing)
    assert set(outgoing.recipients.values_list("name", flat=True)) == {
        "Chi bộ Sở Ánh Dương",
        "Đảng bộ tỉnh Mẫu",
        "Báo Mẫu",
    }
    page = officer.get(detail(outgoing)).content.decode()
    assert "Check the layout and hand it in" in page
    assert "By post" in page


def test_approving_ones_own_draft_is_told_and_not_offered(cast: Cast, as_person) -> None:
    outgoing = draft(cast)
    Outgoing.objects.filter(pk=outgoing.pk).update(state="checked", layout=[])
    officer, second = as_person(cast.officer), as_person(cast.second_officer)
    assert ">Approve<" not in officer.get(detail(outgoing)).content.decode()
    answer = press(officer, outgoing, "approve")
    assert answer.status_code == 422
    assert "You drafted this yourself" in answer.content.decode()
    assert press(second, outgoing, "redraft").status_code == 422  # a reason is asked for
    assert press(second, outgoing, "approve").status_code == 302


def test_releasing_and_sending_on_the_page(cast: Cast, as_person) -> None:
    term(cast)
    outgoing, officer = approved(cast), as_person(cast.officer)
    assert press(officer, outgoing, "release").status_code == 302
    page = officer.get(detail(outgoing)).content.decode()
    assert "01-CV/ĐUK" in page
    answer = press(officer, outgoing, "dispatch")
    assert "Nobody receives it yet" in answer.content.decode()
    signed = {"file": SimpleUploadedFile("ky.pdf", b"%PDF-1.4"), "version": 3}
    url = reverse("outgoing_sign", args=[outgoing.pk])
    signed["version"] = Outgoing.objects.get(pk=outgoing.pk).version
    assert officer.post(url, signed).status_code == 302
    file = officer.get(reverse("outgoing_file", args=[outgoing.pk]))
    assert b"".join(file.streaming_content) == b"%PDF-1.4"
    assert officer.get(reverse("outgoing_package", args=[outgoing.pk])).status_code == 404  # nobody outside


def number_of(cast: Cast, outgoing: Outgoing) -> Number:
    series = Series.objects.create(unit=outgoing.unit, book=Book.OUTGOING, type="CV", since=clock.today())
    return Number.objects.create(series=series, number=1, state=Number.State.USED, taken_by=cast.officer)


def test_two_at_once_on_the_page(cast: Cast, as_person) -> None:
    outgoing = draft(cast)
    answer = as_person(cast.officer).post(detail(outgoing), {"step": "cancel", "version": 7, "reason": "Thôi"})
    assert answer.status_code == 422
    assert "Thôi" in answer.content.decode()
    assert Outgoing.objects.get().state == "draft"


def test_the_incoming_book_on_the_page(cast: Cast, as_person) -> None:
    secretary, url = as_person(cast.secretary), reverse("incoming_register")
    said = {"unit": cast.unit_a.pk, "sender": "Tỉnh ủy Mẫu", "arrived_on": f"{clock.today():%d/%m/%Y}"}
    said |= {"classification": "normal"}
    assert secretary.post(url, said).status_code == 422
    answer = secretary.post(url, {**said, "subject": "Chương trình công tác"})
    incoming = Incoming.objects.get()
    assert answer.url == reverse("incoming_detail", args=[incoming.pk])
    note = {
        "text": "Tham mưu kế hoạch",
        "to": "Đ/c Ánh",
        "due_on": f"{clock.today() + timedelta(days=3):%d/%m/%Y}",
    }
    assert secretary.post(answer.url, note).status_code == 302
    assert secretary.post(answer.url, {"text": "Thiếu người", "to": ""}).status_code == 422
    page = secretary.get(answer.url).content.decode()
    assert "Tham mưu kế hoạch" in page
    listed = secretary.get(reverse("incoming_list"), {"words": "chuong trinh"}).content.decode()
    assert "Đ/c Ánh" in listed
    assert secretary.get(reverse("incoming_list"), {"words": "không có"}).content.decode().count("Đ/c Ánh") == 0
    fix = {**said, "subject": "Chương trình", "version": 1, "reason": "Ghi thừa"}
    assert secretary.post(reverse("incoming_correct", args=[incoming.pk]), fix).status_code == 302
    strike = {"strike": 1, "version": 2, "reason": "Trùng"}
    assert secretary.post(answer.url, strike).status_code == 302
    assert "struck out" in secretary.get(reverse("incoming_list")).content.decode()


def test_a_received_document_is_registered_with_what_is_known_of_it(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    page = as_person(cast.secretary).get(reverse("incoming_register"), {"document": directive.pk})
    assert "12-CV/ĐUK" in page.content.decode()
    other = as_person(cast.stranger).get(reverse("incoming_register"), {"document": directive.pk})
    assert other.status_code == 404


def test_registers_go_out_as_excel_and_hide_what_is_not_seen(cast: Cast, as_person) -> None:
    from motbuoc.interfaces.papers.tables import read_tables

    paper = Paper(sender="=cmd()", subject="Việc mật nhỏ", arrived_on=clock.today(), classification="restricted")
    register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper)
    seen = b"".join(as_person(cast.secretary).get(reverse("incoming_export")).streaming_content)
    assert "=cmd()" in str(read_tables(seen))
    assert "Việc mật nhỏ [RESTRICTED]" in str(read_tables(seen))
    hidden = b"".join(as_person(cast.central_officer).get(reverse("incoming_export")).streaming_content)
    assert "Việc mật nhỏ" not in str(read_tables(hidden))
    term(cast)
    released(cast)
    Outgoing.objects.update(classification="internal")
    assert "is-internal" in as_person(cast.officer).get(reverse("outgoing_list")).content.decode()
    out = b"".join(as_person(cast.officer).get(reverse("outgoing_export")).streaming_content)
    assert "01-CV/ĐUK" in str(read_tables(out))
    assert "[INTERNAL]" in str(read_tables(out))


def test_numbers_on_the_page(cast: Cast, as_person) -> None:
    officer = as_person(cast.officer)
    said = {"unit": cast.bloc.pk, "type": "CV", "reason": "Ký tại hội nghị"}
    answer = officer.post(reverse("number_reserve"), said)
    assert "No term of this unit is open" in answer.content.decode()
    opened = {"unit": cast.bloc.pk, "name": "2025-2030", "begins_on": "01/07/2025", "basis": "Đại hội lần thứ I"}
    assert officer.post(reverse("term_open"), opened).status_code == 302
    assert officer.post(reverse("number_reserve"), said).status_code == 302
    page = officer.get(reverse("number_list")).content.decode()
    assert "Ký tại hội nghị" in page
    assert "2025-2030" in page
    cancel = reverse("number_cancel", args=[Number.objects.get().pk])
    assert officer.post(cancel, {"reason": "Hoãn hội nghị"}).status_code == 302
    assert "Hoãn hội nghị" in officer.get(reverse("number_list")).content.decode()
    assert officer.post(reverse("series_continue"), {**said, "book": "outgoing", "start": 40}).status_code == 302
    assert Series.objects.get().next == 40


def test_urging_in_one_click(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        directive = make_directive(cast)
    officer = as_person(cast.officer)
    with time_machine.travel("2026-05-20T02:00:00Z", tick=False):
        page = officer.get(reverse("urging_draft"), {"document": directive.pk})
        assert page.content.decode().count('name="late"') == 2
        answer = officer.post(reverse("urging_draft"), {"answer_by": "01/06/2026"})
        assert "Choose the late duties first" in answer.content.decode()
        late = list(directive.assignments.filter(duty__position=0).values_list("pk", flat=True))
        answer = officer.post(reverse("urging_draft"), {"late": late})
        assert answer.url == detail(Outgoing.objects.get())
        assert "12-CV/ĐUK" in officer.get(answer.url).content.decode()


@pytest.mark.parametrize("name", ["outgoing_list", "incoming_list", "urging_list", "number_list"])
def test_lists_say_what_to_do_when_empty_and_are_closed_to_members(cast: Cast, as_person, name: str) -> None:
    assert as_person(cast.officer).get(reverse(name)).status_code == 200
    assert as_person(cast.member).get(reverse(name)).status_code == 404
    assert as_person(cast.stranger).get(reverse(name)).status_code == 404


def test_thirty_lines_take_as_many_queries_as_three(cast: Cast, as_person) -> None:
    officer, counts = as_person(cast.officer), []
    paper = Paper(sender="Tỉnh ủy Mẫu", subject="Việc", arrived_on=clock.today())
    for rows in (3, 17):
        for number in range(rows):
            outgoing = draft(cast, f"Việc {rows}-{number}")
            outgoing.recipients.create(unit=cast.unit_a, name="Chi bộ A")
            row = register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper)
            row.notes.create(text="Làm", to="Đ/c A", written_by=cast.secretary)
        for name in ("outgoing_list", "incoming_list"):
            officer.get(reverse(name))
            with CaptureQueriesContext(connection) as queries:
                officer.get(reverse(name), {"words": ""})
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_what_goes_out_is_found_without_marks_and_what_is_under_way_stands_first(cast: Cast, as_person) -> None:
    term(cast)
    first = released(cast, subject="Đôn đốc thực hiện")
    under_way = draft(cast, subject="Về việc ĐÔN ĐỐC")
    other = draft(cast, subject="Việc khác")
    officer = as_person(cast.officer)
    rows = officer.get(reverse("outgoing_list"), {"words": "don doc"}).context["page"].object_list
    assert list(rows) == [under_way, first]
    rows = officer.get(reverse("outgoing_list")).context["page"].object_list
    assert list(rows) == [other, under_way, first]
    assert list(officer.get(reverse("outgoing_list"), {"words": "01-cv"}).context["page"].object_list) == [first]


def test_a_document_brought_in_is_entered_in_the_book_by_a_button(cast: Cast, as_person) -> None:
    document = make_document(cast)
    officer = as_person(cast.officer)
    enter = f"{reverse('incoming_register')}?document={document.pk}"
    for page in ("document_review", "document_detail"):
        assert enter in officer.get(reverse(page, args=[document.pk])).content.decode()
    first = officer.get(enter).context["form"].initial
    assert (first["unit"], first["sender"], first["code"]) == (cast.bloc.pk, "ĐẢNG ỦY KHỐI MẪU", "12-CV/ĐUK")
    sent = {name: value for name, value in first.items() if value is not None}
    sent |= {"issued_on": "05/03/2026", "arrived_on": f"{clock.today():%d/%m/%Y}"}
    assert officer.post(reverse("incoming_register"), sent).status_code == 302
    line = Incoming.objects.get()
    assert line.document == document
    page = officer.get(reverse("document_detail", args=[document.pk])).content.decode()
    assert enter not in page
    assert reverse("incoming_detail", args=[line.pk]) in page


def test_who_keeps_no_book_and_whose_own_paper_it_is_see_no_button(cast: Cast, as_person) -> None:
    directive = make_directive(cast)
    enter = f"{reverse('incoming_register')}?document={directive.pk}"
    url = reverse("document_detail", args=[directive.pk])
    assert enter in as_person(cast.secretary).get(url).content.decode()  # received: the unit's book
    for person in (cast.officer, cast.member, cast.inspector):
        assert enter not in as_person(person).get(url).content.decode()
    row = register_incoming(
        actor=cast.secretary,
        unit=cast.unit_a,
        paper=Paper("Đảng ủy Khối", "Việc mẫu", clock.today()),
        document=directive,
    )
    line = reverse("incoming_detail", args=[row.pk])
    assert line in as_person(cast.secretary).get(url).content.decode()
    assert line not in as_person(cast.secretary_b).get(url).content.decode()


def test_two_who_correct_a_line_at_once_see_both(cast: Cast, as_person) -> None:
    row = register_incoming(
        actor=cast.secretary, unit=cast.unit_a, paper=Paper("Tỉnh ủy", "Chương trình", clock.today())
    )
    url = reverse("incoming_correct", args=[row.pk])
    browser = as_person(cast.secretary)
    sent = {
        "unit": cast.unit_a.pk,
        "sender": "Ban Thường vụ Tỉnh ủy",
        "subject": "Chương trình",
        "arrived_on": f"{clock.today():%d/%m/%Y}",
        "classification": "normal",
        "reason": "Ghi thiếu",
        "version": 1,
    }
    assert browser.post(url, sent).status_code == 302
    late = browser.post(url, {**sent, "sender": "Văn phòng Tỉnh ủy", "reason": "Nhầm nơi gửi"})
    assert late.status_code == 409
    assert [(d.theirs, d.yours) for d in late.context["differences"]] == [
        ("Ban Thường vụ Tỉnh ủy", "Văn phòng Tỉnh ủy")
    ]
    page = late.content.decode()
    assert "Ban Thường vụ Tỉnh ủy" in page
    assert "Nhầm nơi gửi" in page
    version = late.context["form"]["version"].value()
    chosen = {**sent, "sender": "Văn phòng Tỉnh ủy", "reason": "Nhầm nơi gửi", "version": version}
    assert browser.post(url, chosen).status_code == 302
    assert Incoming.objects.get().sender == "Văn phòng Tỉnh ủy"


def test_what_another_changed_meanwhile_is_sent_once_more_as_it_was_typed(cast: Cast, as_person) -> None:
    row = register_incoming(
        actor=cast.secretary, unit=cast.unit_a, paper=Paper("Tỉnh ủy", "Chương trình", clock.today())
    )
    browser, url = as_person(cast.secretary), reverse("incoming_detail", args=[row.pk])
    Incoming.objects.update(version=4)
    late = browser.post(url, {"strike": 1, "version": 1, "reason": "Đăng ký trùng"})
    assert late.status_code == 422
    dialog = late.content.decode().split('id="strike"')[1].split("</details>")[0]
    assert dialog.startswith(" open>")
    assert "Somebody else changed this" in dialog
    assert "Đăng ký trùng" in dialog
    version = late.context["strike_form"]["version"].value()
    assert browser.post(url, {"strike": 1, "version": version, "reason": "Đăng ký trùng"}).status_code == 302
    assert Incoming.objects.get().is_struck
    outgoing = draft(cast)
    Outgoing.objects.filter(pk=outgoing.pk).update(
        state="released", version=4, number=number_of(cast, outgoing), issued_on=clock.today()
    )
    officer, url = as_person(cast.officer), reverse("outgoing_sign", args=[outgoing.pk])
    signed = {"file": SimpleUploadedFile("ky.pdf", b"%PDF-1.4"), "version": 3}
    late = officer.post(url, signed)
    assert late.status_code == 422
    signed = {
        "file": SimpleUploadedFile("ky.pdf", b"%PDF-1.4"),
        "version": late.context["form"]["version"].value(),
    }
    assert officer.post(url, signed).status_code == 302


def test_two_who_change_a_draft_or_its_recipients_at_once_see_both(cast: Cast, as_person) -> None:
    outgoing = draft(cast, subject="Cũ")
    first, second = as_person(cast.officer), as_person(cast.second_officer)
    url = reverse("outgoing_redraft", args=[outgoing.pk])
    sent = {"subject": "Mới của một người", "text": outgoing.text, "version": 1}
    assert first.post(url, sent).status_code == 302
    late = second.post(url, {**sent, "subject": "Mới của người kia"})
    assert late.status_code == 409
    assert [(d.theirs, d.yours) for d in late.context["differences"]] == [
        ("Mới của một người", "Mới của người kia")
    ]
    assert Outgoing.objects.get().subject == "Mới của một người"
    url = reverse("outgoing_recipients", args=[outgoing.pk])
    sent = {"version": 2, "units": [cast.unit_a.pk], "others": "", "channel": ""}
    assert first.post(url, sent).status_code == 302
    late = second.post(url, {**sent, "units": [cast.unit_b.pk], "others": "Báo Mẫu", "channel": "post"})
    assert late.status_code == 409
    assert [(d.theirs, d.yours) for d in late.context["differences"]] == [
        ("Chi bộ Sở Ánh Dương", "Báo Mẫu; Đảng bộ Công ty Bình Minh")
    ]
    chosen = {**sent, "units": [cast.unit_b.pk], "version": late.context["form"]["version"].value()}
    assert second.post(url, chosen).status_code == 302
    assert outgoing.recipients.get().unit == cast.unit_b


def test_from_the_board_and_the_late_list_to_the_letter_with_what_was_chosen(cast: Cast, as_person) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        directive = make_directive(cast)
    with time_machine.travel("2026-05-20T02:00:00Z", tick=False):
        officer = as_person(cast.officer)
        page = officer.get(reverse("board", args=[directive.pk]), {"words": "ánh dương"})
        assert page.context["urge"].startswith(reverse("urging_draft"))
        chosen = officer.get(page.context["urge"])
        assert [row.unit for row, _days in chosen.context["rows"]] == [cast.unit_a]
        late = officer.get(
            reverse("inbox"), {"tab": "all", "lateness": Lateness.OVERDUE.value, "words": "bình minh"}
        )
        assert late.context["urge"]
        chosen = officer.get(late.context["urge"])
        assert [row.unit for row, _days in chosen.context["rows"]] == [cast.unit_b]
        picked = {"late": [row.pk for row, _days in chosen.context["rows"]], "answer_by": ""}
        letter = officer.post(late.context["urge"], picked)
        assert letter.status_code == 302
        assert Outgoing.objects.get().recipients.get().unit == cast.unit_b
        board = reverse("board", args=[directive.pk])
        for person in (cast.central_officer, cast.inspector, cast.secretary):
            reader = as_person(person)
            assert not reader.get(board).context["urge"]
        under = officer.get(reverse("urging_draft"), {"under": cast.department.pk, "directive": directive.pk})
        assert under.context["rows"] == []
        assert officer.get(reverse("urging_draft"), {"under": "9" * 30, "item": "x"}).status_code == 200
