"""To whom a report goes, what is marked for a portal, and by which outline a period is reported on."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.models import Outgoing
from motbuoc.domains.registers.numbering import open_term
from motbuoc.domains.registers.reported import for_portal, issue_draft
from motbuoc.domains.registers.sending import release_outgoing, send_outgoing
from motbuoc.domains.registers.services import take_outgoing_step
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.drafting import take_draft_step
from motbuoc.domains.reporting.drafts import outline_choices, outline_chosen
from motbuoc.domains.reporting.outlines import FOR_CYCLES, cycles_of
from motbuoc.domains.reporting.outlining import close_outline, make_outline
from motbuoc.domains.reporting.recipients import (
    Recipients,
    mark_for_portal,
    recipients_of,
    set_report_recipients,
)
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.interfaces.papers.draft_letter import letter_of
from motbuoc.interfaces.papers.draft_paper import draft_file
from tests.factories import LONG_AGO, Cast
from tests.factories.reporting import Reported, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_draft(cast)


def chosen(cast: Cast) -> Recipients:
    return Recipients(
        [(cast.province.pk, "Đảng bộ tỉnh Mẫu")],
        [(cast.unit_b.pk, "Đảng bộ Công ty Bình Minh"), (cast.province.pk, "Đảng bộ tỉnh Mẫu")],
        [("Hội Nông dân tỉnh", "post")],
        "Lưu Văn phòng",
    )


def set_to(cast: Cast, reported: Reported, to: Recipients) -> Draft:
    draft = reported.fresh()
    return set_report_recipients(actor=cast.officer, draft=draft, version=draft.version, to=to)


def step(actor: object, reported: Reported, name: str, reason: str = "") -> None:
    draft = reported.fresh()
    take_draft_step(actor=actor, draft=draft, version=draft.version, name=name, reason=reason)  # type: ignore[arg-type]


def sent(cast: Cast, reported: Reported) -> Outgoing:
    """The report, approved, numbered and sent."""
    step(cast.officer, reported, "hand_in")
    step(cast.second_officer, reported, "approve")
    outgoing = issue_draft(actor=cast.officer, draft=reported.fresh(), word_file=draft_file(reported.fresh()))
    open_term(actor=cast.officer, unit=cast.bloc, name="2025-2030", begins_on=LONG_AGO, basis="Đại hội")
    for actor, name in ((cast.officer, "check"), (cast.second_officer, "approve")):
        outgoing = Outgoing.objects.get(pk=outgoing.pk)
        take_outgoing_step(
            actor=actor,
            outgoing=outgoing,
            version=outgoing.version,
            name=name,
            reason="Thử" if name == "check" else "",
        )
    outgoing = Outgoing.objects.get(pk=outgoing.pk)
    release_outgoing(actor=cast.officer, outgoing=outgoing, version=outgoing.version)
    outgoing = Outgoing.objects.get(pk=outgoing.pk)
    send_outgoing(actor=cast.officer, outgoing=outgoing, version=outgoing.version)
    return Outgoing.objects.get(pk=outgoing.pk)


class TestRecipients:
    """Nơi nhận."""

    def test_proposed_is_the_unit_above_and_the_archive(self, cast: Cast, reported: Reported) -> None:
        lines = recipients_of(reported.draft).printed()
        assert lines[0].endswith("(để báo cáo)")
        assert [pk for pk, _name in recipients_of(reported.draft).reported_to] == [cast.province.pk]
        assert lines[-1].startswith("Lưu ")

    def test_of_a_base_unit_also_who_asked(self, cast: Cast, reported: Reported) -> None:
        own = Draft(period=reported.november, unit=cast.unit_a)
        assert [pk for pk, _name in recipients_of(own).reported_to] == [cast.bloc.pk]  # above, and who asked
        assert recipients_of(Draft(period=reported.november, unit=cast.department)).archive.startswith("Lưu ")

    def test_what_is_chosen_is_printed_and_sent_to(self, cast: Cast, reported: Reported) -> None:
        draft = set_to(cast, reported, chosen(cast))
        lines = [
            "Đảng bộ tỉnh Mẫu (để báo cáo)",
            "Đảng bộ Công ty Bình Minh",
            "Hội Nông dân tỉnh",
            "Lưu Văn phòng",
        ]
        assert letter_of(reported.fresh())["recipients"] == lines
        assert draft.recipients["units"] == [[cast.unit_b.pk, "Đảng bộ Công ty Bình Minh"]]  # each once
        outgoing = sent(cast, reported)
        assert {(row.unit_id, row.channel) for row in outgoing.recipients.all()} == {
            (cast.province.pk, ""),
            (cast.unit_b.pk, ""),
            (None, "post"),
        }
        copies = outgoing.document.copies.values_list("unit", "state")  # type: ignore[union-attr]
        assert set(copies) == {(cast.province.pk, "delivered"), (cast.unit_b.pk, "delivered")}

    def test_what_is_refused(self, cast: Cast, reported: Reported) -> None:
        draft, to = reported.fresh(), chosen(cast)
        with pytest.raises(NotAllowed):
            set_report_recipients(actor=cast.inspector, draft=draft, version=draft.version, to=to)
        with pytest.raises(Refusal, match="Lưu"):
            set_to(cast, reported, to._replace(archive="Văn phòng"))
        with pytest.raises(Refusal, match="100"):
            set_to(cast, reported, to._replace(others=[(str(number), "post") for number in range(101)]))
        set_to(cast, reported, to)
        with pytest.raises(Collision):
            set_report_recipients(actor=cast.officer, draft=draft, version=draft.version, to=to)
        step(cast.officer, reported, "hand_in")
        with pytest.raises(Refusal):
            set_to(cast, reported, to)


class TestPortal:
    """A mark, off by default, of the open class only."""

    def mark(self, actor: object, reported: Reported, *, is_wanted: bool = True) -> Draft:
        draft = reported.fresh()
        return mark_for_portal(actor=actor, draft=draft, version=draft.version, is_wanted=is_wanted)  # type: ignore[arg-type]

    def test_listed_once_it_is_sent_and_no_longer_when_it_is_narrowed(
        self, cast: Cast, reported: Reported
    ) -> None:
        assert not reported.draft.is_for_portal
        self.mark(cast.second_officer, reported)
        assert list(for_portal(cast.officer)) == []
        outgoing = sent(cast, reported)
        assert list(for_portal(cast.officer)) == [outgoing]
        assert list(for_portal(cast.member)) == []
        Document.objects.filter(pk=outgoing.document_id).update(classification="internal")
        assert list(for_portal(cast.officer)) == []
        Document.objects.filter(pk=outgoing.document_id).update(classification="normal")
        Document.objects.filter(pk=reported.november.document_id).update(classification="internal")
        assert list(for_portal(cast.officer)) == []

    def test_taken_away_again(self, cast: Cast, reported: Reported) -> None:
        self.mark(cast.officer, reported)
        assert not self.mark(cast.officer, reported, is_wanted=False).is_for_portal

    def test_not_what_is_not_open_and_not_by_others(self, cast: Cast, reported: Reported) -> None:
        with pytest.raises(NotAllowed):
            self.mark(cast.inspector, reported)
        with pytest.raises(NotAllowed):
            self.mark(cast.secretary, reported)
        Document.objects.filter(pk=reported.november.document_id).update(classification="internal")
        with pytest.raises(Refusal):
            self.mark(cast.officer, reported)


class TestCycles:
    """The outline that fits a period comes first."""

    @pytest.mark.parametrize("cycle", FOR_CYCLES, ids=str)
    def test_of_those_that_come_with_the_system(self, cast: Cast, cycle: str) -> None:
        assert outline_choices(cast.bloc.pk, cycle)[0].value == FOR_CYCLES[cycle]  # type: ignore[index]
        assert cycle in cycles_of(FOR_CYCLES[cycle])  # type: ignore[index]

    def test_of_ones_own(self, cast: Cast) -> None:
        what = {"actor": cast.officer, "unit_id": cast.bloc.pk, "lines": "1. | Một"}
        yearly = make_outline(**what, name="A năm", cycle="year")
        any_time = make_outline(**what, name="B chung", cycle="")
        order = [each.value for each in outline_choices(cast.unit_a.pk, "year")]
        assert order[:3] == [str(yearly.pk), str(any_time.pk), "annual"]
        order = [each.value for each in outline_choices(cast.unit_a.pk, "half_year")]
        assert order[:3] == [str(any_time.pk), "half", str(yearly.pk)]
        assert set(order[3:]) == {"short", "annual", "thematic", "urgent"}

    def test_chosen_by_its_address(self, cast: Cast) -> None:
        what = {"actor": cast.officer, "unit_id": cast.bloc.pk, "lines": "1. | Một"}
        yearly = make_outline(**what, name="Năm", cycle="year")
        assert outline_chosen(cast.officer, str(yearly.pk)) == (str(yearly.pk), "Năm", ("year",))
        assert outline_chosen(cast.officer, "half") == (
            "half",
            "Báo cáo 6 tháng, 9 tháng",
            ("half_year", "nine_months"),
        )
        for value in ("", "x", "9" * 12, "999999"):
            assert outline_chosen(cast.officer, value) is None
        assert outline_chosen(cast.secretary, str(yearly.pk)) is None  # of a unit above: not theirs to look into
        close_outline(actor=cast.officer, outline=yearly, version=1)
        assert outline_chosen(cast.officer, str(yearly.pk)) is None
