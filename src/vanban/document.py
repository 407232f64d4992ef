"""What an official document is made of: frozen records that say where in the text each part was read.

This module imports nothing of ours. A `Document` is what `vanban.read` returns and what `vanban.write` takes.
Every `Span` is a half-open range of characters of `Document.text`, so `text[span.start:span.end]` is exactly
what was read. A part that could not be read is ``None`` (or an empty tuple) and is told in `Document.notes`.
"""

from __future__ import annotations

from bisect import bisect_right
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


class Relation(StrEnum):
    """What a document says it does with one that it cites, where the words say so."""

    BASED_ON = "based_on"  # "Căn cứ …"
    IMPLEMENTS = "implements"  # "thực hiện …", "triển khai …"
    AMENDS = "amends"  # "sửa đổi, bổ sung …"
    REPLACES = "replaces"  # "thay thế …"
    REPEALS = "repeals"  # "bãi bỏ …", "hết hiệu lực"
    REPLIES_TO = "replies_to"  # "trả lời …", "phúc đáp …"


class MentionKind(StrEnum):
    """How a text points at another document, or at itself."""

    FULL = "full"  # by its number and symbol, as at first mention
    SHORT = "short"  # a repeat of one cited before: "Chỉ thị 08", "Nghị quyết nêu trên"
    LISTED = "listed"  # under a shared head: "các Chỉ thị 05, 06"
    NAME = "name"  # a law or a resolution without a number: "Luật Đất đai năm 2024"
    SELF = "self"  # "Kế hoạch này"


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
    draft: Field | None = None  # "Dự thảo lần 2"
    circulation: Field | None = None  # "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"
    date_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document. `raw` is the whole mention; None means the mention does not say it.

    `number` stands without the symbol where only it is printed ("Chỉ thị 05": number "05", `code` None).
    `term` is the term of the issuing body as printed ("khóa XII"), `pinpoint` the place in the cited document
    ("điểm a khoản 2 Điều 103"), `relation` what the words say this document does with it. `antecedent` is the
    place of the full mention that a short one repeats, in the tuple of mentions that it is part of.
    """

    raw: str
    span: Span
    code: str | None = None
    type: str | None = None
    date: date | None = None
    issuer: str | None = None
    title: str | None = None
    confidence: float = 1.0
    kind: MentionKind = MentionKind.FULL
    number: str | None = None
    term: str | None = None
    pinpoint: str | None = None
    relation: Relation | None = None
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty falls due. What the words leave open is None and listed in `missing`.

    `also` are the further cycles named beside `cycle` ("hằng quý, 6 tháng, năm"). A duty bound to an event is due
    `count` days, working days or months (`unit`: "day", "working_day", "month") after `event`. `before`: strictly
    before `due` ("trước ngày 10/7"), else on it at the latest. `day`: the day of the cycle ("ngày 20 hằng tháng").
    """

    kind: TimeKind
    due: date | None = None
    cycle: Cycle | None = None
    raw: str | None = None
    span: Span | None = None
    missing: tuple[str, ...] = ()  # "period" where something is periodic and no period is said
    also: tuple[Cycle, ...] = ()
    day: str | None = None
    count: int | None = None
    unit: str | None = None
    event: Field | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """Something somebody has to do, in the words of the document.

    `actors` are named bodies; empty means the document's addressees. `supports` are those to work with.
    `item` is the printed number of the provision it stands in ("7", "2.a"). `strength` runs from 1 (exhortation)
    to 5 (strict order) by the verb.
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
    strength: int = 3


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
    """One line of the distribution list. `role` is the printed reason ("để báo cáo", "b/c")."""

    name: str
    kind: RecipientKind
    span: Span | None = None
    role: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: authority line ("T/M BAN THƯỜNG VỤ"), title ("PHÓ BÍ THƯ") and name.

    `organ` is the body that signs where several do (a joint paper prints it over each block).
    """

    authority: Field | None = None
    title: Field | None = None
    name: Field | None = None
    organ: Field | None = None


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """The text that a signing program prints over a signature: who, for which body, when (ISO 8601, with zone)."""

    span: Span
    signer: str | None = None
    organ: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """The block that makes a paper a certified copy: its kind ("SAO Y"), number, copying body, day and signer."""

    kind: Field
    code: Field | None = None
    organ: Field | None = None
    date: date | None = None
    signature: Signature = Signature()


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix as read: its number ("I", "02"), its title, and the range of all its text."""

    span: Span
    number: Field | None = None
    title: Field | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as read: rows of cells, each the range of its words (empty where nothing stands in the cell)."""

    span: Span
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader wants a person to look at. `code` is stable, `field` names the part it is about."""

    code: str
    field: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something stands: page (None where the format has none), line and character, from 1."""

    page: int | None
    line: int
    character: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read, or as about to be written.

    `citations` are the documents with a number that it cites, once each; `mentions` every place where the text
    points at a document, with a number or without, itself included. `pages` are the offsets where pages begin,
    `wraps` those where a printed line began that was joined to the one before.
    """

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
    bases: tuple[Field, ...] = ()  # the legal bases, one for each "Căn cứ"
    mentions: tuple[Citation, ...] = ()
    body: Span | None = None  # from the first line under letterhead and addressees to the end of the text proper
    cosigners: tuple[Signature, ...] = ()
    electronic: tuple[ElectronicSignature, ...] = ()
    copy: Copy | None = None
    appendices: tuple[Appendix, ...] = ()
    tables: tuple[Grid, ...] = ()
    pages: tuple[int, ...] = ()
    wraps: tuple[int, ...] = ()

    def place_of(self, offset: int) -> Place:
        """Return page, line and character of `text[offset]` as the file prints it."""
        page = bisect_right(self.pages, offset)
        first = self.pages[page - 1] if page else 0
        wraps = self.wraps[bisect_right(self.wraps, first) : bisect_right(self.wraps, offset)]
        line = self.text.count("\n", first, offset) + len(wraps) + 1
        begin = max(self.text.rfind("\n", 0, offset) + 1, first, *wraps[-1:])
        return Place(page or None, line, offset - begin + 1)
