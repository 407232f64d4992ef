"""What the papers of a consultation say: the table of comments and what became of them, and the criticism.

The table has the columns that offices use: number, provision, who commented (number and day of the paper), what
was said, what becomes of it, why, where the draft reads otherwise, notes; above it the counts. Vietnamese, because
it is the text of documents. A table of a million comments would be no paper: it cites some of each group word for
word and counts the rest, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from motbuoc.domains.consultation.models import Comment, CommentGroup, Consultation
from motbuoc.domains.consultation.selectors import asked_on, named
from motbuoc.domains.documents.models import Document
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import Unit

D = CommentGroup.Disposition
COLUMNS = (
    "STT",
    "Điều, khoản, nội dung dự thảo",
    "Cơ quan, đơn vị góp ý (số văn bản, ngày)",
    "Nội dung góp ý",
    "Tiếp thu",
    "Giải trình",
    "Điểm sửa trong dự thảo",
    "Ghi chú",
)
BECAME = {D.ACCEPTED: "Toàn phần", D.PARTLY: "Một phần", D.DECLINED: "Không", D.NONE: "Đang xem xét"}
ASKED = (
    "Số đơn vị được lấy ý kiến: {asked}; đã trả lời: {replied}, trong đó thống nhất, không có ý kiến khác: {none}."
)
SAID = (
    "Tổng số ý kiến góp ý: {total}, gồm {units} ý kiến của cơ quan, đơn vị và {people} ý kiến qua trang lấy ý "
    "kiến."
)
BECAME_ALL = (
    "Kết quả (tính theo ý kiến): tiếp thu toàn phần {accepted}; tiếp thu một phần {partly}; không tiếp thu, có "
    "giải trình {declined}; đang xem xét {open}."
)
IN_GROUPS = "Các ý kiến cùng nội dung được gộp thành {groups} nhóm."
CUT = (
    "Bảng ghi {shown} trong {groups} nhóm ý kiến, theo thứ tự điều, khoản; các nhóm còn lại xem trên hệ thống lấy "
    "ý kiến."
)
PEOPLE = "{count} ý kiến qua trang lấy ý kiến"
MORE = "(và {count} ý kiến khác cùng nội dung)"
MOST_GROUPS, MOST_CITED = 3_000, 10  # rows of the table, comments cited word for word in one of them
TOGETHER = 200  # groups whose comments are read in one go
SUBJECT = "tổng hợp, tiếp thu, giải trình ý kiến góp ý đối với {subject}"
CRITICISM_SUBJECT = "đối với {subject}"
ASKED_FOR = "Căn cứ {basis}, {issuer} tổ chức phản biện xã hội đối với {subject}."
ASKED_FOR_PLAIN = "{issuer} tổ chức phản biện xã hội đối với {subject}."
HOW = "Thời gian lấy ý kiến từ ngày {start:%d/%m/%Y} đến ngày {end:%d/%m/%Y}."
ADOPTED, APART = "Nội dung phản biện, kiến nghị", "Ý kiến còn khác nhau"
POINT = "Về {label}: {title}. {reason}"
NONE_ADOPTED = "Qua tổng hợp, các ý kiến thống nhất với dự thảo."
CLOSING = "Đề nghị cơ quan soạn thảo nghiên cứu, tiếp thu, giải trình và công khai kết quả theo quy định."


def counts_of(consultation: Consultation) -> dict[str, int]:
    """The counts above the table."""
    asked = consultation.asked.aggregate(
        asked=Count("pk"), replied=Count("replied_on"), none=Count("pk", filter=Q(has_no_comment=True))
    )
    total = consultation.comments.count()
    units = Comment.objects.filter(reply__consultation=consultation).count()
    became = dict.fromkeys((D.ACCEPTED, D.PARTLY, D.DECLINED), 0)
    groups = 0
    for row in consultation.groups.order_by().values_list("disposition", "is_confirmed", "size"):
        groups += 1
        if row[0] and row[1]:
            became[D(row[0])] += row[2]
    return asked | {
        "total": total,
        "units": units,
        "people": total - units,
        "accepted": became[D.ACCEPTED],
        "partly": became[D.PARTLY],
        "declined": became[D.DECLINED],
        "open": total - sum(became.values()),
        "groups": groups,
    }


def table_of(consultation: Consultation) -> dict[str, Any]:
    """The table of comments and what became of them, for `papers.consultation`."""
    counts = counts_of(consultation)
    rows = consultation.groups.select_related("provision", "changed_in").order_by("provision__number", "pk")
    groups = list(rows[:MOST_GROUPS])
    lines = [
        ASKED.format(**counts),
        SAID.format(**counts),
        BECAME_ALL.format(**counts),
        IN_GROUPS.format(**counts),
    ]
    if counts["groups"] > len(groups):
        lines.append(CUT.format(shown=len(groups), groups=counts["groups"]))
    return _letterhead(consultation) | {
        "type": "BC",
        "type_name": "BÁO CÁO",
        "subject": SUBJECT.format(subject=consultation.subject),
        "paragraphs": [(line, 0) for line in lines],
        "columns": COLUMNS,
        "rows": _rows(groups),
    }


def _rows(groups: list[CommentGroup]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for start in range(0, len(groups), TOGETHER):
        some = groups[start : start + TOGETHER]
        cited = _cited(some)
        names = _names(one for each in cited.values() for one in each)
        for one in some:
            rows.append(_row(len(rows) + 1, one, cited[one.pk], names))
    return rows


def _cited(groups: list[CommentGroup]) -> dict[int, list[Comment]]:
    """For each group its comments of units, and the first of those of people."""
    few = [one.pk for one in groups if one.size <= MOST_CITED]
    found: dict[int, list[Comment]] = defaultdict(list)
    rows = Comment.objects.select_related("reply").order_by("pk")
    for row in rows.filter(group__in=few):
        found[row.group_id or 0].append(row)
    for one in groups:
        if one.size > MOST_CITED:
            of_units = list(rows.filter(group=one, reply__isnull=False))
            found[one.pk] = of_units + list(rows.filter(group=one, reply=None)[:MOST_CITED])
    return found


def _names(comments: Iterable[Comment]) -> dict[int, str]:
    """The name of each unit that replied, with number and day of its paper, by the id of the reply."""
    replies = {one.reply.pk: one.reply for one in comments if one.reply}
    units = dict(named_units(reply.unit_id for reply in replies.values()))
    return {
        pk: f"{units.get(reply.unit_id, '')} ({reply.reply_number}, {reply.reply_dated:%d/%m/%Y})"
        for pk, reply in replies.items()
    }


def named_units(units: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Units and their names, also of those that have ended."""
    return list(Unit.objects.known_by(clock.today()).filter(pk__in=set(units)).values_list("pk", "name"))


