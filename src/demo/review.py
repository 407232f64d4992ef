"""The officer's review of the dispatch: what a person sets or mends after the reader, duty by duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.dispatch import dispatch_file
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.documents.models import Addressee, Cycle, Document, Duty, TimeKind
from motbuoc.domains.documents.services import (
    DutyUnits,
    add_duty,
    confirm_document,
    correct_document,
    correct_duty,
    drop_duty,
    import_document,
    resolve_addressee,
)
from motbuoc.foundation.people.models import Person

FILE_NAME = "38-CV-DUK.docx"


@dataclass(frozen=True)
class Settled:
    """What the officer decides of one duty, found by the words it begins with.

    `due` names a day of the timetable; `is_charged` marks those of Ban Tuyên giáo.
    """

    key: str
    opening: str
    kind: TimeKind
    product: str
    due: str = ""
    cycle: str = ""
    is_charged: bool = False


SETTLED = (
    Settled("study", "Tổ chức hội nghị học tập", TimeKind.DATED, "Hội nghị, biên bản, số lượt người dự", "study"),
    Settled("agenda", "Thường xuyên đưa", TimeKind.CONTINUOUS, "Chương trình công tác, nghị quyết chi bộ"),
    Settled("situation", "Chủ động theo dõi", TimeKind.CONTINUOUS, "Báo cáo tổng hợp theo nhóm vấn đề"),
    Settled(
        "dialogue",
        "Tổ chức đối thoại định kỳ",
        TimeKind.PERIODIC,
        "Biên bản đối thoại, thông báo kết luận",
        "dialogue",
        Cycle.HALF_YEAR,
    ),
    Settled("emulation", "Tiếp tục đẩy mạnh phong trào", TimeKind.CONTINUOUS, "Kết quả thi đua, sáng kiến"),
    Settled("works", "Đăng ký ít nhất một công trình", TimeKind.DATED, "Bản đăng ký công trình", "works"),
    Settled("democracy", "Thực hiện nghiêm dân chủ", TimeKind.CONTINUOUS, "Danh mục công khai, kết quả cải cách"),
    Settled("regulations", "Rà soát, bổ sung quy chế", TimeKind.DATED, "Quy chế được ban hành", "regulations"),
    Settled("unions", "Tiếp tục đổi mới cách sinh hoạt", TimeKind.CONTINUOUS, "Kết quả hoạt động của đoàn thể"),
    Settled("supervision", "Tổ chức ít nhất một cuộc", TimeKind.DATED, "Thông báo kết quả", "supervision"),
    Settled("congress", "Chuẩn bị và tổ chức chu đáo", TimeKind.DATED, "Báo cáo kết quả đại hội", "congress"),
    Settled("campaigns", "Tăng cường vận động", TimeKind.CONTINUOUS, "Số cuộc, lượt người, kết quả vận động"),
    Settled("models", "Xây dựng mô hình", TimeKind.DATED, "Bản đăng ký mô hình", "models"),
    Settled("tracking", "Giao Ban Tuyên giáo", TimeKind.CONTINUOUS, "Sổ theo dõi, nhắc việc", is_charged=True),
    Settled(
        "reports",
        "định kỳ tổng hợp, báo cáo",
        TimeKind.PERIODIC,
        "Báo cáo quý",
        "report",
        Cycle.QUARTER,
        is_charged=True,
    ),
)


def bring_in(officer: Person, province: Province, days: Timetable) -> tuple[Document, dict[int, str]]:
    """Import, review and confirm the dispatch: the document, and the key of SETTLED by the id of each duty."""
    upload = SimpleUploadedFile(FILE_NAME, dispatch_file(days))
    document = import_document(actor=officer, unit=province.bloc, upload=upload)
    changes = {"report_cycle": Cycle.QUARTER, "runs_until": days.runs_until}
    correct_document(actor=officer, document=document, version=document.version, changes=changes)
    _resolve(officer, province, document)
    keys = {_settle(officer, province, document, settled, days): settled.key for settled in SETTLED}
    for duty in document.duties.exclude(pk__in=keys):
        drop_duty(actor=officer, duty=duty, version=duty.version)
    fresh = Document.objects.get(pk=document.pk)
    return confirm_document(actor=officer, document=fresh, version=fresh.version), keys


def _resolve(officer: Person, province: Province, document: Document) -> None:
    """Settle every addressee that the reading left open."""
    selections = Addressee.Selection
    for addressee in document.addressees.filter(selection=selections.UNRESOLVED):
        if "Đoàn Khối" in addressee.text:
            resolve_addressee(
                actor=officer, addressee=addressee, selection=selections.ONE_UNIT, unit=province.youth
            )
        else:
            resolve_addressee(actor=officer, addressee=addressee, selection=selections.INFORMED)


def _settle(officer: Person, province: Province, document: Document, settled: Settled, days: Timetable) -> int:
    duty = document.duties.filter(text__startswith=settled.opening).first() or add_duty(
        actor=officer, document=document, words=_sentence(document.text, settled.opening)
    )
    changes: dict[str, Any] = {
        "time_kind": settled.kind,
        "due_on": getattr(days, settled.due) if settled.due else None,
        "cycle": settled.cycle,
        "product": settled.product,
        "verb": duty.verb or " ".join(duty.text.split()[:2]),
        "what": duty.what or duty.text,
    }
    tracks = None if settled.is_charged else province.departments["BTG"].pk
    units = DutyUnits(not settled.is_charged, _leads(province, settled), monitor=tracks)
    return _corrected(officer, duty, changes, units).pk


def _corrected(officer: Person, duty: Duty, changes: dict[str, Any], units: DutyUnits) -> Duty:
    return correct_duty(actor=officer, duty=duty, version=duty.version, changes=changes, units=units)


def _leads(province: Province, settled: Settled) -> list[int]:
    return [province.departments["BTG"].pk] if settled.is_charged else []


def _sentence(text: str, opening: str) -> str:
    """The words from `opening` to the end of its sentence."""
    start = text.index(opening)
    ends = [end for mark in (".\n", ". ") if (end := text.find(mark, start)) >= 0]
    return text[start : min(ends) if ends else len(text)]
