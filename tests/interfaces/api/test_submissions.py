"""Programs fill in and pass on what units report, keep outlines, and draft together."""

from __future__ import annotations

import pytest

from motbuoc.domains.ledger.submitted import Value
from motbuoc.foundation.history.models import HistoryLine
from tests.factories.ledger import enter, make_ledger, open_month, submission_of
from tests.factories.reporting import make_draft
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(cast):
    return make_ledger(cast)


@pytest.fixture
def period(cast, ledger):
    """November, asked of both units."""
    return open_month(cast, ledger)


def cell(told: dict, code: str, part: str = "") -> dict:
    return next(row for row in told["cells"] if row["indicator"] == code and row["part"] in (part, part or ""))


def given(row: dict, amount: object, **more: object) -> dict:
    return {"field": row["field"], "category": row["category"], "amount": amount, **more}


def test_a_form_goes_from_a_units_program_into_the_ledger_and_back(cast, ledger, period) -> None:
    unit, asker = Program(cast.secretary), Program(cast.officer)
    (row,) = [row for row in unit.ask("submissions", period=period.pk)["rows"] if row["unit_id"] == cast.unit_a.pk]
    path = f"submissions/{row['id']}"
    told = unit.ask(path)
    assert [step["name"] for step in told["steps"]] == ["hand_in"]
    assert asker.ask(path)["cells"] == [], "who asked sees nothing before it is handed in"
    cells = [
        given(cell(told, "i2_05"), 4),
        given(cell(told, "i2_07", "Nam"), "30", is_estimate=True),
        given(cell(told, "i2_07", "Nữ"), "41"),
        given(cell(told, "i2_08"), 10),
        given(cell(told, "i2_09"), 12),
    ]
    words = [{"box": told["words"][0]["box"], "text": "Đã đối thoại với đoàn viên."}]
    told = unit.send(f"{path}/cells", cells=cells, words=words)
    assert cell(told, "i2_07", "Nam")["is_estimate"]
    assert told["words"][0]["text"] == "Đã đối thoại với đoàn viên."
    assert [finding["blocks"] for finding in told["findings"]] == [True]
    unit.send(f"{path}/steps", 422, step="hand_in", version=told["version"])
    told = unit.send(f"{path}/cells", cells=[given(cell(told, "i2_09"), 9)])
    again = unit.send(f"{path}/cells", cells=[given(cell(told, "i2_09"), 9)])
    assert again["version"] == told["version"], "sent again it changes nothing"
    asker.send(f"{path}/steps", 422, step="accept", version=told["version"])
    told = unit.send(f"{path}/steps", step="hand_in", version=told["version"])
    unit.send(f"{path}/cells", 422, cells=cells)
    assert cell(asker.ask(path), "i2_05")["amount"] == "4.000"
    told = asker.send(f"{path}/steps", step="accept", version=told["version"])
    assert told["number"] == 1
    totals = asker.ask(f"periods/{period.pk}/figures", unit=cast.bloc.pk)
    assert "4" in str(totals)
    told = unit.send(f"{path}/steps", step="ask_correction", version=told["version"], reason="Nhầm số cuộc.")
    told = asker.send(f"{path}/steps", step="reopen", version=told["version"], reason="Sửa số cuộc.")
    told = unit.send(f"{path}/cells", cells=[given(cell(told, "i2_05"), 5)])
    told = unit.send(f"{path}/steps", step="hand_in", version=told["version"])
    told = asker.send(f"{path}/steps", step="accept", version=told["version"])
    assert [row["number"] for row in told["handed_in"]] == [1, 2]
    first = asker.ask(f"{path}/handed-in", number=1)
    assert (cell(first, "i2_05")["amount"], cell(told, "i2_05")["amount"]) == ("4.000", "5.000")
    asker.ask(f"{path}/handed-in", 404, number=3)


def test_where_another_was_quicker_nothing_of_it_is_kept(cast, ledger, period) -> None:
    unit = Program(cast.secretary)
    mine = submission_of(period, cast.unit_a.pk)
    path = f"submissions/{mine.pk}"
    told = unit.ask(path)
    enter(cast.secretary, mine, i2_05=7)
    seen = {"amount": None}
    cells = [given(cell(told, "i2_05"), 4, seen=seen), given(cell(told, "i2_08"), 10, seen=seen)]
    answer = unit.send(f"{path}/cells", 409, cells=cells)
    assert "Cuộc đối thoại" in answer["detail"]
    assert [float(row.amount) for row in Value.objects.filter(submission=mine)] == [7]
    box = told["words"][0]["box"]
    unit.send(f"{path}/cells", words=[{"box": box, "text": "Một.", "seen": ""}])
    answer = unit.send(f"{path}/cells", 409, words=[{"box": box, "text": "Hai.", "seen": ""}])
    assert "Tình hình nổi bật" in answer["detail"]
    assert unit.ask(path)["words"][0]["text"] == "Một."
    because = {"nothing_because": "Không phát sinh.", "nothing_because_seen": ""}
    assert unit.send(f"{path}/cells", **because)["nothing_because"] == "Không phát sinh."
    unit.send(f"{path}/cells", **because)
    other = {**because, "nothing_because": "Chưa có số."}
    answer = unit.send(f"{path}/cells", 409, **other, words=[{"box": box, "text": "Ba."}])
    assert "Không phát sinh, vì" in answer["detail"]
    told = unit.ask(path)
    assert (told["nothing_because"], told["words"][0]["text"]) == ("Không phát sinh.", "Một.")


