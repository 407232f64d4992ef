"""The page of a unit's report: entering, clashes, handing in, deciding, versions, and who sees what."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.ledger.filling import Held, cells_of, save_words, say_nothing
from motbuoc.domains.ledger.forming import put_field, renew_form, use_form
from motbuoc.domains.ledger.models import ReportForm
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.services import hand_in, send_back
from motbuoc.domains.ledger.submitted import Fact, Submission
from tests.factories import picture, step_on
from tests.factories.ledger import NOVEMBER, OCTOBER, enter, key_of, make_ledger, open_month, report, submission_of

SEPTEMBER = Span(date(2026, 9, 1), date(2026, 9, 30))
pytestmark = pytest.mark.django_db


def page(client, mine, status=200):
    response = client.get(reverse("submission_detail", args=[mine.pk]))
    assert response.status_code == status
    return response.content.decode()


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of the grid as it stands."""
    form = html[html.index('class="grid-form"') :]
    form = form[: form.index("</form>")]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        names = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if names.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if "name" in names:
            found[names["name"]] = unescape(names.get("value", "on"))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form):
        found[name] = unescape(text)
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(client, mine, sent, status=302, **more):
    sent = {**sent, **{name.replace("_", "-"): value for name, value in more.items()}}
    response = client.post(reverse("submission_detail", args=[mine.pk]), sent)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def name_of(mine, code, place=0) -> str:
    key = key_of(mine, code, place)
    return f"amount-{key.field_id}-{key.category_id}"


@pytest.fixture
def ledger(cast):
    return make_ledger(cast)


@pytest.fixture
def mine(cast, ledger) -> Submission:
    return submission_of(open_month(cast, ledger), cast.unit_a.pk)


def test_figures_and_words_are_entered_and_shown_again(cast, as_person, ledger, mine):
    client = as_person(cast.secretary)
    sent = fields_of(page(client, mine))
    sent |= {
        name_of(mine, "i2_05"): "1.234",
        name_of(mine, "i2_07", 1): "20",
        f"words-{ledger.box.pk}": "Ổn\r\nđịnh",
    }
    field = key_of(mine, "i2_05").field_id
    send(client, mine, {**sent, f"estimate-{field}": "on", f"note-{field}": "ước cả tháng"})
    assert cells_of(mine)[key_of(mine, "i2_05")] == Held(Decimal(1234), True, "ước cả tháng")
    assert cells_of(mine)[key_of(mine, "i2_07", 1)].amount == 20
    html = page(client, mine)
    assert 'value="1.234"' in html
    assert "ước cả tháng" in html
    assert mine.narratives.get().text == "Ổn\nđịnh"
    before = submission_of(mine.period, mine.unit_id).version
    send(client, mine, fields_of(html))  # sent again as it stands, nothing changes
    assert submission_of(mine.period, mine.unit_id).version == before


def test_what_is_no_number_is_said_at_its_cell_and_the_rest_is_kept(cast, as_person, mine):
    client = as_person(cast.secretary)
    sent = fields_of(page(client, mine))
    sent |= {name_of(mine, "i2_05"): "ba mươi", name_of(mine, "i2_08"): "1,234", name_of(mine, "i2_09"): "4"}
    html = send(client, mine, sent, status=422)
    assert "“ba mươi” is not a number" in html
    assert 'value="ba mươi"' in html
    assert "“1,234” could be 1.234" in html
    assert {key: held.amount for key, held in cells_of(mine).items()} == {key_of(mine, "i2_09"): 4}


def test_two_in_one_form_are_merged_and_where_they_collide_one_chooses(cast, as_person, mine):
    one, other = as_person(cast.secretary), as_person(cast.secretary)
    mine_html, theirs = fields_of(page(one, mine)), fields_of(page(other, mine))
    send(other, mine, {**theirs, name_of(mine, "i2_05"): "5", name_of(mine, "i2_08"): "7"})
    html = send(one, mine, {**mine_html, name_of(mine, "i2_05"): "6", name_of(mine, "i2_09"): "1"}, status=409)
    held = {key: row.amount for key, row in cells_of(mine).items()}
    assert held == {key_of(mine, "i2_05"): 5, key_of(mine, "i2_08"): 7, key_of(mine, "i2_09"): 1}
    assert "Phạm Thử Thư" in html
    assert "entered 5 meanwhile. You entered 6" in html
    again = fields_of(html)
    assert again[name_of(mine, "i2_05")] == "6"
    send(one, mine, again, status=409)  # no choice, no change
    assert cells_of(mine)[key_of(mine, "i2_05")].amount == 5
    take = name_of(mine, "i2_05").replace("amount", "take")
    send(one, mine, {**again, take: "theirs"})
    assert cells_of(mine)[key_of(mine, "i2_05")].amount == 5
    send(one, mine, {**again, take: "mine"})
    assert cells_of(mine)[key_of(mine, "i2_05")].amount == 6


