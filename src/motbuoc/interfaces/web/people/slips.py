"""The slip that is handed to a person: who, where, the address, the code, and both as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import qrcode
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage

from motbuoc.foundation.administration.invitations import Invited


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. The QR code carries the code behind a #: browsers keep that to themselves, so it is in no log."""

    name: str
    place: str
    address: str
    code: str
    until: datetime
    drawing: SafeString


def slip_of(request: HttpRequest, invited: Invited, place: str) -> Slip:
    """The slip of a fresh invitation; `place` says which position where."""
    address = request.build_absolute_uri(reverse("invitation_accept"))
    invitation = invited.invitation
    picture = drawn(f"{address}#{invited.code}")
    return Slip(invitation.person.full_name, place, address, invited.code, invitation.expires_at, picture)


def drawn(words: str) -> SafeString:
    """A QR code as an SVG to stand in a page; of our own making throughout, words and all."""
    code = qrcode.QRCode(border=2, image_factory=SvgPathImage)
    code.add_data(words)
    return SafeString(code.make_image().to_string(encoding="unicode"))
