"""A plan with its sample, a visit from its day to its conclusion, remedies as assignments, and the re-check."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.inspections.drafting import conclusion_of, draft_of
from motbuoc.domains.inspections.models import CheckItem, CheckPlan, Visit
from motbuoc.domains.inspections.selectors import (
    chosen_of,
    conclusion_for,
    items_for,
    plans_for,
    remedies_for,
    remedies_of,
    visit_steps_for,
    visits_for,
)
from motbuoc.domains.inspections.services import (
    add_chosen,
    draw_sample,
    make_plan,
    plan_visit,
    schedule_visit,
    take_out,
    take_plan_step,
)
from motbuoc.domains.inspections.states import VISIT_TRANSITIONS, VisitState
from motbuoc.domains.inspections.visiting import (
    add_finding,
    conclude_visit,
    drop_finding,
    note_item,
    plan_follow_up,
    take_visit_step,
)
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.selectors import Narrowing, lines_for
from motbuoc.interfaces.papers.conclusion import conclusion_file
from tests.factories import Cast, make_directive, make_person, picture, step_on

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUBJECT = "việc thực hiện Công văn số 12-CV/ĐUK"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are looked for by the words in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def plan(cast: Cast) -> CheckPlan:
    """Unit A, unit B and the department were given work; two of them are to be inspected."""
    make_directive(cast)
    today = clock.today()
    plan = make_plan(
        actor=cast.officer, unit_id=cast.bloc.pk, year=today.year, subject=SUBJECT, size=2, seed="2026-07"
    )
    return draw_sample(actor=cast.officer, plan=plan, version=plan.version)


@pytest.fixture
def visit(cast: Cast, plan: CheckPlan) -> Visit:
    """The inspection of unit A, planned for today."""
    if not plan.chosen.filter(unit=cast.unit_a).exists():
        plan_of(cast, plan)
    plan = fresh(plan)
    plan = take_plan_step(actor=cast.officer, plan=plan, version=plan.version, name="approve_plan")
    chosen = plan.chosen.get(unit=cast.unit_a)
    return schedule_visit(actor=cast.officer, chosen=chosen, day=clock.today(), team=[cast.officer])


def plan_of(cast: Cast, plan: CheckPlan) -> None:
    add_chosen(actor=cast.officer, plan=plan, version=plan.version, unit=cast.unit_a, words="Theo yêu cầu")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def go(actor, visit: Visit, name: str, text: str = "Đã xem", **more) -> Visit:
    visit = fresh(visit)
    return take_visit_step(actor=actor, visit=visit, version=visit.version, name=name, text=text, **more)


def sent(cast: Cast, visit: Visit) -> Visit:
    go(cast.officer, visit, "begin_visit")
    add_finding(
        actor=cast.officer,
        visit=visit,
        text="Sổ theo dõi đối thoại chưa ghi ý kiến",
        remedy="Bổ sung sổ theo dõi đối thoại",
        due_on=clock.today() + timedelta(days=30),
        files=[picture()],
    )
    return go(cast.officer, visit, "send_draft", draft_of(visit), comment_by=clock.today())


def paper_of(visit: Visit) -> SimpleUploadedFile:
    content = conclusion_of(visit, draft_of(visit), "15", ("PHÓ BÍ THƯ", "Võ Thanh Khê"))
    return SimpleUploadedFile("ket-luan.docx", conclusion_file(content), WORD)


def concluded(cast: Cast, visit: Visit) -> Visit:
    sent(cast, visit)
    visit = go(cast.secretary, visit, "comment_draft", "Chi bộ thống nhất")
    return conclude_visit(
        actor=cast.officer, visit=visit, version=visit.version, answer="Đã tiếp thu", upload=paper_of(visit)
    )


def issued(cast: Cast, visit: Visit) -> Assignment:
    document = Document.objects.get(pk=concluded(cast, visit).conclusion_id)
    document = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=document, version=document.version)
    return Assignment.objects.get(document=document)


def test_the_sample_is_the_same_when_drawn_again_and_says_why(cast, plan):
    first = [(row.unit_id, row.reasons) for row in chosen_of(plan)]
    assert len(first) == 2
    assert all(reasons for _unit, reasons in first)
    again = draw_sample(actor=cast.officer, plan=plan, version=plan.version)
    assert [(row.unit_id, row.reasons) for row in chosen_of(again)] == first


def test_a_person_adds_and_takes_out_with_a_reason_that_stays(cast, plan):
    out = plan.chosen.order_by("position")[0]
    with pytest.raises(Refusal, match="reason"):
        take_out(actor=cast.officer, chosen=out, words=" ")
    take_out(actor=cast.officer, chosen=out, words="Vừa được thanh tra")
    plan = fresh(plan)
    missing = {cast.unit_a.pk, cast.unit_b.pk, cast.department.pk} - set(
        plan.chosen.values_list("unit", flat=True)
    )
    unit = next(u for u in (cast.unit_a, cast.unit_b, cast.department) if u.pk in missing)
    add_chosen(actor=cast.officer, plan=plan, version=plan.version, unit=unit, words="Có đơn phản ánh")
    plan = fresh(plan)
    draw_sample(actor=cast.officer, plan=plan, version=plan.version)
    rows = {row.unit_id: row for row in chosen_of(plan)}
    assert rows[out.unit_id].taken_out_by == cast.officer
    assert rows[unit.pk].words == "Có đơn phản ánh"
    assert len([row for row in rows.values() if row.taken_out_by_id is None]) == 2


def test_a_plan_opened_and_drawn_again_keeps_who_has_a_visit(cast, visit):
    """It was the unit's turn; it has been there now, so that a new draw alone would leave it out."""
    plan = fresh(visit.plan)
    plan = take_plan_step(
        actor=cast.officer, plan=plan, version=plan.version, name="reopen_plan", text="Thêm đơn vị"
    )
    visited = plan.chosen.get(unit=cast.unit_a)
    type(visited).objects.filter(pk=visited.pk).update(words="", added_by=None)
    go(cast.officer, visit, "begin_visit")
    CheckPlan.objects.filter(pk=plan.pk).update(size=3)
    plan = draw_sample(actor=cast.officer, plan=fresh(plan), version=plan.version)
    assert visited in plan.chosen.all()
    assert plan.chosen.count() == 3
    with pytest.raises(Refusal, match="planned or made"):
        take_out(actor=cast.officer, chosen=visited, words="Thôi")


