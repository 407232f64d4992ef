"""Outlines, remarks, whose section it is, versions and files of a report, in the browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.reporting.drafted import Draft, Outline, Paragraph
from tests.factories.reporting import make_draft

LINES = "1. | Một | 2 | số liệu"


@pytest.fixture
def reported(cast):
    return make_draft(cast)


def html_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, door, pk, **data):
    return client.post(reverse(door, args=[pk]), data)


class TestOutlines:
    """Copied from one that comes with the system, changed, closed."""

    def test_copied_and_changed(self, cast, as_person):
        client = as_person(cast.officer)
        html = html_of(client, "outline_list")
        assert "?from=annual" in html
        form = html_of(client, "outline_add", **{"from": "annual"})
        assert "Phần thứ nhất | Đánh giá kết quả công tác trong năm" in form
        said = {"name": "Của Khối", "cycle": "year", "lines": LINES, "unit": cast.bloc.pk}
        client.post(reverse("outline_add"), said)
        outline = Outline.objects.get()
        assert "Của Khối" in html_of(client, "outline_list")
        stale = {**said, "version": 9, "lines": "1. | Hai"}
        assert post(client, "outline_edit", outline.pk, **stale).status_code == 409
        wrong = post(client, "outline_edit", outline.pk, **said | {"version": 1, "lines": "1. | Hai | | văn vần"})
        assert wrong.status_code == 422
        assert "văn vần" in wrong.content.decode()
        post(client, "outline_edit", outline.pk, **said | {"version": 1, "lines": "1. | Hai"})
        assert Outline.objects.get().sections[0]["title"] == "Hai"
        post(client, "outline_edit", outline.pk, **said | {"version": 2, "close": "1"})
        assert "Của Khối" not in html_of(client, "outline_list")

    @pytest.mark.parametrize(("person", "status"), [("inspector", 403), ("member", 404), ("stranger", 404)])
    def test_not_by_others(self, cast, as_person, person, status):
        client = as_person(getattr(cast, person))
        assert client.get(reverse("outline_add")).status_code == status


class TestRemarks:
    """Beside a paragraph."""

    def test_said_and_taken(self, cast, as_person, reported):
        row = reported.paragraph("i2_05")
        said = {"text": "Gọn <hơn>", "suggestion": "Có {{i2_05}} cuộc."}
        post(as_person(cast.second_officer), "paragraph_remarks", row.pk, **said)
        client = as_person(cast.officer)
        assert "Remarks (1)" in html_of(client, "draft_detail", reported.draft.pk)
        html = html_of(client, "paragraph_remarks", row.pk)
        assert "Gọn &lt;hơn&gt;" in html
        post(client, "remark_settle", row.remarks.get().pk, version=row.version, take="on")
        assert Paragraph.objects.get(pk=row.pk).edited == "Có {{i2_05}} cuộc."
        assert "Remarks (1)" not in html_of(client, "draft_detail", reported.draft.pk)
        assert post(client, "paragraph_remarks", row.pk, text=" ").status_code == 422

    def test_a_chart_has_remarks_as_well(self, cast, as_person, reported):
        row = reported.paragraph("i2_05")
        Paragraph.objects.filter(pk=row.pk).update(
            kind="chart", made={"title": "Biểu đồ", "labels": ["a", "b"], "values": [1, 2], "sources": []}
        )
        assert "Biểu đồ" in html_of(as_person(cast.officer), "paragraph_remarks", row.pk)

    def test_readers_read_them(self, cast, as_person, reported):
        row = reported.paragraph("i2_05")
        client = as_person(cast.inspector)
        assert "A remark of your own" not in html_of(client, "paragraph_remarks", row.pk)
        assert post(client, "paragraph_remarks", row.pk, text="x").status_code == 403


def test_a_section_is_given_to_somebody(cast, as_person, reported):
    client, section = as_person(cast.officer), reported.paragraph("i2_05").section
    assert cast.inspector.full_name not in html_of(client, "section_give", section.pk)
    post(client, "section_give", section.pk, owner=cast.second_officer.pk)
    assert cast.second_officer.full_name in html_of(client, "draft_detail", reported.draft.pk)


def test_versions(cast, as_person, reported):
    client = as_person(cast.officer)
    assert "Nothing was handed in yet" in html_of(client, "draft_versions", reported.draft.pk)
    post(client, "draft_detail", reported.draft.pk, step="hand_in", version=1)
    assert "0 paragraphs differ" in html_of(client, "draft_versions", reported.draft.pk)
    url = reverse("draft_versions", args=[reported.draft.pk])
    for typed in ("9", "x", "²"):
        assert client.get(url, {"one": typed}).status_code == 404


class TestFiles:
    """Taken by readers, issued by those who keep the registers."""

    @pytest.mark.parametrize(("kind", "begins"), [("excel", b"PK"), ("nguon", b"{")])
    def test_what_is_made_at_once(self, cast, as_person, reported, kind, begins):
        client = as_person(cast.inspector)
        response = client.get(reverse("draft_export", args=[reported.draft.pk, kind]))
        assert response["Content-Disposition"].startswith("attachment")
        assert response.getvalue().startswith(begins)
        assert as_person(cast.secretary).get(response.wsgi_request.path).status_code == 404

    def test_an_approved_one_is_put_into_the_register(
        self, cast, as_person, reported, django_capture_on_commit_callbacks
    ):
        client, pk = as_person(cast.officer), reported.draft.pk
        post(client, "draft_issue", pk)
        assert not Outgoing.objects.exists()
        Draft.objects.filter(pk=pk).update(state="agreed")
        assert "Put it into the outgoing register" in html_of(client, "draft_detail", pk)
        waiting = reverse("draft_export", args=[pk, "word"])
        with django_capture_on_commit_callbacks() as work:
            assert post(client, "draft_issue", pk).url == waiting
        page = client.get(waiting).content.decode()
        assert "<progress" in page
        assert "Put it into the outgoing register" not in page
        assert not Outgoing.objects.exists(), "the file is not made yet"
        for each in work:
            each()
        assert "Put it into the outgoing register" in client.get(waiting).content.decode()
        as_other = as_person(cast.inspector).get(waiting).content.decode()
        assert "Download" in as_other
        assert "Put it into the outgoing register" not in as_other
        client = as_person(cast.officer)
        response = post(client, "draft_issue", pk)
        outgoing = Outgoing.objects.get()
        assert outgoing.file.name.endswith(".docx")
        assert response.url == reverse("outgoing_detail", args=[outgoing.pk])
        assert response.url in html_of(client, "draft_detail", pk)
        assert "Put it into the outgoing register" not in client.get(waiting).content.decode()
        assert post(client, "draft_issue", pk).url == reverse("draft_detail", args=[pk])
        assert Outgoing.objects.count() == 1
        assert post(as_person(cast.inspector), "draft_issue", pk).status_code == 403


class TestWhose:
    """A section that is somebody's."""

    @pytest.fixture
    def row(self, cast, as_person, reported):
        row = reported.paragraph("i2_05")
        post(as_person(cast.officer), "section_give", row.section_id, owner=cast.officer.pk)
        return row

    def test_others_are_sent_to_the_remarks_and_lose_nothing(self, cast, as_person, reported, row):
        client = as_person(cast.second_officer)
        html = html_of(client, "draft_detail", reported.draft.pk)
        assert f"Written by {cast.officer.full_name}" in html
        assert f'href="{reverse("paragraph_edit", args=[row.pk])}"' not in html
        assert reverse("paragraph_remarks", args=[row.pk]) in html
        response = client.get(reverse("paragraph_edit", args=[row.pk]), follow=True)
        assert response.redirect_chain[-1][0] == reverse("paragraph_remarks", args=[row.pk])
        assert f"{cast.officer} writes this section" in response.content.decode()
        typed = post(client, "paragraph_edit", row.pk, version=row.version, text="Đã gõ dở.")
        assert typed.status_code == 422
        assert "Đã gõ dở." in typed.content.decode()
        for name, pk in (("paragraph_add", row.section_id), ("section_give", row.section_id)):
            told = client.get(reverse(name, args=[pk]), follow=True).content.decode()
            assert "writes this section" in told
        for name, pk in (("section_move", row.section_id), ("paragraph_choose", row.pk)):
            told = client.post(
                reverse(name, args=[pk]), {"does": "up", "version": 1}, follow=True
            ).content.decode()
            assert "writes this section" in told

    def test_the_report_is_given_to_another_who_leads_it(self, cast, as_person, reported, row):
        client = as_person(cast.second_officer)
        html = html_of(client, "draft_lead", reported.draft.pk)
        assert cast.inspector.full_name not in html
        said = {"version": reported.fresh().version, "lead": cast.second_officer.pk}
        assert post(client, "draft_lead", reported.draft.pk, **said).status_code == 302
        page = html_of(client, "draft_detail", reported.draft.pk)
        assert f"Responsible: {cast.second_officer}" in page
        assert f'href="{reverse("paragraph_edit", args=[row.pk])}"' in page
        assert post(as_person(cast.inspector), "draft_lead", reported.draft.pk, **said).status_code == 403


