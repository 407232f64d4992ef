"""The page of one assignment: its words, its dates, its steps, and what happens when two people press at once."""

from __future__ import annotations

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.foundation.files.models import StoredFile
from tests.factories import picture, step_on


@pytest.fixture
def assignment(cast, directive):
    return Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)


def url_of(assignment):
    return reverse("assignment_detail", args=[assignment.pk])


def html_of(client, assignment):
    response = client.get(url_of(assignment))
    assert response.status_code == 200
    return response.content.decode()


@time_machine.travel("2026-05-03T02:00:00Z", tick=False)
def test_shows_the_words_in_their_item_and_the_dates_in_words(cast, as_person, assignment):
    html = html_of(as_person(cast.secretary), assignment)
    assert "1. <mark>Tổ chức hội nghị quán triệt</mark> trong tháng 4." in html
    assert f"{reverse('document_detail', args=[assignment.document_id])}#words-duty-{assignment.duty_id}" in html
    assert "30/04/2026 (3 days late)" in html
    assert "Chi bộ Sở Ánh Dương" in html


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-04-25", "5 days left"),
        ("2026-04-29", "1 day left"),
        ("2026-04-30", "due today"),
        ("2026-05-01", "1 day late"),
    ],
)
def test_tells_how_far_the_due_day_is(cast, as_person, assignment, day, words):
    with time_machine.travel(f"{day}T02:00:00Z", tick=False):
        assert f"({words})" in html_of(as_person(cast.secretary), assignment)


def test_each_role_gets_its_own_buttons(cast, as_person, assignment):
    def buttons(person):
        html = html_of(as_person(person), assignment)
        return [
            name for name in ("acknowledge", "progress", "submit", "accept", "return") if f'value="{name}"' in html
        ]

    assert buttons(cast.secretary) == ["acknowledge"]
    for reader in (cast.officer, cast.central_officer, cast.inspector, cast.member):
        assert buttons(reader) == []
    step_on(assignment, "acknowledge", cast.secretary)
    assert buttons(cast.secretary) == ["progress", "submit"]
    step_on(assignment, "submit", cast.secretary, "Đã xong")
    assert buttons(cast.secretary) == []
    assert buttons(cast.officer) == buttons(cast.second_officer) == ["accept", "return"]


def test_goes_the_whole_way_and_shows_every_step(cast, as_person, assignment):
    unit, office = as_person(cast.secretary), as_person(cast.officer)

    def press(client, step, **more):
        version = Assignment.objects.get(pk=assignment.pk).version
        response = client.post(url_of(assignment), {"step": step, "version": version, **more}, follow=True)
        assert response.status_code == 200
        assert response.redirect_chain[0] == (url_of(assignment), 302)
        return response.content.decode()

    press(unit, "acknowledge")
    press(unit, "progress", text="Đã họp <b>chi bộ</b>", percent="40", evidence=[picture(), picture("hai.png")])
    press(unit, "submit", text="Đã tổ chức 1 hội nghị")
    press(office, "return", text="Thiếu biên bản")
    press(unit, "submit", text="Bổ sung biên bản", evidence=picture("bien-ban.png"))
    html = press(office, "accept")
    assert Assignment.objects.get(pk=assignment.pk).state == "accepted"
    for words in ("Đã tổ chức 1 hội nghị", "Thiếu biên bản", "anh.png", "hai.png", "bien-ban.png", "40 %"):
        assert words in html
    assert "Đã họp &lt;b&gt;chi bộ&lt;/b&gt;" in html
    assert "<b>chi bộ</b>" not in html
    history = html.split('id="history"')[1]
    assert history.count('class="timeline-entry"') == 7  # given, and six steps
    assert "Lê Thử Ban" in history


