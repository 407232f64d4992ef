"""What goes from units that end to those that go on: people, roles, hosts, groups, and every declared holding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.people.models import Person, Position, PositionTitle, StandIn
from motbuoc.foundation.reorganisation.holdings import HOLDINGS
from motbuoc.foundation.units.models import UnitGroup, UnitHost, UnitIdentifier

BATCH = 500
LABELS = {
    "positions": _lazy("Positions that go on in the successor"),
    "ended_positions": _lazy("Positions that end with the unit"),
    "grants": _lazy("Roles that go on in the successor"),
    "kept_grants": _lazy("Roles that stay on the old unit and read its archive only"),
    "hosts": _lazy("Host bodies"),
    "groups": _lazy("Groups of addressees that name the unit"),
    "units_below": _lazy("Units below"),
}
"""What is handed over beside the declared holdings."""


@dataclass(frozen=True)
class Kept:
    """Which positions and grants (by id) of the units that end go on in the successor.

    `positions` None: those of plain members do, those of the leadership end with the unit. `grants` None: none
    does; those that stay read the archive of the old unit, and nothing of the new one.
    """

    positions: Collection[int] | None = None
    grants: Collection[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Given:
    """Rows of one sort that went from one unit to another (or to none)."""

    what: str
    source: int
    target: int | None
    ids: list[int]

    def as_json(self) -> dict[str, Any]:
        """The entry of `Reorganisation.handed_over`."""
        return {"what": self.what, "from": self.source, "to": self.target, "count": len(self.ids), "ids": self.ids}


def label_of(what: str) -> Any:
    """The words for a key of `handed_over`."""
    return LABELS[what] if what in LABELS else HOLDINGS[what].label


def hand_over(actor: Person, successors: Mapping[int, int], day: date, kept: Kept) -> list[Given]:
    """Give all that the ending units (keys) hold to their successors (values) from `day` on."""
    _check_own(actor, successors, kept)
    given = [
        *_people(successors, day, kept),
        *_grants(successors, day, kept),
        *_hosts(successors, day),
        *_groups(successors),
    ]
    _end(UnitIdentifier.objects.filter(in_force(day), unit__in=successors.keys()), day)
    acts: list[Act] = []
    for holding in HOLDINGS.values():
        rows = holding.hand_over(successors=successors, day=day)
        given += _sorted(holding.key, rows, successors)
        acts += (
            Act("hand_over", holding.object_type, pk, unit, {"unit": [unit, successors[unit]]})
            for pk, unit in rows
        )
    write_lines(actor, acts)  # last: whoever writes a line holds up whoever is about to, and waits for no row then
    return given


def _check_own(actor: Person, successors: Mapping[int, int], kept: Kept) -> None:
    """Nobody comes to a role or a leading position by an act of their own, as by none of `administration`."""
    for grant in Grant.objects.filter(pk__in=list(kept.grants), unit__in=successors.keys(), person=actor):
        target = successors[grant.unit_id]
        if not all(policy.may_on(actor, action, target) for action in ACTIONS[Role(grant.role)]):
            raise Refusal(_("Nobody gives a role to themselves. Ask another administrator."))
    own = Position.objects.filter(pk__in=list(kept.positions or ()), unit__in=successors.keys(), person=actor)
    if own.exclude(title=PositionTitle.MEMBER).exists():
        raise Refusal(_("Nobody appoints themselves. Ask another administrator."))


def _end(rows: QuerySet[Any], day: date) -> None:
    """End dated rows on `day`; those that would only begin then never were."""
    pks = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=pks, valid_from__gte=day).delete()
    rows.model._default_manager.filter(pk__in=pks).update(valid_until=day)


def _sorted(what: str, rows: Iterable[tuple[int, int]], successors: Mapping[int, int | None]) -> list[Given]:
    by_unit: dict[int, list[int]] = {}
    for pk, unit in rows:
        by_unit.setdefault(unit, []).append(pk)
    return [Given(what, unit, successors.get(unit), ids) for unit, ids in by_unit.items()]


def _still_held(model: type[Model], units: Collection[int], day: date) -> QuerySet[Any]:
    later = not_over(day)
    return model._default_manager.filter(later, unit__in=units).order_by("pk")


def _people(successors: Mapping[int, int], day: date, kept: Kept) -> list[Given]:
    held = list(_still_held(Position, successors.keys(), day))
    stay = {p.pk for p in held if _goes_on(p, kept)}
    going = [p for p in held if p.pk in stay]
    Position.objects.bulk_create(
        (
            Position(
                person_id=p.person_id,
                unit_id=successors[p.unit_id],
                title=p.title,
                legal_basis=p.legal_basis,
                valid_from=max(day, p.valid_from),
                valid_until=p.valid_until,
            )
            for p in going
        ),
        batch_size=BATCH,
    )
    ended = [(p.pk, p.unit_id) for p in held if p.pk not in stay]
    covering = StandIn.objects.filter(position__unit__in=successors.keys())
    _end(covering.filter(valid_until__gt=day), day)
    begun = _still_held(Position, successors.keys(), day).filter(valid_from__range=(day, clock.today()))
    for position in begun:  # the history may name it: so it lasts for its first day
        position.valid_until = position.valid_from + clock.ONE_DAY
    Position.objects.bulk_update(begun, ["valid_until"], batch_size=BATCH)
    others = _still_held(Position, successors.keys(), day).exclude(pk__in=[position.pk for position in begun])
    _end(others, day)
    return [
        *_sorted("positions", [(p.pk, p.unit_id) for p in going], successors),
        *_sorted("ended_positions", ended, {}),
    ]


def _goes_on(position: Position, kept: Kept) -> bool:
    if kept.positions is None:
        return position.title == PositionTitle.MEMBER
    return position.pk in kept.positions


def _grants(successors: Mapping[int, int], day: date, kept: Kept) -> list[Given]:
    held = list(_still_held(Grant, successors.keys(), day))
    going = [grant for grant in held if grant.pk in set(kept.grants)]
    there = set(
        Grant.objects.filter(in_force(day), unit__in=successors.values()).values_list(
            "person_id", "role", "unit_id"
        )
    )
    longest = sorted(going, key=lambda g: g.valid_until or date.max)
    wanted = {(g.person_id, g.role, successors[g.unit_id]): g for g in longest}
    Grant.objects.bulk_create(
        (
            Grant(
                person_id=person,
                role=role,
                unit_id=unit,
                given_by_id=g.given_by_id,
                legal_basis=g.legal_basis,
                valid_from=max(day, g.valid_from),
                valid_until=g.valid_until,
            )
            for (person, role, unit), g in wanted.items()
            if (person, role, unit) not in there
        ),
        batch_size=BATCH,
    )
    _end(Grant.objects.filter(pk__in=[grant.pk for grant in going]), day)
    staying = [(g.pk, g.unit_id) for g in held if g not in going]
    return [
        *_sorted("grants", [(g.pk, g.unit_id) for g in going], successors),
        *_sorted("kept_grants", staying, {unit: unit for unit in successors}),
    ]


def _hosts(successors: Mapping[int, int], day: date) -> list[Given]:
    """The ties to host bodies of either side go on; a tie that is there already is not made twice."""
    given = []
    for own, other in (("unit_id", "host_id"), ("host_id", "unit_id")):
        rows = list(UnitHost.objects.filter(in_force(day), **{f"{own}__in": successors.keys()}))
        there = set(
            UnitHost.objects.filter(in_force(day), **{f"{own}__in": successors.values()}).values_list(own, other)
        )
        wanted = {(successors[getattr(r, own)], getattr(r, other)) for r in rows} - there
        UnitHost.objects.bulk_create(
            [UnitHost(**{own: unit, other: body}, valid_from=day) for unit, body in sorted(wanted) if unit != body]
        )
        _end(UnitHost.objects.filter(pk__in=[r.pk for r in rows]), day)
        given += _sorted("hosts", [(r.pk, getattr(r, own)) for r in rows], successors)
    return given


def _groups(successors: Mapping[int, int]) -> list[Given]:
    """Groups that name an ending unit name its successor; owners likewise."""
    found = []
    tables: tuple[Any, ...] = (UnitGroup.units.through, UnitGroup.without.through)
    for through in tables:
        rows = list(
            through.objects.filter(unit__in=successors.keys()).values_list("pk", "unitgroup_id", "unit_id")
        )
        through.objects.bulk_create(
            [through(unitgroup_id=group, unit_id=successors[unit]) for _pk, group, unit in rows],
            ignore_conflicts=True,
        )
        through.objects.filter(pk__in=[pk for pk, _group, _unit in rows]).delete()
        found += [(group, unit) for _pk, group, unit in rows]
    for group in UnitGroup.objects.filter(owner__in=successors.keys()):
        target = successors[group.owner_id or 0]
        taken = UnitGroup.objects.filter(owner=target, name=group.name).exists()
        group.owner_id, group.name = target, f"{group.name} (nhận bàn giao {group.pk})" if taken else group.name
        group.save(update_fields=["owner", "name"])
    return _sorted("groups", found, successors)
