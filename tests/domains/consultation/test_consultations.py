"""A draft is laid before others: read provision by provision, opened, never changed under who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from motbuoc.domains.consultation import services
from motbuoc.domains.consultation.models import Consultation, ConsultedProvision, ConsultedVersion
from motbuoc.domains.consultation.selectors import (
    asked_for,
    asked_in,
    consultations_for,
    open_to_all,
    provisions_in,
    steps_for,
    units_to_ask,
    version_of,
)
from motbuoc.domains.consultation.services import Plan
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast

pytestmark = pytest.mark.django_db

DRAFT = """ỦY BAN MẪU
DỰ THẢO

QUY CHẾ
Tiếp công dân

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định việc tiếp công dân.
2. Quy chế này không áp dụng với:
a) Cơ quan đại diện;
b) Doanh nghiệp.

Điều 2. Đối tượng áp dụng
Quy chế áp dụng với cán bộ, công chức.
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def plan_of(**more: Any) -> Plan:
    today = clock.today()
    asked: dict[str, Any] = {"opens_on": today, "closes_on": today + timedelta(days=9)} | more
    return Plan("dự thảo Quy chế tiếp công dân", **asked)


def word_file(text: str = DRAFT, name: str = "du-thao.docx") -> SimpleUploadedFile:
    paper, saved = docx.Document(), BytesIO()
    for line in text.splitlines():
        paper.add_paragraph(line)
    paper.save(saved)
    return SimpleUploadedFile(name, saved.getvalue())


def fresh(consultation: Consultation) -> Consultation:
    return Consultation.objects.get(pk=consultation.pk)


def add_draft(cast: Cast, consultation: Consultation, text: str = DRAFT) -> ConsultedVersion:
    now = fresh(consultation)
    asked: dict[str, Any] = {"actor": cast.officer, "consultation": now, "version": now.version}
    return services.add_draft(upload=word_file(text), **asked)


def made_by(cast: Cast, *, drafted: bool = True, **more: Any) -> Consultation:
    made = services.make_consultation(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of(**more))
    if drafted:
        add_draft(cast, made)
    return fresh(made)


def step(cast: Cast, consultation: Consultation, name: str) -> Consultation:
    version = fresh(consultation).version
    asked: dict[str, Any] = {"consultation": consultation, "version": version, "name": name}
    return services.take_consultation_step(actor=cast.officer, **asked)


def ask_units(cast: Cast, consultation: Consultation, *units: Any, days: int = 5) -> Consultation:
    asked: dict[str, Any] = {"actor": cast.officer, "consultation": consultation}
    due_on = clock.today() + timedelta(days=days)
    pks = [unit.pk for unit in units]
    return services.ask_units(version=fresh(consultation).version, units=pks, due_on=due_on, **asked)


def opened_by(cast: Cast, *units: Any, **more: Any) -> Consultation:
    made = made_by(cast, **{"is_public": True} | more)
    if units:
        ask_units(cast, made, *units)
    return step(cast, made, "open_consultation")


def provision(consultation: Consultation, anchor: str) -> ConsultedProvision:
    return provisions_in(version_of(consultation)).get(anchor=anchor)


def test_who_may_hold_and_see(cast: Cast) -> None:
    for person in (cast.central_officer, cast.member, cast.inspector, cast.secretary):
        with pytest.raises(NotAllowed):
            services.make_consultation(actor=person, unit_id=cast.bloc.pk, plan=plan_of())
    with pytest.raises(NotAllowed):  # the level above does not lay a unit's draft before others for it
        services.make_consultation(actor=cast.officer, unit_id=cast.unit_a.pk, plan=plan_of())
    made = made_by(cast, drafted=False)
    assert [one.pk for one in consultations_for(cast.inspector)] == [made.pk]
    assert not consultations_for(cast.secretary)
    assert not steps_for(cast.inspector, made)
    today = clock.today()
    for wrong in ({"closes_on": today - timedelta(days=1)}, {"kind": "poll"}):
        with pytest.raises(Refusal):
            services.make_consultation(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan_of(**wrong))


