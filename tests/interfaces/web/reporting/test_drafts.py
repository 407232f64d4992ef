"""A report drafted in the browser: begun, read with its sources, edited, left out, handed in and approved."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.reporting.drafted import Draft, Paragraph, Part
from motbuoc.domains.reporting.drafting import add_paragraph, begin_draft
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from tests.factories import LONG_AGO
from tests.factories.ledger import submission_of
from tests.factories.reporting import make_draft


@pytest.fixture
def reported(cast):
    return make_draft(cast)


def html_of(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, pk, **data):
    return client.post(reverse(name, args=[pk]), data)


class TestBegin:
    """Chosen from the list of periods."""

    def test_from_the_list_to_the_report(self, cast, as_person, reported):
        client = as_person(cast.officer)
        url = reverse("draft_begin", args=[reported.november.pk])
        assert url in html_of(client, "report_list")
        form = client.get(url).content.decode()
        assert "Kết quả công tác dân vận, tháng 11 năm 2026" in form
        said = {"unit": cast.bloc.pk, "outline": "annual", "subject": "kết quả năm 2026"}
        response = client.post(url, said)
        draft = Draft.objects.latest("pk")
        assert response.url == reverse("draft_detail", args=[draft.pk])
        html = html_of(client, "draft_detail", draft.pk)
        assert "Phần thứ nhất<br> Đánh giá kết quả công tác trong năm" in html
        assert reverse("draft_detail", args=[draft.pk]) in html_of(client, "report_list")

    def test_what_is_wrong_keeps_what_was_typed(self, cast, as_person, reported):
        url = reverse("draft_begin", args=[reported.november.pk])
        response = as_person(cast.officer).post(url, {"unit": 99999, "outline": "x", "subject": "Giữ lại"})
        assert response.status_code == 422
        assert "Giữ lại" in response.content.decode()
        assert Draft.objects.count() == 1

    @pytest.mark.parametrize(("person", "status"), [("inspector", 403), ("member", 404), ("stranger", 404)])
    def test_not_by_others(self, cast, as_person, reported, person, status):
        url = reverse("draft_begin", args=[reported.november.pk])
        assert as_person(getattr(cast, person)).get(url).status_code == status


class TestDetail:
    """The preview."""

    def test_every_underlined_run_leads_to_what_it_rests_on(self, cast, as_person, reported):
        client = as_person(cast.officer)
        html = html_of(client, "draft_detail", reported.draft.pk)
        threads = re.findall(r'<a class="thread(?: is-figure)?" href="([^"]+)">([^<]*)</a>', html)
        assert len(threads) > 6
        for url, _words in threads:
            page = client.get(url).content.decode()
            counted = re.search(r"(\d+) units?'s? reports? stands?", page)
            assert int(counted[1]) == page.split("<tbody>")[1].count("<tr>")

    def test_a_figure_leads_to_the_units_figures_and_words_to_their_words(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_05")
        page = html_of(client, "paragraph_sources", row.pk, 1)
        assert "Cuộc đối thoại: <strong>04</strong>" in page
        mine = submission_of(reported.november, cast.unit_a.pk)
        assert reverse("submission_detail", args=[mine.pk]) in page
        words = html_of(client, "paragraph_sources", reported.saying("120 tờ rơi").pk, 0)
        assert "Đã phát 120 tờ rơi tuyên truyền &lt;b&gt;." in words
        assert "<b>." not in words

    def test_only_submissions_in_reach_are_shown(self, cast, as_person, reported):
        row = reported.paragraph("i2_05")
        Grant.objects.filter(person=cast.inspector).delete()
        client = as_person(cast.inspector)
        assert client.get(reverse("paragraph_sources", args=[row.pk, 1])).status_code == 404
        Grant.objects.create(
            person=cast.inspector,
            role=Role.INSPECTOR,
            unit=cast.unit_a,
            valid_from=LONG_AGO,
            valid_until="2099-01-01",
        )
        assert as_person(cast.inspector).get(reverse("draft_detail", args=[reported.draft.pk])).status_code == 404

    def test_places_that_are_not_there(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_05")
        assert client.get(reverse("paragraph_sources", args=[row.pk, 99])).status_code == 404

    def test_tables_and_charts_lead_to_their_sources(self, cast, as_person, reported):
        draft = begin_draft(
            actor=cast.officer,
            period=reported.november,
            unit_id=cast.bloc.pk,
            outline="thematic",
            subject="chuyên đề",
        )
        client = as_person(cast.officer)
        html = html_of(client, "draft_detail", draft.pk)
        assert "<svg" in html
        table = Paragraph.objects.get(section__draft=draft, kind=Part.TABLE)
        cell = reverse("paragraph_sources", args=[table.pk, 3])
        assert f'href="{cell}">06</a>' in html
        assert "<strong>04</strong>" in client.get(cell).content.decode()
        chart = Paragraph.objects.get(section__draft=draft, kind=Part.CHART)
        assert reverse("paragraph_sources", args=[chart.pk, 0]) in html
        html_of(client, "paragraph_sources", chart.pk, 0)
        assert client.get(reverse("paragraph_sources", args=[chart.pk, 1])).status_code == 404

    @pytest.mark.parametrize("reader", ["inspector", "central_officer"])
    def test_readers_read_and_have_no_buttons(self, cast, as_person, reported, reader):
        client = as_person(getattr(cast, reader))
        row = reported.paragraph("i2_05")
        html = html_of(client, "draft_detail", reported.draft.pk)
        assert "Cuộc đối thoại" in html
        assert "draft-tools" not in html
        for name in ("paragraph_edit", "paragraph_choose"):
            assert post(client, name, row.pk, version=1, does="leave_out", text="x").status_code == 403
        assert post(client, "draft_refresh", reported.draft.pk).status_code == 403
        assert post(client, "draft_detail", reported.draft.pk, step="hand_in", version=1).status_code == 403

    @pytest.mark.parametrize("person", ["secretary", "member", "stranger"])
    def test_others_find_nothing(self, cast, as_person, reported, person):
        client = as_person(getattr(cast, person))
        row = reported.paragraph("i2_05")
        for url in (
            ("draft_detail", reported.draft.pk),
            ("paragraph_sources", row.pk, 1),
            ("paragraph_edit", row.pk),
        ):
            assert client.get(reverse(url[0], args=url[1:])).status_code == 404

    def test_the_page_costs_the_same_for_many_paragraphs(self, cast, as_person, reported):
        client = as_person(cast.officer)
        html_of(client, "draft_detail", reported.draft.pk)
        with CaptureQueriesContext(connection) as few:
            html_of(client, "draft_detail", reported.draft.pk)
        section = reported.paragraph("i2_05").section
        for turn in range(30):
            add_paragraph(actor=cast.officer, section=section, text=f"Đoạn {turn} của {{{{i2_05}}}}.")
        with CaptureQueriesContext(connection) as many:
            assert html_of(client, "draft_detail", reported.draft.pk).count("Edited by") == 30
        assert len(many) == len(few)


class TestEdit:
    """Words of one's own, beside what the records say."""

    def test_the_form_holds_fields_and_saves_them(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_05")
        html = html_of(client, "paragraph_edit", row.pk)
        assert "Cuộc đối thoại: {{i2_05}} cuộc; kỳ trước: {{i2_05.ky_truoc}}." in html
        assert "<code>{{i2_08}}</code> Câu hỏi, kiến nghị: <strong>16</strong>" in html
        response = post(client, "paragraph_edit", row.pk, version=1, text="Có {{i2_05}} cuộc, tăng 15%.")
        assert response.url.endswith(f"#p{row.pk}")
        page = html_of(client, "draft_detail", reported.draft.pk)
        assert 'is-figure" href="' in page
        assert '<mark class="typed" title="Typed by hand, without a source">15%</mark>' in page
        assert "Numbers typed by hand, without a source" in page

    def test_what_another_saved_meanwhile_is_shown_and_nothing_typed_is_lost(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_05")
        post(client, "paragraph_edit", row.pk, version=1, text="Một.")
        response = post(client, "paragraph_edit", row.pk, version=1, text="Hai.")
        html = response.content.decode()
        assert response.status_code == 409
        assert "Một." in html
        assert "Hai." in html

    def test_left_out_and_put_back(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_08")
        post(client, "paragraph_choose", row.pk, version=1, does="leave_out")
        html = html_of(client, "draft_detail", reported.draft.pk)
        assert "1 paragraph left out" in html
        post(client, "paragraph_choose", row.pk, version=2, does="put_back")
        assert "1 paragraph left out" not in html_of(client, "draft_detail", reported.draft.pk)

    def test_a_stale_button_says_so(self, cast, as_person, reported):
        client = as_person(cast.officer)
        row = reported.paragraph("i2_08")
        response = client.post(
            reverse("paragraph_choose", args=[row.pk]), {"version": 9, "does": "leave_out"}, follow=True
        )
        assert "Somebody else changed this" in response.content.decode()

    def test_a_paragraph_is_added(self, cast, as_person, reported):
        client = as_person(cast.officer)
        section = reported.paragraph("i2_05").section
        url = reverse("paragraph_add", args=[section.pk])
        assert client.post(url, {"text": " "}).status_code == 422
        client.post(url, {"text": "Nhìn chung ổn định."})
        assert "Nhìn chung ổn định." in html_of(client, "draft_detail", reported.draft.pk)


class TestSteps:
    """From one officer to the other."""

    def test_handed_in_and_approved_by_another(self, cast, as_person, reported):
        officer, second = as_person(cast.officer), as_person(cast.second_officer)
        post(officer, "draft_detail", reported.draft.pk, step="hand_in", version=1)
        html = html_of(officer, "draft_detail", reported.draft.pk)
        edit = reverse("paragraph_edit", args=[reported.paragraph("i2_05").pk])
        assert f'href="{edit}"' not in html
        assert 'value="approve"' not in html
        assert post(officer, "draft_detail", reported.draft.pk, step="approve", version=2).status_code == 422
        assert 'value="approve"' in html_of(second, "draft_detail", reported.draft.pk)
        post(second, "draft_detail", reported.draft.pk, step="approve", version=2)
        assert Draft.objects.get(pk=reported.draft.pk).state == "agreed"

    def test_a_figure_that_changed_is_flagged(self, cast, as_person, reported):
        Draft.objects.filter(pk=reported.draft.pk).update(
            figures=reported.draft.figures | {"i2_05": {"words": "05", "name": "Cuộc đối thoại", "sources": []}}
        )
        html = html_of(as_person(cast.officer), "draft_detail", reported.draft.pk)
        assert "Figures that the ledger says otherwise now" in html
        assert "Cuộc đối thoại: 05 → <strong>06</strong>" in html
        response = post(as_person(cast.officer), "draft_detail", reported.draft.pk, step="hand_in", version=1)
        assert response.status_code == 422
        client = as_person(cast.officer)
        post(client, "draft_refresh", reported.draft.pk, version=1)
        assert "ledger says otherwise" not in html_of(client, "draft_detail", reported.draft.pk)