def test_the_reports_of_each_step_are_as_many_as_a_period_counts(cast, ledger, period) -> None:
    unit, asker = Program(cast.secretary), Program(cast.officer)
    mine = submission_of(period, cast.unit_a.pk)
    enter(cast.secretary, mine, i2_05=7)
    counts = asker.ask(f"periods/{period.pk}")
    assert (counts["expected"], counts["begun"], counts["received"]) == (2, 1, 0)
    parts = ("begun", "received", "on_time", "complete", "accepted", "accepted_on_time", "accepted_complete")
    for part in (*parts, "corrected"):
        assert asker.ask("submissions", period=period.pk, part=part)["total"] == counts[part], part
    assert unit.ask("submissions", period=period.pk, part="approved")["total"] == 0
    asker.ask("submissions", 422, part="none")


def test_what_is_not_of_the_form_or_no_number_is_refused_whole(cast, ledger, period) -> None:
    unit, member = Program(cast.secretary), Program(cast.member)
    mine = submission_of(period, cast.unit_a.pk)
    path = f"submissions/{mine.pk}/cells"
    good = {"field": ledger.field(ledger.dialogues).pk, "amount": 3}
    for wrong in ({"field": 10**30, "amount": 1}, {**good, "amount": "-1"}, {**good, "amount": "1e99"}):
        unit.send(path, 422, cells=[good, wrong])
    counted = {"field": ledger.field(ledger.done).pk, "amount": 3}
    unit.send(path, 422, cells=[good, counted])
    assert not Value.objects.filter(submission=mine).exists()
    other = submission_of(period, cast.unit_b.pk)
    unit.send(f"submissions/{other.pk}/cells", 404, cells=[good])
    member.send(path, 404, cells=[good])
    Program(cast.secretary, "read").send(path, 403, cells=[good])


def test_reports_are_listed_by_how_they_stand(cast, ledger, period) -> None:
    asker = Program(cast.officer)
    assert asker.ask("submissions", period=period.pk, part="missing")["total"] == 2
    assert asker.ask("submissions", period=period.pk, part="accepted")["total"] == 0
    assert asker.ask("submissions", unit=cast.unit_b.pk)["rows"][0]["unit"] == "Đảng bộ Công ty Bình Minh"


def test_outlines_are_made_changed_and_closed(cast) -> None:
    officer = Program(cast.officer)
    shipped = {row["outline"]: row for row in officer.ask("shipped-outlines")}
    assert len(shipped["annual"]["sections"]) > 10
    sections = [{"number": "1.", "title": "Kết quả", "item": "2", "parts": ["figures", "chart"]}]
    asked = {"unit": cast.bloc.pk, "name": "Riêng", "sections": sections}
    made = officer.send("outlines", 201, **asked, cycle="month")
    assert made["sections"] == sections
    officer.send("outlines", 409, **asked)
    officer.send("outlines", 422, **{**asked, "name": "Khác", "sections": [{"title": "a | b"}]})
    split = {**asked, "name": "Hai dòng", "sections": [{"title": "a\nb\u2028c", "parts": ["text"]}]}
    assert [row["title"] for row in officer.send("outlines", 201, **split)["sections"]] == ["a b c"]
    path = f"outlines/{made['id']}"
    changed = officer.send(f"{path}/change", version=1, name="Riêng 2", sections=sections * 2)
    assert len(officer.ask(path)["sections"]) == 2
    officer.send(f"{path}/change", 409, version=1, name="Riêng 3", sections=sections)
    Program(cast.secretary).send(f"{path}/close", 404, version=changed["version"])
    officer.send(f"{path}/close", version=changed["version"])
    assert [row["name"] for row in officer.ask("outlines")["rows"]] == ["Hai dòng"]
    assert HistoryLine.objects.filter(action="close_outline").count() == 1


def test_remarks_are_made_and_taken_and_versions_compared(cast) -> None:
    reported = make_draft(cast)
    officer, second = Program(cast.officer), Program(cast.second_officer)
    draft = f"report-drafts/{reported.draft.pk}"
    paragraph = reported.saying("nhà ở công nhân")
    said = f"paragraphs/{paragraph.pk}/remarks"
    second.send(said, 422)
    (remark,) = second.send(said, 201, text="Gọn hơn.", suggestion="Đã đối thoại về nhà ở.")
    assert remark["written_by"] == "Vũ Thử Hai"
    settle = f"remarks/{remark['id']}/settle"
    officer.send(settle, 409, version=paragraph.version + 1, is_taken=True)
    (settled,) = officer.send(settle, version=paragraph.version, is_taken=True)
    assert settled["settled_at"]
    officer.send(settle, 422, version=paragraph.version)
    assert officer.ask(said)[0]["suggestion"] == "Đã đối thoại về nhà ở."
    told = officer.ask(draft)
    officer.send(f"{draft}/steps", step="hand_in", version=told["version"])
    versions = officer.ask(f"{draft}/versions")
    assert [row["number"] for row in versions["versions"]] == [1]
    assert all(row["is_same"] for row in versions["rows"])
    assert any("Đã đối thoại về nhà ở" in row["one"] for row in versions["rows"])
    officer.ask(f"{draft}/versions", 404, number=4)
