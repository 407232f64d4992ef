"""From a reading to rows, on the real dispatch and on small cases."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.documents.doubts import doubts_of
from motbuoc.domains.documents.models import Addressee, Document, TimeKind
from motbuoc.domains.documents.selectors import duties_of, units_meant
from motbuoc.domains.documents.services import import_document
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_unit


@pytest.fixture
def dispatch(cast, shared) -> Document:
    """The real dispatch, brought in."""
    make_unit("Đoàn Khối", UnitKind.BLOC_YOUTH, cast.bloc, "ĐK")
    upload = SimpleUploadedFile("554.txt", (shared / "seed" / "554-CV-DUK.txt").read_bytes())
    return import_document(actor=cast.officer, unit=cast.bloc, upload=upload)


def test_the_dispatch_becomes_rows(dispatch, shared):
    label = json.loads((shared / "seed" / "554-CV-DUK.json").read_text())
    header = label["header"]
    stored = {name: getattr(dispatch, name) for name in ("superior", "issuer", "code", "type", "place", "subject")}
    assert stored == {name: header[name] for name in stored}
    assert dispatch.issued_on.isoformat() == header["date"]
    assert [row.number for row in dispatch.provisions.all()] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [row.code for row in dispatch.citations.all()] == [row["code"] for row in label["citations"]]
    assert [row.text for row in dispatch.addressees.all()] == label["addressees"]
    assert {row.provision.number for row in dispatch.duties.all()} == {row["item"] for row in label["duties"]}


def test_every_row_stands_on_its_words(dispatch):
    for duty in dispatch.duties.all():
        assert duty.text == dispatch.text[duty.start : duty.end]
        assert duty.verb
        assert duty.what
    for citation in dispatch.citations.all():
        assert citation.code in dispatch.text[citation.start : citation.end]
    for addressee in dispatch.addressees.all():
        assert addressee.text == dispatch.text[addressee.start : addressee.end]


def test_item_seven_is_led_by_the_department_and_its_period_is_in_doubt(cast, dispatch):
    duties = [duty for duty in duties_of(dispatch) if duty.provision.number == "7"]
    assert {part.unit_id for duty in duties for part in duty.units.all()} == {cast.department.pk}
    assert not any(duty.for_addressees for duty in duties)
    report = duties[-1]
    assert (report.time_kind, report.cycle, report.unsure) == (TimeKind.PERIODIC, "", ["period"])
    doubts = doubts_of(dispatch, duties, dispatch.addressees.all(), dispatch.citations.all())
    assert ("duty", str(report.pk)) in [(doubt.about, doubt.key) for doubt in doubts]


def test_the_others_are_led_by_the_addressees_and_have_no_invented_day(dispatch):
    others = [duty for duty in duties_of(dispatch) if duty.provision.number != "7"]
    assert all(duty.for_addressees and duty.due_on is None for duty in others)


def test_addressees_resolve_to_base_units_and_the_youth_union(cast, dispatch):
    selections = [row.selection for row in dispatch.addressees.all()]
    assert selections == ["informed", "group", "one_unit"]
    meant = units_meant(dispatch.addressees.all(), dispatch, clock.today())
    assert {cast.unit_a.pk, cast.unit_b.pk} < set(meant)
    assert len(meant) == 3


def test_bringing_in_leaves_one_history_line(cast, dispatch):
    line = HistoryLine.objects.get()
    assert (line.action, line.object_id, line.actor, line.unit) == (
        "import_document",
        dispatch.pk,
        cast.officer,
        cast.bloc,
    )


@pytest.mark.parametrize(
    ("words", "selection"),
    [
        ("Các chi ủy, đảng ủy cơ sở", "group"),
        ("Chi bộ, đảng bộ trực thuộc", "group"),
        ("Các đồng chí Ủy viên Ban Chấp hành", "informed"),
        ("Chi bộ Sở Ánh Dương", "one_unit"),
        ("Chi ủy Sở Xa Lạ", "unresolved"),
        ("Ban Tổ chức Tỉnh ủy", "unresolved"),
        ("Các sở, ngành", "unresolved"),
    ],
)
def test_what_an_addressee_means(cast, words, selection):
    document = bring_in(cast, f"Kính gửi: {words}.\n\n1. Tổ chức hội nghị quán triệt trong quý II.\n")
    assert [(row.text, row.selection) for row in document.addressees.all()] == [(words, selection)]


def bring_in(cast, text: str) -> Document:
    upload = SimpleUploadedFile("cv.txt", text.encode())
    return import_document(actor=cast.officer, unit=cast.bloc, upload=upload)


def test_a_body_that_is_no_unit_leaves_the_duty_without_a_lead(cast):
    document = bring_in(
        cast, "Kính gửi: Các chi ủy cơ sở.\n\n1. Giao Ban Xa Lạ theo dõi, đôn đốc việc thực hiện.\n"
    )
    duty = document.duties.get()
    assert "Ban Xa Lạ" in duty.actor_text
    assert not duty.for_addressees
    assert not duty.units.exists()
    reasons = [str(d.reason) for d in doubts_of(document, [duty], [], [])]
    assert any("Ban Xa Lạ" in reason for reason in reasons)


def test_any_text_comes_in_whole(cast):
    document = bring_in(cast, "Trăng sáng ngoài sân.\n")
    assert "Trăng sáng" in document.text
    assert not document.duties.exists()
    assert doubts_of(document, [], Addressee.objects.none(), [])


def test_who_may_not_leaves_nothing(cast):
    upload = SimpleUploadedFile("cv.txt", b"1. Bao cao.")
    with pytest.raises(NotAllowed):
        import_document(actor=cast.secretary, unit=cast.bloc, upload=upload)
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused(cast):
    with pytest.raises(Refusal):
        import_document(actor=cast.officer, unit=cast.bloc, upload=SimpleUploadedFile("cv.txt", b""))


def test_words_longer_than_their_column_are_cut_not_refused(cast):
    long = "Ban " + "Xây dựng và Phát triển " * 40
    document = bring_in(cast, f"Kính gửi: {long}.\n\n1. Giao {long}theo dõi việc thực hiện Kế hoạch số 5-KH/TU.\n")
    for row in (*document.duties.all(), *document.citations.all(), *document.addressees.all()):
        row.full_clean(exclude=["unit", "document", "provision", "type", "cycle", "due_on", "unsure", "what"])
