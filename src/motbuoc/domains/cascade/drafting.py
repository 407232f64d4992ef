"""A unit's plan as it is about to be written: what its form is filled with, and the Word file made of it.

The set phrases are those of offices, in Vietnamese whatever the language of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motbuoc.domains.documents.models import Cycle, Document, Duty, TimeKind
from motbuoc.domains.reporting.phrases import CIRCULATION
from motbuoc.domains.reporting.selectors import cited, head_of
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.units.kinds import LINE_OF, Line, UnitKind
from motbuoc.foundation.units.models import Unit, UnitOn
from vanban import document as official
from vanban.blocks import Paragraph, Run
from vanban.document import Field, Recipient, RecipientKind, Regime
from vanban.text import normalise, squash
from vanban.write import write

REGIMES = {Line.PARTY: Regime.PARTY, Line.YOUTH: Regime.YOUTH, Line.UNION: Regime.UNION, Line.STATE: Regime.STATE}
"""Whose rules of layout the papers of each line follow; those of other lines follow the Front's."""

COMMITTEES = {"Đảng bộ ": "Đảng ủy "}
"""A Party organisation's papers are issued by its committee."""

TYPE, TYPE_NAME = "KH", "KẾ HOẠCH"
SUBJECT = "thực hiện {document}"
OPENING = "Thực hiện {document}{of_issuer}{about}, {issuer} xây dựng kế hoạch thực hiện như sau:"
CLOSING = (
    "Trên đây là kế hoạch thực hiện {document}. "
    "Các đơn vị, cá nhân được giao tổ chức thực hiện và báo cáo {issuer}."
)
LINES = {
    "who": "Đơn vị thực hiện: {}.",
    "when": "Thời gian: {}.",
    "product": "Sản phẩm: {}.",
    "target": "Chỉ tiêu: {}.",
}
CYCLES = {
    Cycle.WEEK: "hằng tuần",
    Cycle.MONTH: "hằng tháng",
    Cycle.QUARTER: "hằng quý",
    Cycle.HALF_YEAR: "6 tháng một lần",
    Cycle.NINE_MONTHS: "9 tháng một lần",
    Cycle.YEAR: "hằng năm",
}


@dataclass(frozen=True)
class PlanItem:
    """What the plan does for one item of the directive. `units` are the ids of those who do it; empty: all."""

    serves: Duty
    what: str
    units: tuple[int, ...] = ()
    due_on: date | None = None
    product: str = ""
    target: str = ""

    @property
    def time_kind(self) -> str:
        """That of the directive's item; where this is bound to no cycle, dated with a day and undated without."""
        kind = self.serves.time_kind
        if kind in (TimeKind.UNDATED, TimeKind.DATED, TimeKind.EVENT):
            return TimeKind.DATED.value if self.due_on else TimeKind.UNDATED.value
        return kind

    @property
    def when(self) -> str:
        """When, as the plan says it."""
        day = f"{self.due_on:%d/%m/%Y}" if self.due_on else ""
        if self.time_kind == TimeKind.PERIODIC:
            cycle = CYCLES.get(Cycle(self.serves.cycle), "định kỳ") if self.serves.cycle else "định kỳ"
            return f"{cycle}, lần đầu trước ngày {day}" if day else cycle
        if self.time_kind == TimeKind.CONTINUOUS:
            return f"thường xuyên, đến ngày {day}" if day else "thường xuyên"
        return f"hoàn thành trước ngày {day}" if day else ""


@dataclass(frozen=True)
class Draft:
    """A plan as a person wrote it: letterhead, items in order, ending. `units` carry out what names no units."""

    superior: str
    issuer: str
    code: str
    place: str
    issued_on: date
    subject: str
    units: tuple[int, ...]
    items: tuple[PlanItem, ...]
    signer: str = ""
    purpose: str = ""


def issuer_of(unit: UnitOn) -> str:
    """The body that issues the papers of a unit: the committee of a Party organisation, else the unit itself."""
    name = str(unit.name)
    for start, committee in COMMITTEES.items():
        if name.startswith(start):
            return committee + name.removeprefix(start)
    return name


