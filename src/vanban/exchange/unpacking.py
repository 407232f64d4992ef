"""The XML of a package becomes a message or a status; whatever is wrong with it is told with its place."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from pathlib import PurePosixPath, PureWindowsPath

from lxml import etree

from vanban.exchange.names import DAY, EDXML, MOMENT, ORGAN
from vanban.exchange.records import (
    Attachment,
    Business,
    BusinessKind,
    Message,
    Organ,
    Reply,
    Signer,
    Status,
    Trace,
)
from vanban.refusal import LIMITS, Limits, Refused

_ASK_AGAIN = "Ask the sender to send the package again, and its operator to look at the gateway."
_KNOWN = frozenset(
    (
        "From",
        "To",
        "Code",
        "PromulgationInfo",
        "DocumentType",
        "Subject",
        "Content",
        "SignerInfo",
        "DueDate",
        "ToPlaces",
        "OtherInfo",
        "ResponseFor",
        "SteeringType",
        "DocumentId",
    )
)
_DAYS = (DAY, "%Y-%m-%d")
_MOMENTS = (MOMENT, "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
_Element = etree._Element


def unpack(data: bytes, limits: Limits = LIMITS) -> Message | Status:
    """Read the XML of a package. Elements are found by name, with or without the prefix, in any order.

    Raises `Refused`: "too_large", "unreadable" (no XML), "external_entity", "wrong_type" (XML of another kind), or
    "broken_package" with the element that is missing or wrong. Elements that the standard does not know are left
    aside and named in `Message.ignored`.
    """
    if len(data) > limits.unpacked_bytes:
        raise Refused("too_large", "The package is larger than a document may be.", "Send it in parts.")
    root = _parsed(data)
    if etree.QName(root).localname != "edXML" or etree.QName(root).namespace != EDXML:
        raise Refused(
            "wrong_type",
            "The file is XML, but no edXML package (QCVN 102:2016).",
            "Check that the right file was sent.",
        )
    header = _one(_one(root, "edXMLEnvelope"), "edXMLHeader")
    status = _maybe(header, "Status")
    return _status(status) if status is not None else _message(root, header, limits)


def _parsed(data: bytes) -> _Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("external_entity", "The package holds definitions that a package never needs.", _ASK_AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("unreadable", f"The package is no well-formed XML ({error}).", _ASK_AGAIN) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):  # written in another encoding
        raise Refused("external_entity", "The package holds definitions that a package never needs.", _ASK_AGAIN)
    return root


def _broken(element: _Element, words: str) -> Refused:
    name = etree.QName(element).localname
    return Refused("broken_package", f"Line {element.sourceline}: {name} {words}.", _ASK_AGAIN)


def _maybe(parent: _Element, name: str) -> _Element | None:
    return next(iter(_all(parent, name)), None)


def _all(parent: _Element, name: str) -> list[_Element]:
    return [child for child in parent if isinstance(child.tag, str) and etree.QName(child).localname == name]


def _one(parent: _Element, name: str) -> _Element:
    found = _maybe(parent, name)
    if found is None:
        raise _broken(parent, f"has no {name}")
    return found


def _words(parent: _Element | None, name: str) -> str | None:
    found = _maybe(parent, name) if parent is not None else None
    return (found.text or "").strip() or None if found is not None else None


def _needed(parent: _Element, name: str) -> str:
    words = _words(parent, name)
    if words is None:
        raise _broken(parent, f"has no {name}" if _maybe(parent, name) is None else f"has an empty {name}")
    return words


def _number(parent: _Element | None, name: str) -> int | None:
    words = _words(parent, name)
    if words is None or parent is None:
        return None
    if not words.isdecimal():
        raise _broken(parent, f"has {name} {words[:40]!r}, which is no number")
    return int(words)


def _day(parent: _Element, name: str) -> date | None:
    words = _words(parent, name)
    if words is None:
        return None
    found = _in_form(words[:10], _DAYS)
    if found is None:
        raise _broken(parent, f"has {name} {words[:40]!r}, which is no day (YYYY/MM/DD)")
    return found.date()


def _moment(parent: _Element, name: str) -> datetime:
    words = _needed(parent, name)
    found = _in_form(words[:19], _MOMENTS)
    if found is None:
        raise _broken(parent, f"has {name} {words[:40]!r}, which is no moment (YYYY/MM/DD HH:MM:SS)")
    return found


def _in_form(words: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(words, form)  # noqa: DTZ007 - the standard writes local time
        except ValueError:
            continue
    return None


def _organ(element: _Element) -> Organ:
    parts = {part: _words(element, name) for name, part in ORGAN}
    identity = _needed(element, "OrganId")
    return Organ(**{**parts, "id": identity, "name": parts["name"] or identity})  # type: ignore[arg-type]


def _reply(element: _Element) -> Reply:
    return Reply(
        organ_id=_words(element, "OrganId") or "",
        document_id=_needed(element, "DocumentId"),
        code=_words(element, "Code"),
        promulgated_on=_day(element, "PromulgationDate"),
    )


def _status(element: _Element) -> Status:
    return Status(
        reply=_reply(_one(element, "ResponseFor")),
        sender=_organ(_one(element, "From")),
        code=_needed(element, "StatusCode"),
        at=_moment(element, "Timestamp"),
        description=_words(element, "Description"),
        department=_words(_maybe(element, "StaffInfo"), "Department"),
    )


def _message(root: _Element, envelope_header: _Element, limits: Limits) -> Message:
    header = _one(envelope_header, "MessageHeader")
    code, info = _one(header, "Code"), _one(header, "PromulgationInfo")
    kind, signer, other = (_maybe(header, name) for name in ("DocumentType", "SignerInfo", "OtherInfo"))
    receivers = tuple(map(_organ, _all(header, "To")))
    if not receivers:
        raise _broken(header, "has no To")
    issued = _day(info, "PromulgationDate")
    if issued is None:
        raise _broken(info, "has no PromulgationDate")
    traces = _maybe(envelope_header, "TraceHeaderList")
    return Message(
        sender=_organ(_one(header, "From")),
        receivers=receivers,
        number=_needed(code, "CodeNumber"),
        notation=_needed(code, "CodeNotation"),
        promulgated_on=issued,
        subject=_needed(header, "Subject"),
        document_id=_needed(header, "DocumentId"),
        place=_words(info, "Place"),
        type_code=_words(kind, "Type"),
        type_name=_words(kind, "TypeName"),
        content=_words(header, "Content"),
        signer=Signer(*(_words(signer, name) for name in ("Competence", "Position", "FullName"))),
        due_on=_day(header, "DueDate"),
        to_places=_texts(_maybe(header, "ToPlaces"), "Place"),
        priority=_number(other, "Priority") or 0,
        sphere=_words(other, "SphereOfPromulgation"),
        typist=_words(other, "TyperNotation"),
        copies=_number(other, "PromulgationAmount"),
        pages=_number(other, "PageAmount"),
        appendices=_texts(_maybe(other, "Appendixes") if other is not None else None, "Appendix"),
        steering_type=_number(header, "SteeringType"),
        replies_to=tuple(map(_reply, _all(header, "ResponseFor"))),
        traces=tuple(map(_trace, _all(traces, "TraceHeader"))) if traces is not None else (),
        business=_business(_maybe(traces, "Bussiness") if traces is not None else None),
        attachments=_attachments(root, limits),
        ignored=_unknown(header),
    )


def _texts(parent: _Element | None, name: str) -> tuple[str, ...]:
    found = (element.text for element in _all(parent, name)) if parent is not None else ()
    return tuple(words.strip() for words in found if words and words.strip())


def _unknown(header: _Element) -> tuple[str, ...]:
    names = (etree.QName(child).localname for child in header if isinstance(child.tag, str))
    return tuple(dict.fromkeys(name for name in names if name not in _KNOWN))


def _trace(element: _Element) -> Trace:
    return Trace(_needed(element, "OrganId"), _moment(element, "Timestamp"))


def _business(element: _Element | None) -> Business:
    if element is None:
        return Business()
    kind = _number(element, "BussinessDocType") or 0
    if kind not in set(BusinessKind):
        raise _broken(element, f"has BussinessDocType {kind}, which the standard does not know")
    return Business(
        kind=BusinessKind(kind),
        reason=_words(element, "BussinessDocReason"),
        paper=_number(element, "Paper") == 1,
        department=_words(_maybe(element, "StaffInfo"), "Department"),
    )


def _attachments(root: _Element, limits: Limits) -> tuple[Attachment, ...]:
    """Return the files in the order of the manifest; each mention needs its content, each content its mention."""
    encoded = _maybe(root, "AttachmentEncoded")
    contents = {_identity(each): each for each in _all(encoded, "Attachment")} if encoded is not None else {}
    body = _maybe(_one(root, "edXMLEnvelope"), "edXMLBody")
    manifest = _maybe(body, "edXMLManifest") if body is not None else None
    references = _all(manifest, "Reference") if manifest is not None else []
    if len(references) > limits.parts:
        raise Refused("too_large", "The package holds more files than a document has.", "Send it in parts.")
    found = []
    for reference in references:
        content = contents.pop(_identity(reference), None)
        if content is None:
            raise _broken(reference, f"names {_words(reference, 'AttachmentName')!r}, whose content is not there")
        found.append(_attachment(reference, content))
    for content in contents.values():
        raise _broken(content, f"holds {_words(content, 'AttachmentName')!r}, which the manifest does not name")
    return tuple(found)


def _identity(element: _Element) -> str:
    return _needed(element, "ContentId").removeprefix("cid:")


def _attachment(reference: _Element, content: _Element) -> Attachment:
    words = _words(content, "ContentTransferEncoded") or ""
    try:
        data = base64.b64decode("".join(words.split()), validate=True)
    except (binascii.Error, ValueError):
        raise _broken(content, "has content that is no base64") from None
    return Attachment(
        name=bare_name(_words(reference, "AttachmentName") or _words(content, "AttachmentName") or "attachment"),
        content=data,
        content_type=_words(reference, "ContentType") or "application/octet-stream",
        description=_words(reference, "Description"),
        id=_identity(reference),
    )


def bare_name(name: str) -> str:
    """Return the last part of a name that a stranger gave: no folder, no drive, no way out of where it is kept."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return kept[:200] or "attachment"
