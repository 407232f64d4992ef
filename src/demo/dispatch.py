"""The dispatch of the demo: its text for a date, and the Word file that is brought in like any other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import vanban
from demo.timetable import Timetable
from motbuoc.domains.reporting.composer import short_date
from vanban.blocks import Paragraph, Run
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature

TEMPLATE = Path(__file__).with_name("dispatch.txt")

# How many days before the dispatch the papers it cites were issued.
CITED = {
    "programme": 35,
    "directive": 61,
    "emulation": 420,
    "plan": 26,
    "reform": 233,
    "unions": 148,
    "guideline": 19,
}
DUE = ("study", "works", "models", "regulations", "supervision", "congress")


def dispatch_text(days: Timetable) -> str:
    """The dispatch as plain text, dated the first day of `days`."""
    year = days.start.year
    cited = {name: short_date(days.start - timedelta(days=before)) for name, before in CITED.items()}
    due = {name: short_date(getattr(days, name)) for name in DUE}
    return TEMPLATE.read_text(encoding="utf-8").format(
        start=days.start,
        month=_month(days.start),
        span_of_work=days.span_of_work,
        stage=f"{year - 1} - {year + 4}",
        term=f"{days.congress.year} - {days.congress.year + 5}",
        **cited,
        **due,
    )


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def dispatch_file(days: Timetable) -> bytes:
    """The dispatch as a Word file in the official layout of its day."""
    letterhead, national, _star, numbered, addressed, *rest = dispatch_text(days).strip().split("\n\n")
    recipients, authority, name = rest[-3:]
    acting, title = authority.splitlines()
    superior, issuer = letterhead.split("\n", 1)
    code, subject = numbered.removeprefix("Số ").splitlines()
    number, _, symbol = code.partition("-")
    document = Document(
        text="",
        regime=Regime.PARTY,
        header=Header(
            superior=Field(superior),
            issuer=Field(issuer),
            number=Field(number),
            symbol=Field(symbol),
            type=Field(symbol.split("/")[0]),
            place=Field(national.splitlines()[1].split(",")[0]),
            date=days.start,
            subject=Field(subject),
        ),
        addressees=tuple(Field(line) for line in _lines(addressed)),
        distribution=tuple(_recipient(line) for line in _lines(recipients)),
        signature=Signature(Field(acting), Field(title), Field(name)),
    )
    return vanban.write(document, [Paragraph((Run(block),)) for block in rest[:-3]])


def _lines(block: str) -> list[str]:
    """The dashed lines of a block, without dash and closing mark."""
    return [line.strip("- ,;.") for line in block.splitlines()[1:]]


def _recipient(line: str) -> Recipient:
    for start, kind in (
        ("Đồng chí", RecipientKind.PERSON),
        ("Như trên", RecipientKind.ADDRESSEES),
        ("Trang thông tin", RecipientKind.CHANNEL),
        ("Lưu", RecipientKind.ARCHIVE),
    ):
        if line.startswith(start):
            return Recipient(line, kind)
    return Recipient(line, RecipientKind.ORGAN)
