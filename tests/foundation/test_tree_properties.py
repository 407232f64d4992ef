"""Whatever is done to a tree, on whatever days: it stays whole on every day, and no archive is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit, Part
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion
from motbuoc.foundation.units.selectors import faults
from motbuoc.foundation.units.services import create_unit

START = date(2026, 1, 1)
ACTS = ("create", "rename", "move", "merge", "split", "split off", "dissolve")
KIND = UnitKind.PARTY_UPPER_BASE

act = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(-2, 3),  # days since the act before: acts also come to be known late
)


@pytest.mark.django_db
@settings(max_examples=40, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(act, min_size=1, max_size=12))
def test_the_tree_stays_whole_on_every_day_and_its_archives_stay_in_sight(acts):
    actor = Person.objects.create(full_name="Tạ Thử Trị")
    root = create_unit(name="Gốc", short_name="Gốc", code=f"G{actor.pk}", kind=KIND, parent=None, valid_from=START)
    try:
        Grant.objects.create(person=actor, role=Role.ADMINISTRATOR, unit=root, valid_from=START)
        day, last, refusals = START, START, 0
        for name, first, second, third, later in acts:
            day = max(START, day + timedelta(days=later))
            last = max(last, day)
            try:
                _do(name, actor, root, day, first, second, third)
            except Refusal:
                refusals += 1
        for at in {START + timedelta(days=n) for n in range((last - START).days + 2)}:
            assert list(faults(at)) == []
        _archives_are_in_sight(actor)
    finally:
        _clear()


def _do(name: str, actor: Person, root: Unit, day: date, *numbers: int) -> None:
    units = list(Unit.objects.on(day).order_by("pk"))
    one, two, three = (units[number % len(units)] for number in numbers)
    basis, code = Basis(day, "Quyết định thử"), f"U{Unit.objects.order_by('-pk')[0].pk + 1}"
    new = NewUnit(code, code, code, KIND, two)
    fresh = type(actor).objects.get(pk=actor.pk)
    match name:
        case "create":
            services.create_unit(actor=fresh, new=new, basis=basis)
        case "rename":
            services.rename_unit(actor=fresh, unit=one, basis=basis, name=code, short_name=code)
        case "move":
            services.move_unit(actor=fresh, unit=one, basis=basis, parent=two)
        case "merge":
            into = new if numbers[2] % 2 else three
            services.merge_units(actor=fresh, units=[one, two][: 1 + numbers[0] % 2], into=into, basis=basis)
        case "split":
            below = UnitVersion.objects.filter(parent=one, valid_until=None).values_list("unit_id", flat=True)
            parts = [Part(new, Decimal(60)), Part(three, Decimal(40), children=list(below[:1]))]
            services.split_unit(actor=fresh, unit=one, parts=parts, basis=basis)
        case "split off":
            below = UnitVersion.objects.filter(parent=one, valid_until=None).values_list("unit_id", flat=True)
            parts = [Part(new, children=list(below[:2]))]
            services.split_unit(actor=fresh, unit=one, parts=parts, basis=basis, ends=False)
        case "dissolve":
            services.dissolve_unit(actor=fresh, unit=one, basis=basis, heir=two if numbers[2] % 3 else None)


def _archives_are_in_sight(actor: Person) -> None:
    """Whoever reads the topmost unit reads every unit there ever was, and works only on those there are."""
    fresh = type(actor).objects.get(pk=actor.pk)
    root = Grant.objects.get(person=actor).unit_id
    if not Unit.objects.on(clock.today()).filter(pk=root).exists():
        return
    ever = set(UnitVersion.objects.values_list("unit_id", flat=True))
    now = set(Unit.objects.on(clock.today()).values_list("pk", flat=True))
    assert set(policy.reach(fresh, Action.VIEW_UNIT)) == ever
    assert set(policy.reach(fresh, Action.MANAGE_UNITS)) == now


def _clear() -> None:
    """Each example begins with an empty tree; the surrounding transaction takes the rest back."""
    UnitClosure.objects.all().delete()
    UnitVersion.objects.all().delete()