def test_a_refused_file_loses_nothing_that_was_typed(cast, as_person, assignment):
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    bad = SimpleUploadedFile("bao-cao.pdf", b"not a pdf", "application/pdf")
    asked = {
        "step": "submit",
        "version": assignment.version,
        "text": "Ba hội nghị",
        "percent": "70",
        "evidence": bad,
    }
    response = as_person(cast.secretary).post(url_of(assignment), asked)
    html = response.content.decode()
    assert response.status_code == 422
    assert "bao-cao.pdf" in html
    assert "Ba hội nghị</textarea>" in html
    assert 'value="70"' in html
    assert not Entry.objects.filter(step="submit").exists()


def test_an_empty_file_is_refused_in_plain_words(cast, as_person, assignment):
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    empty = SimpleUploadedFile("anh.png", b"", "image/png")
    asked = {"step": "progress", "version": assignment.version, "text": "Có ảnh", "evidence": empty}
    response = as_person(cast.secretary).post(url_of(assignment), asked)
    assert response.status_code == 422
    assert "The file is empty" in response.content.decode()
    assert "Có ảnh</textarea>" in response.content.decode()


def test_a_wrong_percent_is_told_at_its_field(cast, as_person, assignment):
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    asked = {"step": "progress", "version": assignment.version, "text": "Quá tay", "percent": "140"}
    response = as_person(cast.secretary).post(url_of(assignment), asked)
    assert response.status_code == 422
    assert "Quá tay</textarea>" in response.content.decode()
    assert "field-error" in response.content.decode()
    assert not Entry.objects.filter(text="Quá tay").exists()


class TestCollision:
    """Two people on one assignment."""

    def test_the_second_sees_both_versions_and_may_save_again(self, cast, as_person, assignment):
        assignment = step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "progress", cast.secretary, "Đồng chí kia đã ghi")
        client = as_person(cast.secretary)
        asked = {"step": "submit", "version": assignment.version, "text": "Tôi đã viết", "evidence": picture()}
        response = client.post(url_of(assignment), asked)
        html = response.content.decode()
        assert response.status_code == 409
        meanwhile = html.split("notice-warning")[1].split("two-columns")[0]
        assert "Đồng chí kia đã ghi" in meanwhile
        assert "Tôi đã viết</textarea>" in html
        assert f'name="version" value="{assignment.version + 1}"' in html
        assert not StoredFile.objects.filter(media_type="image/png").exists()
        again = client.post(
            url_of(assignment), {**asked, "version": assignment.version + 1, "evidence": picture()}
        )
        assert again.status_code == 302
        assert Entry.objects.latest("pk").text == "Tôi đã viết"

    def test_words_are_kept_when_the_step_is_gone(self, cast, as_person, assignment):
        assignment = step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "submit", cast.secretary, "Đã nộp trước")
        asked = {"step": "progress", "version": assignment.version, "text": "Đến sau một bước"}
        response = as_person(cast.secretary).post(url_of(assignment), asked)
        html = response.content.decode()
        assert response.status_code == 409
        assert "Đến sau một bước</textarea>" in html
        assert "Đã nộp trước" in html
        assert 'value="progress"' not in html

    def test_one_who_decides_twice_is_told(self, cast, as_person, assignment):
        assignment = step_on(assignment, "acknowledge", cast.secretary)
        assignment = step_on(assignment, "submit", cast.secretary, "Đã xong")
        step_on(assignment, "accept", cast.second_officer)
        asked = {"step": "return", "version": assignment.version, "text": "Chưa đạt"}
        response = as_person(cast.officer).post(url_of(assignment), asked)
        assert response.status_code == 409
        assert "Chưa đạt</textarea>" in response.content.decode()
        assert "Vũ Thử Hai" in response.content.decode()
        assert Assignment.objects.get(pk=assignment.pk).state == "accepted"


