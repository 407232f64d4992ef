"""Five places around a viewer, and everybody who may come to a door: who stands where decides what they may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, OF_THE_UNIT, Action, Role
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import LONG_AGO, WINDOW_ENDS, Cast, make_cast, make_person, make_unit
from tests.house.things import BEHIND, NOTHING_OF_THEIRS, Place, Thing, behind
from tests.house.url_table import Door

ABOVE = {
    "above": ("above",),
    "own": ("own", "above"),
    "below": ("below", "own", "above"),
    "beside": ("beside", "above"),
    "strange": ("strange",),
}
"""The places, each with those whose grants reach it."""


@dataclass(frozen=True)
class Answer:
    """What came back, files read to their end."""

    status: int
    text: str
    headers: dict[str, str]
    error: str = ""


@dataclass
class Visitor:
    """Somebody at the door: a person who has signed in, or nobody (`person` None)."""

    name: str
    grants: tuple[tuple[Role, str], ...] = ()
    person: Person | None = None
    session: str = ""

    def sees(self, thing: Thing, place: str) -> bool:
        """Whether a thing that stands in a place is for them to see."""
        return thing.see in self.may("" if thing.is_common else place)

    def may(self, place: str = "") -> frozenset[Action]:
        """What they may do in a place, or anywhere: from the tables of roles and of places alone.

        What is the unit's own (`OF_THE_UNIT`) they may do only in the very place where it was granted.
        """
        granted = [
            ACTIONS[role] if not place or where == place else ACTIONS[role] - OF_THE_UNIT
            for role, where in self.grants
            if not place or where in ABOVE[place]
        ]
        return frozenset().union(*granted)

    def ask(
        self, method: str, url: str, data: dict[str, object] | None = None, *, strict: bool = False, **extra: Any
    ) -> Answer:
        """Send a request, and undo what it did. An exception in the page is an answer of 500.

        `strict`: a form without its token is refused, as outside of tests.
        """
        client = _STRICT if strict else _CLIENT
        client.cookies.clear()
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = _send(client, method, url, data or {}, extra)
            transaction.set_rollback(True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        error = repr(response.exc_info[1]) if getattr(response, "exc_info", None) else ""
        return Answer(response.status_code, body.decode(errors="replace"), dict(response.items()), error)


def _send(client: Client, method: str, url: str, data: dict[str, object], extra: dict[str, Any]) -> Any:
    if method in ("GET", "POST"):
        return getattr(client, method.lower())(url, data, **extra)
    return client.generic(method, url, **extra)


_CLIENT = Client(raise_request_exception=False)
_STRICT = Client(raise_request_exception=False, enforce_csrf_checks=True)


@dataclass(frozen=True)
class Address:
    """A door with something behind it, in a place; without parameters in no place."""

    url: str
    place: str = ""
    things: tuple[Thing, ...] = ()
    is_theirs: bool = True


@dataclass
class Neighbourhood:
    """The places and the visitors."""

    cast: Cast
    places: dict[str, Place]
    visitors: list[Visitor]
    known: dict[tuple[str, Callable[[Place], list[Thing]]], list[Thing]] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)

    def things(self, place: str, maker: Callable[[Place], list[Thing]]) -> list[Thing]:
        """What a maker makes in a place, once."""
        if (place, maker) not in self.known:
            self.known[place, maker] = maker(self.places[place])
        return self.known[place, maker]

    @cached_property
    def everything(self) -> list[tuple[str, Thing]]:
        """All things that could leak, with their places."""
        makers = [maker for maker in BEHIND.values() if callable(maker)]
        return [(place, thing) for place in self.places for maker in makers for thing in self.things(place, maker)]

    def told(self, visitor: Visitor, answer: Answer) -> list[str]:
        """The words of the answer that are not for the visitor."""
        return sorted(words for words in self._hidden_from(visitor) if words in answer.text)

    def _hidden_from(self, visitor: Visitor) -> set[str]:
        if visitor.name not in self.hidden:
            seen = {thing.words for place, thing in self.everything if visitor.sees(thing, place)}
            self.hidden[visitor.name] = {thing.words for _place, thing in self.everything} - seen
        return self.hidden[visitor.name]

    @property
    def master(self) -> Visitor:
        """Who may do everything in the own place."""
        return self.visitors[-1]

    def addresses(self, door: Door, places: tuple[str, ...] = tuple(ABOVE)) -> Iterator[Address]:
        """The door's address for each thing in each place; one address where it names no thing."""
        if not any(callable(behind(door.name, parameter)) for parameter in door.parameters):
            named = {parameter: behind(door.name, parameter) for parameter in door.parameters}
            values = {name: 987654 if value is NOTHING_OF_THEIRS else value for name, value in named.items()}
            yield Address(reverse(door.name, kwargs=values), is_theirs=NOTHING_OF_THEIRS not in named.values())
            return
        for place in places:
            choices = []
            for parameter in door.parameters:
                maker = behind(door.name, parameter)
                choices.append(self.things(place, maker) if callable(maker) else [maker])
            for chosen in product(*choices):
                values = [each.value if isinstance(each, Thing) else each for each in chosen]
                url = reverse(door.name, kwargs=dict(zip(door.parameters, values, strict=True)))
                yield Address(url, place, tuple(each for each in chosen if isinstance(each, Thing)))