def test_only_units_below_can_be_added_and_only_before_approval(cast, plan):
    with pytest.raises(Refusal, match="below"):
        add_chosen(actor=cast.officer, plan=plan, version=plan.version, unit=cast.province, words="x")
    plan = fresh(plan)
    plan = take_plan_step(actor=cast.officer, plan=plan, version=plan.version, name="approve_plan")
    with pytest.raises(Refusal, match="approved"):
        draw_sample(actor=cast.officer, plan=plan, version=plan.version)
    with pytest.raises(Refusal, match="reason"):
        take_plan_step(actor=cast.officer, plan=plan, version=plan.version, name="reopen_plan")


def test_two_at_once_and_people_without_the_right(cast, plan):
    with pytest.raises(Collision):
        draw_sample(actor=cast.second_officer, plan=plan, version=plan.version - 1)
    for person in (cast.secretary, cast.inspector, cast.central_officer, cast.member):
        with pytest.raises(NotAllowed):
            draw_sample(actor=person, plan=plan, version=plan.version)
        assert list(plans_for(person)) == []


def test_the_checklist_is_what_the_unit_was_given(cast, visit):
    go(cast.officer, visit, "begin_visit")
    items = list(items_for(cast.officer, visit))
    assert {item.assignment_id for item in items} == set(
        Assignment.objects.filter(unit=cast.unit_a).values_list("pk", flat=True)
    )
    item = items[0]
    with pytest.raises(Refusal, match="what you saw"):
        note_item(actor=cast.officer, item=item, version=item.version, result="not_done", note="")
    note_item(actor=cast.officer, item=item, version=item.version, result="not_done", note="Chưa có biên bản")
    assert "1 chưa thực hiện" in draft_of(visit)


