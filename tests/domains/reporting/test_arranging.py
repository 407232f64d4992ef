"""Whose a section is to write, and in what order a report stands."""

from __future__ import annotations

import pytest

from motbuoc.domains.reporting.arranging import move_paragraph, move_section
from motbuoc.domains.reporting.drafted import DraftSection, Paragraph
from motbuoc.domains.reporting.drafting import (
    add_paragraph,
    edit_paragraph,
    keep_own_words,
    leave_out,
    refresh_draft,
    take_draft_step,
)
from motbuoc.domains.reporting.drafts import sections_of
from motbuoc.domains.reporting.together import give_lead, give_section, remark_on, settle_remark
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast
from tests.factories.reporting import Reported, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_draft(cast)


@pytest.fixture
def owned(cast: Cast, reported: Reported) -> Paragraph:
    """A paragraph of a section that is the officer's, in a report that a third one leads."""
    row = reported.paragraph("i2_05")
    give_section(actor=cast.officer, section=row.section, owner=cast.officer)
    return Paragraph.objects.get(pk=row.pk)


def printed(reported: Reported, section: DraftSection) -> list[str]:
    found = next(each for each in sections_of(reported.fresh()) if each.section.pk == section.pk)
    return [one.paragraph.key for one in found.paragraphs]


def heads(reported: Reported) -> list[str]:
    return [str(section) for section in reported.fresh().sections.all()]


class TestWhose:
    """An owned section is its owner's, and that of who is responsible."""

    def test_another_remarks_and_does_not_write(self, cast: Cast, reported: Reported, owned: Paragraph) -> None:
        who = {"actor": cast.second_officer}
        what = {**who, "paragraph": owned, "version": owned.version}
        said = f"đồng chí {cast.officer} viết.*góp ý"
        with pytest.raises(Refusal, match=said):
            edit_paragraph(**what, text="Khác.")
        with pytest.raises(Refusal, match=said):
            leave_out(**what, is_left_out=True)
        with pytest.raises(Refusal, match=said):
            keep_own_words(**what)
        with pytest.raises(Refusal, match=said):
            add_paragraph(**who, section=owned.section, text="Thêm.")
        with pytest.raises(Refusal, match=said):
            move_paragraph(**who, paragraph=owned, up=False)
        with pytest.raises(Refusal, match=said):
            move_section(**who, section=owned.section, up=True)
        with pytest.raises(Refusal, match=said):
            give_section(**who, section=owned.section, owner=cast.second_officer)
        remark = remark_on(**who, paragraph=owned, text="", suggestion="Có {{i2_05}} cuộc.")
        with pytest.raises(Refusal, match=said):
            settle_remark(**who, remark=remark, version=owned.version, is_taken=True)
        settle_remark(actor=cast.officer, remark=remark, version=owned.version, is_taken=True)
        assert reported.paragraph("i2_05").edited == "Có {{i2_05}} cuộc."

    def test_what_is_nobodys_is_everybodys(self, cast: Cast, reported: Reported, owned: Paragraph) -> None:
        other = reported.draft.sections.exclude(pk=owned.section_id).first()
        assert add_paragraph(actor=cast.second_officer, section=other, text="Của tôi.")

    def test_who_is_responsible_writes_everywhere(self, cast: Cast, reported: Reported, owned: Paragraph) -> None:
        draft = reported.fresh()
        give_section(actor=cast.officer, section=owned.section, owner=cast.officer)
        give_lead(actor=cast.officer, draft=draft, version=draft.version, lead=cast.second_officer)
        edit_paragraph(
            actor=cast.second_officer, paragraph=owned, version=owned.version, text="Của người chủ trì."
        )
        row = reported.paragraph("i2_05")
        edit_paragraph(actor=cast.officer, paragraph=row, version=row.version, text="Của người viết.")

    def test_the_lead_is_given_by_who_has_it_or_approves(self, cast: Cast, reported: Reported) -> None:
        draft = reported.fresh()
        with pytest.raises(NotAllowed):
            give_lead(actor=cast.inspector, draft=draft, version=draft.version, lead=cast.officer)
        with pytest.raises(Refusal):
            give_lead(actor=cast.officer, draft=draft, version=draft.version, lead=cast.inspector)
        give_lead(actor=cast.officer, draft=draft, version=draft.version, lead=cast.second_officer)
        with pytest.raises(Collision):
            give_lead(actor=cast.officer, draft=draft, version=draft.version, lead=cast.officer)
        line = HistoryLine.objects.filter(action="give_draft").get()
        assert line.values["lead"] == [cast.officer.pk, cast.second_officer.pk]


