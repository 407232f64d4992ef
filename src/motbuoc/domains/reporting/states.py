"""The life of a draft of a report, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class DraftState(models.TextChoices):
    """Where a draft stands. What is approved becomes an outgoing document; the registers number and send it."""

    WRITTEN = "written", _("Being written")
    PUT_FORWARD = "put_forward", _("Handed in, to be approved")
    AGREED = "agreed", _("Approved for issuing")


D = DraftState

TRANSITIONS = (
    Transition("hand_in", _("Hand in"), (D.WRITTEN,), D.PUT_FORWARD, Action.MAKE_REPORT, asks="words"),
    Transition("approve", _("Approve"), (D.PUT_FORWARD,), D.AGREED, Action.RELEASE_DOCUMENT, asks="words"),
    Transition(
        "give_back",
        _("Back to the drafters"),
        (D.PUT_FORWARD, D.AGREED),
        D.WRITTEN,
        Action.RELEASE_DOCUMENT,
        asks="reason",
    ),
)
"""`hand_in` and `approve` ask for words only where a figure is not any more what the ledger says."""