def test_words_of_two_are_both_shown(cast, as_person, ledger, mine):
    client, box = as_person(cast.secretary), f"words-{ledger.box.pk}"
    sent = fields_of(page(client, mine))
    save_words(actor=cast.secretary, submission=mine, words={ledger.box.pk: "Lời của người kia"})
    html = send(client, mine, {**sent, box: "Lời của tôi"}, status=409)
    assert "Lời của người kia" in html
    assert fields_of(html)[box] == "Lời của tôi"
    send(client, mine, fields_of(html))
    assert mine.narratives.get().text == "Lời của tôi"


def test_last_period_and_a_rule_stand_beside_the_figure(cast, as_person, ledger):
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=1, i2_08=40)
    mine = submission_of(open_month(cast, ledger, NOVEMBER), cast.unit_a.pk)
    enter(cast.secretary, mine, i2_08=50, i2_09=60)
    html = page(as_person(cast.secretary), mine)
    assert "+10 (+25 %)" in html
    assert "is 60, more than" in html
    sent = fields_of(html)
    assert "more than" in send(as_person(cast.secretary), mine, {**sent, "step": "hand_in"}, status=422)


def test_handing_in_saves_first_and_takes_what_was_seen(cast, as_person, mine):
    client = as_person(cast.secretary)
    sent = {**fields_of(page(client, mine)), "step": "hand_in", name_of(mine, "i2_05"): "3"}
    enter(cast.secretary, mine, i2_08=9)  # somebody else, meanwhile
    html = send(client, mine, sent, status=409)
    assert "Somebody else changed this form meanwhile" in html
    assert not mine.handed_in.exists()
    send(client, mine, {**fields_of(html), "step": "hand_in"})
    handed = mine.handed_in.get()
    assert sorted(cell[2] for cell in handed.content["cells"]) == ["3.000", "9.000"]
    html = page(client, mine)
    assert "Waiting for acceptance" in html
    assert 'class="grid-form"' not in html
    assert "2 gaps when it was handed in" in html


def test_from_handing_in_to_a_correction(cast, as_person, mine):
    unit, officer = as_person(cast.secretary), as_person(cast.officer)
    enter(cast.secretary, mine, i2_05=3)
    assert "still filling it in" in page(officer, mine)
    send(unit, mine, {**fields_of(page(unit, mine)), "step": "hand_in"})
    html = page(officer, mine)
    assert "Accept into the ledger" in html
    version = {"version": submission_of(mine.period, mine.unit_id).version}
    assert "required" in send(officer, mine, {"step": "send_back", **version}, status=422)
    send(officer, mine, {"step": "accept", **version})
    assert Fact.objects.get(indicator__code="i2_05").amount == 3
    version = {"version": submission_of(mine.period, mine.unit_id).version}
    send(unit, mine, {"step": "ask_correction", "reason": "Nhầm một cuộc", **version})
    assert "Nhầm một cuộc" in page(officer, mine)
    stale = send(officer, mine, {"step": "reopen", "reason": "Sửa đi", **version}, status=409)
    assert "Sửa đi" in stale
    version = {"version": submission_of(mine.period, mine.unit_id).version}
    send(officer, mine, {"step": "reopen", "reason": "Sửa đi", **version})
    html = page(unit, mine)
    assert "Sửa đi" in html
    send(unit, mine, {**fields_of(html), "step": "hand_in", name_of(mine, "i2_05"): "2"})
    changed = officer.get(reverse("submission_version", args=[mine.pk, 2])).content.decode()
    assert re.search(r"Cuộc đối thoại</th>\s*<td[^>]*>3</td>\s*<td[^>]*>2</td>", changed)
    assert "Sửa đi" in changed
    assert officer.get(reverse("submission_version", args=[mine.pk, 3])).status_code == 404


def test_what_the_system_counts_leads_to_the_records_one_may_see(cast, as_person, mine, directive):
    task = directive.assignments.filter(unit=cast.unit_a).order_by("pk")[0]
    for step, who in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        step_on(task, step, who, "Đã làm")
    type(task).objects.filter(pk=task.pk).update(accepted_on=mine.period.start)
    field = key_of(mine, "i7_01").field_id
    client = as_person(cast.secretary)
    html = page(client, mine)
    assert 'data-fixed="1"' in html
    assert name_of(mine, "i7_01") not in html  # never typed
    html = client.get(reverse("submission_records", args=[mine.pk, field])).content.decode()
    assert reverse("assignment_detail", args=[task.pk]) in html
    type(directive).objects.filter(pk=directive.pk).update(classification="restricted")
    html = (
        as_person(cast.central_officer).get(reverse("submission_records", args=[mine.pk, field])).content.decode()
    )
    assert task.duty.text not in html
    assert "1 more is counted that your rights do not show" in html
    typed = key_of(mine, "i2_05").field_id
    assert client.get(reverse("submission_records", args=[mine.pk, typed])).status_code == 404


