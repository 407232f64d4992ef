"""Packages of documents between organs: what goes in comes out, and what is broken is told with its place."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from vanban import Refused, parse
from vanban.exchange import (
    Attachment,
    Message,
    Organ,
    Reply,
    Status,
    StatusCode,
    latest,
    message_of,
    pack,
    unpack,
)

NS = {"e": "http://www.mic.gov.vn/TBT/QCVN_102_2016"}
SENDER = Organ("H99.01", "Sở Nội vụ tỉnh Sông Mây", "Tỉnh Sông Mây", email="snv@songmay.example")
RECEIVER = Organ("H99.02", "Sở Xây dựng tỉnh Sông Mây")
AT = datetime.fromisoformat("2026-05-04 08:30:15")
LETTER = """UBND TỈNH SÔNG MÂY
SỞ NỘI VỤ
Số: 15/SNV-TH
V/v trồng cây

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Mây, ngày 04 tháng 5 năm 2026

Kính gửi: Sở Xây dựng

Sở Nội vụ đề nghị Sở Xây dựng lập danh sách trước ngày 01/6/2026./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Trần Văn Mẫu
"""


@pytest.fixture
def message() -> Message:
    files = [Attachment("15-SNV-TH.docx", b"\x00\x01words", "application/msword", "Văn bản", "id-0")]
    return message_of(parse(LETTER), SENDER, [RECEIVER], files, at=AT)


def test_a_document_fills_the_message(message: Message) -> None:
    assert (message.number, message.notation, message.type_code) == ("15", "SNV-TH", "18")
    assert message.document_id == "H99.01,2026/05/04,15/SNV-TH"
    assert message.subject == "V/v trồng cây"
    assert message.signer.position == "GIÁM ĐỐC"
    assert message.to_places == ("Như trên", "Lưu: VT")


def test_the_envelope_is_laid_out_as_the_standard_says(message: Message) -> None:
    root = etree.fromstring(pack(message))
    assert root.xpath("string(//e:edXMLEnvelope/e:edXMLHeader/e:MessageHeader/e:Code/e:CodeNumber)", namespaces=NS)
    [href] = root.xpath("//e:edXMLManifest/e:Reference/@xlink:href", namespaces={**NS, "xlink": XLINK})
    assert href == "cid:" + root.xpath(
        "string(/e:edXML/e:AttachmentEncoded/e:Attachment/e:ContentId)", namespaces=NS
    )
    raw = pack(message).decode()
    assert "<edXML:MessageHeader><edXML:From><edXML:OrganId>H99.01" in raw
    assert "<AttachmentEncoded><Attachment><ContentType>" in raw
    assert "<edXML:PromulgationDate>2026/05/04<" in raw


XLINK = "http://www.w3.org/1999/xlink"
_letters = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")), min_size=1
)
_words = _letters.map(lambda words: " ".join(words.split())).filter(
    lambda words: words and words.isprintable() and words == unicodedata.normalize("NFC", words)
)


def _strategy(hint: Any, name: str = "") -> st.SearchStrategy[Any]:
    if hint is str:
        return st.from_regex(r"[a-z]{1,9}\.docx", fullmatch=True) if name == "name" else _words
    if hint is date:
        return st.dates(min_value=date(1945, 9, 2))
    if hint is datetime:
        return st.datetimes(min_value=AT).map(lambda at: at.replace(microsecond=0))
    if get_origin(hint) is tuple:
        return st.lists(_strategy(get_args(hint)[0]), max_size=2).map(tuple)
    if get_args(hint):
        return st.none() | _strategy(get_args(hint)[0])
    if hint in (int, bool, bytes):
        return {int: st.integers(0, 99), bool: st.booleans(), bytes: st.binary(max_size=20)}[hint]
    if hasattr(hint, "__dataclass_fields__"):
        return st.builds(hint, **{part: _strategy(kind, part) for part, kind in get_type_hints(hint).items()})
    return st.sampled_from(hint)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    drawn: Message = draw(_strategy(Message))
    files = tuple(replace(each, id=f"id-{number}") for number, each in enumerate(drawn.attachments))
    return replace(drawn, receivers=(*drawn.receivers, RECEIVER), attachments=files, ignored=())


@settings(max_examples=60, deadline=None)
@given(messages())
def test_what_is_packed_is_unpacked(message: Message) -> None:
    assert unpack(pack(message)) == message


@settings(max_examples=40, deadline=None)
@given(_strategy(Status))
def test_a_status_comes_back(status: Status) -> None:
    assert unpack(pack(status)) == status


def test_the_same_package_has_the_same_bytes(message: Message) -> None:
    assert pack(message) == pack(message)


def test_elements_without_prefix_in_another_order_are_read(message: Message) -> None:
    root = etree.fromstring(pack(message))
    header = root.find(".//e:MessageHeader", NS)
    header[:] = reversed(header)
    plain = etree.tostring(root).replace(b"edXML:", b"")
    assert unpack(plain) == message


def test_an_element_of_a_gateways_own_is_named(message: Message) -> None:
    raw = pack(message).replace(b"<edXML:Subject>", b"<edXML:GatewayNote>x</edXML:GatewayNote><edXML:Subject>")
    assert unpack(raw) == replace(message, ignored=("GatewayNote",))


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("<edXML:OrganId>H99.01</edXML:OrganId>", "", "broken_package", "From has no OrganId"),
        ("2026/05/04<", "tomorrow<", "broken_package", "PromulgationDate 'tomorrow', which is no day"),
        (">0</edXML:BussinessDocType>", ">7</edXML:BussinessDocType>", "broken_package", "BussinessDocType 7"),
        (">0</edXML:Priority>", ">high</edXML:Priority>", "broken_package", "Priority 'high', which is no number"),
        ("<ContentTransferEncoded>", "<ContentTransferEncoded>%%%", "broken_package", "no base64"),
        ("<ContentId>", "<ContentId>other", "broken_package", "whose content is not there"),
        ("QCVN_102_2016", "SOMETHING_ELSE", "wrong_type", "no edXML package"),
        ("</edXML>", "", "unreadable", "no well-formed XML"),
        ("<edXML ", "<!DOCTYPE a [<!ENTITY b 'c'>]><edXML ", "external_entity", "definitions"),
    ],
)
def test_a_broken_package_is_told(message: Message, old: str, new: str, code: str, told: str) -> None:
    raw = pack(message).decode().removeprefix("<?xml version='1.0' encoding='utf-8'?>\n")
    assert old in raw
    with pytest.raises(Refused, match=told) as caught:
        unpack(raw.replace(old, new).encode())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\a.docx", "a.docx"),
        ("a\x00b.docx", "ab.docx"),
        ("..", "attachment"),
    ],
)
def test_a_name_leads_nowhere(message: Message, given_name: str, kept: str) -> None:
    from vanban.exchange.unpacking import bare_name

    assert bare_name(given_name) == kept


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused):
        unpack(data)


def test_a_secret_document_does_not_travel() -> None:
    secret = parse(LETTER.replace("V/v trồng cây\n", "V/v trồng cây\nTỐI MẬT\n"))
    with pytest.raises(Refused) as caught:
        message_of(secret, SENDER, [RECEIVER], at=AT)
    assert caught.value.code == "classified"


def test_a_draft_without_number_is_not_sent() -> None:
    with pytest.raises(Refused, match="no number") as caught:
        message_of(parse(LETTER.replace("Số: 15/", "Số:     /")), SENDER, [RECEIVER], at=AT)
    assert caught.value.code == "incomplete"


def test_statuses_may_come_late_twice_and_in_any_order() -> None:
    about = Reply("H99.01", "H99.01,2026/05/04,15/SNV-TH")
    early = Status(about, RECEIVER, "01", AT)
    late = Status(about, RECEIVER, "3", AT.replace(hour=10))
    assert latest([late, early, late]) == {late.key: late}
    assert late.meaning is StatusCode.ACCEPTED
    assert Status(about, RECEIVER, "103", AT).meaning is None
