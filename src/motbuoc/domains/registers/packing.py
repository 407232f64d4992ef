"""The edXML package of a released document, for bodies outside the tree (QCVN 102:2016/BTTTT)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motbuoc.domains.registers.drafting import letterhead_of, symbol_of
from motbuoc.domains.registers.models import Outgoing
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.models import UnitIdentifier
from vanban.document import Document, Field, Header, Regime, Signature
from vanban.exchange import Attachment, Organ, message_of, pack
from vanban.refusal import Refused


def package_of(outgoing: Outgoing, at: datetime) -> bytes:
    """The package with the released file, from the unit to every recipient outside the tree.

    A body's code of identification is the unit's open identifier, or its code; receivers outside bear their name
    for one, which the gateway resolves.

    Raises:
        Refusal: the document is not numbered, or lacks what a receiver needs to register it.
    """
    if outgoing.number is None or outgoing.issued_on is None:
        raise Refusal(_("Number and release the document first."))
    head = letterhead_of(outgoing.unit_id, outgoing.issued_on)
    known = UnitIdentifier.objects.filter(unit=outgoing.unit_id, valid_until=None).order_by("pk").first()
    sender = Organ(known.value if known else head.symbol, head.issuer)
    receivers = [Organ(row.name, row.name) for row in outgoing.recipients.filter(unit=None)]
    stored = outgoing.signed or outgoing.file
    with stored.content.open("rb") as file:
        attached = Attachment(stored.name, file.read(), stored.media_type)
    symbol = symbol_of(outgoing.regime, outgoing.type, head.symbol)
    header = Header(
        issuer=Field(head.issuer),
        number=Field(str(outgoing.number.number)),
        symbol=Field(symbol),
        code=Field(outgoing.code),
        type=Field(outgoing.type),
        date=outgoing.issued_on,
        subject=Field(outgoing.subject),
    )
    document = Document(text="", regime=Regime(outgoing.regime), header=header, signature=Signature())
    try:
        return pack(message_of(document, sender, receivers, [attached], at=at))
    except Refused as refused:
        raise Refusal(_("The package cannot be made: number, day or subject are missing.")) from refused
