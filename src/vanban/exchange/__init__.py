"""The envelope in which organs send each other documents: edXML, QCVN 102:2016/BTTTT, in and out.

`pack` turns a `Message` (a document with its files) or a `Status` (what became of one) into the XML of a package,
`unpack` reads one back; `message_of` fills a `Message` from a `Document`. What travels the network is the business
of whoever calls. Secret documents do not travel this way (28/2018/QĐ-TTg).
"""

from vanban.exchange.packing import pack
from vanban.exchange.records import (
    Attachment,
    Business,
    BusinessKind,
    Message,
    Organ,
    Reply,
    Signer,
    Status,
    StatusCode,
    Trace,
    latest,
    message_of,
)
from vanban.exchange.unpacking import unpack

__all__ = [
    "Attachment",
    "Business",
    "BusinessKind",
    "Message",
    "Organ",
    "Reply",
    "Signer",
    "Status",
    "StatusCode",
    "Trace",
    "latest",
    "message_of",
    "pack",
    "unpack",
]
