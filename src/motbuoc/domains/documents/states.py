"""The life of a document in the house."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class DocumentState(models.TextChoices):
    """How far a document has come."""

    READ = "read", _("Read, to be reviewed")
    CONFIRMED = "confirmed", _("Confirmed")
    ISSUED = "issued", _("Issued")
    SENT = "sent", _("Sent, for reading")


READABLE = (DocumentState.ISSUED, DocumentState.SENT)
"""From here on the units that have a copy may read it."""


TRANSITIONS = (
    Transition("confirm", _("Confirm"), (DocumentState.READ,), DocumentState.CONFIRMED, Action.REVIEW_DOCUMENT),
    Transition(
        "reopen", _("Correct again"), (DocumentState.CONFIRMED,), DocumentState.READ, Action.REVIEW_DOCUMENT
    ),
    Transition(
        "issue", _("Issue to units"), (DocumentState.CONFIRMED,), DocumentState.ISSUED, Action.ISSUE_DIRECTIVE
    ),
    Transition(
        "send", _("Send"), (DocumentState.READ, DocumentState.CONFIRMED), DocumentState.SENT, Action.SEND_DOCUMENT
    ),
)


class CopyState(models.TextChoices):
    """How far a unit's copy has come; the copy is the unit's in all but the recalled state."""

    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Read")
    TAKEN = "taken", pgettext_lazy("a copy of a document", "Accepted")
    DECLINED = "declined", pgettext_lazy("a copy of a document", "Refused")
    RECALLED = "recalled", _("Recalled")
    REPLACED = "replaced", _("Replaced")


UNANSWERED = (CopyState.DELIVERED, CopyState.OPENED)
"""Nobody has said yet that the unit takes it in."""

HELD = (*UNANSWERED, CopyState.TAKEN)

RECEIVER, SENDER = Action.REGISTER_DOCUMENT, Action.SEND_DOCUMENT

COPY_TRANSITIONS = (
    Transition("accept_copy", _("Accept the copy"), UNANSWERED, CopyState.TAKEN, RECEIVER),
    Transition("refuse_copy", _("Refuse with a reason"), UNANSWERED, CopyState.DECLINED, RECEIVER, asks="reason"),
    Transition("give_back_copy", _("Agree to the recall"), HELD, CopyState.RECALLED, RECEIVER),
    Transition("exchange_copy", _("Agree to the replacement"), HELD, CopyState.REPLACED, RECEIVER),
    Transition("resend_copy", _("Deliver again"), (CopyState.DECLINED,), CopyState.DELIVERED, SENDER),
)
"""The life of a copy. It is marked read by being read (`copies.note_reading`); a recall or a replacement is asked
for by the sender (`copies.ask_back`) and changes nothing before the receiver agrees."""