class TestParagraphs:
    """Up and down within their section."""

    def test_moved_past_what_is_left_out(self, cast: Cast, reported: Reported) -> None:
        section = reported.paragraph("i2_05").section
        before = printed(reported, section)
        middle = Paragraph.objects.get(section=section, key=before[1])
        leave_out(actor=cast.officer, paragraph=middle, version=middle.version, is_left_out=True)
        first = Paragraph.objects.get(section=section, key=before[0])
        move_paragraph(actor=cast.officer, paragraph=first, up=False)
        assert printed(reported, section)[:2] == [before[2], before[0]]
        move_paragraph(actor=cast.officer, paragraph=first, up=True)
        assert printed(reported, section)[:2] == [before[0], before[2]]
        move_paragraph(actor=cast.officer, paragraph=first, up=True)  # it is the first already
        assert printed(reported, section)[:2] == [before[0], before[2]]

    def test_the_order_stays_when_figures_are_refreshed(self, cast: Cast, reported: Reported) -> None:
        section = reported.paragraph("i2_05").section
        own = add_paragraph(actor=cast.officer, section=section, text="Nhìn chung ổn định.")
        for _step in range(len(printed(reported, section))):
            move_paragraph(actor=cast.officer, paragraph=own, up=True)
        move_paragraph(actor=cast.officer, paragraph=reported.paragraph("i2_05"), up=False)
        order = printed(reported, section)
        assert order[0] == own.key
        Paragraph.objects.filter(section=section, key="i2_08").delete()  # comes back as a new one
        draft = reported.fresh()
        refresh_draft(actor=cast.officer, draft=draft, version=draft.version)
        after = printed(reported, section)
        assert [key for key in after if key != "i2_08"] == [key for key in order if key != "i2_08"]
        assert after.index("i2_08") == after.index("i2_05") + 1  # behind what it follows in the records

    def test_not_in_what_is_handed_in(self, cast: Cast, reported: Reported) -> None:
        draft = reported.fresh()
        take_draft_step(actor=cast.officer, draft=draft, version=draft.version, name="hand_in")
        with pytest.raises(Refusal):
            move_paragraph(actor=cast.officer, paragraph=reported.paragraph("i2_05"), up=True)


class TestSections:
    """Up and down among those of their rank, with what stands below them."""

    def test_two_of_a_rank_exchange_places_and_numbers(self, cast: Cast, reported: Reported) -> None:
        before = heads(reported)
        second = reported.draft.sections.get(number="2.")
        move_section(actor=cast.officer, section=second, up=True)
        after = heads(reported)
        assert after[1] == f"1. {second.title}"
        assert after[2] == before[1].replace("1.", "2.")
        assert after[3:] == before[3:]
        move_section(actor=cast.officer, section=second, up=False)
        assert heads(reported) == before

    def test_a_part_takes_what_stands_below_it_along(self, cast: Cast, reported: Reported) -> None:
        first = reported.draft.sections.get(number="I.")
        move_section(actor=cast.officer, section=first, up=False)
        after = heads(reported)
        assert after[:3] == ["I. Kết quả khác", "II. Kết quả thực hiện", after[2]]
        assert after[2].startswith("1. Lãnh đạo")
        assert after[8].startswith("7. Theo dõi")

    def test_not_out_of_its_part(self, cast: Cast, reported: Reported) -> None:
        before = heads(reported)
        sections = reported.draft.sections
        for number, up in (("I.", True), ("1.", True), ("7.", False), ("IV.", False)):
            move_section(actor=cast.officer, section=sections.get(number=number), up=up)
        assert heads(reported) == before
        assert not HistoryLine.objects.filter(action="move_section").exists()

    def test_not_by_readers(self, cast: Cast, reported: Reported) -> None:
        with pytest.raises(NotAllowed):
            move_section(actor=cast.inspector, section=reported.draft.sections.get(number="2."), up=True)
