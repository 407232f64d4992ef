"""What a delivery says, made when it is sent: first a line that says what matters, then each thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from motbuoc.foundation.notices.gathering import news_of_unit
from motbuoc.foundation.notices.models import Channel, Delivery, Notice
from motbuoc.foundation.notices.occasions import Occasion
from motbuoc.foundation.notices.replies import reply_address
from motbuoc.foundation.notices.selectors import preference_of
from motbuoc.foundation.notices.telling import Line, lines_for, worth_sending
from motbuoc.foundation.people.models import Person

MOST_LINES = 20
COUNTED = {
    Occasion.AFTER_DUE: ngettext_lazy("%(count)d task overdue", "%(count)d tasks overdue", "count"),
    Occasion.QUESTIONED: ngettext_lazy("%(count)d question", "%(count)d questions", "count"),
    Occasion.URGED: ngettext_lazy("%(count)d urged", "%(count)d urged", "count"),
    Occasion.RETURNED: ngettext_lazy("%(count)d returned", "%(count)d returned", "count"),
    Occasion.NOT_ACKNOWLEDGED: ngettext_lazy("%(count)d not acknowledged", "%(count)d not acknowledged", "count"),
    Occasion.BEFORE_DUE: ngettext_lazy("%(count)d due soon", "%(count)d due soon", "count"),
    Occasion.REQUESTED: ngettext_lazy("%(count)d request", "%(count)d requests", "count"),
    Occasion.DECIDED: ngettext_lazy("%(count)d request decided on", "%(count)d requests decided on", "count"),
    Occasion.MOVED: ngettext_lazy("%(count)d due day corrected", "%(count)d due days corrected", "count"),
    Occasion.WAITING: ngettext_lazy("%(count)d to decide on", "%(count)d to decide on", "count"),
    Occasion.QUIET: ngettext_lazy("%(count)d quiet for long", "%(count)d quiet for long", "count"),
    Occasion.READY: ngettext_lazy("%(count)d can begin", "%(count)d can begin", "count"),
    Occasion.ASSIGNED: ngettext_lazy("%(count)d newly given", "%(count)d newly given", "count"),
    Occasion.HELP_OFFERED: ngettext_lazy("%(count)d offer of help", "%(count)d offers of help", "count"),
    Occasion.HELP_ANSWERED: ngettext_lazy("%(count)d answer on help", "%(count)d answers on help", "count"),
    Occasion.RISING: ngettext_lazy("%(count)d theme rises", "%(count)d themes rise", "count"),
}
"""The parts of the first line; numbers alone, which may stand in the subject of a mail and on a locked screen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told: why, which (empty where its words may not leave the house), of whom, where it is.

    `reply` is the address by which its reader answers it; empty where they cannot.
    """

    occasion: str
    sentence: str
    words: str
    unit: str
    url: str
    reply: str = ""


@dataclass(frozen=True)
class Message:
    """A message as it goes out. `id` is the same at every try, so that a receiver can know one sent twice."""

    id: str
    first_line: str
    items: tuple[Item, ...]
    more: int
    url: str
    settings_url: str


PathOf = Callable[[str, int], str]


def message_of(delivery: Delivery, path_of: PathOf) -> Message | None:
    """What the delivery says now to its reader; None: nothing any more. In the language they want."""
    reader: Person | None = None
    if delivery.person_id:
        reader = Person.objects.filter(pk=delivery.person_id, account__is_active=True).first()
        if reader is None:  # their account was closed meanwhile
            return None
    language = preference_of(reader).language if reader else settings.LANGUAGE_CODE
    with translation.override(language):
        lines = worth_sending(lines_for(reader, _notices(delivery)))
        return _message(delivery, lines, path_of) if lines else None


def _notices(delivery: Delivery) -> Iterable[Notice]:
    if delivery.webhook:
        return news_of_unit(delivery.webhook, delivery.told_at)
    return Notice.objects.filter(person=delivery.person_id, told_at=delivery.told_at).order_by("pk")


def _message(delivery: Delivery, lines: list[Line], path_of: PathOf) -> Message:
    return Message(
        id=sha256(delivery.key.encode()).hexdigest()[:32],
        first_line=first_line(line.notice.occasion for line in lines),
        items=tuple(_items(lines[:MOST_LINES], path_of, delivery)),
        more=max(0, len(lines) - MOST_LINES),
        url=settings.PUBLIC_URL + reverse("notice_list"),
        settings_url=settings.PUBLIC_URL + reverse("notice_settings"),
    )


def first_line(occasions: Iterable[str]) -> str:
    """How many of each, what matters most first: "2 tasks overdue, 1 to decide on"."""
    counts = Counter(Occasion(occasion) for occasion in occasions)
    return ", ".join(str(COUNTED[one] % {"count": counts[one]}) for one in Occasion if counts[one])


def _items(lines: Iterable[Line], path_of: PathOf, delivery: Delivery) -> Iterator[Item]:
    for line in lines:
        assert line.told, "only what is seen is sent"
        yield Item(
            occasion=line.notice.occasion,
            sentence=line.sentence,
            words=line.told.words if line.told.is_plain else "",
            unit=line.told.unit,
            url=settings.PUBLIC_URL + path_of(line.notice.object_type, line.notice.object_id),
            reply=_reply(line, delivery),
        )


def _reply(line: Line, delivery: Delivery) -> str:
    """Only in a mail, which alone is answered by mail; not about papers whose words may not leave the house."""
    told = line.told
    if line.notice.object_type != "assignment":
        return ""
    if delivery.channel != Channel.MAIL or not delivery.person_id or not told or not told.takes_replies:
        return ""
    return reply_address(delivery.person_id, line.notice.object_id) if told.is_plain else ""


def text_of(message: Message) -> str:
    """The message as plain text, for a mail."""
    parts = [f"{message.first_line}."]
    for item in message.items:
        words = item.words or _("From a paper that is not for everybody: open it to read.")
        said = f"{item.sentence}\n{words} ({item.unit})\n{item.url}"
        if item.reply:
            said += "\n" + _("Report progress by mail to: %(address)s") % {"address": item.reply}
        parts.append(said)
    if message.more:
        parts.append(_("And %(count)s more: %(url)s") % {"count": message.more, "url": message.url})
    parts.append(_("How you are told is set here: %(url)s") % {"url": message.settings_url})
    return "\n\n".join(parts) + "\n"