def _row(number: int, group: CommentGroup, cited: list[Comment], names: dict[int, str]) -> tuple[str, ...]:
    of_units = list(dict.fromkeys(names[one.reply_id] for one in cited if one.reply_id))
    people = group.size - sum(1 for one in cited if one.reply_id)
    who = "; ".join([*of_units, *([PEOPLE.format(count=people)] if people > 0 else [])])
    said = [f"“{one.quoted}”: {one.text}" if one.quoted else one.text for one in cited[:MOST_CITED]]
    if (more := group.size - len(said)) > 0:
        said.append(MORE.format(count=more))
    became = D(group.disposition) if group.is_confirmed else D.NONE
    changed = f"{group.changed_in.label}" if group.changed_in else ""
    return (
        str(number),
        group.provision.label,
        who,
        "\n".join(f"- {words}" if len(said) > 1 else words for words in said),
        BECAME[became],
        group.reason if became else "",
        changed,
        "",
    )


def criticism_of(consultation: Consultation) -> dict[str, Any]:
    """The document of social criticism for whoever drafts (217-QĐ/TW): what those who criticise hold together, by
    provision, and what stays apart."""
    letterhead = _letterhead(consultation)
    subject = consultation.subject
    said = {"subject": subject, "issuer": letterhead["name"], "basis": consultation.basis}
    opening = (ASKED_FOR if consultation.basis else ASKED_FOR_PLAIN).format(**said)
    counts = counts_of(consultation)
    paragraphs = [
        (opening, 0),
        (HOW.format(start=consultation.opens_on, end=consultation.closes_on), 0),
        (ASKED.format(**counts), 0),
        (SAID.format(**counts), 0),
    ]
    rows = consultation.groups.filter(is_confirmed=True).select_related("provision")
    groups = list(rows.order_by("provision__number", "pk")[:MOST_GROUPS])
    adopted = [one for one in groups if one.disposition in (D.ACCEPTED, D.PARTLY)]
    apart = [one for one in groups if one.disposition == D.DECLINED]
    paragraphs += [(f"1. {ADOPTED}", 1), *_points(adopted)] if adopted else [(NONE_ADOPTED, 0)]
    if apart:
        paragraphs += [(f"{2 if adopted else 1}. {APART}", 1), *_points(apart)]
    if counts["groups"] > len(groups):
        paragraphs.append((CUT.format(shown=len(groups), groups=counts["groups"]), 0))
    return letterhead | {
        "symbol": "",
        "type_name": "VĂN BẢN PHẢN BIỆN XÃ HỘI",
        "subject": CRITICISM_SUBJECT.format(subject=subject),
        "paragraphs": [*paragraphs, (CLOSING, 0)],
        "columns": (),
        "rows": [],
    }


def _points(groups: list[CommentGroup]) -> list[tuple[str, int]]:
    return [
        (POINT.format(label=one.provision.label, title=one.title.rstrip(". "), reason=one.reason).strip(), 0)
        for one in groups
    ]


def _letterhead(consultation: Consultation) -> dict[str, Any]:
    """The letterhead of the unit's latest document, so that it is written as the unit writes."""
    unit = Unit.objects.known_by(clock.today()).get(pk=asked_on(consultation.unit_id))
    known = Document.objects.filter(unit=unit.pk).exclude(issuer="").order_by("-issued_on", "-pk").first()
    told = [row.unit_name for row in named(consultation.asked.all()).order_by("unit_name")[:20]]
    return {
        "superior": known.superior if known else "",
        "issuer": known.issuer if known else unit.name.upper(),
        "place": known.place if known else "",
        "regime": (known.regime if known else "") or "party",
        "date": clock.today().isoformat(),
        "name": unit.name,
        "symbol": f"BC/{unit.symbol}",
        "recipients": [*told, "Lưu Văn phòng"],
    }
