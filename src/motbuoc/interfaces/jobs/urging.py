"""Reminding people: what the worker does once a minute, and `motbuoc remind` once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from motbuoc.domains.dialogue.reminding import remind_of_dialogues
from motbuoc.domains.dialogue.reopening import reopen_unsolved
from motbuoc.domains.listening.publishing import publish_weeks
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.channels.gateway import open_gateways
from motbuoc.foundation.notices.channels.mail import open_mail
from motbuoc.foundation.notices.channels.push import open_push
from motbuoc.foundation.notices.gathering import gather
from motbuoc.foundation.notices.models import Channel
from motbuoc.foundation.notices.outbox import Open, send_due
from motbuoc.interfaces.jobs.fetching import fetch_answers
from motbuoc.interfaces.jobs.opening import open_what_is_due
from motbuoc.interfaces.jobs.recounting import pick_up_recounting
from motbuoc.interfaces.papers.links import path_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Urged:
    """What one round did: assignments looked at, messages made, messages that arrived."""

    looked_at: int
    made: int
    sent: int


CHANNELS: dict[Channel, Open] = {Channel.PUSH: open_push, Channel.WEBHOOK: open_gateways}
MAIL: dict[Channel, Open] = {Channel.MAIL: open_mail}
"""How each channel is opened; mail only where a server is set."""


def urge(*, at_once: bool = False) -> Urged:
    """Find what is due and make messages of it, from `MOTBUOC_REMIND_HOUR` on (`at_once`: at any hour); send them.

    Whatever was missed, on days without a worker too, is found in the next round. Answers that came to the mailbox
    are taken in, if one is set.
    """
    _done(publish_weeks)  # what rose in a week is told with the rest
    _done(pick_up_recounting)  # so that nobody is told of a day that the calendar has moved
    looked_at = made = 0
    if at_once or timezone.localtime(clock.now()).hour >= settings.REMIND_HOUR:
        _done(reopen_unsolved)
        _done(open_what_is_due)  # first: what is asked for today is told of today
        looked_at = _done(Sweep(clock.today()).run)
        _done(partial(_once_an_hour, at_once))
        made = _done(gather)
    channels = CHANNELS | MAIL if settings.MAIL_READY else CHANNELS
    sent = _done(partial(send_due, channels, path_of))
    _done(fetch_answers)  # last: a mail server that is slow keeps no reminder back
    return Urged(looked_at, made, sent)


_hour: list[datetime] = []
"""The hour in which this process last looked at what dialogues owe: it reads all of that, not what has changed."""


def _once_an_hour(at_once: bool) -> int:
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if _hour == [hour] and not at_once:
        return 0
    looked_at = remind_of_dialogues()
    _hour[:] = [hour]
    return looked_at


def _done(work: Callable[[], int]) -> int:
    """How much was done; nothing where it failed, which is logged and must not keep the others back."""
    try:
        return work()
    except Exception:
        logger.exception("a part of the round of reminding failed")
        return 0
