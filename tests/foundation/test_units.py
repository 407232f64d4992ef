"""The dated tree."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitVersion
from motbuoc.foundation.units.services import create_unit
from tests.factories import Cast, make_unit

TODAY = date(2026, 11, 1)


def test_a_unit_is_read_with_its_name_of_the_day(cast: Cast) -> None:
    old = UnitVersion.objects.get(unit=cast.unit_a)
    UnitVersion.objects.filter(pk=old.pk).update(valid_until=date(2026, 7, 1))
    UnitVersion.objects.create(
        unit=cast.unit_a,
        name="Chi bộ Sở Bình Minh",
        short_name="Sở Bình Minh",
        code="A",
        kind=old.kind,
        parent=cast.bloc,
        valid_from=date(2026, 7, 1),
    )
    assert Unit.objects.on(date(2026, 6, 30)).get(pk=cast.unit_a.pk).name == "Chi bộ Sở Ánh Dương"
    assert Unit.objects.on(date(2026, 7, 1)).get(pk=cast.unit_a.pk).name == "Chi bộ Sở Bình Minh"
    assert not Unit.objects.on(date(2019, 1, 1)).filter(pk=cast.unit_a.pk).exists()


def test_the_subtree_of_a_unit_holds_itself_and_all_below(cast: Cast) -> None:
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    below = Unit.objects.on(TODAY).under([cast.unit_b.pk], TODAY)
    assert {unit.pk for unit in below} == {cast.unit_b.pk, cell.pk}
    assert Unit.objects.on(TODAY).under([cast.province.pk], TODAY).count() == 6


def test_a_code_in_use_is_refused_and_nothing_is_made(cast: Cast) -> None:
    before = Unit.objects.count()
    with pytest.raises(Refusal, match="ĐUK"):
        make_unit("Một khối khác", UnitKind.BLOC_COMMITTEE, cast.province, "ĐUK")
    assert Unit.objects.count() == before


def test_a_unit_cannot_stand_under_one_that_does_not_exist_yet(cast: Cast) -> None:
    late = create_unit(
        name="Mới",
        short_name="Mới",
        code="MOI",
        kind=UnitKind.PARTY_BASE_ORG,
        parent=cast.bloc,
        valid_from=date(2026, 10, 1),
    )
    with pytest.raises(Refusal):
        make_unit("Chi bộ dưới", UnitKind.PARTY_CELL, late)


def test_the_database_refuses_two_open_versions(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.create(
            unit=cast.unit_a,
            name="Hai",
            short_name="Hai",
            code="H",
            kind=UnitKind.PARTY_CELL,
            parent=cast.bloc,
            valid_from=TODAY,
        )
