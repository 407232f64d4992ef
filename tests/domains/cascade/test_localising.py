"""A unit turns a directive into its own plan; the chain between the two stays whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

import vanban
from motbuoc.domains.cascade.drafting import PlanItem
from motbuoc.domains.cascade.models import Localisation
from motbuoc.domains.cascade.selectors import answerable, localisations_for, plans_for, served_by
from motbuoc.domains.cascade.services import bring_plan, link_items
from motbuoc.domains.documents.models import Document, DocumentLink, TimeKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from tests.domains.cascade.conftest import issued, plan_of
from tests.factories import make_directive

PLAN = """ĐẢNG ỦY KHỐI MẪU
ĐẢNG ỦY CÔNG TY BÌNH MINH

Số 9-KH/B

ĐẢNG CỘNG SẢN VIỆT NAM
Mẫu, ngày 15 tháng 3 năm 2026

KẾ HOẠCH
thực hiện Công văn số 12-CV/ĐUK, ngày 05/3/2026

1. Các chi bộ tổ chức hội nghị quán triệt trong tháng 5 cho toàn thể đảng viên.

2. Văn phòng trồng thêm mười cây xanh trước ngày 30/6/2026.

BÍ THƯ
Đỗ Thử Bình
"""


@pytest.fixture
def directive(cast):
    return make_directive(cast)


def test_a_plan_with_an_item_of_no_words_is_refused_and_leaves_nothing(base, directive):
    items = (PlanItem(directive.duties.order_by("position")[0], " ... "),)
    before = StoredFile.objects.count()
    with translation.override("en"), pytest.raises(Refusal, match="has no words"):
        plan_of(base, directive, items=items)
    assert StoredFile.objects.count() == before
    assert not Document.objects.filter(unit=base.unit).exists()


def test_the_plan_is_a_word_file_of_the_unit_that_the_reader_reads_back(base, directive):
    plan = plan_of(base, directive).plan
    assert (plan.unit, plan.state, plan.type, plan.code) == (base.unit, "read", "KH", "17-KH/B")
    assert plan.issuer == "ĐẢNG ỦY CÔNG TY BÌNH MINH"
    assert plan.issued_on == date(2026, 3, 12)
    assert plan.regime == "party"
    assert plan.file.name == "17-KH-B.docx"
    read = vanban.read(Path(plan.file.content.path))
    assert "Tổ chức hội nghị học tập cho toàn thể đảng viên" in read.text
    assert "Chỉ tiêu: 100%." in read.text
    assert "Thời gian: hoàn thành trước ngày 15/04/2026." in read.text
    assert "T/M ĐẢNG ỦY" in read.text


def test_its_items_are_those_written_each_tied_to_the_directives(base, directive):
    localisation = plan_of(base, directive)
    duties = list(directive.duties.order_by("position"))
    found = [(row.item.text, row.serves, row.target) for row in localisation.links.all()]
    assert found == [
        ("Tổ chức hội nghị học tập cho toàn thể đảng viên", duties[0], "100%"),
        ("Chi bộ nắm tình hình đoàn viên hằng tuần", duties[1], ""),
    ]
    first, second = localisation.plan.duties.order_by("position")
    assert (first.due_on, first.time_kind, first.product) == (date(2026, 4, 15), TimeKind.DATED, "Biên bản")
    assert second.time_kind == TimeKind.CONTINUOUS
    assert {part.unit for part in first.units.all()} == set(base.cells)
    assert {part.unit for part in second.units.all()} == {base.cells[0]}
    assert DocumentLink.objects.get(source=localisation.plan).target == directive


def test_issued_below_each_task_knows_the_directives_item_it_serves(base, directive, cast):
    plan = issued(base.officer, plan_of(base, directive).plan)
    tasks = Assignment.objects.filter(document=plan)
    assert {(task.unit.pk, task.duty.position) for task in tasks} == {
        (base.cells[0].pk, 0),
        (base.cells[1].pk, 0),
        (base.cells[0].pk, 1),
    }
    (served,) = served_by(base.officer, tasks.filter(duty__position=0)[0].duty)
    assert (served.directive, served.duty.text, served.target) == (
        directive,
        "Tổ chức hội nghị quán triệt",
        "100%",
    )
    assert served_by(base.cell_secretary, tasks[0].duty) == []  # the cell never received the bloc's directive


def test_an_uploaded_plan_is_linked_and_its_items_are_left_to_a_person(base, directive):
    upload = SimpleUploadedFile("ke-hoach.txt", PLAN.encode())
    localisation = bring_plan(actor=base.officer, directive=directive, unit=base.unit, upload=upload)
    assert localisation.plan.code == "9-KH/B"
    assert not localisation.links.exists()
    item, study = localisation.plan.duties.order_by("position")[0], directive.duties.order_by("position")[0]
    version = Document.objects.get(pk=localisation.plan_id).version
    link_items(
        actor=base.officer, localisation=localisation, version=version, links={item.pk: [study.pk]}, targets={}
    )
    assert [(row.item, row.serves) for row in localisation.links.all()] == [(item, study)]
    with pytest.raises(Collision):
        link_items(actor=base.officer, localisation=localisation, version=version, links={}, targets={})
    assert localisation.links.count() == 1


def test_a_plan_is_the_result_of_the_task_that_asked_for_one(base, directive):
    asked = directive.duties.order_by("position")[0]
    asked.text = "Xây dựng kế hoạch thực hiện trước ngày 30/4"
    asked.save()
    localisation = plan_of(base, directive)
    assert localisation.answers == Assignment.objects.get(duty=asked, unit=base.unit)
    assert answerable(base.officer, localisation) == [localisation.answers]
    other = Assignment.objects.filter(document=directive).exclude(unit=base.unit)[0]
    version = Document.objects.get(pk=localisation.plan_id).version
    with pytest.raises(Refusal):
        link_items(
            actor=base.officer, localisation=localisation, version=version, links={}, targets={}, answers=other
        )
    assert Localisation.objects.get(pk=localisation.pk).answers == localisation.answers


class TestWhoMay:
    """Who may write a plan, and who sees it."""

    def test_only_who_brings_in_papers_for_the_unit(self, base, directive, cast):
        for person in (cast.secretary_b, cast.member, cast.stranger, cast.inspector):
            with pytest.raises(NotAllowed):
                plan_of(type(base)(base.unit, base.cells, person, base.cell_secretary), directive)
        assert not Localisation.objects.exists()
        assert not Document.objects.filter(unit=base.unit).exists()

    def test_a_neighbours_plan_is_invisible(self, base, directive, cast):
        localisation = plan_of(base, directive)
        plan = issued(base.officer, localisation.plan)
        for neighbour in (cast.secretary, cast.member, cast.department_worker, cast.stranger):
            assert not localisations_for(neighbour).exists()
            assert not documents_for(neighbour).filter(pk=plan.pk).exists()
        for reader in (cast.officer, cast.central_officer, cast.inspector, base.officer, cast.secretary_b):
            assert [row.plan for row in plans_for(reader, directive)] == [plan]

    def test_a_draft_is_for_its_reviewers(self, base, directive, cast):
        plan_of(base, directive)
        assert plans_for(base.officer, directive).count() == 1
        for reader in (cast.secretary_b, cast.central_officer, cast.inspector, base.cell_secretary):
            assert not plans_for(reader, directive).exists()

    def test_the_plan_is_of_the_directives_class(self, base, cast):
        directive = make_directive(cast, classification=Classification.RESTRICTED)
        plan = issued(base.officer, plan_of(base, directive).plan)
        assert plan.classification == Classification.RESTRICTED
        assert "LƯU HÀNH NỘI BỘ" in plan.text
        assert not plans_for(cast.central_officer, directive).exists()


@pytest.mark.parametrize("wrong", ["no items", "no units", "a unit beside", "no day"])
def test_what_cannot_be_a_plan_is_refused_and_nothing_is_kept(base, directive, cast, wrong):
    changes = {
        "no items": {"items": ()},
        "no units": {"units": ()},
        "a unit beside": {"units": (cast.unit_a.pk,)},
        "no day": {"issued_on": date(1990, 1, 1)},
    }[wrong]
    lines = HistoryLine.objects.count()
    with pytest.raises(Refusal):
        plan_of(base, directive, **changes)
    assert not Document.objects.filter(unit=base.unit).exists()
    assert HistoryLine.objects.count() == lines


def test_a_unit_without_a_task_has_nothing_to_localise(base, directive, cast):
    Assignment.objects.filter(document=directive, unit=base.unit).delete()
    with pytest.raises(Refusal):
        plan_of(base, directive)
    assert not Localisation.objects.exists()