def test_the_tasks_of_an_item_are_at_hand_with_their_evidence(cast, as_person, mine, directive):
    task = directive.assignments.get(unit=cast.unit_a, provision__number="2", duty__position=1)
    step_on(task, "acknowledge", cast.secretary)
    entry = step_on(task, "progress", cast.secretary, "Đã đối thoại hai cuộc", files=[picture()])
    assert entry
    task.entries.update(written_at=mine.period.opened_at.replace(day=2))
    html = page(as_person(cast.secretary), mine)
    assert "Đã đối thoại hai cuộc" in html
    assert "anh.png" in html
    assert task.duty.text[:40] in html


def test_who_may_not_is_told_or_sees_nothing(cast, as_person, mine):
    enter(cast.secretary, mine, i2_05=3)
    for person in (cast.stranger, cast.secretary_b, cast.member):
        page(as_person(person), mine, status=404)
    version = submission_of(mine.period, mine.unit_id).version
    for person, step in ((cast.officer, "save"), (cast.inspector, "accept"), (cast.secretary, "accept")):
        send(as_person(person), mine, {"step": step, "version": version}, status=403)
    assert "grid-input" not in page(as_person(cast.officer), mine)
    client = as_person(cast.secretary)
    assert client.put(reverse("submission_detail", args=[mine.pk])).status_code == 405
    send(client, mine, {"step": "nonsense", "version": version}, status=409)


def test_nothing_of_a_draft_is_told_before_it_is_handed_in_again(cast, as_person, mine):
    enter(cast.secretary, mine, i2_05=41)
    mine = submission_of(mine.period, mine.unit_id)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(mine.period, mine.unit_id)
    send_back(actor=cast.officer, submission=mine, version=mine.version, reason="Sửa")
    enter(cast.secretary, mine, i2_05=5252)
    html = page(as_person(cast.officer), mine)
    assert ">41<" in html
    assert "5.252" not in html


def test_a_locked_period_is_only_read(cast, as_person, mine):
    enter(cast.secretary, mine, i2_05=3)
    type(mine.period).objects.filter(pk=mine.period_id).update(locked_on=mine.period.end)
    html = page(as_person(cast.secretary), mine)
    assert "nothing is entered any more" in html
    assert 'class="grid-form"' not in html
    assert ">3<" in html


def lengthen(cast, ledger) -> None:
    """Thirty more lines in the form that the next period asks for."""
    form = renew_form(actor=cast.officer, form=ledger.form)
    for number in range(30):
        what = type(ledger.dialogues).objects.create(
            code=f"x{number}",
            name=f"Chỉ tiêu {number}",
            unit=cast.bloc,
            made_by=cast.officer,
            valid_from=ledger.dialogues.valid_from,
            breakdown=ledger.attendances.breakdown,
        )
        version = ReportForm.objects.get(pk=form.pk).version
        put_field(actor=cast.officer, form=form, version=version, indicator=what, is_broken_down=number % 2 == 0)
    use_form(actor=cast.officer, form=form, version=ReportForm.objects.get(pk=form.pk).version)
    ledger.schedule.refresh_from_db()


def test_a_long_form_costs_as_many_queries_as_a_short_one(cast, as_person, ledger):
    open_month(cast, ledger, SEPTEMBER)
    mine = submission_of(open_month(cast, ledger, OCTOBER), cast.unit_a.pk)
    client = as_person(cast.secretary)
    page(client, mine)
    with CaptureQueriesContext(connection) as few:
        page(client, mine)
    lengthen(cast, ledger)
    mine = submission_of(open_month(cast, ledger, NOVEMBER), cast.unit_a.pk)
    page(client, mine)
    with CaptureQueriesContext(connection) as many:
        assert "Chỉ tiêu 29" in page(client, mine)
    assert len(many) <= len(few)


