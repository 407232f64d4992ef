"""A report being drafted, over a month of the ledger that both units reported on."""

from __future__ import annotations

from dataclasses import dataclass

from motbuoc.domains.ledger.filling import save_words
from motbuoc.domains.ledger.services import accept, hand_in
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.reporting.drafted import Draft, Paragraph
from motbuoc.domains.reporting.drafting import begin_draft
from motbuoc.foundation.people.models import Person
from tests.factories import Cast
from tests.factories.ledger import NOVEMBER, OCTOBER, Ledger, enter, make_ledger, open_month, submission_of

A_WROTE = "- Người đứng đầu đã đối thoại với đoàn viên về nhà ở công nhân.\n- Đã phát 120 tờ rơi tuyên truyền <b>."
B_WROTE = "Nguoi dung dau da doi thoai voi doan vien ve nha o cong nhan. Chưa có vướng mắc kéo dài tại đơn vị."


@dataclass
class Reported:
    """The ledger of two months, and November's report as it is first assembled."""

    ledger: Ledger
    october: ReportingPeriod
    november: ReportingPeriod
    draft: Draft

    def paragraph(self, key: str) -> Paragraph:
        """The paragraph whose key begins so, as it is now."""
        rows = Paragraph.objects.select_related("section").filter(section__draft=self.draft)
        return rows.get(key__startswith=key)

    def saying(self, words: str) -> Paragraph:
        """The paragraph whose made text holds some words, as it is now."""
        rows = Paragraph.objects.select_related("section").filter(section__draft=self.draft)
        return next(row for row in rows if any(words in each["text"] for each in row.made.get("runs", [])))

    def fresh(self) -> Draft:
        """The draft as it is now."""
        return Draft.objects.get(pk=self.draft.pk)


def send_words(
    cast: Cast, period: ReportingPeriod, actor: Person, unit_id: int, words: str, **amounts: int
) -> None:
    """A unit's figures and words, entered, handed in and accepted."""
    mine = enter(actor, submission_of(period, unit_id), **amounts)
    if words:
        save_words(actor=actor, submission=mine, words={period.form.boxes.get().pk: words})
    mine = submission_of(period, unit_id)
    hand_in(actor=actor, submission=mine, version=mine.version)
    mine = submission_of(period, unit_id)
    accept(actor=cast.officer, submission=mine, version=mine.version)


def make_draft(cast: Cast) -> Reported:
    """October and November reported by both units, and the draft of November's report for the bloc."""
    ledger = make_ledger(cast)
    october, november = open_month(cast, ledger, OCTOBER), open_month(cast, ledger, NOVEMBER)
    send_words(cast, october, cast.secretary, cast.unit_a.pk, "", i2_05=3, i2_08=8)
    send_words(cast, november, cast.secretary, cast.unit_a.pk, A_WROTE, i2_05=4, i2_08=10)
    send_words(cast, november, cast.secretary_b, cast.unit_b.pk, B_WROTE, i2_05=2, i2_08=6)
    draft = begin_draft(
        actor=cast.officer,
        period=november,
        unit_id=cast.bloc.pk,
        outline="short",
        subject="kết quả công tác dân vận tháng 11",
    )
    return Reported(ledger, october, november, draft)
