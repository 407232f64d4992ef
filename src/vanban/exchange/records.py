"""What a package holds, as frozen records. Names follow the glossary; the elements they come from stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from vanban.document import Document, Field, Header
from vanban.refusal import Refused


class BusinessKind(IntEnum):
    """What a package does to the document (BussinessDocType, spelt so in the standard)."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


class StatusCode(StrEnum):
    """What became of a document at the receiver (StatusCode). Gateways add codes of their own."""

    ARRIVED = "01"
    REFUSED = "02"
    ACCEPTED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    COMPLETED = "06"
    TAKING_BACK = "13"
    CONSENTED = "15"
    DECLINED = "16"


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that sends or receives. `id` is its code of identification, an opaque string (20/2020/QĐ-TTg)."""

    id: str
    name: str
    in_charge: str | None = None  # OrganizationInCharge
    address: str | None = None  # OrganAdd
    email: str | None = None
    telephone: str | None = None
    fax: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed (SignerInfo): right to sign ("T/M", "KT."), position and name."""

    competence: str | None = None
    position: str | None = None
    full_name: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The document that a package answers (ResponseFor)."""

    organ_id: str
    document_id: str
    code: str | None = None
    promulgated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One hop on the way (TraceHeader); the moment is local time, as the standard writes it."""

    organ_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Business:
    """What the package does (Bussiness): kind, reason, whether paper follows, and the department that answers."""

    kind: BusinessKind = BusinessKind.NEW
    reason: str | None = None
    paper: bool = False
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels along. `name` is a bare file name; `id` ties it to its place in the manifest."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"
    description: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A document on its way: what its letterhead says, to whom it goes, and its files.

    `ignored` are the names of elements in a package that this reader does not know (a gateway's own).
    """

    sender: Organ
    receivers: tuple[Organ, ...]
    number: str
    notation: str
    promulgated_on: date
    subject: str
    document_id: str
    place: str | None = None
    type_code: str | None = None  # DocumentType/Type: "18" is a dispatch
    type_name: str | None = None
    content: str | None = None
    signer: Signer = Signer()
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    priority: int = 0
    sphere: str | None = None  # SphereOfPromulgation
    typist: str | None = None  # TyperNotation
    copies: int | None = None  # PromulgationAmount
    pages: int | None = None  # PageAmount
    appendices: tuple[str, ...] = ()
    steering_type: int | None = None
    replies_to: tuple[Reply, ...] = ()
    traces: tuple[Trace, ...] = ()
    business: Business = Business()
    attachments: tuple[Attachment, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a document (a package of its own). `code` may be one that `StatusCode` does not know."""

    reply: Reply
    sender: Organ
    code: str
    at: datetime
    description: str | None = None
    department: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What a status is about: the document and the body that reports. Repeats have the same key and code."""
        return self.reply.document_id, self.sender.id

    @property
    def meaning(self) -> StatusCode | None:
        """The meaning of the code; None for a gateway's own. "3" and "03" are the same."""
        code = self.code.zfill(2)
        return StatusCode(code) if code in set(StatusCode) else None


def latest(statuses: Iterable[Status]) -> dict[tuple[str, str], Status]:
    """Return the newest status of each document at each body, in whatever order and how often they came."""
    newest: dict[tuple[str, str], Status] = {}
    for status in statuses:
        known = newest.get(status.key)
        if known is None or (status.at, status.code.zfill(2)) > (known.at, known.code.zfill(2)):
            newest[status.key] = status
    return newest


def message_of(
    document: Document,
    sender: Organ,
    receivers: Sequence[Organ],
    attachments: Sequence[Attachment] = (),
    *,
    at: datetime,
    business: Business | None = None,
) -> Message:
    """Fill a message from what was read of a document, or is about to be sent.

    Raises `Refused`: "classified" for a document with a mark of secrecy (28/2018/QĐ-TTg, article 3), "incomplete"
    where number, symbol, date or subject are missing: without them the receiver cannot register it.
    """
    header, signature = document.header, document.signature
    _check(header)
    if not (header.number and header.symbol and header.date and header.subject):
        raise AssertionError("checked above")
    notation = header.symbol.value.replace("/", "-")
    return Message(
        sender=sender,
        receivers=tuple(receivers),
        number=header.number.value,
        notation=notation,
        promulgated_on=header.date,
        subject=_line(header.subject) or "",
        document_id=document_id(sender, header.date, header.number.value, notation),
        place=_line(header.place),
        type_code="18" if header.type and header.type.value == "CV" else None,
        type_name=_line(header.type_name) or ("Công văn" if header.type and header.type.value == "CV" else None),
        signer=Signer(_line(signature.authority), _line(signature.title), _line(signature.name)),
        to_places=tuple(recipient.name for recipient in document.distribution),
        appendices=tuple(a.title.value for a in document.appendices if a.title),
        traces=(Trace(sender.id, at),),
        business=business or Business(),
        attachments=tuple(attachments),
    )


def _check(header: Header) -> None:
    """Raise `Refused` for a secret document, and for one that a receiver could not register."""
    if header.secrecy is not None:
        raise Refused(
            "classified", "A secret document must not be sent this way.", "Hand it over as the law says."
        )
    wanted = {"number": header.number, "symbol": header.symbol, "date": header.date, "subject": header.subject}
    if missing := [name for name, value in wanted.items() if not value]:
        raise Refused(
            "incomplete", f"The document has no {', no '.join(missing)}.", "Number and date it before sending."
        )


def document_id(sender: Organ, day: date, number: str, notation: str) -> str:
    """Return the identifier of a document between organs: "<organ>,YYYY/MM/DD,<number>/<notation>"."""
    return f"{sender.id},{day:%Y/%m/%d},{number}/{notation}"


def _line(field: Field | None) -> str | None:
    return " ".join(field.value.split()) if field else None
