"""Reads about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Account, Position, PositionTitle


def accounts_called(usernames: Iterable[str]) -> QuerySet[Account]:
    """The usable accounts with these sign-in names, each with its person."""
    return Account.objects.filter(username__in=list(usernames), is_active=True).select_related("person")


def positions_of(person_id: int, on: date) -> QuerySet[Position]:
    """The positions a person holds on the day `on`."""
    return Position.objects.filter(in_force(on), person_id=person_id)


def secretaries_by_unit(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """The name of each unit's secretary on the day `on`; a unit without one is not in it."""
    rows = Position.objects.filter(in_force(on), unit_id__in=list(unit_ids), title=PositionTitle.SECRETARY)
    return dict(rows.values_list("unit_id", "person__full_name"))