def first_values(directive: Document, unit: UnitOn, day: date) -> dict[str, Any]:
    """What the form of a unit's plan is filled with before anybody writes."""
    above = Unit.objects.on(day).filter(pk=unit.parent_id).first()
    head = head_of(unit, day)
    return {
        "superior": directive.issuer or (issuer_of(above).upper() if above else ""),
        "issuer": issuer_of(unit).upper(),
        "code": f"-{TYPE}/{unit.symbol}",
        "place": directive.place,
        "issued_on": day,
        "subject": SUBJECT.format(document=cited(directive)),
        "signer": str(head.person) if head else "",
    }


def file_of(draft: Draft, directive: Document, unit: UnitOn, names: dict[int, str]) -> bytes:
    """The plan as a Word file in the layout of the unit's regime on the plan's day. `names`: those of units by id.

    Raises:
        vanban.formats.NoLayout: there is none for that day.
    """
    number, _dash, symbol = draft.code.partition("-")
    number = number.strip()
    header = official.Header(
        superior=_field(draft.superior),
        issuer=Field(draft.issuer),
        number=_field(number),
        symbol=_field(symbol),
        code=Field(f"{number}-{symbol}") if number else None,
        type=Field(TYPE),
        type_name=Field(TYPE_NAME),
        place=_field(draft.place),
        date=draft.issued_on,
        subject=Field(draft.subject),
        circulation=None if directive.classification == Classification.NORMAL else Field(CIRCULATION),
    )
    document = official.Document(
        text="",
        regime=REGIMES.get(LINE_OF[UnitKind(unit.kind)], Regime.FRONT),
        header=header,
        distribution=tuple(_recipients(directive, unit)),
        signature=official.Signature(Field(_authority(draft, unit)), Field("BÍ THƯ"), _field(draft.signer)),
    )
    return write(document, list(_body(draft, directive, names)))


def _field(value: str) -> Field | None:
    return Field(value.strip()) if value.strip() else None


def _authority(draft: Draft, unit: UnitOn) -> str:
    is_committee = issuer_of(unit) != unit.name
    return "T/M ĐẢNG ỦY" if is_committee else f"T/M {' '.join(draft.issuer.split()[:2])}"


def _recipients(directive: Document, unit: UnitOn) -> Iterator[Recipient]:
    if directive.issuer:
        yield Recipient(f"{directive.issuer.capitalize()} (để báo cáo)", RecipientKind.ORGAN)
    yield Recipient("Các đơn vị, cá nhân được giao (để thực hiện)", RecipientKind.ORGAN)
    yield Recipient(f"Lưu {unit.short_name}", RecipientKind.ARCHIVE)


def _body(draft: Draft, directive: Document, names: dict[int, str]) -> Iterator[Paragraph]:
    issuer = draft.issuer.title() if draft.issuer.isupper() else draft.issuer
    named = {"document": cited(directive), "issuer": issuer}
    about = f" về {directive.subject[0].lower()}{directive.subject[1:]}" if directive.subject else ""
    yield _line(OPENING.format(of_issuer="", about=about, **named))
    if draft.purpose.strip():
        yield _line(" ".join(draft.purpose.split()))
    for number, item in enumerate(draft.items, 1):
        yield _line(f"{number}. {words_of(item)}.")
        units = ", ".join(names[pk] for pk in item.units or draft.units if pk in names)
        values = {"who": units, "when": item.when, "product": item.product, "target": item.target}
        for key, line in LINES.items():
            if values[key]:
                yield _line("- " + line.format(" ".join(values[key].split()).rstrip(".")))
    yield _line(CLOSING.format(**named))


def words_of(item: PlanItem) -> str:
    """What an item says is to be done, as one line without an end mark; empty where that is all there is."""
    return said(item.what)


def said(words: str) -> str:
    """Words as one line without an end mark, in the characters in which a paper is read back."""
    return squash(normalise(words)).rstrip(" .;…")


def _line(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def places_of(items: Sequence[PlanItem], text: str) -> list[tuple[int, int]] | None:
    """Where the words of each item stand in the text read from the file, in order; None if one is not found."""
    found, start = [], 0
    for item in items:
        pattern = r"\s+".join(map(re.escape, words_of(item).split()))
        match = re.compile(pattern).search(text, start)
        if match is None:
            return None
        found.append(match.span())
        start = match.end()
    return found