def test_the_unit_sees_its_visit_from_the_draft_on_and_neighbours_see_nothing(cast, visit):
    assert list(visits_for(cast.secretary)) == []
    go(cast.officer, visit, "begin_visit")
    assert list(visits_for(cast.secretary)) == []
    lines = lines_for(cast.secretary, Narrowing(object_type="visit"))
    assert list(lines) == []
    finding = add_finding(actor=cast.officer, visit=visit, text="Tạm ghi")
    drop_finding(actor=cast.officer, finding=finding)
    go(cast.officer, visit, "send_draft", comment_by=clock.today())
    assert list(visits_for(cast.secretary)) == [visit]
    assert list(visits_for(cast.inspector)) == [visit]
    for person in (cast.secretary_b, cast.department_worker, cast.member, cast.stranger, cast.administrator):
        assert list(visits_for(person)) == []


def test_what_was_found_about_a_restricted_paper_makes_the_visit_restricted(cast, visit):
    make_directive(cast, Classification.RESTRICTED)
    go(cast.officer, visit, "begin_visit")
    item = CheckItem.objects.get(
        visit=visit, assignment__document__classification="restricted", assignment__duty__position=0
    )
    add_finding(actor=cast.officer, visit=visit, text="Thiếu", item=item)
    go(cast.officer, visit, "send_draft", comment_by=clock.today())
    assert fresh(visit).classification == Classification.RESTRICTED
    assert list(visits_for(cast.central_officer)) == []
    assert list(visits_for(cast.secretary)) == [visit]


def test_the_unit_is_heard_before_the_conclusion(cast, visit):
    visit = sent(cast, visit)
    upload = SimpleUploadedFile("x.txt", b"x", "text/plain")
    assert "conclude_visit" not in {step.name for step in visit_steps_for(cast.officer, visit)}
    with pytest.raises(Refusal, match="still has time"):
        conclude_visit(actor=cast.officer, visit=visit, version=visit.version, answer="", upload=upload)
    with pytest.raises(NotAllowed):
        go(cast.secretary_b, visit, "comment_draft")
    visit = go(cast.secretary, visit, "comment_draft", "Đề nghị ghi rõ nguyên nhân")
    with pytest.raises(Refusal, match="Answer"):
        conclude_visit(actor=cast.officer, visit=visit, version=visit.version, answer=" ", upload=upload)
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.DRAFT_SENT, comment_by=clock.today() - clock.ONE_DAY)
    assert "conclude_visit" in {step.name for step in visit_steps_for(cast.officer, fresh(visit))}


def test_each_remedy_is_a_duty_of_the_unit_in_a_document_as_any_other(cast, visit):
    visit = concluded(cast, visit)
    document = visit.conclusion
    assert document.code == "15-TB/ĐUK"
    [duty] = document.duties.filter(is_dropped=False)
    assert "bổ sung sổ theo dõi đối thoại" in duty.text
    assert duty.due_on == clock.today() + timedelta(days=30)
    assert [part.unit_id for part in duty.units.all()] == [cast.unit_a.pk]


def test_remedies_are_followed_like_any_assignment_and_checked_again(cast, visit):
    remedy = issued(cast, visit)
    visit = fresh(visit)
    assert remedy.unit == cast.unit_a
    assert [row.pk for row in remedies_for(cast.secretary, visit)] == [remedy.pk]
    assert list(remedies_for(cast.secretary_b, visit)) == []
    assert remedies_of(cast.officer, [visit])[visit.pk] == (1, 1)
    for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        remedy = step_on(remedy, name, actor, "Đã bổ sung")
    assert remedies_of(cast.officer, [visit])[visit.pk] == (1, 0)
    again = plan_follow_up(actor=cast.officer, visit=visit, day=clock.today(), team=[cast.officer])
    go(cast.officer, again, "begin_visit")
    [item] = items_for(cast.officer, again)
    assert item.assignment_id == remedy.pk
    note_item(actor=cast.officer, item=item, version=1, result="not_done", note="Sổ vẫn chưa ghi", decide="reopen")
    assert fresh(remedy).state == "returned"
    assert remedies_of(cast.officer, [visit])[visit.pk] == (1, 1)