def make_neighbourhood() -> Neighbourhood:
    """The places with what is in them, and the visitors: nobody's friend, each role, and two mixed ones."""
    top = make_unit("Đảng bộ toàn vùng", UnitKind.PARTY_ORG_CENTRAL, None)
    cast = make_cast(top)
    province = make_unit("Đảng bộ tỉnh Vòng", UnitKind.PARTY_ORG_PROVINCE, top)
    apart = make_unit("Đảng bộ tỉnh Xa", UnitKind.PARTY_ORG_PROVINCE, top)
    above = make_unit("Khối Trên", UnitKind.BLOC_COMMITTEE, province)
    own = make_unit("Đảng bộ Mình", UnitKind.PARTY_BASE_ORG, above)
    units = {
        "above": above,
        "own": own,
        "below": make_unit("Chi bộ Dưới", UnitKind.PARTY_BASE_CELL, own),
        "beside": make_unit("Đảng bộ Bên", UnitKind.PARTY_BASE_ORG, above),
        "strange": make_unit("Khối Lạ", UnitKind.BLOC_COMMITTEE, apart),
    }
    places = {name: Place(name, unit, _worker(name, unit), cast) for name, unit in units.items()}
    visitors = [
        Visitor("nobody's friend"),
        *(Visitor(role.value, ((role, "own"),)) for role in Role),
        Visitor("reader here, master next door", ((Role.INSPECTOR, "own"), *_every_role("beside"))),
        Visitor("master", _every_role("own")),
    ]
    around = Neighbourhood(cast, places, [_signed_in(visitor, units) for visitor in visitors])
    assert around.everything  # made now: what a test makes is undone at its end
    return around


def _every_role(place: str) -> tuple[tuple[Role, str], ...]:
    return tuple((role, place) for role in Role)


def _worker(name: str, unit: Unit) -> Person:
    person = make_person(f"Người Làm {name}", f"lam-{name}", Role.DEPARTMENT_OFFICER, unit)
    Grant.objects.create(person=person, role=Role.UNIT_SECRETARY, unit=unit, valid_from=LONG_AGO)
    return person


def _signed_in(visitor: Visitor, units: dict[str, Unit]) -> Visitor:
    person = make_person(visitor.name, f"khach-{visitor.name}".replace(" ", "-").replace("'", "").replace(",", ""))
    for role, place in visitor.grants:
        until = WINDOW_ENDS if role == Role.INSPECTOR else None
        Grant.objects.create(person=person, role=role, unit=units[place], valid_from=LONG_AGO, valid_until=until)
    client = Client()
    client.force_login(person.account)
    return replace(visitor, person=person, session=client.session.session_key or "")
