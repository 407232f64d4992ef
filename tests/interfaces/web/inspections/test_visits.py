"""The pages of inspections: a plan drawn with its reasons, a visit on the spot, the unit's comment, the
conclusion."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.inspections.models import CheckPlan, Finding, Visit
from motbuoc.domains.inspections.services import plan_visit
from motbuoc.domains.inspections.visiting import add_finding, take_visit_step
from motbuoc.foundation.core import clock
from tests.factories import make_directive, picture

pytestmark = pytest.mark.django_db
SUBJECT = "việc thực hiện Công văn số 12-CV/ĐUK"


def get(client, name, *args, status=200):
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def post(client, page, *args, status=302, **sent):
    response = client.post(reverse(page, args=args), sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


@pytest.fixture
def plan(cast, as_person, directive) -> CheckPlan:
    client = as_person(cast.officer)
    post(client, "check_plan_make", unit=cast.bloc.pk, year=2026, subject=SUBJECT, size=3, seed="2026-07")
    return CheckPlan.objects.get()


@pytest.fixture
def visit(cast, directive) -> Visit:
    """An inspection of unit A under way."""
    asked = Visit(by_unit=cast.bloc, unit=cast.unit_a, subject=SUBJECT, day=clock.today())
    visit = plan_visit(actor=cast.officer, visit=asked, team=[cast.officer], others="Đồng chí Lê Thử Khách")
    return take_visit_step(actor=cast.officer, visit=visit, version=1, name="begin_visit")


def send_draft(cast, visit: Visit, text="Dự thảo kết luận") -> Visit:
    visit = Visit.objects.get(pk=visit.pk)
    asked = {"version": visit.version, "name": "send_draft", "comment_by": clock.today()}
    return take_visit_step(actor=cast.officer, visit=visit, text=text, **asked)


def test_a_plan_is_drawn_changed_approved_and_its_unit_scheduled(cast, as_person, plan):
    client = as_person(cast.officer)
    assert "No unit is chosen yet." in get(client, "check_plan", plan.pk)
    post(client, "check_plan", plan.pk, act="draw", version=plan.version)
    html = get(client, "check_plan", plan.pk)
    assert "Chi bộ Sở Ánh Dương" in html
    assert "no inspection on record" in html
    out = plan.chosen.get(unit=cast.unit_b)
    post(client, "chosen_take_out", out.pk, words="Vừa được thanh tra")
    assert "Vừa được thanh tra" in get(client, "check_plan", plan.pk)
    plan.refresh_from_db()
    post(client, "check_plan", plan.pk, act="approve_plan", version=plan.version)
    day = f"{clock.today():%d/%m/%Y}"
    chosen = plan.chosen.get(unit=cast.unit_a)
    assert "Plan the inspection" in get(client, "check_plan", plan.pk)
    assert "Chosen because: no inspection on record" in get(client, "chosen_schedule", chosen.pk)
    post(client, "chosen_schedule", chosen.pk, day=day, team=[cast.officer.pk])
    assert Visit.objects.get().unit == cast.unit_a
    assert "Planned" in get(client, "check_plan", plan.pk)


def test_an_inspection_taken_over_from_old_papers_leaves_no_empty_lines(cast, as_person):
    day = clock.today() - timedelta(days=900)
    old = Visit.objects.create(
        by_unit=cast.bloc, unit=cast.unit_a, subject=SUBJECT, day=day, state="visit_planned"
    )
    client = as_person(cast.officer)
    assert "drawn from the tasks" in get(client, "visit_detail", old.pk)
    Visit.objects.update(state="visit_concluded")
    html = get(client, "visit_detail", old.pk)
    assert "drawn from the tasks" not in html
    assert "had no task to look at" in html
    assert "Who inspects" not in html


def test_a_plan_that_wants_more_units_than_there_are_is_told_and_can_be_changed(cast, as_person, plan):
    client = as_person(cast.officer)
    sent = {"version": plan.version, "size": 9, "seed": "2026-08"}
    assert "Change the plan" in get(client, "check_plan_change", plan.pk)
    post(client, "check_plan_change", plan.pk, **sent)
    html = post(client, "check_plan_change", plan.pk, status=422, **sent).content.decode()
    assert "Somebody else changed" in html
    plan.refresh_from_db()
    assert f'name="version" value="{plan.version}"' in html  # it can be sent again
    assert (plan.size, plan.seed) == (9, "2026-08")
    html = post(client, "check_plan", plan.pk, status=409, act="draw", version=plan.version).content.decode()
    assert "9 units are to be drawn, and only 3" in html
    sent |= {"version": plan.version, "size": 0}
    post(client, "check_plan_change", plan.pk, status=422, **sent)
    get(as_person(cast.secretary), "check_plan_change", plan.pk, status=404)


def test_a_refusal_is_shown_and_nothing_typed_is_lost(cast, as_person, plan):
    client = as_person(cast.officer)
    asked = {"unit": cast.bloc.pk, "year": 2026, "subject": SUBJECT, "size": 3, "seed": "khác"}
    html = post(client, "check_plan_make", status=422, **asked).content.decode()
    assert "There is a plan of this year" in html
    assert "khác" in html


def test_a_visit_on_the_spot(cast, as_person, visit):
    client = as_person(cast.officer)
    html = get(client, "visit_detail", visit.pk)
    assert "Đồng chí Lê Thử Khách" in html
    assert "Not looked at yet" in html
    item = visit.items.order_by("pk")[0]
    sent = {"version": item.version, "result": "not_done", "note": ""}
    assert "Write what you saw" in post(client, "check_item", item.pk, status=422, **sent).content.decode()
    post(client, "check_item", item.pk, **(sent | {"note": "Chưa có biên bản"}))
    day = f"{clock.today() + timedelta(days=9):%d/%m/%Y}"
    found = {"text": "Thiếu sổ", "remedy": "Lập sổ theo dõi", "classification": "normal", "item": item.pk}
    html = post(client, "visit_finding", visit.pk, status=422, **found).content.decode()
    assert "by which day it has to be mended" in html
    assert "Lập sổ theo dõi" in html
    post(client, "visit_finding", visit.pk, due_on=day, evidence=picture(), **found)
    html = get(client, "visit_detail", visit.pk)
    for words in ("Chưa có biên bản", "Thiếu sổ", "Lập sổ theo dõi", day, "anh.png"):
        assert words in html
    file = Finding.objects.get().files.get()
    sent_out = client.get(reverse("finding_file", args=[file.pk]))
    assert sent_out.getvalue().startswith(b"\x89PNG")
    assert sent_out["Content-Disposition"].startswith("attachment")
    assert as_person(cast.secretary).get(reverse("finding_file", args=[file.pk])).status_code == 404


def test_the_unit_comments_and_sees_only_its_own(cast, as_person, visit):
    unit, neighbour = as_person(cast.secretary), as_person(cast.secretary_b)
    get(unit, "visit_detail", visit.pk, status=404)
    assert SUBJECT[1:] not in get(unit, "visit_list")
    visit = send_draft(cast, visit)
    assert SUBJECT[1:] in get(unit, "visit_list")
    assert "Dự thảo kết luận" in get(unit, "visit_detail", visit.pk)
    get(neighbour, "visit_detail", visit.pk, status=404)
    assert SUBJECT[1:] not in get(neighbour, "visit_list")
    sent = {"step": "comment_draft", "version": visit.version}
    assert "Send the comment" in post(unit, "visit_detail", visit.pk, status=422, **sent).content.decode()
    post(unit, "visit_detail", visit.pk, text="Đề nghị ghi rõ nguyên nhân", **sent)
    assert "Đề nghị ghi rõ nguyên nhân" in get(as_person(cast.officer), "visit_detail", visit.pk)


def test_two_at_once_one_is_told_and_keeps_the_words(cast, as_person, visit):
    visit = send_draft(cast, visit)
    client = as_person(cast.officer)
    sent = {"step": "take_back_draft", "version": visit.version - 1, "text": "Sửa số liệu"}
    html = post(client, "visit_detail", visit.pk, status=409, **sent).content.decode()
    assert "Somebody else changed this" in html
    assert "Sửa số liệu" in html


def test_the_conclusion_is_written_and_waits_for_a_look(cast, as_person, visit):
    due = clock.today() + timedelta(days=20)
    asked = {"text": "Thiếu sổ", "remedy": "Lập sổ theo dõi đối thoại", "due_on": due}
    add_finding(actor=cast.officer, visit=visit, **asked)
    visit = send_draft(cast, visit)
    visit = take_visit_step(
        actor=cast.secretary, visit=visit, version=visit.version, name="comment_draft", text="Thống nhất"
    )
    client = as_person(cast.officer)
    assert "Thống nhất" in get(client, "visit_conclude", visit.pk)
    sent = {"version": visit.version, "text": "Kết luận chung", "number": "15", "title": "", "name": ""}
    assert "Answer the unit" in post(client, "visit_conclude", visit.pk, status=422, **sent).content.decode()
    answer = post(client, "visit_conclude", visit.pk, answer="Đã tiếp thu", **sent)
    visit = Visit.objects.get(pk=visit.pk)
    assert answer.headers["Location"] == reverse("document_review", args=[visit.conclusion_id])
    assert "lập sổ theo dõi đối thoại" in visit.conclusion.text
    assert "15-TB/ĐUK" in get(client, "visit_detail", visit.pk)
    assert "15-TB/ĐUK" not in get(as_person(cast.secretary), "visit_detail", visit.pk)  # not issued yet


def test_a_task_that_became_restricted_is_not_told_with_what_was_found(cast, as_person, visit):
    item = visit.items.order_by("pk")[0]
    add_finding(actor=cast.officer, visit=visit, text="Thiếu sổ", item=item)
    visit, words = send_draft(cast, visit), item.assignment.duty.text
    assert words in get(as_person(cast.central_officer), "visit_detail", visit.pk)
    Document.objects.filter(pk=item.assignment.document_id).update(classification="restricted")
    html = get(as_person(cast.central_officer), "visit_detail", visit.pk)
    assert "Thiếu sổ" in html
    assert words not in html


def test_thirty_items_cost_as_many_queries_as_three(cast, as_person, visit):
    client, url = as_person(cast.officer), reverse("visit_detail", args=[visit.pk])
    for number in range(2):
        add_finding(actor=cast.officer, visit=visit, text=f"Phát hiện {number}", files=[picture()])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    make_directive(cast)
    for given in cast.unit_a.assignments.exclude(check_items__visit=visit):
        visit.items.create(assignment=given)
    for number in range(5):
        add_finding(actor=cast.officer, visit=visit, text=f"Phát hiện nữa {number}", files=[picture()])
    with CaptureQueriesContext(connection) as many:
        assert "Phát hiện nữa 4" in client.get(url).content.decode()
    assert len(many) == len(few)


def test_the_list_costs_the_same_for_many(cast, as_person, visit):
    client, url = as_person(cast.officer), reverse("visit_list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for unit in (cast.unit_a, cast.unit_b, cast.department):
        asked = Visit(by_unit=cast.bloc, unit=unit, subject=SUBJECT, day=clock.today())
        plan_visit(actor=cast.officer, visit=asked, team=[cast.officer], others="")
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("visit_planned") == 0
    assert len(many) == len(one)