def test_a_visit_needs_a_team_and_a_day_to_come(cast, plan):
    plan = take_plan_step(actor=cast.officer, plan=plan, version=plan.version, name="approve_plan")
    chosen = plan.chosen.order_by("position")[0]
    for day, team, words in (
        (clock.today() - clock.ONE_DAY, [cast.officer], "past"),
        (clock.today(), [], "who inspects"),
        (clock.today(), [cast.stranger], "who inspects"),
    ):
        with pytest.raises(Refusal, match=words):
            schedule_visit(actor=cast.officer, chosen=chosen, day=day, team=team)
    schedule_visit(actor=cast.officer, chosen=chosen, day=clock.today(), team=[cast.officer])
    with pytest.raises(Refusal, match="already"):
        schedule_visit(actor=cast.officer, chosen=chosen, day=clock.today(), team=[cast.officer])


def test_only_who_inspects_for_the_inspecting_unit_writes_and_sees_it_before_the_draft(cast):
    """The committee in between has its own right to inspect the same unit, and nothing to do with this visit."""
    make_directive(cast)
    above = make_person("Đặng Thử Tỉnh", "tinh", Role.DEPARTMENT_OFFICER, cast.province)
    asked = Visit(by_unit=cast.province, unit=cast.unit_a, subject=SUBJECT, day=clock.today())
    with pytest.raises(Refusal, match="who inspects"):
        plan_visit(actor=above, visit=asked, team=[cast.officer], others="")
    visit = go(above, plan_visit(actor=above, visit=asked, team=[above], others=""), "begin_visit")
    item = visit.items.first()
    assert list(visits_for(cast.officer)) == []
    assert visit_steps_for(cast.officer, visit) == []
    finding = add_finding(actor=above, visit=visit, text="Thiếu")
    for write in (
        lambda: go(cast.officer, visit, "send_draft", comment_by=clock.today()),
        lambda: note_item(actor=cast.officer, item=item, version=1, result="as_reported", note=""),
        lambda: add_finding(actor=cast.officer, visit=visit, text="Thêm"),
        lambda: drop_finding(actor=cast.officer, finding=finding),
    ):
        with pytest.raises(NotAllowed):
            write()
    go(above, visit, "send_draft", comment_by=clock.today())
    assert list(visits_for(cast.officer)) == [visit]
    assert visit_steps_for(cast.officer, fresh(visit)) == []
    visit = go(cast.secretary, visit, "comment_draft")
    with pytest.raises(NotAllowed):
        conclude_visit(actor=cast.officer, visit=visit, version=visit.version, answer="x", upload=paper_of(visit))
    with pytest.raises(NotAllowed):
        plan_follow_up(actor=cast.officer, visit=visit, day=clock.today(), team=[cast.officer])


def test_a_unit_that_has_moved_away_is_not_visited_any_more(cast, plan):
    with pytest.raises(Refusal, match="does not stand below"):
        plan_visit(
            actor=cast.officer,
            visit=Visit(by_unit=cast.unit_b, unit=cast.unit_a, subject=SUBJECT, day=clock.today()),
            team=[cast.officer],
            others="",
        )


def test_a_sample_filled_by_hand_or_larger_than_what_there_is_is_refused_in_words(cast, plan):
    CheckPlan.objects.filter(pk=plan.pk).update(size=9)
    with pytest.raises(Refusal, match="9 units are to be drawn, and only 3"):
        draw_sample(actor=cast.officer, plan=fresh(plan), version=plan.version)
    CheckPlan.objects.filter(pk=plan.pk).update(size=1)
    out = plan.chosen.order_by("position")[0]
    take_out(actor=cast.officer, chosen=out, words="Vừa được thanh tra")
    add_chosen(actor=cast.officer, plan=fresh(plan), version=fresh(plan).version, unit=out.unit, words="Vẫn đi")
    kept = fresh(plan)
    with pytest.raises(Refusal, match="no place left"):
        draw_sample(actor=cast.officer, plan=kept, version=kept.version)
    assert fresh(plan).chosen.count() == 2


def test_what_was_noted_about_a_restricted_paper_is_told_to_nobody_who_may_not_read_that(cast, visit):
    make_directive(cast, Classification.RESTRICTED)
    go(cast.officer, visit, "begin_visit")
    item = visit.items.filter(assignment__document__classification="restricted").first()
    note_item(actor=cast.officer, item=item, version=item.version, result="not_done", note="Chưa làm")
    assert "chưa thực hiện" not in draft_of(fresh(visit))
    assert HistoryLine.objects.get(action="note_item").values == {"entry": item.pk}
    visit = go(cast.officer, visit, "send_draft", comment_by=clock.today())
    assert visit.classification == Classification.NORMAL
    assert item in items_for(cast.secretary, visit)
    assert item not in items_for(cast.central_officer, visit)
    Visit.objects.filter(pk=visit.pk).update(classification="restricted")
    assert "1 chưa thực hiện" in draft_of(fresh(visit))


