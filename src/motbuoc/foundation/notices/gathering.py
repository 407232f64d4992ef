"""From notices to messages: one a day for each person and channel, more only for what is urgent.

Whoever gathers holds the person's row, so that two machines at once make one message of the same notices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import (
    Channel,
    Delivery,
    Notice,
    Preference,
    PushSubscription,
    Webhook,
)
from motbuoc.foundation.notices.occasions import Reach
from motbuoc.foundation.people.models import Account, Person

PEOPLE = 200  # in one transaction
LOOK_BACK = timedelta(days=1)  # of the first message to a gateway


@dataclass(frozen=True, slots=True)
class Way:
    """How a person is reached: through which channel, at which address."""

    channel: Channel
    address: str


def gather() -> int:
    """Make messages of everything that was not told yet; how many."""
    made, last = 0, 0
    while people := _people_after(last):
        made += _gather_for(people)
        last = people[-1]
    return made + _gather_for_gateways()


def _people_after(last: int) -> list[int]:
    untold = Notice.objects.filter(told_at__isnull=True, person=OuterRef("pk")).exclude(reach=Reach.APP)
    people = Person.objects.filter(Exists(untold), pk__gt=last).order_by("pk")
    return list(people.values_list("pk", flat=True)[:PEOPLE])


@transaction.atomic
def _gather_for(people: list[int]) -> int:
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    people = list(locked.values_list("pk", flat=True))
    now = clock.now()
    untold = Notice.objects.filter(told_at__isnull=True, person__in=people).exclude(reach=Reach.APP)
    notices: dict[int, list[Notice]] = {}
    for notice in untold.order_by("pk"):
        notices.setdefault(notice.person_id, []).append(notice)
    had = set(_today(people).values_list("person_id", flat=True))
    ways, preferences = ways_of(people), _preferences(people)
    told, made = list[int](), list[Delivery]()
    for person, found in notices.items():
        is_urgent = any(notice.reach == Reach.URGENT and not notice.read_at for notice in found)
        if person in had and not is_urgent:
            continue  # tomorrow's message
        told += [notice.pk for notice in found]
        if all(notice.read_at for notice in found):
            continue
        start = after_quiet(preferences.get(person) or Preference(person_id=person), now)
        made += [_delivery(person, way, now, start, is_urgent=is_urgent) for way in ways.get(person, ())]
    Notice.objects.filter(pk__in=told).update(told_at=now)
    return len(Delivery.objects.bulk_create(made))


def _today(people: list[int]) -> QuerySet[Notice]:
    """Those told today already."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), time.min))
    return Notice.objects.filter(person__in=people, told_at__gte=midnight)


def ways_of(people: Iterable[int]) -> dict[int, list[Way]]:
    """How each person wants to be and can be reached outside the app."""
    people = list(people)
    preferences, ways = _preferences(people), dict[int, list[Way]]()
    if settings.MAIL_READY:
        accounts = Account.objects.filter(person__in=people, is_active=True).exclude(email="")
        for person, email in accounts.order_by("pk").values_list("person_id", "email"):
            if person not in preferences or preferences[person].by_mail:
                ways.setdefault(person, []).append(Way(Channel.MAIL, email))
    for subscription in PushSubscription.objects.filter(
        person__in=people, person__account__is_active=True
    ).order_by("pk"):
        person = subscription.person_id
        if person not in preferences or preferences[person].by_push:
            ways.setdefault(person, []).append(Way(Channel.PUSH, subscription.endpoint))
    return ways


def _preferences(people: Iterable[int]) -> dict[int, Preference]:
    return {row.person_id: row for row in Preference.objects.filter(person__in=list(people))}


def _delivery(person: int, way: Way, now: datetime, start: datetime, *, is_urgent: bool) -> Delivery:
    return Delivery(
        person_id=person,
        channel=way.channel,
        address=way.address,
        told_at=now,
        is_urgent=is_urgent,
        key=f"{person}/{way.channel}/{now.isoformat()}/{_mark(way.address)}",
        next_try_at=start,
        made_at=now,
    )


def _mark(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:12]


def after_quiet(preference: Preference, now: datetime) -> datetime:
    """Now, or the end of the person's quiet hours."""
    local = timezone.localtime(now)
    if not preference.is_quiet_at(local.hour):
        return now
    end = local.replace(hour=preference.quiet_until, minute=0, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


@transaction.atomic
def _gather_for_gateways() -> int:
    """One message a day for each gateway whose unit has news."""
    now, made = clock.now(), list[Delivery]()
    locked = Webhook.objects.select_for_update().filter(ended_at__isnull=True)
    for webhook in locked.order_by("pk"):
        day = clock.today().isoformat()
        key = f"gateway/{webhook.pk}/{day}"
        if not Delivery.objects.filter(key=key).exists() and news_of_unit(webhook, now).exists():
            made.append(
                Delivery(
                    webhook=webhook,
                    channel=Channel.WEBHOOK,
                    address=webhook.url,
                    told_at=now,
                    key=key,
                    next_try_at=now,
                    made_at=now,
                )
            )
    return len(Delivery.objects.bulk_create(made))


def news_of_unit(webhook: Webhook, until: datetime) -> QuerySet[Notice]:
    """The notices about a gateway's unit since the message before the moment `until`."""
    before = webhook.deliveries.filter(told_at__lt=until).order_by("-told_at").first()
    since = before.told_at if before else until - LOOK_BACK
    made = Notice.objects.filter(unit=webhook.unit_id, made_at__gt=since, made_at__lte=until)
    return made.exclude(reach=Reach.APP).order_by("pk")