def test_a_word_file_becomes_provisions_as_one_cites_them(cast: Cast) -> None:
    made = made_by(cast)
    rows = {row.anchor: row for row in provisions_in(version_of(made))}
    assert [row.label for row in rows.values()][-7:] == [
        "Chương I",
        "Điều 1",
        "Khoản 1 Điều 1",
        "Khoản 2 Điều 1",
        "Điểm a khoản 2 Điều 1",
        "Điểm b khoản 2 Điều 1",
        "Điều 2",
    ]
    assert rows["dieu-1.khoan-2.diem-b"].text == "b) Doanh nghiệp."
    assert "Cơ quan đại diện" not in rows["dieu-1.khoan-2"].text  # its own words, not of what stands under it
    assert rows["dieu-2"].text.endswith("cán bộ, công chức.")
    again = add_draft(cast, made, DRAFT.replace("Doanh nghiệp", "Hợp tác xã"))
    assert again.number == 2
    assert provision(made, "dieu-1.khoan-2.diem-b").text == "b) Hợp tác xã."
    assert version_of(made, 1).provisions.get(anchor="dieu-1.khoan-2.diem-b").text == "b) Doanh nghiệp."


def test_a_file_that_is_refused_leaves_nothing(cast: Cast) -> None:
    made = made_by(cast, drafted=False)
    secret = DRAFT.replace("DỰ THẢO", "MẬT")
    bad = (
        word_file(secret),
        SimpleUploadedFile("du-thao.docx", b"PK\x03\x04 no Word file"),
        SimpleUploadedFile("du-thao.docx", b""),
    )
    for upload in bad:
        with pytest.raises(Refusal):
            services.add_draft(actor=cast.officer, consultation=made, version=made.version, upload=upload)
    with pytest.raises(NotAllowed):
        services.add_draft(actor=cast.inspector, consultation=made, version=made.version, upload=word_file())
    with pytest.raises(Collision):
        services.add_draft(actor=cast.officer, consultation=made, version=9, upload=word_file())
    assert not ConsultedVersion.objects.exists()
    assert not StoredFile.objects.exists()


def test_it_is_opened_once_somebody_is_asked_about_something(cast: Cast) -> None:
    made = made_by(cast, drafted=False)
    with pytest.raises(Refusal, match="Add the draft first"):
        step(cast, made, "open_consultation")
    add_draft(cast, made)
    with pytest.raises(Refusal, match="Nobody is asked"):
        step(cast, made, "open_consultation")
    assert {unit.pk for unit in units_to_ask(made)} >= {cast.unit_a.pk, cast.unit_b.pk, cast.province.pk}
    ask_units(cast, made, cast.unit_a, cast.unit_b)
    assert not asked_for(cast.secretary)  # not before it is open
    services.spare_unit(actor=cast.officer, consultation=made, version=fresh(made).version, unit_id=cast.unit_b.pk)
    step(cast, made, "open_consultation")
    assert [row.unit_id for row in asked_in(made)] == [cast.unit_a.pk]
    assert [row.consultation_id for row in asked_for(cast.secretary)] == [made.pk]
    assert not asked_for(cast.secretary_b)
    assert fresh(made).asked_number == 1
    assert open_to_all(made.address) is None  # units alone are asked


def test_nothing_changes_under_who_reads_it(cast: Cast) -> None:
    made = opened_by(cast)
    with pytest.raises(Refusal, match="before it is opened, or after it was closed"):
        add_draft(cast, made)
    asked: dict[str, Any] = {"actor": cast.officer, "consultation": made}
    later = clock.today() + timedelta(days=30)
    with pytest.raises(Refusal, match="Only the last day moves"):
        services.change_consultation(version=made.version, plan=plan_of(is_public=True, question="Khác"), **asked)
    moved = services.change_consultation(
        version=made.version, plan=plan_of(is_public=True, closes_on=later), **asked
    )
    assert moved.closes_on == later
    step(cast, made, "close_consultation")
    with pytest.raises(Refusal):
        ask_units(cast, made, cast.unit_a)
    assert add_draft(cast, made).number == 2
    assert version_of(fresh(made)).number == 1  # what people were asked about
    with pytest.raises(Refusal):
        step(cast, made, "open_consultation")


def test_every_act_is_on_the_record(cast: Cast) -> None:
    made = opened_by(cast, cast.unit_a)
    acts = list(
        HistoryLine.objects.filter(object_type="consultation").order_by("pk").values_list("action", flat=True)
    )
    assert acts == ["make_consultation", "add_draft", "ask_units", "open_consultation"]
    assert made.state == "consultation_open"
