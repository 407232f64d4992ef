"""A mail that comes in, read: from whom, to whom, what stands above the quoted text, and the files with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from lxml import html
from lxml.etree import LxmlError

LONGEST_TEXT = 10_000  # letters that are kept of what was written
SMALL_PICTURE = 20_000  # bytes; what is smaller inside a text is a logo of a signature, and no evidence
NO_EVIDENCE = (
    "application/pkcs7-signature",
    "application/pgp-signature",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
)
ATTRIBUTION = re.compile(r"\s*(?:On|Vào|Ngày|Lúc)\b.{4,200}(?:wrote|đã viết|viết)\s*:\s*", re.IGNORECASE)
"""A line that says who wrote what is quoted below it; two lines where a program has broken it. People write such
lines themselves: it is one only where all below it, to the end, is quoted."""
QUOTE = re.compile(
    r"\s*(?:"
    r"-{2,}\s*(?:Original Message|Forwarded message|Thư gốc|Thư chuyển tiếp|Tin nhắn gốc).*"
    r"|_{10,}"
    r"|(?:From|Từ|Người gửi)\s*:.*@.*"
    r")\s*",
    re.IGNORECASE,
)
"""A line after which stands what was answered."""
QUOTED = ">"
SIGNATURE = re.compile(
    r"--\s?|\s*(?:Sent from my|Get Outlook for|Gửi từ|Đã gửi từ|Được gửi từ|Tải Outlook)\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """A mail as far as it matters here. `key` is the same whenever the same mail comes again.

    `is_automatic`: no person wrote it (RFC 3834), so it is never answered.
    """

    key: str
    message_id: str
    sender: str
    recipients: list[str]
    subject: str
    is_automatic: bool
    text: str
    files: list[Attached] = field(default_factory=list)


def read_mail(content: bytes) -> ArrivedMail:
    """Read one RFC 5322 message; what cannot be read of it is left out."""
    mail: Any = message_from_bytes(content, policy=policy.default)
    message_id = _header(mail, "Message-ID")
    senders = _addresses(mail, "From")
    return ArrivedMail(
        key=sha256(message_id.encode() if message_id else content).hexdigest(),
        message_id=message_id,
        sender=senders[0] if len(senders) == 1 else "",
        recipients=_addresses(mail, "Delivered-To", "X-Original-To", "To", "Cc"),
        subject=_header(mail, "Subject")[:200],
        is_automatic=_is_automatic(mail, senders),
        text=own_words(_text(mail)),
        files=list(_files(mail)),
    )


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(mail.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # a header that the library cannot make sense of
        return ""


def _addresses(mail: EmailMessage, *names: str) -> list[str]:
    found = []
    for name in names:
        try:
            values = [str(value) for value in mail.get_all(name, [])]
        except (ValueError, IndexError, AttributeError, TypeError):
            continue
        found += [address.lower() for _name, address in getaddresses(values) if "@" in address]
    return found


def _is_automatic(mail: EmailMessage, senders: list[str]) -> bool:
    if _header(mail, "Auto-Submitted").lower() not in ("", "no") or mail.get("List-Id") is not None:
        return True
    if _header(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    if _header(mail, "Return-Path") == "<>" or mail.get_content_type() == "multipart/report":
        return True
    mailers = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")
    return mail.get("X-Autoreply") is not None or any(sender.startswith(mailers) for sender in senders)


def _text(mail: EmailMessage) -> str:
    """What the mail says, as plain text."""
    for kind in ("plain", "html"):
        body: Any = mail.get_body(preferencelist=(kind,))
        if body is None:
            continue
        try:
            words = str(body.get_content())
        except (LookupError, ValueError, KeyError):
            words = (body.get_payload(decode=True) or b"").decode("utf-8", "replace")
        words = words if kind == "plain" else _plain(words)
        if words.strip():
            return words
    return ""


def _plain(words: str) -> str:
    """A web page as text, with a mark in the place of what it quotes."""
    try:
        tree: Any = html.document_fromstring(words)  # its root is never what is quoted
    except (LxmlError, ValueError):
        return ""
    for element in tree.xpath("//blockquote|//style|//script|//head|//*[contains(@class,'gmail_quote')]"):
        element.tail = f"\n{QUOTED}\n{element.tail or ''}"
        element.drop_tree()
    for element in tree.xpath("//br|//p|//div|//li|//tr"):
        element.tail = "\n" + (element.tail or "")
    return str(tree.text_content())


def own_words(text: str) -> str:
    """What somebody wrote themselves: without what they quote, and without the signature below."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    end = next((n for n, line in enumerate(lines) if QUOTE.fullmatch(line) or SIGNATURE.fullmatch(line)), None)
    above = _without_last_quote([line.rstrip() for line in lines[:end]])
    kept = [line for line in above if not _is_quoted(line)]
    words = "".join(c for c in "\n".join(kept) if c in "\n\t" or c.isprintable())
    return re.sub(r"\n{3,}", "\n\n", words).strip()[:LONGEST_TEXT]


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(QUOTED)


def _without_last_quote(lines: list[str]) -> list[str]:
    """The lines up to what is quoted at their end, and up to the one above it that says who wrote that."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_quoted(lines[end - 1])):
        end -= 1
    if not any(_is_quoted(line) for line in lines[end:]):
        return lines
    for size in (1, 2):
        if end >= size and ATTRIBUTION.fullmatch(" ".join(lines[end - size : end])):
            return lines[: end - size]
    return lines[:end]


def _parts(part: Any) -> Iterator[Any]:
    """The parts of a mail, but for those of one forwarded with it: what came with that is no evidence."""
    if part.get_content_maintype() == "message":
        return
    if not part.is_multipart():
        yield part
        return
    for inner in part.get_payload():
        yield from _parts(inner)


def _files(mail: EmailMessage) -> Iterator[Attached]:
    for part in _parts(mail):
        kind = part.get_content_type()
        name = PurePosixPath(str(part.get_filename() or "")).name  # "", ".." and the like name no file
        if name in ("", "..") or kind in NO_EVIDENCE:
            continue
        content: Any = part.get_payload(decode=True) or b""
        if part.get_content_disposition() == "inline" and len(content) < SMALL_PICTURE:
            continue
        yield Attached(name, content)
