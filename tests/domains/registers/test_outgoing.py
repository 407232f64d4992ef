"""Outgoing documents: drafted, checked, approved by another, numbered and released, sent; and their numbers."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.registers.drafting import Draft, code_of, draft_text, letterhead_of
from motbuoc.domains.registers.models import Book, Number, Outgoing, Series
from motbuoc.domains.registers.numbering import (
    cancel_number,
    continue_series,
    open_term,
    reserve_number,
    series_of,
    take_number,
)
from motbuoc.domains.registers.packing import package_of
from motbuoc.domains.registers.selectors import outgoing_for, outgoing_steps_for
from motbuoc.domains.registers.sending import attach_signed, release_outgoing, send_outgoing
from motbuoc.domains.registers.services import draft_outgoing, redraft_outgoing, set_recipients, take_outgoing_step
from motbuoc.domains.registers.states import TRANSITIONS, OutgoingState
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.selectors import Narrowing, history_of, lines_for
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitVersion
from tests.domains.documents.test_links import cites
from tests.factories import LONG_AGO, Cast, make_document, make_person, make_unit
from vanban.exchange import Message, unpack


def draft(cast: Cast, subject: str = "Về việc mẫu", kind: str = "CV", body: str = "Nội dung mẫu.") -> Outgoing:
    head = letterhead_of(cast.bloc.pk, clock.today(), "Mẫu")
    text = draft_text(Draft(head, kind, subject, body, ["Chi bộ Sở Ánh Dương"], ["Như trên", "Lưu Văn phòng"]))
    return draft_outgoing(
        actor=cast.officer, unit=cast.bloc, regime="party", kind=kind, subject=subject, text=text
    )


def term(cast: Cast, begins_on: date = LONG_AGO) -> None:
    open_term(
        actor=cast.officer, unit=cast.bloc, name="2020-2025", begins_on=begins_on, basis="Đại hội lần thứ mẫu"
    )


def step(outgoing: Outgoing, name: str, actor: Person, reason: str = "") -> Outgoing:
    fresh = Outgoing.objects.get(pk=outgoing.pk)
    return take_outgoing_step(actor=actor, outgoing=fresh, version=fresh.version, name=name, reason=reason)


def approved(cast: Cast, **of: str) -> Outgoing:
    """A draft whose layout was found right before: the check itself takes seconds."""
    Outgoing.objects.filter(pk=(outgoing := draft(cast, **of)).pk).update(state=OutgoingState.CHECKED, layout=[])
    return step(outgoing, "approve", cast.second_officer)


def released(cast: Cast, reserved: Number | None = None, **of: str) -> Outgoing:
    ready = approved(cast, **of)
    return release_outgoing(actor=cast.officer, outgoing=ready, version=ready.version, reserved=reserved)


def words_of(outgoing: Outgoing) -> str:
    with outgoing.file.content.open("rb") as file:
        body = docx.Document(BytesIO(file.read())).element.body
    return "\n".join("".join(t.text or "" for t in p.iter("{*}t")) for p in body.iter("{*}p"))


def test_the_whole_way(cast: Cast) -> None:
    term(cast)
    ready = step(step(draft(cast), "check", cast.officer), "approve", cast.second_officer)
    outgoing = release_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    assert (outgoing.state, outgoing.code, outgoing.issued_on) == ("released", "01-CV/ĐUK", clock.today())
    assert "Số 01-CV/ĐUK" in words_of(outgoing)
    assert f"năm {clock.today().year}" in words_of(outgoing)
    assert not Document.objects.filter(outgoing=outgoing).exists()  # released is not sent
    with pytest.raises(Refusal):  # nobody receives it
        send_outgoing(actor=cast.officer, outgoing=outgoing, version=outgoing.version)
    outgoing = set_recipients(
        actor=cast.officer,
        outgoing=outgoing,
        version=outgoing.version,
        units=[(cast.unit_a.pk, "Chi bộ Sở Ánh Dương")],
        others=[("Tỉnh ủy Mẫu", "post")],
    )
    sent = send_outgoing(actor=cast.second_officer, outgoing=outgoing, version=outgoing.version)
    document = sent.document
    assert document is not None
    assert (document.state, document.code, document.issued_on) == (
        DocumentState.SENT,
        "01-CV/ĐUK",
        clock.today(),
    )
    assert document.copies.get().unit == cast.unit_a
    assert documents_for(cast.secretary).filter(pk=document.pk).exists()
    assert not documents_for(cast.secretary_b).filter(pk=document.pk).exists()
    assert sent.recipients.get(unit=None).sent_on == clock.today()
    acts = HistoryLine.objects.filter(object_type="outgoing", object_id=sent.pk).order_by("id")
    assert list(acts.values_list("action", "actor")) == [
        ("draft_outgoing", cast.officer.pk),
        ("check_outgoing", cast.officer.pk),
        ("approve_outgoing", cast.second_officer.pk),
        ("release_outgoing", cast.officer.pk),
        ("set_recipients", cast.officer.pk),
        ("dispatch_outgoing", cast.second_officer.pk),
    ]


def test_the_sending_unit_is_no_recipient_of_its_own(cast: Cast) -> None:
    outgoing = draft(cast)
    units = [(cast.unit_a.pk, "A"), (cast.bloc.pk, "Đảng ủy Khối")]
    with pytest.raises(Refusal, match="không thể đồng thời là nơi nhận"):
        set_recipients(actor=cast.officer, outgoing=outgoing, version=outgoing.version, units=units, others=[])
    assert not outgoing.recipients.exists()


def test_releasing_and_sending_are_rights_of_two(cast: Cast) -> None:
    term(cast)
    clerk = make_person("Bùi Thử Thư", "vanthu", Role.CLERK, cast.bloc)
    ready = approved(cast)
    assert [each.name for each in outgoing_steps_for(clerk, ready)] == []
    with pytest.raises(NotAllowed):
        release_outgoing(actor=clerk, outgoing=ready, version=ready.version)
    done = release_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    assert [each.name for each in outgoing_steps_for(clerk, done)] == ["dispatch"]
    done = set_recipients(
        actor=clerk, outgoing=done, version=done.version, units=[(cast.unit_b.pk, "B")], others=[]
    )
    assert send_outgoing(actor=clerk, outgoing=done, version=done.version).state == OutgoingState.DISPATCHED


def test_nobody_approves_what_they_drafted_unless_the_setting_allows(cast: Cast, settings) -> None:
    handed_in = step(draft(cast), "check", cast.officer)
    assert "approve" not in [each.name for each in outgoing_steps_for(cast.officer, handed_in)]
    with pytest.raises(Refusal):
        step(handed_in, "approve", cast.officer)
    settings.APPROVE_OWN_DRAFT = True
    assert step(handed_in, "approve", cast.officer).state == OutgoingState.APPROVED


def test_strangers_and_readers_do_nothing_and_see_no_draft(cast: Cast) -> None:
    outgoing = draft(cast)
    for person in (cast.secretary, cast.member, cast.stranger, cast.central_officer, cast.inspector):
        with pytest.raises(NotAllowed):
            step(outgoing, "check", person)
        assert not outgoing_for(person).filter(pk=outgoing.pk).exists()
    step(step(outgoing, "check", cast.officer), "cancel", cast.officer, "Không cần nữa")
    assert outgoing_for(cast.inspector).filter(pk=outgoing.pk).exists()
    assert not outgoing_for(cast.member).filter(pk=outgoing.pk).exists()


@pytest.mark.parametrize("state", OutgoingState.values)
@pytest.mark.parametrize("name", ["approve", "redraft", "cancel"])
def test_every_step_from_every_state(cast: Cast, state: str, name: str) -> None:
    term(cast)
    outgoing = draft(cast)
    number = reserve_number(actor=cast.officer, unit=cast.bloc, regime="party", kind="CV", reason="Thử")
    Outgoing.objects.filter(pk=outgoing.pk).update(state=state, number=number)
    transition = next(each for each in TRANSITIONS if each.name == name)
    if state in transition.sources:
        assert step(outgoing, name, cast.second_officer, "Lý do").state == transition.target
    else:
        with pytest.raises(Refusal):
            step(outgoing, name, cast.second_officer, "Lý do")
        assert Outgoing.objects.get(pk=outgoing.pk).state == state


def test_of_two_at_once_one_wins(cast: Cast) -> None:
    handed_in = step(draft(cast), "check", cast.officer)
    take_outgoing_step(actor=cast.second_officer, outgoing=handed_in, version=handed_in.version, name="approve")
    with pytest.raises(Collision):
        take_outgoing_step(
            actor=cast.second_officer,
            outgoing=handed_in,
            version=handed_in.version,
            name="cancel",
            reason="Không cần",
        )


def test_party_numbers_go_by_type_and_begin_anew_with_the_term(cast: Cast) -> None:
    with pytest.raises(Refusal):
        released(cast)  # no term is open
    Outgoing.objects.all().delete()
    term(cast)
    codes = [released(cast, kind=kind).code for kind in ("CV", "CV", "KH", "CV")]
    assert codes == ["01-CV/ĐUK", "02-CV/ĐUK", "01-KH/ĐUK", "03-CV/ĐUK"]
    with pytest.raises(Refusal):
        open_term(actor=cast.officer, unit=cast.bloc, name="Sau", begins_on=clock.today(), basis=" ")
    term(cast, clock.today())
    assert released(cast).code == "01-CV/ĐUK"
    assert Series.objects.filter(type="CV").count() == 2
    with pytest.raises(NotAllowed):
        open_term(actor=cast.secretary, unit=cast.bloc, name="Sau", begins_on=clock.today(), basis="Đại hội")


def test_state_numbers_are_one_series_a_year() -> None:
    assert code_of("state", "KH", "SNV", 7) == "07/KH-SNV"
    assert code_of("state", "CV", "SNV-VP", 123) == "123/SNV-VP"
    assert code_of("party", "CV", "ĐUK", 554) == "554-CV/ĐUK"


def test_the_year_turns_and_state_numbers_begin_anew(cast: Cast) -> None:
    def number(kind: str) -> int:
        series = series_of(cast.bloc.pk, Book.OUTGOING, "state", kind, clock.today())
        return take_number(cast.officer, series, "used").number

    with time_machine.travel("2026-12-31T10:00:00Z"):  # 17:00 of the office's 31 December
        assert [number("KH"), number("CV"), number("QĐ")] == [1, 2, 3]
    with time_machine.travel("2026-12-31T17:30:00Z"):  # 00:30 of its 1 January
        assert number("KH") == 1


def test_numbers_kept_free_used_and_cancelled_stay_visible(cast: Cast) -> None:
    term(cast)
    common = {"actor": cast.officer, "unit": cast.bloc, "regime": "party", "kind": "CV"}
    first = reserve_number(**common, reason="Công văn ký tại hội nghị")
    second = reserve_number(**common, reason="Dự phòng")
    with pytest.raises(Refusal):
        reserve_number(**common, reason=" ")
    assert released(cast).code == "03-CV/ĐUK"
    assert released(cast, reserved=first).code == "01-CV/ĐUK"
    with pytest.raises(Refusal):
        released(cast, reserved=first)
    cancel_number(actor=cast.officer, number=second, reason="Không dùng")
    with pytest.raises(Refusal):
        cancel_number(actor=cast.officer, number=second, reason="Không dùng")
    gone = step(released(cast), "cancel", cast.officer, "Sai nội dung")
    assert gone.number is not None
    rows = Number.objects.order_by("number").values_list("number", "state")
    assert list(rows) == [(1, "used"), (2, "cancelled"), (3, "used"), (4, "cancelled")]


def test_what_is_done_to_the_books_is_told_to_who_may_see_the_registers(cast: Cast) -> None:
    term(cast)
    common = {"actor": cast.officer, "unit": cast.bloc, "regime": "party", "kind": "CV"}
    number = reserve_number(**common, reason="Công văn ký tại hội nghị")
    cancel_number(actor=cast.officer, number=number, reason="Không dùng")
    continue_series(**common, book="outgoing", start=554, reason="Tiếp sổ giấy năm 2026")
    acts = {"open_term", "reserve_number", "cancel_number", "continue_series"}
    administrator = make_person("Người Trị", "tri", Role.ADMINISTRATOR, cast.bloc)
    for viewer, told in ((cast.officer, acts), (administrator, set())):
        listed = lines_for(viewer, Narrowing(object_type="unit", object_id=cast.bloc.pk))
        assert acts & {line.action for line in listed} == told
        assert acts & {line.action for line in history_of(viewer, "unit", cast.bloc.pk)} == told


def test_a_paper_book_is_continued_and_never_set_back(cast: Cast) -> None:
    term(cast)
    common = {"actor": cast.officer, "unit": cast.bloc, "regime": "party", "kind": "CV", "book": "outgoing"}
    continue_series(**common, start=554, reason="Tiếp sổ giấy năm 2026")
    assert released(cast).code == "554-CV/ĐUK"
    with pytest.raises(Refusal):
        continue_series(**common, start=554, reason="Lùi")


def word_file(*lines: str) -> SimpleUploadedFile:
    file, saved = docx.Document(), BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(saved)
    return SimpleUploadedFile("du-thao.docx", saved.getvalue())


def test_a_word_file_gets_number_and_day_written_in(cast: Cast) -> None:
    term(cast)
    upload = word_file("ĐẢNG ỦY KHỐI MẪU", "Số      -CV/ĐUK", "Mẫu, ngày    tháng    năm 2026", "Nội dung số 5.")
    outgoing = draft_outgoing(
        actor=cast.officer, unit=cast.bloc, regime="party", kind="CV", subject="Tệp Word", upload=upload
    )
    with pytest.raises(Refusal):
        step(outgoing, "check", cast.officer)  # binding rules of layout are broken
    outgoing = step(outgoing, "check", cast.officer, "Mẫu của cấp trên")
    assert outgoing.excuse == "Mẫu của cấp trên"
    ready = step(outgoing, "approve", cast.second_officer)
    done = release_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    words, today = words_of(done), clock.today()
    assert done.is_numbered
    assert "Số 01-CV/ĐUK" in words
    assert f"Mẫu, ngày {today.day:02d} tháng {today.month}" in words
    assert "Nội dung số 5." in words


def test_a_file_without_such_lines_is_told(cast: Cast) -> None:
    term(cast)
    outgoing = draft_outgoing(
        actor=cast.officer,
        unit=cast.bloc,
        regime="party",
        kind="CV",
        subject="Tệp",
        upload=word_file("Chỉ có chữ."),
    )
    ready = step(step(outgoing, "check", cast.officer, "Thử"), "approve", cast.second_officer)
    assert not release_outgoing(actor=cast.officer, outgoing=ready, version=ready.version).is_numbered


def test_only_word_files_are_drafts(cast: Cast) -> None:
    common = {"actor": cast.officer, "unit": cast.bloc, "regime": "party", "kind": "CV", "subject": "Tệp"}
    for upload in (SimpleUploadedFile("a.pdf", b"%PDF-1.4"), SimpleUploadedFile("a.docx", b"none"), None):
        with pytest.raises(Refusal):
            draft_outgoing(**common, upload=upload)
    with pytest.raises(Refusal):
        draft_outgoing(**common, text="không có phần đầu")
    assert not Outgoing.objects.exists()


def test_the_signed_version_is_what_recipients_get(cast: Cast) -> None:
    term(cast)
    done = released(cast)
    signed = SimpleUploadedFile("da-ky.pdf", b"%PDF-1.4 signed")
    done = attach_signed(actor=cast.officer, outgoing=done, version=done.version, upload=signed)
    done = set_recipients(
        actor=cast.officer, outgoing=done, version=done.version, units=[(cast.unit_a.pk, "A")], others=[]
    )
    sent = send_outgoing(actor=cast.officer, outgoing=done, version=done.version)
    assert sent.document is not None
    assert sent.document.file.name == "da-ky.pdf"
    assert "Nội dung mẫu." in sent.document.text
    late = SimpleUploadedFile("nua.pdf", b"%PDF-1.4")
    with pytest.raises(Refusal):
        attach_signed(actor=cast.officer, outgoing=sent, version=sent.version, upload=late)


def test_a_directive_waits_for_its_review(cast: Cast) -> None:
    term(cast)
    done = released(cast)
    sent = send_outgoing(actor=cast.officer, outgoing=done, version=done.version, as_directive=True)
    assert sent.document is not None
    assert sent.document.state == DocumentState.READ
    assert not Copy.objects.exists()


def test_a_draft_is_changed_only_as_a_draft(cast: Cast) -> None:
    outgoing = draft(cast)
    text = outgoing.text.replace("Nội dung mẫu.", "Nội dung sửa.")
    changed = redraft_outgoing(actor=cast.officer, outgoing=outgoing, version=1, subject="Về việc sửa", text=text)
    assert "Nội dung sửa." in words_of(changed)
    with pytest.raises(Collision):
        redraft_outgoing(actor=cast.officer, outgoing=outgoing, version=1, subject="Khác", text=text)
    handed_in = step(changed, "check", cast.officer)
    with pytest.raises(Refusal):
        redraft_outgoing(
            actor=cast.officer, outgoing=handed_in, version=handed_in.version, subject="Khác", text=text
        )


def test_the_class_of_a_draft_is_kept(cast: Cast) -> None:
    outgoing = draft(cast)
    Outgoing.objects.filter(pk=outgoing.pk).update(state="void", classification="restricted")
    assert not outgoing_for(cast.central_officer).filter(pk=outgoing.pk).exists()
    assert outgoing_for(cast.inspector).filter(pk=outgoing.pk).exists()


def test_the_package_for_bodies_outside(cast: Cast) -> None:
    term(cast)
    done = released(cast)
    done = set_recipients(
        actor=cast.officer, outgoing=done, version=done.version, units=[], others=[("Tỉnh ủy Mẫu", "axis")]
    )
    message = unpack(package_of(done, clock.now()))
    assert isinstance(message, Message)
    assert (message.number, message.subject) == ("1", "Về việc mẫu")
    assert message.receivers[0].name == "Tỉnh ủy Mẫu"
    assert message.attachments[0].content.startswith(b"PK")


def test_the_letterhead_follows_the_kind_of_unit(cast: Cast) -> None:
    head = letterhead_of(cast.unit_b.pk, clock.today())
    assert (head.regime, head.issuer) == ("party", "ĐẢNG ỦY CÔNG TY BÌNH MINH")
    assert letterhead_of(cast.department.pk, clock.today()).authority == ""
    assert letterhead_of(cast.unit_a.pk, clock.today()).authority == "T/M CHI BỘ"
    assert letterhead_of(cast.unit_a.pk, clock.today()).signer == cast.secretary.full_name


def to_unit_a(cast: Cast, outgoing: Outgoing) -> Outgoing:
    units = [(cast.unit_a.pk, "Chi bộ Sở Ánh Dương")]
    return set_recipients(actor=cast.officer, outgoing=outgoing, version=outgoing.version, units=units, others=[])


def test_what_was_sent_is_as_narrow_as_its_document_is_now(cast: Cast) -> None:
    term(cast)
    ready = to_unit_a(cast, released(cast))
    sent = send_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    assert outgoing_for(cast.central_officer).get() == sent
    Document.objects.update(classification="restricted")
    assert not outgoing_for(cast.central_officer).exists()
    assert outgoing_for(cast.officer).get().seen_as == "restricted"


def test_what_the_unit_sent_is_what_earlier_citations_of_its_number_mean(cast: Cast) -> None:
    term(cast)
    citation = cites(make_document(cast), "01-CV/ĐUK", clock.today())
    ready = to_unit_a(cast, released(cast))
    sent = send_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    citation.refresh_from_db()
    assert citation.cited == sent.document


def test_a_unit_that_has_ended_is_named_before_anything_is_sent(cast: Cast) -> None:
    term(cast)
    ready = to_unit_a(cast, released(cast))
    today = clock.today()
    old = make_unit("Chi bộ Cũ", UnitKind.PARTY_BASE_CELL, cast.bloc, "CU")
    ready.recipients.create(unit=old, name="Chi bộ Cũ")
    UnitVersion.objects.filter(name="Chi bộ Cũ").update(valid_until=today, is_last=True)
    with pytest.raises(Refusal, match="Chi bộ Cũ"):
        send_outgoing(actor=cast.officer, outgoing=ready, version=ready.version)
    assert not Document.objects.exists()
    ready = to_unit_a(cast, ready)
    assert send_outgoing(actor=cast.officer, outgoing=ready, version=ready.version).state == "dispatched"


def test_what_has_not_left_goes_to_the_unit_that_goes_on(cast: Cast) -> None:
    term(cast)
    numbered, handed_in = released(cast, subject="Đã có số"), approved(cast, subject="Đã duyệt")
    sent = to_unit_a(cast, released(cast, subject="Đã gửi"))
    sent = send_outgoing(actor=cast.officer, outgoing=sent, version=sent.version)
    to_both = draft(cast, subject="Gửi cả hai")
    units = [(cast.unit_b.pk, "B"), (cast.department.pk, "Ban")]
    set_recipients(actor=cast.officer, outgoing=to_both, version=1, units=units, others=[])
    own = draft(cast, subject="Của B")
    Outgoing.objects.filter(pk=own.pk).update(unit=cast.unit_b)
    own.recipients.create(unit=cast.department, name="Ban")
    own.recipients.create(unit=cast.unit_a, name="A")
    to_b = draft(cast, subject="Của Ban gửi B")
    to_b.recipients.create(unit=cast.unit_b, name="B")
    Outgoing.objects.filter(pk=to_b.pk).update(unit=cast.department)
    Outgoing.objects.filter(pk__in=[numbered.pk, handed_in.pk, sent.pk]).update(unit=cast.unit_b)
    basis = Basis(clock.today(), "Quyết định 1-QĐ/TU")
    made = merge_units(actor=cast.administrator, units=[cast.unit_b], into=cast.department, basis=basis)
    rows = {row.subject: (row.unit, row.state) for row in Outgoing.objects.all()}
    assert rows["Của B"] == (cast.department, "draft")
    assert rows["Đã duyệt"] == (cast.department, "draft")  # approved in the name of a unit that has ended
    assert rows["Đã có số"] == (cast.department, "released")
    assert rows["Đã gửi"] == (cast.unit_b, "dispatched")
    assert list(to_both.recipients.values_list("unit", "name")) == [(cast.department.pk, "Ban")]
    assert [row.name for row in own.recipients.all()] == ["A"]  # nobody sends to themselves
    assert not to_b.recipients.exists()
    receipt = next(row for row in made.handed_over if row["what"] == "outgoing")
    assert (receipt["from"], receipt["to"]) == (cast.unit_b.pk, cast.department.pk)
    assert set(receipt["ids"]) == {own.pk, numbered.pk, handed_in.pk}
    told = HistoryLine.objects.filter(action="hand_over", object_type="outgoing", object_id=own.pk)
    assert told.get().values == {"unit": [cast.unit_b.pk, cast.department.pk]}
