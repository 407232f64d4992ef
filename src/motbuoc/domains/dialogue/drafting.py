"""What a dialogue's conclusion says; Vietnamese, because it is the text of a document."""

from __future__ import annotations

from typing import Any

from motbuoc.domains.dialogue.concluding import promise_words
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import asked_on, came, commitments_of
from motbuoc.domains.dialogue.states import QuestionState
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import Unit

OPENING = "Ngày {day:%d/%m/%Y}, {host} tổ chức đối thoại với nội dung: {subject}."
CAME = "Dự đối thoại có {count} người."
ASKED = (
    "Hội nghị tiếp nhận {asked} câu hỏi, kiến nghị: {spot} trả lời tại chỗ, {writing} trả lời bằng văn bản, "
    "{raised} chuyển cấp trên, {open} đang giải quyết."
)
ANSWERED = "Một số nội dung đã trả lời:"
SUBJECT = "kết luận đối thoại: {subject}"
TO_DO = "Qua đối thoại, giao các đơn vị thực hiện các nội dung sau:"
CLOSING = "Kết quả thực hiện được công khai để đoàn viên, hội viên, công chức, viên chức, người lao động theo dõi."
MOST_ANSWERS = 20  # answers that a proposed text cites


def draft_of(dialogue: Dialogue) -> str:
    """A proposed text: when, who came, what was asked and how it was dealt with; to be changed by who signs."""
    lines = [OPENING.format(day=dialogue.held_on, host=dialogue.host, subject=_ended(dialogue.subject))]
    if total := came(dialogue).total:
        lines.append(CAME.format(count=total))
    questions = list(dialogue.questions.exclude(state=QuestionState.ASIDE))
    if questions:
        of = {question.pk: question for question in questions}
        whole = [of.get(question.alike_id or question.pk, question) for question in questions]
        lines.append(ASKED.format(asked=len(whole), **_handled(whole)))
    told = [one for one in questions if one.answer and not one.is_withheld and one.alike_id is None][:MOST_ANSWERS]
    if told:
        lines.append(ANSWERED)
        lines += [f"- {_ended(one.text)}: {_ended(one.answer)}." for one in told]
    return "\n".join(lines)


def _handled(questions: list[Question]) -> dict[str, int]:
    """How many were dealt with in which way."""
    how = Question.Handling
    names = {"spot": how.ON_THE_SPOT, "writing": how.IN_WRITING, "raised": how.RAISED, "open": how.NONE}
    return {name: sum(one.handling == way for one in questions) for name, way in names.items()}


def conclusion_of(dialogue: Dialogue, text: str, number: str, signer: tuple[str, str]) -> dict[str, Any]:
    """The content of the notice, for `papers.conclusion`. The letterhead is that of the unit's latest document, so
    that it is written as the unit writes."""
    unit = Unit.objects.known_by(clock.today()).get(pk=asked_on(dialogue.unit_id))
    known = Document.objects.filter(unit=unit.pk).exclude(issuer="").order_by("-issued_on", "-pk").first()
    commitments = list(commitments_of(dialogue))
    told = dict.fromkeys(commitment.unit_name for commitment in commitments)
    return {
        "superior": known.superior if known else "",
        "issuer": known.issuer if known else unit.name.upper(),
        "place": known.place if known else "",
        "regime": (known.regime if known else "") or "party",
        "symbol": f"TB/{unit.symbol}",
        "number": number,
        "date": clock.today().isoformat(),
        "subject": SUBJECT.format(subject=_ended(dialogue.subject)),
        "paragraphs": [line for line in text.splitlines() if line.strip()],
        "to_do": TO_DO,
        "clauses": [promise_words(commitment.unit_name, commitment) for commitment in commitments],
        "closing": CLOSING,
        "recipients": [*told, "Lưu Văn phòng"],
        "title": signer[0],
        "name": signer[1],
    }


def _ended(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")
