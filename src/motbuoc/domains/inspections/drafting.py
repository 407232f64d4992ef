"""What a conclusion says, from what was found; Vietnamese, because it is the text of a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from motbuoc.domains.documents.models import Document
from motbuoc.domains.inspections.models import CheckItem, Finding, Visit
from motbuoc.domains.inspections.selectors import findings_of, is_told
from motbuoc.domains.inspections.visiting import remedy_words
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import Unit

R = CheckItem.Result
OPENING = "Ngày {day:%d/%m/%Y}, {by} đã kiểm tra {subject} tại {unit}."
SEEN = (
    "Đã xem {count} nhiệm vụ: {as_reported} nhiệm vụ đúng như báo cáo, {in_part} thực hiện một phần, "
    "{not_done} chưa thực hiện."
)
NOTHING = "Chưa phát hiện thiếu sót, khuyết điểm cần khắc phục."
FOUND = "Kết quả kiểm tra cho thấy:"
SUBJECT = "kết quả kiểm tra {subject} tại {unit}"
TO_DO = "Đề nghị thực hiện các nội dung sau:"
CLOSING = "Đơn vị báo cáo kết quả khắc phục trên hệ thống theo thời hạn của từng nội dung."


def names_of(visit: Visit) -> tuple[str, str]:
    """The inspecting and the inspected unit, by their names of today or their last."""
    units = Unit.objects.known_by(clock.today()).filter(pk__in=(visit.by_unit_id, visit.unit_id))
    names = dict(units.values_list("pk", "name"))
    return names[visit.by_unit_id], names[visit.unit_id]


def draft_of(visit: Visit) -> str:
    """A proposed draft: where, what was seen, what was found; to be changed by whoever sends it.

    It counts only what whoever sees the visit may know of.
    """
    by, unit = names_of(visit)
    lines = [OPENING.format(day=visit.day, by=by, subject=visit.subject, unit=unit)]
    seen = visit.items.exclude(result="").values_list("result", "assignment__document__classification")
    results = [result for result, of_class in seen if is_told(visit, of_class)]
    if results:
        counts = {name: results.count(name) for name in (R.AS_REPORTED, R.IN_PART, R.NOT_DONE)}
        lines.append(SEEN.format(count=len(results), **{str(name.value): count for name, count in counts.items()}))
    findings = list(findings_of(visit))
    lines += [FOUND, *(f"- {_ended(finding.text)}" for finding in findings)] if findings else [NOTHING]
    return "\n".join(lines)


def remedies_in_words(visit: Visit, findings: Iterable[Finding]) -> list[str]:
    """The remedies as the numbered clauses of the conclusion."""
    _by, unit = names_of(visit)
    return [remedy_words(unit, finding) for finding in findings if finding.remedy]


def conclusion_of(visit: Visit, text: str, number: str, signer: tuple[str, str]) -> dict[str, Any]:
    """The content of the conclusion, for `papers.conclusion`: letterhead, paragraphs, remedies, who signs.

    The letterhead is that of the inspecting unit's latest document, so that it is written as the unit writes.
    """
    by, unit = names_of(visit)
    known = Document.objects.filter(unit=visit.by_unit).exclude(issuer="").order_by("-issued_on", "-pk").first()
    symbol = Unit.objects.known_by(clock.today()).get(pk=visit.by_unit_id).symbol
    today: date = clock.today()
    return {
        "superior": known.superior if known else "",
        "issuer": known.issuer if known else by.upper(),
        "place": known.place if known else "",
        "regime": (known.regime if known else "") or "party",
        "symbol": f"TB/{symbol}",
        "number": number,
        "date": today.isoformat(),
        "subject": SUBJECT.format(subject=visit.subject, unit=unit),
        "paragraphs": [line for line in text.splitlines() if line.strip()],
        "to_do": TO_DO,
        "clauses": remedies_in_words(visit, findings_of(visit)),
        "closing": CLOSING,
        "recipients": [unit, "Lưu Văn phòng"],
        "title": signer[0],
        "name": signer[1],
    }


def _ended(text: str) -> str:
    return f"{text.strip().rstrip('.;')}."