class TestOrder:
    """By buttons that keep the focus, so that one presses again."""

    def test_a_paragraph_goes_down_and_up(self, cast, as_person, reported):
        client, row = as_person(cast.officer), reported.paragraph("i2_05")
        response = post(client, "paragraph_choose", row.pk, version=1, does="down")
        assert response.url.endswith(f"?moved=down-{row.pk}")
        html = client.get(response.url).content.decode()
        assert html.index(f'id="p{reported.paragraph("i2_08").pk}"') < html.index(f'id="p{row.pk}"')
        assert html.count(" autofocus") == 1
        moved = f"up-{reported.paragraph('i2_08').pk}"  # at the end: the button of the other way has the focus
        assert html_of(client, "draft_detail", reported.draft.pk, moved=moved).count(" autofocus") == 1
        post(client, "paragraph_choose", row.pk, version=1, does="up")
        html = html_of(client, "draft_detail", reported.draft.pk)
        assert html.index(f'id="p{reported.paragraph("i2_08").pk}"') > html.index(f'id="p{row.pk}"')

    def test_a_section_goes_up(self, cast, as_person, reported):
        client, section = as_person(cast.officer), reported.draft.sections.get(number="3.")
        response = post(client, "section_move", section.pk, does="up")
        html = client.get(response.url).content.decode()
        assert f"2. {section.title}" in html
        assert " autofocus" in html
        assert (
            "not possible"
            in client.post(
                reverse("section_move", args=[section.pk]), {"does": "sideways"}, follow=True
            ).content.decode()
        )


