"""What a notice can be about, whom a rung tells, and how far the word goes: data, with their words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Why somebody is told; what matters most stands first, and a digest keeps this order."""

    AFTER_DUE = "after_due", _("Overdue")
    QUESTIONED = "questioned", _("Question to be answered")
    URGED = "urged", _("Urged")
    RETURNED = "returned", _("Returned")
    NOT_ACKNOWLEDGED = "not_acknowledged", _("Not acknowledged")
    BEFORE_DUE = "before_due", _("Due soon")
    REQUESTED = "requested", _("Extension or suspension asked for")
    DECIDED = "decided", _("Request decided on")
    MOVED = "moved", _("Due day corrected")
    WAITING = "waiting", _("Waiting for a decision")
    QUIET = "quiet", _("Quiet for long")
    ASSIGNED = "assigned", _("Newly given")
    READY = "ready", _("Can begin")
    HELP_OFFERED = "help_offered", _("Help offered")
    HELP_ANSWERED = "help_answered", _("Offer of help answered")
    RISING = "rising", _("A theme rises")
    COMMENT_ASKED = "comment_asked", _("Asked to comment on a draft")
    COMMENT_TOLD = "comment_told", _("What became of comments")


AT_ONCE = (
    Occasion.URGED,
    Occasion.READY,
    Occasion.HELP_OFFERED,
    Occasion.HELP_ANSWERED,
    Occasion.MOVED,
    Occasion.RISING,
    Occasion.COMMENT_ASKED,
    Occasion.COMMENT_TOLD,
)
"""What is told at once and climbs no ladder."""

OF_LADDERS = tuple((one.value, one.label) for one in Occasion if one not in AT_ONCE)
"""What rungs can be about."""


class Recipient(models.TextChoices):
    """Whom a rung tells, by what they are to the work and never by name."""

    OWNER = "owner", _("Who works on it")
    HEAD = "head", _("Head of the unit")
    ABOVE = "above", _("Head of the unit above")
    ISSUER = "issuer", _("Who decides on results")
    MONITOR = "monitor", _("The unit that tracks it")


class Reach(models.TextChoices):
    """How far a notice goes: every one is in the app."""

    APP = "app", _("In the app only")
    DIGEST = "digest", _("In the app and the day's message")
    URGENT = "urgent", _("In the app and at once")


SENTENCES = {
    Occasion.AFTER_DUE: _("Overdue: it was due on %(on)s"),
    Occasion.QUESTIONED: _("A question about the result, asked on %(on)s, waits for your answer"),
    Occasion.URGED: _("The unit that tracks it, or that issued it, urged on %(on)s"),
    Occasion.RETURNED: _("Returned on %(on)s, to be done again"),
    Occasion.NOT_ACKNOWLEDGED: _("Not acknowledged since %(on)s"),
    Occasion.BEFORE_DUE: _("Due on %(on)s"),
    Occasion.REQUESTED: _("The unit asks for an extension or a suspension since %(on)s"),
    Occasion.DECIDED: _("What the unit asked for was decided on %(on)s"),
    Occasion.MOVED: _("The working calendar was corrected: now due on %(on)s"),
    Occasion.WAITING: _("The result has waited for a decision since %(on)s"),
    Occasion.QUIET: _("Nothing was heard of it since %(on)s"),
    Occasion.ASSIGNED: _("Given to the unit on %(on)s"),
    Occasion.READY: _("What it waited for was done or cancelled on %(on)s: it can begin"),
    Occasion.HELP_OFFERED: _("Help was offered on %(on)s"),
    Occasion.HELP_ANSWERED: _("The unit answered your offer of help on %(on)s"),
    Occasion.RISING: _("Much more was said on it than usual in the week from %(on)s"),
    Occasion.COMMENT_ASKED: _("The unit is asked to comment on this draft by %(on)s"),
    Occasion.COMMENT_TOLD: _("What became of the unit's comments on this draft was published on %(on)s"),
}
"""What each says, with the day it counts from."""


def sentence(occasion: str, parameters: dict[str, Any]) -> str:
    """The notice in words of the current language: `parameters` holds its day as `on` (ISO)."""
    day = date_format(date.fromisoformat(parameters["on"]), "d/m/Y")
    return str(SENTENCES[Occasion(occasion)]) % {"on": day}


COUNTS_FROM = {
    Occasion.AFTER_DUE: _("working days after the due day"),
    Occasion.QUESTIONED: _("working days after the question was asked"),
    Occasion.RETURNED: _("working days after it was returned"),
    Occasion.NOT_ACKNOWLEDGED: _("working days after it was given"),
    Occasion.BEFORE_DUE: _("working days before the due day"),
    Occasion.REQUESTED: _("working days after the request was made"),
    Occasion.DECIDED: _("working days after the request was decided on"),
    Occasion.WAITING: _("working days after it was handed in or a question answered"),
    Occasion.QUIET: _("working days after it became quiet"),
    Occasion.ASSIGNED: _("working days after it was given"),
}
"""What the days of a rung are counted from."""

DEFAULT_RUNGS: tuple[tuple[Occasion, int, Recipient, Reach], ...] = (
    (Occasion.ASSIGNED, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.NOT_ACKNOWLEDGED, 3, Recipient.OWNER, Reach.DIGEST),
    (Occasion.NOT_ACKNOWLEDGED, 5, Recipient.HEAD, Reach.DIGEST),
    (Occasion.BEFORE_DUE, 5, Recipient.OWNER, Reach.APP),
    (Occasion.BEFORE_DUE, 3, Recipient.OWNER, Reach.DIGEST),
    (Occasion.BEFORE_DUE, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.AFTER_DUE, 1, Recipient.OWNER, Reach.DIGEST),
    (Occasion.AFTER_DUE, 1, Recipient.MONITOR, Reach.DIGEST),
    (Occasion.AFTER_DUE, 3, Recipient.HEAD, Reach.DIGEST),
    (Occasion.AFTER_DUE, 3, Recipient.ISSUER, Reach.DIGEST),
    (Occasion.AFTER_DUE, 10, Recipient.ABOVE, Reach.DIGEST),
    (Occasion.QUESTIONED, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.QUESTIONED, 3, Recipient.OWNER, Reach.DIGEST),
    (Occasion.QUESTIONED, 5, Recipient.HEAD, Reach.DIGEST),
    (Occasion.RETURNED, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.RETURNED, 5, Recipient.HEAD, Reach.DIGEST),
    (Occasion.QUIET, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.QUIET, 10, Recipient.HEAD, Reach.DIGEST),
    (Occasion.REQUESTED, 0, Recipient.ISSUER, Reach.DIGEST),
    (Occasion.REQUESTED, 3, Recipient.ISSUER, Reach.DIGEST),
    (Occasion.DECIDED, 0, Recipient.OWNER, Reach.DIGEST),
    (Occasion.WAITING, 0, Recipient.ISSUER, Reach.APP),
    (Occasion.WAITING, 3, Recipient.ISSUER, Reach.DIGEST),
)
"""The ladder where nobody has made one: a proposal of the house, no rule; a department changes it in its page."""
