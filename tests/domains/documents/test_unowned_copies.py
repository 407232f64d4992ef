"""Who owns a hand-off, at random: as the sets of the query find it, and as one would tell it unit by unit."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from motbuoc.domains.documents.models import Copy, Document
from motbuoc.domains.documents.recipients import alarmed, last_answered_by, longest_unowned_for, unowned_copies_for
from motbuoc.domains.documents.states import CopyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import LINE_OF_SUCCESSION, Person, Position
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitVersion
from tests.factories import LONG_AGO, Cast, make_directive, make_document, make_unit

ROLES = (Role.UNIT_SECRETARY, Role.CLERK, Role.DEPARTMENT_OFFICER, Role.MEMBER)
STATES = (CopyState.DELIVERED, CopyState.OPENED, CopyState.DECLINED, CopyState.TAKEN)


def scene(cast: Cast, seed: int) -> None:
    """More units below the two base units, and copies, grants and positions at random, some of them over."""
    rng, today = random.Random(seed), clock.today()
    cells = [
        make_unit(f"Chi bộ thử {n}", UnitKind.PARTY_CELL, rng.choice((cast.unit_a, cast.unit_b)), f"thu{n}")
        for n in range(6)
    ]
    units = [cast.province, cast.bloc, cast.department, cast.unit_a, cast.unit_b, *cells]
    documents = [make_directive(cast), make_document(cast), make_document(cast), make_document(cast)]
    for document in documents:
        Document.objects.filter(pk=document.pk).update(unit=rng.choice(units))
        Copy.objects.filter(document=document).delete()
        for unit in rng.sample(units, 8):
            days = rng.choice((0, 0, 1, 20))
            Copy.objects.create(
                document=document,
                unit=unit,
                state=rng.choice(STATES),
                delivered_at=clock.now() - timedelta(days=days, minutes=rng.randint(1, 500)),
            )
    people = list(Person.objects.order_by("pk"))
    Grant.objects.filter(role__in=roles_with(Action.REGISTER_DOCUMENT)).exclude(
        person__in=(cast.officer, cast.central_officer)
    ).delete()
    for _each in range(rng.randint(0, 5)):
        ended = {"valid_until": today} if rng.random() < 0.2 else {}
        person, unit = rng.choice(people), rng.choice(units)
        Grant.objects.create(person=person, role=rng.choice(ROLES), unit=unit, valid_from=LONG_AGO, **ended)
    Position.objects.all().delete()
    for unit in rng.sample(units, rng.randint(0, 8)):
        ended = {"valid_until": today} if rng.random() < 0.2 else {}
        title = rng.choice((*LINE_OF_SUCCESSION[:2], "officer"))
        Position.objects.create(person=rng.choice(people), unit=unit, title=title, valid_from=LONG_AGO, **ended)


def above(unit_id: int) -> list[int]:
    """A unit and those above it, walked parent by parent."""
    found, parent = list[int](), unit_id
    while parent:
        found.append(parent)
        parent = UnitVersion.objects.get(unit=parent, valid_until=None).parent_id
    return found


def granted(action: Action) -> set[int]:
    rows = Grant.objects.filter(role__in=roles_with(action))
    return {grant.unit_id for grant in rows if grant.valid_until is None or grant.valid_until > clock.today()}


def is_owned(copy: Copy) -> bool:
    """What `alarmed` asks a database, told in words of one unit."""
    over, senders = above(copy.unit_id), above(copy.document.unit_id)
    if (set(over) & granted(Action.REGISTER_DOCUMENT)) - set(senders):
        return True
    line = Position.objects.filter(unit=copy.unit_id, title__in=LINE_OF_SUCCESSION, valid_until=None)
    return line.exists() and not set(over) & granted(Action.WORK_ON_ASSIGNMENT)


def alarm(copy: Copy) -> str:
    if copy.state == CopyState.DECLINED:
        return "refused"
    if copy.state == CopyState.TAKEN:
        return ""
    if not is_owned(copy):
        return "nobody"
    is_over = copy.delivered_at.astimezone(clock.now().tzinfo).date() <= last_answered_by(clock.today())
    return "silent" if is_over else ""


@pytest.mark.parametrize("wide", [0, 500])
@pytest.mark.parametrize("seed", range(5))
def test_alarms_are_those_told_unit_by_unit(cast: Cast, monkeypatch: Any, seed: int, wide: int) -> None:
    monkeypatch.setattr(policy, "WIDE", wide)
    scene(cast, seed)
    found = dict(alarmed(clock.today()).values_list("pk", "alarm"))
    told = {copy.pk: alarm(copy) for copy in Copy.objects.select_related("document")}
    assert found == {pk: word for pk, word in told.items() if word}
    for viewer in (cast.officer, cast.central_officer, cast.secretary):
        everything = list(unowned_copies_for(Person.objects.get(pk=viewer.pk)))
        for most in (2, 50):
            assert longest_unowned_for(Person.objects.get(pk=viewer.pk), most) == everything[:most]


def test_the_first_scene_has_every_alarm_and_what_is_owned(cast: Cast) -> None:
    scene(cast, 0)
    told = {alarm(copy) for copy in Copy.objects.exclude(state=CopyState.TAKEN).select_related("document")}
    assert told == {"", "refused", "nobody", "silent"}