def test_the_script_gets_only_what_it_puts_into_the_page(cast, as_person, mine):
    client = as_person(cast.secretary)
    sent, name = fields_of(page(client, mine)), name_of(mine, "i2_08")
    field = key_of(mine, "i2_08").field_id
    part = {key: value for key, value in sent.items() if key in ("version", f"seen-{field}", f"note-{field}")}
    answer = client.post(
        reverse("submission_detail", args=[mine.pk]), {**part, name: "8"}, headers={"X-Grid": "1"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Saved at" in html
    assert "<html" not in html
    assert f'data-version="{int(sent["version"]) + 1}"' in html
    assert html.count("<tr") == 1
    other = client.post(reverse("submission_detail", args=[mine.pk]), {**part, name: "9"}, headers={"X-Grid": "1"})
    assert other.status_code == 409
    assert "entered 8 meanwhile" in other.content.decode()


def test_the_task_leads_to_the_form(cast, as_person, mine):
    client = as_person(cast.secretary)
    assert f'<a href="{reverse("submission_detail", args=[mine.pk])}">' in client.get("/viec/").content.decode()
    html = client.get(reverse("assignment_detail", args=[mine.assignment_id])).content.decode()
    assert reverse("submission_detail", args=[mine.pk]) in html
    assert 'value="submit"' not in html


def by_script(client, mine, status=200, **sent):
    """What the script that saves while one types is answered."""
    answer = client.post(reverse("submission_detail", args=[mine.pk]), sent, headers={"X-Grid": "1"})
    assert answer.status_code == status
    return answer.content.decode()


def test_the_script_is_told_of_the_rules_that_rest_on_what_it_sent(cast, as_person, mine):
    client = as_person(cast.secretary)
    sent, asked, answered = fields_of(page(client, mine)), key_of(mine, "i2_08"), key_of(mine, "i2_09")
    enter(cast.secretary, mine, i2_09=6)
    seen = f"seen-{asked.field_id}"
    html = by_script(client, mine, **{seen: sent[seen], name_of(mine, "i2_08"): "5"})
    assert f'id="found-{answered.field_id}"' in html  # the rule stands at another line
    assert "is 6, more than" in html
    again = unescape(re.search(rf'name="{seen}" value="([^"]*)"', html)[1])
    html = by_script(client, mine, **{seen: again, name_of(mine, "i2_08"): "7"})
    assert f'<ul class="grid-findings" id="found-{answered.field_id}"></ul>' in html
    seen = f"seen-{key_of(mine, 'i2_05').field_id}"
    assert "found-" not in by_script(client, mine, **{seen: sent[seen]}).replace('aria-describedby="found-', "")


def test_the_script_is_refused_as_a_page_is(cast, as_person, mine):
    for person, status in ((cast.stranger, 404), (cast.secretary_b, 404), (cast.member, 404), (cast.officer, 403)):
        by_script(as_person(person), mine, status=status, version="1")
    enter(cast.secretary, mine, i2_05=3)
    mine = submission_of(mine.period, mine.unit_id)
    seen = f"seen-{key_of(mine, 'i2_05').field_id}"
    sent = {seen: fields_of(page(as_person(cast.secretary), mine))[seen], name_of(mine, "i2_05"): "4"}
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    by_script(as_person(cast.secretary), mine, status=409, **sent)
    assert cells_of(mine)[key_of(mine, "i2_05")].amount == 3


def test_a_saving_costs_as_many_queries_in_a_form_of_any_length(cast, as_person, ledger):
    def saving(span) -> int:
        mine = submission_of(open_month(cast, ledger, span), cast.unit_a.pk)
        seen = f"seen-{key_of(mine, 'i2_05').field_id}"
        sent = {seen: fields_of(page(client, mine))[seen], name_of(mine, "i2_05"): "4"}
        with CaptureQueriesContext(connection) as asked:
            by_script(client, mine, **sent)
        return len(asked)

    client = as_person(cast.secretary)
    open_month(cast, ledger, SEPTEMBER)
    few = saving(OCTOBER)
    lengthen(cast, ledger)
    assert saving(NOVEMBER) <= few


def test_why_there_is_nothing_is_not_overwritten_unseen(cast, as_person, mine):
    client = as_person(cast.secretary)
    sent = fields_of(page(client, mine))
    say_nothing(actor=cast.secretary, submission=mine, because="Đơn vị mới lập")
    html = send(client, mine, {**sent, "nothing": "Không có việc"}, status=409)
    assert "Somebody else wrote here meanwhile" in html
    assert "Đơn vị mới lập" in html
    assert fields_of(html)["nothing"] == "Không có việc"  # what was typed stands
    assert submission_of(mine.period, mine.unit_id).nothing_because == "Đơn vị mới lập"
    answer = by_script(client, mine, status=409, **{"nothing": "Không có việc", "seen-nothing": ""})
    assert 'data-box="nothing"' in answer
    send(client, mine, fields_of(html))  # now it was seen
    assert submission_of(mine.period, mine.unit_id).nothing_because == "Không có việc"
