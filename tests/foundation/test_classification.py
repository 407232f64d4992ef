"""Which role reads which class, below which of its units, and what that costs a list."""

from __future__ import annotations

import pytest
from django.db.models import Q

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification, narrower_than, narrowest
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.units.models import Unit
from tests.factories import LONG_AGO, make_person

NORMAL, INTERNAL, RESTRICTED = Classification
READS = {
    Role.CENTRAL_OFFICER: {NORMAL, INTERNAL},
    Role.DEPARTMENT_OFFICER: {NORMAL, INTERNAL, RESTRICTED},
    Role.UNIT_SECRETARY: {NORMAL, INTERNAL, RESTRICTED},
    Role.CLERK: set(),  # of assignments; a clerk handles documents
    Role.MEMBER: {NORMAL},
    Role.INSPECTOR: {NORMAL, INTERNAL, RESTRICTED},
    Role.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_its_classes(cast, role):
    person = make_person("Bùi Thử Mức", "muc", role, cast.unit_a)
    for classification in Classification:
        expected = (cast.unit_a.pk,) if classification in READS[role] else ()
        assert policy.granted_for(person, Action.VIEW_ASSIGNMENT, classification) == expected
    assert policy.granted_for(person, Action.IMPORT_DOCUMENT, RESTRICTED) == (
        (cast.unit_a.pk,) if role == Role.DEPARTMENT_OFFICER else ()
    )


def test_where_all_grants_read_all_classes_the_class_is_not_asked_for(cast):
    def within(units, wide=False):
        return Q(pk__in=policy.below(units, LONG_AGO))

    for person in (cast.officer, cast.secretary, cast.inspector):
        seen = policy.sight(person, Action.VIEW_ASSIGNMENT)
        assert len(seen.shape) == 1
        assert "class" not in str(policy.cleared(seen, within, "class"))
    for person, asked in ((cast.member, 1), (cast.central_officer, 1)):
        assert (
            str(policy.cleared(policy.sight(person, Action.VIEW_ASSIGNMENT), within, "class")).count("class")
            == asked
        )


def test_two_grants_are_kept_apart(cast):
    both = make_person("Bùi Thử Kép", "kep", Role.MEMBER, cast.unit_a)
    Grant.objects.create(person=both, role=Role.UNIT_SECRETARY, unit=cast.unit_b, valid_from=LONG_AGO)
    seen = policy.sight(both, Action.VIEW_ASSIGNMENT)
    assert seen.shape == (((NORMAL,), 2, False), ((INTERNAL, RESTRICTED), 1, False))
    assert seen.units == (cast.unit_a.pk, cast.unit_b.pk, cast.unit_b.pk)


def test_nobody_sees_nothing(cast):
    seen = policy.sight(cast.stranger, Action.VIEW_ASSIGNMENT)
    assert not Unit.objects.filter(policy.cleared(seen, lambda units, _wide: Q(pk__in=units), "code")).exists()


def test_the_narrowest_of_several_counts():
    assert narrowest(NORMAL, RESTRICTED, INTERNAL) == RESTRICTED
    assert narrowest("normal") == NORMAL
    assert narrower_than(INTERNAL) == [RESTRICTED]
    assert narrower_than(RESTRICTED) == []
