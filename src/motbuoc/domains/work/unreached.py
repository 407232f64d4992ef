"""Who could not be told of work that a department gave: by name, and why; never by which address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Channel, Delivery, DeliveryState, Notice
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

LOOK_BACK = timedelta(days=30)
MOST = 200  # messages looked at
TROUBLED = (DeliveryState.FAILED, DeliveryState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person whose last message through a channel did not arrive, with the units whose work it told of."""

    person: str
    units: list[str]
    channel: str
    trouble: str
    is_over: bool
    since: datetime


def unreached_for(viewer: Person) -> list[Unreached]:
    """Those not reached about work of documents that `viewer` decides on, the latest first; in three queries."""
    mine = Assignment.objects.filter(policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit"))
    about_mine = Exists(mine.order_by().filter(pk=OuterRef("object_id")))
    notices = Notice.objects.filter(about_mine, object_type="assignment")
    told = notices.filter(person=OuterRef("person"), told_at=OuterRef("told_at"))
    arrived = Delivery.objects.filter(
        person=OuterRef("person"),
        channel=OuterRef("channel"),
        state=DeliveryState.SENT,
        made_at__gt=OuterRef("made_at"),
    )
    troubled = Delivery.objects.filter(
        state__in=TROUBLED, made_at__gt=clock.now() - LOOK_BACK, person__isnull=False
    )
    rows = troubled.filter(Exists(told), ~Exists(arrived)).select_related("person").order_by("-made_at", "-pk")
    return list(_each(list(rows[:MOST]), notices))


def _each(rows: list[Delivery], notices: QuerySet[Notice]) -> Iterator[Unreached]:
    """Each person and channel once, by the newest message."""
    moments = {row.told_at for row in rows}
    about = notices.filter(told_at__in=moments, person__in={row.person_id for row in rows})
    units: dict[tuple[int, datetime], set[int]] = {}
    for person, moment, unit in about.values_list("person_id", "told_at", "unit_id"):
        if moment:
            units.setdefault((person, moment), set()).add(unit)
    named = Unit.objects.known_by(clock.today()).filter(pk__in={unit for some in units.values() for unit in some})
    names = dict(named.values_list("pk", "short_name"))
    seen = set[tuple[int, str]]()
    for row in rows:
        assert row.person, "only messages to people"
        if (row.person.pk, row.channel) not in seen:
            seen.add((row.person.pk, row.channel))
            about_units = units.get((row.person.pk, row.told_at), set())
            of = sorted(names[unit] for unit in about_units if names.get(unit))  # not those that begin later
            is_over = row.state == DeliveryState.GIVEN_UP
            channel = str(Channel(row.channel).label)
            yield Unreached(row.person.full_name, of, channel, row.last_error, is_over, row.made_at)
