"""A report assembled from a month of the ledger, refreshed, edited, and put forward."""

from __future__ import annotations

import pytest

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.filling import save_words
from motbuoc.domains.ledger.services import accept, hand_in, reopen
from motbuoc.domains.reporting.drafted import Paragraph
from motbuoc.domains.reporting.drafting import (
    add_paragraph,
    begin_draft,
    edit_paragraph,
    keep_own_words,
    leave_out,
    refresh_draft,
    take_draft_step,
    words_to_edit,
)
from motbuoc.domains.reporting.drafts import changed_since, sections_of, shown
from motbuoc.domains.reporting.outlines import FOR_CYCLES, SHIPPED, level_of
from motbuoc.domains.reporting.states import TRANSITIONS, DraftState
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.core.transitions import Transition
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import LONG_AGO, Cast, make_unit
from tests.factories.ledger import enter, submission_of
from tests.factories.reporting import Reported, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_draft(cast)


def text_of(reported: Reported) -> str:
    sections = sections_of(reported.fresh())
    return "\n".join(one.text for section in sections for one in section.paragraphs)


def correct(cast: Cast, reported: Reported, words: str = "", **amounts: int) -> None:
    """Unit A's November, corrected and accepted again."""
    mine = submission_of(reported.november, cast.unit_a.pk)
    reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Sai số liệu")
    mine = enter(cast.secretary, submission_of(reported.november, cast.unit_a.pk), **amounts)
    if words:
        save_words(actor=cast.secretary, submission=mine, words={reported.ledger.box.pk: words})
    mine = submission_of(reported.november, cast.unit_a.pk)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(reported.november, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)


def refresh(cast: Cast, reported: Reported) -> None:
    draft = reported.fresh()
    refresh_draft(actor=cast.officer, draft=draft, version=draft.version)


def edit(cast: Cast, paragraph: Paragraph, text: str) -> Paragraph:
    return edit_paragraph(actor=cast.officer, paragraph=paragraph, version=paragraph.version, text=text)


def step(actor: Person, reported: Reported, name: str, reason: str = "") -> None:
    draft = reported.fresh()
    take_draft_step(actor=actor, draft=draft, version=draft.version, name=name, reason=reason)


