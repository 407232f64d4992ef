"""The life of a document in the house."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.transitions import Transition


class DocumentState(models.TextChoices):
    """How far a document has come."""

    READ = "read", _("Read, to be reviewed")
    CONFIRMED = "confirmed", _("Confirmed")
    ISSUED = "issued", _("Issued")


TRANSITIONS = (
    Transition("confirm", _("Confirm"), (DocumentState.READ,), DocumentState.CONFIRMED, Action.REVIEW_DOCUMENT),
    Transition(
        "reopen", _("Correct again"), (DocumentState.CONFIRMED,), DocumentState.READ, Action.REVIEW_DOCUMENT
    ),
    Transition(
        "issue", _("Issue to units"), (DocumentState.CONFIRMED,), DocumentState.ISSUED, Action.ISSUE_DIRECTIVE
    ),
)
