"""Grouping very many opinions into themes, while whoever asked goes on."""

from __future__ import annotations

from django_tasks import task

from motbuoc.domains.listening.sorting import group_again
from motbuoc.foundation.people.selectors import person_of


@task()
def group_opinions(actor_id: int, unit_id: int) -> None:
    """Group what was said to a unit, in the name of who asked for it and by their rights at that moment."""
    group_again(actor=person_of(actor_id), unit_id=unit_id)