class TestAssembling:
    """What the records give."""

    def test_figures_stand_beside_the_last_with_their_sources(self, cast: Cast, reported: Reported) -> None:
        runs = shown(reported.paragraph("i2_05"), reported.draft.figures).runs
        assert "".join(each["text"] for each in runs) == "Cuộc đối thoại: 06 cuộc; kỳ trước: 03."
        both = {submission_of(reported.november, unit.pk).pk for unit in (cast.unit_a, cast.unit_b)}
        assert {source for each in runs if each.get("cell") == "i2_05" for source in each["sources"]} == both
        last = submission_of(reported.october, cast.unit_a.pk).pk
        assert [each["sources"] for each in runs if each.get("cell") == "i2_05.ky_truoc"] == [[last]]

    def test_who_is_missing_is_named(self, reported: Reported) -> None:
        assert "Số liệu kỳ trước chưa có của 01/02 đơn vị: Đảng bộ Công ty Bình Minh." in text_of(reported)

    def test_what_two_units_wrote_is_one_sentence_in_the_clearer_words(self, reported: Reported) -> None:
        row = reported.saying("đối thoại với đoàn viên")
        assert row.made["runs"][0]["text"] == (
            "Chi bộ Sở Ánh Dương, Đảng bộ Công ty Bình Minh: "
            "Người đứng đầu đã đối thoại với đoàn viên về nhà ở công nhân."
        )
        assert "Nguoi dung dau" not in text_of(reported)

    def test_only_what_was_accepted_is_told(self, cast: Cast, reported: Reported) -> None:
        mine = submission_of(reported.november, cast.unit_a.pk)
        reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Sai")
        mine = submission_of(reported.november, cast.unit_a.pk)
        save_words(actor=cast.secretary, submission=mine, words={reported.ledger.box.pk: "Chưa ai duyệt câu này."})
        refresh(cast, reported)
        assert "Chưa ai duyệt" not in text_of(reported)
        assert "120 tờ rơi" in text_of(reported)

    @pytest.mark.parametrize("outline", SHIPPED)
    def test_every_shipped_outline_can_be_assembled(self, cast: Cast, reported: Reported, outline: str) -> None:
        draft = begin_draft(
            actor=cast.officer,
            period=reported.november,
            unit_id=cast.bloc.pk,
            outline=outline,
            subject="kết quả",
        )
        sections = sections_of(draft)
        assert [(section.section.number, section.section.title) for section in sections] == [
            (each["number"], each["title"]) for each in SHIPPED[outline]
        ]
        text = "\n".join(one.text for section in sections for one in section.paragraphs)
        assert text.count("Cuộc đối thoại: 06") == 1  # no figure falls through, none stands twice
        assert text.count("120 tờ rơi") == 1

    def test_every_cycle_has_its_outline(self) -> None:
        assert set(FOR_CYCLES) == set(PeriodCycle)
        assert set(FOR_CYCLES.values()) == set(SHIPPED)

    @pytest.mark.parametrize(
        ("number", "level"),
        [("Phần thứ nhất", 0), ("I.", 1), ("IV", 1), ("1.", 2), ("1.2.", 3), ("a)", 3)],
    )
    def test_levels(self, number: str, level: int) -> None:
        assert level_of(number) == level

    def test_not_of_a_unit_outside_the_tree(self, cast: Cast, reported: Reported) -> None:
        beside = make_unit("Đảng ủy Khối khác", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
        Grant.objects.create(person=cast.officer, role=Role.DEPARTMENT_OFFICER, unit=beside, valid_from=LONG_AGO)
        with pytest.raises(Refusal):
            begin_draft(
                actor=cast.officer,
                period=reported.november,
                unit_id=beside.pk,
                outline="short",
                subject="kết quả",
            )

    def test_not_by_others(self, cast: Cast, reported: Reported) -> None:
        for person in (cast.secretary, cast.inspector, cast.central_officer):
            with pytest.raises(NotAllowed):
                begin_draft(
                    actor=person,
                    period=reported.november,
                    unit_id=cast.bloc.pk,
                    outline="short",
                    subject="kết quả",
                )


class TestEditing:
    """What a person wrote stays when the figures are refreshed, and both are shown."""

    def test_an_edited_text_stays_and_its_fields_follow(self, cast: Cast, reported: Reported) -> None:
        edit(cast, reported.paragraph("i2_05"), "Đã đối thoại {{i2_05}} lần, nhiều hơn tháng trước.")
        correct(cast, reported, i2_05=7)
        refresh(cast, reported)
        one = shown(reported.paragraph("i2_05"), reported.fresh().figures)
        assert one.text == "Đã đối thoại 09 lần, nhiều hơn tháng trước."
        assert one.made_text == "Cuộc đối thoại: 09 cuộc; kỳ trước: 03."
        assert one.is_news

    def test_keeping_ones_own_words_silences_the_difference(self, cast: Cast, reported: Reported) -> None:
        edit(cast, reported.paragraph("i2_05"), "Đối thoại {{i2_05}} lần.")
        correct(cast, reported, i2_05=7)
        refresh(cast, reported)
        row = reported.paragraph("i2_05")
        keep_own_words(actor=cast.officer, paragraph=row, version=row.version)
        one = shown(reported.paragraph("i2_05"), reported.fresh().figures)
        assert (one.text, one.is_news) == ("Đối thoại 09 lần.", False)

    def test_taking_the_new_gives_up_ones_own(self, cast: Cast, reported: Reported) -> None:
        row = edit(cast, reported.paragraph("i2_05"), "Đối thoại {{i2_05}} lần.")
        edit(cast, row, "")
        assert shown(reported.paragraph("i2_05"), reported.draft.figures).text.startswith("Cuộc đối thoại: 06")

    def test_saving_what_was_made_is_no_edit(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        assert edit(cast, row, words_to_edit(row)).edited == ""

    def test_edited_words_outlive_their_source(self, cast: Cast, reported: Reported) -> None:
        edit(cast, reported.saying("120 tờ rơi"), "Một đơn vị đã phát 120 tờ rơi.")
        correct(cast, reported, words="Đã làm việc khác hẳn trong kỳ này.", i2_05=4)
        refresh(cast, reported)
        row = Paragraph.objects.get(edited__startswith="Một đơn vị")
        assert row.is_gone
        assert "Một đơn vị đã phát 120 tờ rơi." in text_of(reported)
        keep_own_words(actor=cast.officer, paragraph=row, version=row.version)
        refresh(cast, reported)
        assert not Paragraph.objects.get(pk=row.pk).is_gone

    def test_a_sentence_changed_at_its_source_is_the_same_paragraph(self, cast: Cast, reported: Reported) -> None:
        before = edit(cast, reported.saying("120 tờ rơi"), "Phát tờ rơi ở một đơn vị.")
        correct(cast, reported, words="- Đã phát 150 tờ rơi tuyên truyền.", i2_05=4)
        refresh(cast, reported)
        after = Paragraph.objects.get(pk=before.pk)
        one = shown(after, reported.fresh().figures)
        assert (one.text, one.is_news) == ("Phát tờ rơi ở một đơn vị.", True)
        assert "150 tờ rơi" in one.made_text

    def test_what_was_left_out_stays_out(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_08")
        leave_out(actor=cast.officer, paragraph=row, version=row.version, is_left_out=True)
        refresh(cast, reported)
        assert "Câu hỏi, kiến nghị" not in text_of(reported)

    def test_a_paragraph_of_ones_own_stays_behind_what_is_made(self, cast: Cast, reported: Reported) -> None:
        section = reported.paragraph("i2_05").section
        add_paragraph(actor=cast.officer, section=section, text="Nhìn chung tình hình ổn định.")
        refresh(cast, reported)
        found = next(each for each in sections_of(reported.fresh()) if each.section.pk == section.pk)
        assert found.paragraphs[-1].text == "Nhìn chung tình hình ổn định."

    def test_two_at_the_same_paragraph(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        edit(cast, row, "Một.")
        with pytest.raises(Collision):
            edit_paragraph(actor=cast.second_officer, paragraph=row, version=row.version, text="Hai.")
        edit_paragraph(  # another paragraph of the same report is another's to edit at the same time
            actor=cast.second_officer, paragraph=reported.paragraph("i2_08"), version=1, text="Hai."
        )

    def test_tables_are_not_edited_and_strangers_do_not_write(self, cast: Cast, reported: Reported) -> None:
        row = reported.paragraph("i2_05")
        with pytest.raises(NotAllowed):
            edit_paragraph(actor=cast.inspector, paragraph=row, version=row.version, text="Không.")
        Paragraph.objects.filter(pk=row.pk).update(kind="table")
        with pytest.raises(Refusal):
            edit(cast, row, "Không.")

    def test_each_act_leaves_a_line(self, cast: Cast, reported: Reported) -> None:
        edit(cast, reported.paragraph("i2_05"), "Một.")
        line = HistoryLine.objects.filter(object_type="report_draft").latest("pk")
        assert (line.action, line.object_id) == ("edit_paragraph", reported.draft.pk)
        assert line.values["text"] == ["", "Một."]


class TestSteps:
    """Handed in, approved by somebody else, given back."""

    def test_a_figure_that_changed_is_told_and_asks_for_a_reason(self, cast: Cast, reported: Reported) -> None:
        assert changed_since(reported.draft) == []
        correct(cast, reported, i2_05=7)
        changed = changed_since(reported.fresh())
        assert [(row.field, row.then, row.now) for row in changed] == [("i2_05", "06", "09")]
        with pytest.raises(Refusal, match="06 → 09"):
            step(cast.officer, reported, "hand_in")
        step(cast.officer, reported, "hand_in", reason="Số liệu chốt ngày 25")
        with pytest.raises(Refusal, match="06 → 09"):
            step(cast.second_officer, reported, "approve")

    def test_a_field_of_an_edited_text_is_compared_as_well(self, cast: Cast, reported: Reported) -> None:
        edit(cast, reported.paragraph("i2_08"), "Kiến nghị: {{i2_08}}; đối thoại: {{i2_05.luy_ke}}.")
        correct(cast, reported, i2_05=4, i2_08=30)
        assert {row.field for row in changed_since(reported.fresh())} == {"i2_08"}

    def test_what_is_handed_in_does_not_change(self, cast: Cast, reported: Reported) -> None:
        step(cast.officer, reported, "hand_in")
        with pytest.raises(Refusal):
            edit(cast, reported.paragraph("i2_05"), "Sửa.")
        with pytest.raises(Refusal):
            refresh(cast, reported)

    def test_two_people_read_it(self, cast: Cast, reported: Reported) -> None:
        step(cast.officer, reported, "hand_in")
        with pytest.raises(Refusal, match="Đồng chí đã trình"):
            step(cast.officer, reported, "approve")
        step(cast.second_officer, reported, "approve")
        assert reported.fresh().state == DraftState.AGREED

    def test_giving_back_asks_for_a_reason(self, cast: Cast, reported: Reported) -> None:
        step(cast.officer, reported, "hand_in")
        with pytest.raises(Refusal, match="lý do"):
            step(cast.second_officer, reported, "give_back")
        step(cast.second_officer, reported, "give_back", "Thiếu phần đánh giá")
        assert reported.fresh().state == DraftState.WRITTEN

    @pytest.mark.parametrize("state", DraftState.values)
    @pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda each: each.name)
    def test_each_step_from_each_state(
        self, cast: Cast, reported: Reported, state: str, transition: Transition
    ) -> None:
        draft = reported.fresh()
        draft.state = state
        draft.save()
        if state in transition.sources:
            step(cast.second_officer, reported, transition.name, "Lý do")
            assert reported.fresh().state == transition.target
        else:
            with pytest.raises(Refusal):
                step(cast.second_officer, reported, transition.name, "Lý do")
