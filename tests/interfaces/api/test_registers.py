"""Programs keep the registers: what goes out, what comes in, numbers, copies, urging letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.registers.models import Incoming, Outgoing
from motbuoc.foundation.core import clock
from tests.factories import Cast, make_directive, picture
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db
TERM = {"name": "2020-2025", "begins_on": "2020-01-01", "basis": "Đại hội lần thứ mẫu"}


def draft(program: Program, cast: Cast, **more: object) -> dict:
    said = {"unit": cast.bloc.pk, "type": "CV", "subject": "Về việc mẫu", "body": "Nội dung mẫu.", **more}
    return program.fill("outgoing", 201, **said)


def sent_to_a(cast: Cast, *, is_checked: bool = False) -> dict:
    """A document on its way from its draft to the copy of a unit, by two people."""
    officer, second = Program(cast.officer), Program(cast.second_officer)
    officer.send("terms", 201, unit=cast.bloc.pk, **TERM)
    made = draft(officer, cast, addressees=["Chi bộ Sở Ánh Dương"], distribution=["Như trên", "Lưu"])
    path = f"outgoing/{made['id']}"
    assert [step["name"] for step in made["steps"]] == ["check", "cancel"]
    if is_checked:
        made = officer.send(f"{path}/steps", step="check", version=made["version"], reason="Mẫu")
    else:  # the check itself takes seconds
        Outgoing.objects.update(state="checked", layout=[])
    refused = officer.send(f"{path}/steps", 422, step="approve", version=made["version"])
    assert "hai người" in refused["detail"]
    made = second.send(f"{path}/steps", step="approve", version=made["version"])
    made = officer.send(f"{path}/steps", step="release", version=made["version"])
    assert (made["code"], made["state"], made["document_id"]) == ("01-CV/ĐUK", "released", None)
    made = officer.fill(f"{path}/signed", version=made["version"], file=picture("ban-ky.png"))
    assert made["has_signed"]
    assert officer.file(f"{path}/file").startswith(b"\x89PNG")
    assert officer.file(f"{path}/file?word=true").startswith(b"PK")
    others = [{"name": "Tỉnh ủy Mẫu", "channel": "axis"}]
    made = officer.send(
        f"{path}/recipients", version=made["version"], units=[cast.unit_a.pk, cast.province.pk], others=others
    )
    assert "Tỉnh ủy Mẫu" in officer.file(f"{path}/package").decode()
    return officer.send(f"{path}/steps", step="dispatch", version=made["version"])


class TestOutgoing:
    def test_from_the_draft_to_the_copy_and_its_answer(self, cast) -> None:
        sent = sent_to_a(cast, is_checked=True)
        assert sent["state"] == "dispatched"
        assert [row["name"] for row in sent["recipients"] if row["sent_on"]] == ["Tỉnh ủy Mẫu"]
        assert not sent["steps"]
        secretary = Program(cast.secretary)
        [copy] = secretary.ask("copies", own=True)["rows"]
        assert (copy["document_id"], copy["state"]) == (sent["document_id"], "delivered")
        whole = secretary.ask(f"copies/{copy['id']}")
        assert Copy.objects.get(pk=copy["id"]).state == "delivered"  # a program that asks has not read it
        assert [step["name"] for step in whole["steps"]] == ["accept_copy", "refuse_copy"]
        step = f"copies/{copy['id']}/steps"
        assert secretary.send(step, 422, step="refuse_copy", version=whole["version"])["detail"]
        taken = secretary.send(step, step="accept_copy", version=whole["version"])
        assert taken["state"] == "taken"
        assert secretary.send(step, 409, step="accept_copy", version=whole["version"])["detail"]
        officer = Program(cast.officer)
        assert officer.ask(f"documents/{sent['document_id']}/copies")["counts"] == {"delivered": 1, "taken": 1}
        assert officer.send(
            f"documents/{sent['document_id']}/recall", copies=[copy["id"]], reason="Sai số liệu"
        ) == {"asked": 1}
        whole = secretary.ask(f"copies/{copy['id']}")
        assert (whole["asked"], whole["asked_reason"]) == ("recall", "Sai số liệu")
        assert [step["name"] for step in whole["steps"]] == ["give_back_copy", "keep_copy"]
        kept = secretary.send(step, step="keep_copy", version=whole["version"], reason="Đang dùng")
        assert (kept["state"], kept["asked"], kept["reason"]) == ("taken", "", "Đang dùng")

    def test_a_copy_is_not_answered_by_a_neighbour_or_the_sender(self, cast) -> None:
        sent = sent_to_a(cast)
        copy = Copy.objects.get(unit=cast.unit_a)
        asked = {"step": "accept_copy", "version": copy.version}
        Program(cast.secretary_b).send(f"copies/{copy.pk}/steps", 404, **asked)
        Program(cast.officer).send(f"copies/{copy.pk}/steps", 422, **asked)
        Program(cast.member).send(f"copies/{copy.pk}/steps", 403, **asked)
        Program(cast.secretary).send(f"documents/{sent['document_id']}/recall", 403, copies=[copy.pk], reason="x")
        copy.refresh_from_db()
        assert copy.state == "delivered"

    def test_what_takes_the_place_of_a_document_is_named_and_found_once_it_is_received(self, cast) -> None:
        sent, other = sent_to_a(cast), make_directive(cast)
        copy = Copy.objects.get(unit=cast.unit_a, document=sent["document_id"])
        Copy.objects.filter(document=other).delete()
        officer, secretary = Program(cast.officer), Program(cast.secretary)
        asked = {"copies": [copy.pk], "reason": "Sửa số liệu", "replacement": other.pk}
        officer.send(f"documents/{sent['document_id']}/recall", **asked)
        assert officer.ask(f"copies/{copy.pk}")["replacement_id"] == other.pk
        secretary.ask(f"documents/{other.pk}", 404)
        whole = secretary.ask(f"copies/{copy.pk}")
        assert (whole["replacement"], whole["replacement_id"]) == (other.code, None)
        agreed = {"step": "exchange_copy", "version": whole["version"]}
        assert secretary.send(f"copies/{copy.pk}/steps", **agreed)["replacement_id"] == other.pk

    def test_a_draft_is_for_those_who_keep_the_register(self, cast) -> None:
        made = draft(Program(cast.officer), cast, subject="Chưa ai biết")
        for person in (cast.central_officer, cast.secretary, cast.inspector):
            program = Program(person)
            program.ask(f"outgoing/{made['id']}", 404)
            assert program.ask("outgoing")["total"] == 0
        assert Program(cast.officer).ask("outgoing", words="Chưa ai")["rows"][0]["unit"] == "Đảng ủy Khối Mẫu"

    def test_what_is_restricted_needs_the_scope_for_classes(self, cast) -> None:
        made = draft(Program(cast.officer), cast, classification="restricted")
        narrow = Program(cast.officer, "read", "documents", "issue")
        narrow.ask(f"outgoing/{made['id']}", 404)
        assert narrow.ask("outgoing")["total"] == 0
        assert narrow.client.get(f"/api/v1/outgoing/{made['id']}/file").status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "status"),
        [({"type": "XX"}, 422), ({"body": ""}, 422), ({"unit": 2**70}, 403), ({"classification": "x"}, 422)],
    )
    def test_a_draft_that_cannot_be_says_why(self, cast, wrong, status) -> None:
        said = {"unit": cast.bloc.pk, "type": "CV", "subject": "Mẫu", "body": "Mẫu.", **wrong}
        assert Program(cast.officer).fill("outgoing", status, **said)["detail"]
        assert not Outgoing.objects.exists()

    def test_a_token_that_may_only_read_drafts_nothing(self, cast) -> None:
        said = {"unit": cast.bloc.pk, "type": "CV", "subject": "Mẫu", "body": "Mẫu."}
        refused = Program(cast.officer, "read").fill("outgoing", 403, **said)
        assert "documents" in refused["detail"]

    def test_a_draft_is_changed_and_one_who_was_slower_is_told(self, cast) -> None:
        officer = Program(cast.officer)
        made = draft(officer, cast)
        path = f"outgoing/{made['id']}/draft"
        again = officer.fill(path, version=made["version"], subject="Việc khác", text=made["text"])
        assert again["subject"] == "Việc khác"
        officer.fill(path, 409, version=made["version"], subject="Việc nữa")

    def test_recipients_are_units_in_sight(self, cast) -> None:
        made = draft(Program(cast.secretary), cast, unit=cast.unit_a.pk)
        path = f"outgoing/{made['id']}/recipients"
        secretary = Program(cast.secretary)
        secretary.send(path, 422, version=made["version"], units=[cast.unit_b.pk])
        told = secretary.send(path, version=made["version"], units=[cast.bloc.pk])
        assert [row["unit_id"] for row in told["recipients"]] == [cast.bloc.pk]


class TestIncoming:
    def test_a_paper_is_registered_routed_corrected_and_struck_out(self, cast) -> None:
        secretary, today = Program(cast.secretary), clock.today().isoformat()
        said = {"unit": cast.unit_a.pk, "sender": "Huyện ủy Mẫu", "subject": "Mời họp", "arrived_on": today}
        made = secretary.fill("incoming", 201, **said, code="5-GM/HU", file=picture())
        path = f"incoming/{made['id']}"
        assert (made["number"], made["has_file"]) == (1, True)
        assert secretary.file(f"{path}/file").startswith(b"\x89PNG")
        routed = secretary.send(f"{path}/notes", text="Chuẩn bị bài", to="Đồng chí Mẫu", due_on=today)
        assert [note["to"] for note in routed["notes"]] == ["Đồng chí Mẫu"]
        line = {"sender": "Huyện ủy Mẫu", "subject": "Mời dự họp", "arrived_on": today}
        secretary.send(f"{path}/correct", 422, **line, version=routed["version"], reason=" ")
        changed = secretary.send(f"{path}/correct", **line, version=routed["version"], reason="Chép sai")
        assert (changed["subject"], changed["number"]) == ("Mời dự họp", 1)
        struck = secretary.send(f"{path}/strike", version=changed["version"], reason="Vào nhầm sổ")
        assert struck["is_struck"]
        assert secretary.ask("incoming", words="moi du hop")["total"] == 1
        tomorrow = (clock.today() + timedelta(days=1)).isoformat()
        assert secretary.ask("incoming", since=tomorrow)["total"] == 0
        Program(cast.member).ask("incoming", 404)
        Program(cast.secretary_b).ask(path, 404)
        assert Program(cast.secretary_b).ask("incoming")["total"] == 0

    def test_it_is_entered_in_ones_own_book_only(self, cast) -> None:
        said = {"sender": "X", "subject": "Y", "arrived_on": clock.today().isoformat()}
        Program(cast.secretary).fill("incoming", 403, unit=cast.unit_b.pk, **said)
        Program(cast.inspector).fill("incoming", 403, unit=cast.unit_a.pk, **said)
        Program(cast.secretary).fill("incoming", 404, unit=cast.unit_a.pk, document=987654, **said)
        assert not Incoming.objects.exists()


class TestNumbers:
    def test_kept_free_used_and_cancelled(self, cast) -> None:
        officer, second = Program(cast.officer), Program(cast.second_officer)
        officer.send("terms", 201, unit=cast.bloc.pk, **TERM)
        assert officer.send("terms", 422, unit=cast.bloc.pk, **TERM)["detail"]
        going_on = officer.send(
            "series", unit=cast.bloc.pk, type="CV", book="outgoing", start=41, reason="Sổ giấy"
        )
        assert going_on["next"] == 41
        kept = [
            officer.send("numbers", 201, unit=cast.bloc.pk, type="CV", reason=f"Để dành {n}")["id"] for n in (1, 2)
        ]
        cancelled = officer.send(f"numbers/{kept[1]}/cancel", reason="Không dùng")
        assert (cancelled["number"], cancelled["state"]) == (42, "cancelled")
        made = draft(officer, cast)
        assert made["free_numbers"] == [{"id": kept[0], "number": 41}]
        Outgoing.objects.update(state="checked", layout=[])
        step = f"outgoing/{made['id']}/steps"
        made = second.send(step, step="approve", version=made["version"])
        officer.send(step, 422, step="release", version=made["version"], number=kept[1])
        made = officer.send(step, step="release", version=made["version"], number=kept[0])
        assert made["code"] == "41-CV/ĐUK"
        assert [row["next"] for row in officer.ask("series")["rows"]] == [43]
        assert [row["name"] for row in officer.ask("terms")["rows"]] == ["2020-2025"]
        assert [row["number"] for row in officer.ask("numbers")["rows"]] == [42]
        Program(cast.secretary_b).send(f"numbers/{kept[1]}/cancel", 404, reason="x")


def test_late_units_are_urged_by_a_letter(cast) -> None:
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast)
    with time_machine.travel("2026-05-20T02:00:00Z", tick=False):
        officer = Program(cast.officer)
        rows = officer.ask("late-assignments")["rows"]
        assert {(row["unit"], row["late_by"]) for row in rows} == {
            ("Chi bộ Sở Ánh Dương", 20),
            ("Đảng bộ Công ty Bình Minh", 20),
        }
        asked = {"unit": cast.bloc.pk, "assignments": [row["id"] for row in rows]}
        assert officer.send("urgings", 422, **asked, answer_by="2026-05-01")["detail"]
        letter = officer.send("urgings", 201, **asked, answer_by="2026-06-01")
        assert officer.ask(f"outgoing/{letter['id']}")["recipients"]
        assert officer.ask("urgings")["total"] == 0  # it is not sent yet
        officer.send("terms", 201, unit=cast.bloc.pk, **TERM)
        number = officer.send("numbers", 201, unit=cast.bloc.pk, type="CV", reason="Thư đôn đốc")["id"]
        Outgoing.objects.update(state="dispatched", sent_at=clock.now(), code="9-CV/ĐUK", number=number)
        [first, _second] = officer.ask("urgings")["rows"]
        assert (first["letter"], first["outcome"], first["late_by"]) == ("9-CV/ĐUK", "waiting", 20)
        secretary = Program(cast.secretary)
        secretary.ask("late-assignments", 403)
        assert [row["unit_id"] for row in secretary.ask("urgings")["rows"]] == [cast.unit_a.pk]


def test_hand_offs_that_nobody_owns_are_told_to_the_sender(cast) -> None:
    make_directive(cast)
    Document.objects.update(subject="Không ai nhận")
    rows = Program(cast.officer).ask("unowned-copies")["rows"]
    assert {row["alarm"] for row in rows} <= {"nobody", "silent", "refused"}
    copy = Copy.objects.get(unit=cast.unit_b)
    asked = {"step": "refuse_copy", "version": copy.version, "reason": "Không đúng nơi nhận"}
    Program(cast.secretary_b).send(f"copies/{copy.pk}/steps", **asked)
    rows = Program(cast.officer).ask("unowned-copies")["rows"]
    assert ("refused", "Không đúng nơi nhận") in {(row["alarm"], row["reason"]) for row in rows}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_days_are_of_the_years_in_which_forms_take_them(cast, day) -> None:
    officer = Program(cast.officer)
    paper = {"unit": cast.bloc.pk, "sender": "UBND", "subject": "Mẫu"}
    officer.fill("incoming", 422, **paper, arrived_on=day)
    officer.send("terms", 422, unit=cast.bloc.pk, **{**TERM, "begins_on": day})
    order = {"origin": "telephone", "said_by": "Bí thư", "said_on": day, "tasks": [{"what": "Rà soát hồ sơ"}]}
    officer.send("orders", 422, unit=cast.bloc.pk, leads=[cast.unit_a.pk], **order)
    assert not Incoming.objects.exists()
    assert not Document.objects.exists()
