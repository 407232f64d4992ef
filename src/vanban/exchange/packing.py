"""A message or a status becomes the XML of a package."""

from __future__ import annotations

import base64
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from vanban.exchange.names import ACTOR, DAY, EDXML, MOMENT, ORGAN, XLINK
from vanban.exchange.records import Attachment, Message, Organ, Reply, Status
from vanban.text import printable

_Element = etree._Element


def pack(package: Message | Status) -> bytes:
    """Return the XML of a package, UTF-8 with a declaration; the same package gives the same bytes.

    Children carry the prefix `edXML:` throughout, because receivers are known that find none without; the encoded
    attachments stand outside the envelope and carry none.
    """
    root = etree.Element(f"{{{EDXML}}}edXML", nsmap={None: EDXML})  # type: ignore[dict-item]
    envelope = etree.SubElement(root, f"{{{EDXML}}}edXMLEnvelope", nsmap={"edXML": EDXML})
    header = _put(envelope, "edXMLHeader")
    if isinstance(package, Status):
        _put_status(header, package)
        _put(envelope, "edXMLBody")
        return _bytes(root)
    _put_message(_put(header, "MessageHeader"), package)
    _put_traces(header, package)
    _put(header, "DigitalSignature")
    manifest = _put(_put(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    encoded = etree.SubElement(root, f"{{{EDXML}}}AttachmentEncoded") if package.attachments else None
    for number, attachment in enumerate(package.attachments):
        identity = attachment.id or str(uuid5(NAMESPACE_URL, f"{package.document_id}#{number}"))
        _put_reference(manifest, attachment, identity)
        if encoded is not None:
            _put_content(encoded, attachment, identity)
    return _bytes(root)


def _bytes(root: _Element) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return content


def _put(parent: _Element, name: str, words: object = None) -> _Element:
    """Add an element with its prefix (lxml takes the one declared on the envelope)."""
    element = etree.SubElement(parent, f"{{{EDXML}}}{name}")
    if words is not None and words != "":
        element.text = printable(str(words))
    return element


def _put_message(header: _Element, message: Message) -> None:
    _put_organ(_put(header, "From"), message.sender)
    for receiver in message.receivers:
        _put_organ(_put(header, "To"), receiver)
    code = _put(header, "Code")
    _put(code, "CodeNumber", message.number)
    _put(code, "CodeNotation", message.notation)
    info = _put(header, "PromulgationInfo")
    _put(info, "Place", message.place)
    _put(info, "PromulgationDate", f"{message.promulgated_on:{DAY}}")
    kind = _put(header, "DocumentType")
    _put(kind, "Type", message.type_code)
    _put(kind, "TypeName", message.type_name)
    _put(kind, "TypeDetail", 0)
    _put(header, "Subject", message.subject)
    _put(header, "Content", message.content)
    signer = _put(header, "SignerInfo")
    _put(signer, "Competence", message.signer.competence)
    _put(signer, "Position", message.signer.position)
    _put(signer, "FullName", message.signer.full_name)
    if message.due_on:
        _put(header, "DueDate", f"{message.due_on:{DAY}}")
    places = _put(header, "ToPlaces")
    for place in message.to_places:
        _put(places, "Place", place)
    _put_other(_put(header, "OtherInfo"), message)
    for reply in message.replies_to:
        _put_reply(header, reply)
    if message.steering_type is not None:
        _put(header, "SteeringType", message.steering_type)
    _put(header, "DocumentId", message.document_id)


def _put_other(other: _Element, message: Message) -> None:
    _put(other, "Priority", message.priority)
    _put(other, "SphereOfPromulgation", message.sphere)
    _put(other, "TyperNotation", message.typist)
    _put(other, "PromulgationAmount", message.copies)
    _put(other, "PageAmount", message.pages)
    appendices = _put(other, "Appendixes")
    for title in message.appendices:
        _put(appendices, "Appendix", title)


def _put_organ(element: _Element, organ: Organ) -> None:
    for name, part in ORGAN:
        _put(element, name, getattr(organ, part))


def _put_reply(parent: _Element, reply: Reply) -> None:
    element = _put(parent, "ResponseFor")
    _put(element, "OrganId", reply.organ_id)
    _put(element, "Code", reply.code)
    _put(element, "PromulgationDate", f"{reply.promulgated_on:{DAY}}" if reply.promulgated_on else None)
    _put(element, "DocumentId", reply.document_id)


def _put_traces(header: _Element, message: Message) -> None:
    traces = _put(header, "TraceHeaderList")
    for name, value in (("version", "1.0"), ("mustUnderstand", "1"), ("actor", ACTOR)):
        traces.set(name, value)
    for trace in message.traces:
        hop = _put(traces, "TraceHeader")
        _put(hop, "OrganId", trace.organ_id)
        _put(hop, "Timestamp", f"{trace.at:{MOMENT}}")
    business = _put(traces, "Bussiness")
    _put(business, "BussinessDocType", int(message.business.kind))
    _put(business, "BussinessDocReason", message.business.reason)
    _put(_put(business, "StaffInfo"), "Department", message.business.department)
    _put(business, "Paper", int(message.business.paper))


def _put_reference(manifest: _Element, attachment: Attachment, identity: str) -> None:
    reference = etree.SubElement(manifest, f"{{{EDXML}}}Reference", nsmap={"xlink": XLINK})
    for name, value in (("href", f"cid:{identity}"), ("role", "XLinkRole"), ("type", "simple")):
        reference.set(f"{{{XLINK}}}{name}", value)
    _put(reference, "AttachmentName", attachment.name)
    _put(reference, "ContentType", attachment.content_type)
    _put(reference, "ContentId", f"cid:{identity}")
    _put(reference, "Description", attachment.description)


def _put_content(encoded: _Element, attachment: Attachment, identity: str) -> None:
    element = _put(encoded, "Attachment")
    _put(element, "ContentType", attachment.content_type)
    _put(element, "ContentId", identity)
    _put(element, "Description", attachment.description)
    _put(element, "ContentTransferEncoded", base64.b64encode(attachment.content).decode())
    _put(element, "AttachmentName", attachment.name)


def _put_status(header: _Element, status: Status) -> None:
    element = _put(header, "Status")
    _put_reply(element, status.reply)
    _put_organ(_put(element, "From"), status.sender)
    _put(element, "StatusCode", status.code)
    _put(element, "Description", status.description)
    _put(element, "Timestamp", f"{status.at:{MOMENT}}")
    _put(_put(element, "StaffInfo"), "Department", status.department)