class TestWhereItGoes:
    """Recipients, and the mark for the portal."""

    def test_recipients_are_chosen_and_printed(self, cast, as_person, reported):
        client, pk = as_person(cast.officer), reported.draft.pk
        form = html_of(client, "draft_recipients", pk)
        assert "checked" in form
        said = {
            "version": 1,
            "above": [cast.province.pk],
            "units": [cast.unit_b.pk],
            "others": "Hội Nông dân",
            "channel": "post",
        }
        wrong = post(client, "draft_recipients", pk, **said, archive="Văn phòng")
        assert wrong.status_code == 422
        assert "Hội Nông dân" in wrong.content.decode()
        assert post(client, "draft_recipients", pk, **said, archive="Lưu Văn phòng").status_code == 302
        html = html_of(client, "draft_detail", pk)
        assert "<li>Hội Nông dân,</li><li>Lưu Văn phòng.</li>" in html
        stale = post(client, "draft_recipients", pk, **said, archive="Lưu Văn thư")
        assert stale.status_code == 409
        assert "Lưu Văn thư" in stale.content.decode()
        found = post(client, "draft_recipients", pk, **said, **{"units-words": "Sở", "find": "units"})
        assert "Chi bộ Sở Ánh Dương" in found.content.decode()

    def test_marked_for_the_portal_by_who_approves(self, cast, as_person, reported):
        client, pk = as_person(cast.officer), reported.draft.pk
        assert "Mark it for the portal" in html_of(client, "draft_detail", pk)
        post(client, "draft_portal", pk, version=1, is_wanted="on")
        assert "Not for the portal after all" in html_of(client, "draft_detail", pk)
        assert "Mark it for the portal" not in html_of(as_person(cast.inspector), "draft_detail", pk)
        assert "No report is marked" in html_of(client, "portal_list")  # it is not sent yet
        post(client, "draft_portal", pk, version=2)
        assert not Draft.objects.get(pk=pk).is_for_portal

    def test_by_an_outline_the_periods_it_is_for(self, cast, as_person, reported):
        client = as_person(cast.officer)
        begin = reverse("draft_begin", args=[reported.november.pk])
        assert f'{begin}?de-cuong=short"' in html_of(client, "report_list", **{"de-cuong": "short"})
        assert begin not in html_of(client, "report_list", **{"de-cuong": "annual"})
        assert f"{reverse('report_list')}?de-cuong=annual" in html_of(client, "outline_list")
        form = html_of(client, "draft_begin", reported.november.pk, **{"de-cuong": "urgent"})
        assert '<option value="urgent" selected' in form
