"""The slip that is handed to a person: who, where, the address, the code, and both as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from motbuoc.foundation.administration.invitations import Invited
from motbuoc.interfaces.web.square_codes import square_code


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
    picture = square_code(f"{address}#{invited.code}")
    return Slip(invitation.person.full_name, place, address, invited.code, invitation.expires_at, picture)