def test_the_conclusion_is_nobodys_to_read_before_it_is_issued_but_the_inspectors(cast, visit):
    visit = concluded(cast, visit)
    assert conclusion_for(cast.officer, visit) == visit.conclusion
    assert conclusion_for(cast.secretary, visit) is None
    document = confirm_document(actor=cast.officer, document=visit.conclusion, version=visit.conclusion.version)
    issue_directive(actor=cast.officer, document=document, version=document.version)
    assert conclusion_for(cast.secretary, visit) == visit.conclusion
    assert conclusion_for(cast.secretary_b, visit) is None


def test_remedies_are_counted_only_for_who_may_see_them(cast, visit):
    remedy = issued(cast, visit)
    visit = fresh(visit)
    assert remedies_of(cast.secretary, [visit]) == {visit.pk: (1, 1)}
    Document.objects.filter(pk=remedy.document_id).update(classification="restricted")
    assert remedies_of(cast.central_officer, [visit]) == {}


def test_a_remedy_is_found_in_its_paper_however_it_was_typed(cast, visit):
    go(cast.officer, visit, "begin_visit")
    typed = unicodedata.normalize("NFD", "  Bổ sung\u200b sổ\xa0theo  dõi\nđối thoại – “mẫu 2” ;. ")
    add_finding(actor=cast.officer, visit=visit, text="Thiếu", remedy=typed, due_on=clock.today())
    visit = go(cast.officer, visit, "send_draft", comment_by=clock.today())
    visit = go(cast.secretary, visit, "comment_draft")
    visit = conclude_visit(
        actor=cast.officer, visit=visit, version=visit.version, answer="x", upload=paper_of(visit)
    )
    [duty] = visit.conclusion.duties.filter(is_dropped=False)
    assert "bổ sung sổ theo dõi đối thoại" in duty.text
    assert duty.what.startswith("Bổ sung sổ theo dõi đối thoại")


def test_a_refused_conclusion_leaves_no_paper_behind(cast, visit):
    sent(cast, visit)
    visit = go(cast.secretary, visit, "comment_draft")
    before = (Document.objects.count(), StoredFile.objects.count(), HistoryLine.objects.count())
    with pytest.raises(Collision):
        conclude_visit(
            actor=cast.officer, visit=visit, version=visit.version - 1, answer="x", upload=paper_of(visit)
        )
    other = SimpleUploadedFile("khac.txt", "Thông báo khác\n\n1. Nội dung khác.".encode(), "text/plain")
    with pytest.raises(Refusal, match="not in the text"):
        conclude_visit(actor=cast.officer, visit=visit, version=visit.version, answer="x", upload=other)
    assert (Document.objects.count(), StoredFile.objects.count(), HistoryLine.objects.count()) == before
    assert fresh(visit).state == VisitState.COMMENTED


def test_every_state_by_every_step(cast, visit):
    """What is not in the table is refused, and changes nothing."""
    for state in VisitState:
        for transition in VISIT_TRANSITIONS:
            if state in transition.sources:
                continue
            Visit.objects.filter(pk=visit.pk).update(state=state)
            actor = cast.secretary if transition.name == "comment_draft" else cast.officer
            with pytest.raises(Refusal):
                go(actor, visit, transition.name, comment_by=date(2099, 1, 1))
            assert fresh(visit).state == state


def test_every_write_leaves_its_line(cast, visit):
    concluded(cast, visit)
    told = set(
        HistoryLine.objects.filter(object_type__in=("visit", "check_plan")).values_list("action", flat=True)
    )
    assert told >= {
        "make_check_plan",
        "draw_check_sample",
        "approve_plan",
        "plan_visit",
        "begin_visit",
        "add_finding",
        "send_draft",
        "comment_draft",
        "conclude_visit",
    }
