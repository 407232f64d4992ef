"""What is read of a submission at each cell that is saved is what stands in its tables."""

from __future__ import annotations

import pytest

from motbuoc.domains.ledger.forming import make_form
from motbuoc.domains.ledger.selectors import FOR_FILLING, submission_to_fill
from motbuoc.domains.ledger.submitted import Submission
from tests.factories.ledger import make_ledger, open_month, submission_of

pytestmark = pytest.mark.django_db


def test_each_column_is_its_own(cast) -> None:
    for number in range(3):  # so that a form, its schedule and its period have different ids
        make_form(actor=cast.officer, unit_id=cast.bloc.pk, code=f"0{number}-X", name="Biểu khác")
    whole = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    assert len({whole.period.form_id, whole.period.schedule_id}) == 2
    assert whole.period_id != whole.unit_id
    filled = submission_to_fill(cast.secretary, whole.pk)
    assert isinstance(filled, Submission)
    for way, (_model, names) in FOR_FILLING.items():
        read, there = filled, whole
        for step in filter(None, way.split("__")):
            read, there = getattr(read, step), getattr(there, step)
        assert [getattr(read, name) for name in names] == [getattr(there, name) for name in names], way
