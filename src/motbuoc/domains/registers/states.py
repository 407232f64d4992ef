"""The life of an outgoing document, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class OutgoingState(models.TextChoices):
    """Where a document on its way out is. Releasing (number, signature) and sending are two acts of two rights."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Layout checked, to be approved")
    APPROVED = "approved", _("Approved, to be numbered")
    RELEASED = "released", _("Released, to be sent")
    DISPATCHED = "dispatched", _("Sent out")
    VOID = "void", _("Cancelled")


O = OutgoingState  # noqa: E741 - short beside its states
KEEP, RELEASE, SEND = Action.REGISTER_DOCUMENT, Action.RELEASE_DOCUMENT, Action.SEND_DOCUMENT

TRANSITIONS = (
    Transition("check", _("Check the layout and hand it in"), (O.DRAFT,), O.CHECKED, KEEP, asks="words"),
    Transition("approve", _("Approve"), (O.CHECKED,), O.APPROVED, RELEASE),
    Transition("redraft", _("Back to the drafter"), (O.CHECKED, O.APPROVED), O.DRAFT, RELEASE, asks="reason"),
    Transition("release", _("Number and release"), (O.APPROVED,), O.RELEASED, RELEASE),
    Transition("dispatch", _("Send"), (O.RELEASED,), O.DISPATCHED, SEND),
    Transition(
        "cancel", _("Cancel"), (O.DRAFT, O.CHECKED, O.APPROVED, O.RELEASED), O.VOID, RELEASE, asks="reason"
    ),
)
"""`check` asks for words only where a binding rule of layout is broken and the document goes on all the same."""

BEFORE_RELEASE = (O.DRAFT, O.CHECKED, O.APPROVED)
"""Not yet a document of the unit: for those who keep its registers, and for nobody else."""
