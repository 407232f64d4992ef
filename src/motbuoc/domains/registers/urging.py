"""The urging letter (công văn đôn đốc): for late units, written in the issuing unit's layout as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motbuoc.domains.registers.drafting import DISPATCH, Draft, draft_text, letterhead_of
from motbuoc.domains.registers.models import Outgoing, Recipient, Urging
from motbuoc.domains.registers.selectors import late_for
from motbuoc.domains.registers.services import draft_outgoing
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import narrowest
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.services import kept_together
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

MOST = 500  # rows of one letter's table
DUTY_WORDS = 40
NAMED = 6  # addressees named one by one; more are named by the table
CODES = 5  # documents that the subject names


def draft_urging(
    *, actor: Person, unit: Unit, assignment_ids: Sequence[int], answer_by: date | None = None
) -> Outgoing:
    """Draft the letter that urges the units of these overdue assignments, with what each owes in a table.

    It is written as of today and goes the way of every outgoing document; who was urged for what is kept with it.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: none of them is overdue now, they are too many for one letter, or the day of answer is past.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, unit.pk)
    today = clock.today()
    if answer_by and answer_by < today:
        raise Refusal(_("The day until which the units answer is past. Choose a later one."))
    found = late_for(actor).filter(pk__in=list(assignment_ids), document__unit=unit.pk)
    rows = list(found.order_by("unit_name", "first_due_on", "pk")[: MOST + 1])
    if not rows:
        raise Refusal(_("None of the chosen duties is overdue any more. Reload the page."))
    if len(rows) > MOST:
        raise Refusal(_("More than %(most)s duties do not fit one letter. Choose fewer.") % {"most": MOST})
    draft = _draft(unit.pk, rows, today, answer_by)
    with kept_together(), transaction.atomic():
        outgoing = draft_outgoing(
            actor=actor,
            unit=unit,
            regime=draft.letterhead.regime,
            kind=DISPATCH,
            subject=draft.subject,
            text=draft_text(draft),
            classification=narrowest(*(row.document.classification for row in rows)),
        )
        Recipient.objects.bulk_create(
            Recipient(outgoing=outgoing, unit_id=pk, name=name) for pk, name in _units(rows).items()
        )
        Urging.objects.bulk_create(
            Urging(outgoing=outgoing, assignment=row, unit_id=row.unit_id, late_by=_late_by(row, today))
            for row in rows
        )
    return outgoing


def _units(rows: Sequence[Any]) -> dict[int, str]:
    return {row.unit_id: row.unit_name for row in rows}


def _late_by(row: Assignment, today: date) -> int:
    due = row.judged_from or row.due_on
    return (today - due).days if due else 0


def _draft(unit_id: int, rows: Sequence[Any], today: date, answer_by: date | None) -> Draft:
    """The letter in words, as an office writes it."""
    documents = {row.document_id: row.document for row in rows}
    last = max(documents.values(), key=lambda document: document.released_at or document.brought_at)
    names = list(_units(rows).values())
    return Draft(
        letterhead=letterhead_of(unit_id, today, last.place),
        type=DISPATCH,
        subject=_subject(list(documents.values())),
        body=_body(list(documents.values()), rows, today, answer_by),
        addressees=names if len(names) <= NAMED else ["Các đơn vị có tên trong danh sách kèm theo"],
        distribution=["Như trên", "Lưu Văn phòng"],
    )


def _subject(documents: Sequence[Any]) -> str:
    codes = [document.code for document in documents if document.code]
    if not codes:
        return "về việc đôn đốc nhiệm vụ quá hạn"
    more = len(documents) - len(codes[:CODES])
    others = f" và {more} văn bản khác" if more else ""
    return f"về việc đôn đốc thực hiện nhiệm vụ quá hạn theo {', '.join(codes[:CODES])}{others}"


def _body(documents: Sequence[Any], rows: Sequence[Any], today: date, answer_by: date | None) -> str:
    cited = "; ".join(_cited(document) for document in documents)
    until = f"trước ngày {answer_by:%d/%m/%Y}" if answer_by else "ngay sau khi nhận được công văn này"
    paragraphs = [
        f"Qua theo dõi việc thực hiện {cited}, tính đến ngày {today:%d/%m/%Y} còn {len(rows)} nhiệm vụ của "
        f"{len(_units(rows))} đơn vị đã quá hạn mà chưa có kết quả:",
        _table(rows, today),
        f"Đề nghị các đơn vị khẩn trương hoàn thành, báo cáo kết quả {until}. Trường hợp có khó khăn, vướng mắc, "
        "đề nghị nêu rõ nguyên nhân, giải pháp và thời hạn hoàn thành để được xem xét.",
    ]
    return "\n\n".join(paragraphs)


def _cited(document: Any) -> str:
    day = f", ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"văn bản số {document.code}{day}" if document.code else f"văn bản “{_cell(document.subject)}”{day}"


def _table(rows: Sequence[Any], today: date) -> str:
    head = ["| TT | Đơn vị | Nhiệm vụ | Hạn ban đầu | Số ngày quá hạn |", "|:-:|---|---|:-:|:-:|"]
    lines = [
        f"| {number} | {_cell(row.unit_name)} | {_cell(Truncator(row.duty.text).words(DUTY_WORDS))} "
        f"| {row.first_due_on or row.due_on:%d/%m/%Y} | {_late_by(row, today)} |"
        for number, row in enumerate(rows, 1)
    ]
    return "\n".join(head + lines)


def _cell(words: Any) -> str:
    """Words in one cell of a Markdown table: on one line, and nothing in them taken for a mark."""
    text = " ".join(str(words).split())
    for mark in ("\\", "|", "*", "_", "`", "<"):
        text = text.replace(mark, f"\\{mark}")
    return text