class TestRights:
    """Who may not see, and who may see but not do."""

    def test_others_find_nothing(self, cast, as_person, assignment):
        for person in (cast.stranger, cast.secretary_b):
            client = as_person(person)
            assert client.get(url_of(assignment)).status_code == 404
            assert client.post(url_of(assignment), {"step": "acknowledge", "version": 1}).status_code == 404
        assert Assignment.objects.get(pk=assignment.pk).state == "assigned"

    @pytest.mark.parametrize("reader", ["inspector", "central_officer", "member", "officer"])
    def test_a_reader_may_not_press(self, cast, as_person, assignment, reader):
        response = as_person(getattr(cast, reader)).post(url_of(assignment), {"step": "acknowledge", "version": 1})
        assert response.status_code == 403
        assert Assignment.objects.get(pk=assignment.pk).state == "assigned"

    @pytest.mark.parametrize("reader", ["inspector", "secretary", "member"])
    def test_nor_decide(self, cast, as_person, assignment, reader):
        assignment = step_on(assignment, "acknowledge", cast.secretary)
        assignment = step_on(assignment, "submit", cast.secretary, "Đã xong")
        for step in ("accept", "return"):
            asked = {"step": step, "version": assignment.version}
            assert as_person(getattr(cast, reader)).post(url_of(assignment), asked).status_code == 403
        assert Assignment.objects.get(pk=assignment.pk).state == "submitted"

    def test_a_member_sees_no_history(self, cast, as_person, assignment):
        assert 'id="history"' not in html_of(as_person(cast.member), assignment)

    def test_other_ways_are_refused(self, cast, as_person, assignment):
        assert as_person(cast.secretary).put(url_of(assignment)).status_code == 405
        assert as_person(cast.secretary).delete(url_of(assignment)).status_code == 405

    def test_an_unknown_step_is_not_taken(self, cast, as_person, assignment):
        response = as_person(cast.secretary).post(url_of(assignment), {"step": "erase", "version": 1})
        assert response.status_code == 409


class TestEvidenceFile:
    """A file brought as evidence goes out as a download, to those who may see its assignment."""

    @pytest.fixture
    def url(self, cast, assignment):
        assignment = step_on(assignment, "acknowledge", cast.secretary)
        step_on(assignment, "progress", cast.secretary, "Có ảnh", [picture("Ảnh hội nghị.png")])
        return reverse("evidence_file", args=[Entry.objects.latest("pk").evidence.get().pk])

    def test_is_a_download(self, cast, as_person, url):
        for reader in (cast.secretary, cast.officer, cast.inspector, cast.member):
            response = as_person(reader).get(url)
            assert response.getvalue().startswith(b"\x89PNG")
            assert response["Content-Disposition"].startswith("attachment")
            assert "%E1%BA%A2nh%20h" in response["Content-Disposition"]
            assert response["X-Content-Type-Options"] == "nosniff"

    def test_is_not_there_for_others(self, cast, as_person, url):
        for person in (cast.stranger, cast.secretary_b):
            assert as_person(person).get(url).status_code == 404
        assert as_person(cast.secretary).post(url).status_code == 405


def test_a_question_about_the_result_and_its_answer(cast, as_person, assignment):
    step_on(step_on(assignment, "acknowledge", cast.secretary), "submit", cast.secretary, "Đã tổ chức")
    officer, secretary = as_person(cast.officer), as_person(cast.secretary)
    assert "A decision is waited for since" in html_of(officer, assignment)
    sent = {"step": "ask", "version": 3, "text": "Bao nhiêu người dự?"}
    assert secretary.post(url_of(assignment), sent).status_code == 403
    empty = officer.post(url_of(assignment), sent | {"text": ""})
    assert empty.status_code == 422
    assert officer.post(url_of(assignment), sent).status_code == 302
    html = html_of(secretary, assignment)
    question = html.split("asked on")[1]
    assert "Bao nhiêu người dự?" in question
    assert "The unit&#x27;s answer is waited for since" in question
    assert 'name="evidence"' in html
    answer = {"step": "answer", "version": 4, "text": "96 người", "evidence": [picture()]}
    assert officer.post(url_of(assignment), answer).status_code == 403
    assert secretary.post(url_of(assignment), answer | {"evidence": [picture()]}).status_code == 302
    html = html_of(officer, assignment)
    assert "96 người" in html
    assert "anh.png" in html
    assert "A decision is waited for since" in html
    assert officer.post(url_of(assignment), sent).status_code == 409
