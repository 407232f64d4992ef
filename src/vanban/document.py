"""What an official document is made of: frozen records that say where in the text each part was read.

This module imports nothing of ours. A `Document` is what `vanban.read` returns and what `vanban.write` takes.
Every `Span` is a half-open range of characters of `Document.text`, so `text[span.start:span.end]` is exactly
what was read. A part that could not be read is ``None`` (or an empty tuple) and is told in `Document.notes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Regime(StrEnum):
    """Whose rules of layout a document follows."""

    PARTY = "party"  # 36-HD/VPTW (2018), 05-HD/VPTW (2026)
    STATE = "state"  # 30/2020/NĐ-CP; 01/2011/TT-BNV before it
    YOUTH = "youth"  # 29-HD/TWĐTN-VP (2013)
    UNION = "union"  # 933/QĐ-TLĐ (2024)
    FRONT = "front"  # the Fatherland Front and the associations, in the State's layout


class RecipientKind(StrEnum):
    """What a line of the distribution list (Nơi nhận) names."""

    ORGAN = "organ"
    PERSON = "person"
    ADDRESSEES = "addressees"  # "Như trên": those of Kính gửi
    CHANNEL = "channel"  # a website, a newspaper
    ARCHIVE = "archive"  # "Lưu …"


class TimeKind(StrEnum):
    """What sort of time a duty has; each has its own meaning of late."""

    DATED = "dated"
    PERIODIC = "periodic"
    CONTINUOUS = "continuous"
    EVENT = "event"  # n days after something happens
    UNDATED = "undated"


class Cycle(StrEnum):
    """How often a periodic duty falls due."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """One value read from the text: the value, where it stands, and how sure the reader is (0 to 1)."""

    value: str
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Header:
    """The letterhead: who issues, under which number, when and about what.

    `number` is what stands before the first separator ("554"), `symbol` the rest ("CV/ĐUK"), `code` both as
    printed without inner spaces. `type` is the abbreviation ("CV"), `type_name` the printed heading, None where
    the layout prints none (a dispatch).
    """

    superior: Field | None = None
    issuer: Field | None = None
    number: Field | None = None
    symbol: Field | None = None
    code: Field | None = None
    type: Field | None = None
    type_name: Field | None = None
    place: Field | None = None
    date: date | None = None
    date_span: Span | None = None
    subject: Field | None = None
    secrecy: Field | None = None
    urgency: Field | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document. `raw` is the whole mention; None means the mention does not say it."""

    raw: str
    span: Span
    code: str | None = None
    type: str | None = None
    date: date | None = None
    issuer: str | None = None
    title: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty falls due. What the words leave open is None and listed in `missing`."""

    kind: TimeKind
    due: date | None = None
    cycle: Cycle | None = None
    raw: str | None = None
    span: Span | None = None
    missing: tuple[str, ...] = ()  # "period" where something is periodic and no period is said


@dataclass(frozen=True, slots=True)
class Duty:
    """Something somebody has to do, in the words of the document.

    `actors` are named bodies; empty means the document's addressees. `supports` are those to work with.
    `item` is the printed number of the provision it stands in ("7", "2.a").
    """

    item: str | None
    span: Span
    text: str
    actors: tuple[Field, ...] = ()
    supports: tuple[Field, ...] = ()
    verb: Field | None = None
    object: Field | None = None
    product: Field | None = None
    deadline: Deadline = Deadline(TimeKind.UNDATED)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of the text (Part, Chapter, Section, Article, Clause, Point, Item) and what is under it."""

    number: str
    span: Span
    heading: Field | None = None
    kind: str = "item"  # part, chapter, section, article, clause, point, item, dash
    children: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the distribution list."""

    name: str
    kind: RecipientKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: authority line ("T/M BAN THƯỜNG VỤ"), title ("PHÓ BÍ THƯ") and name."""

    authority: Field | None = None
    title: Field | None = None
    name: Field | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader wants a person to look at. `code` is stable, `field` names the part it is about."""

    code: str
    field: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read, or as about to be written."""

    text: str
    regime: Regime | None = None
    header: Header = Header()
    addressees: tuple[Field, ...] = ()
    citations: tuple[Citation, ...] = ()
    provisions: tuple[Provision, ...] = ()
    duties: tuple[Duty, ...] = ()
    distribution: tuple[Recipient, ...] = ()
    signature: Signature = Signature()
    notes: tuple[Note, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one style. `source` says where the words come from (a comment in the file)."""

    text: str
    bold: bool = False
    italic: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to be written. `level` 0 is running text, 1 and up are headings of that depth."""

    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written: one row of column titles, then rows of as many cells.

    `centred` names columns (from 0) whose cells stand in the middle; elsewhere figures stand right, words left.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]
    widths: tuple[float, ...] = ()  # shares of the line; empty means equal
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An appendix on pages of its own, after the signature."""

    title: str
    blocks: tuple[Paragraph | Table, ...]
    landscape: bool = False
