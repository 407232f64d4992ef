"""Figures said with progress: kept, told so far, added up over periods."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.work.counted import MOST, Counted, counted_in, counted_so_far
from motbuoc.domains.work.linked import Figure
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import entries_for
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive, step_on

HELD = "Hội nghị đã tổ chức"


@pytest.fixture
def task(cast) -> Assignment:
    """A task of unit A, acknowledged."""
    make_directive(cast)
    return step_on(Assignment.objects.filter(unit=cast.unit_a)[0], "acknowledge", cast.secretary)


def says(cast, task: Assignment, *figures: Counted, name: str = "progress"):
    fresh = Assignment.objects.get(pk=task.pk)
    asked = {"version": fresh.version, "name": name, "text": "Đã làm", "figures": figures}
    return take_step(actor=cast.secretary, assignment=fresh, **asked)


def so_far(cast, task: Assignment) -> list[Counted]:
    return counted_so_far(entries_for(cast.secretary, task))


def test_the_last_said_of_each_thing_stands(cast, task):
    says(cast, task, Counted(HELD, Decimal(1), "cuộc"), Counted("Lượt người dự", Decimal(120), "lượt"))
    says(cast, task, Counted("  hội nghị  đã tổ chức ", Decimal(3), "cuộc"))
    assert [(one.name, one.amount) for one in so_far(cast, task)] == [
        ("hội nghị đã tổ chức", Decimal(3)),
        ("Lượt người dự", Decimal(120)),
    ]
    line = HistoryLine.objects.filter(action="progress", object_id=task.pk).order_by("pk")[0]
    assert ["Lượt người dự", "120", "lượt"] in line.values["figures"]


@pytest.mark.parametrize(
    "figures",
    [
        [Counted(" ", Decimal(1))],
        [Counted(HELD, Decimal(-1))],
        [Counted("Đảng viên dự học", Decimal(95), "%")],
        [Counted("Tỷ lệ đảng viên dự học", Decimal(95))],
        [Counted(HELD, Decimal(10) ** 15)],
        [Counted(HELD, Decimal(1)), Counted(HELD.upper(), Decimal(2))],
        [Counted(f"Việc {row}", Decimal(1)) for row in range(MOST + 1)],
    ],
)
def test_what_is_no_figure_is_refused_and_nothing_kept(cast, task, figures):
    before = Assignment.objects.get(pk=task.pk)
    with pytest.raises(Refusal):
        says(cast, task, *figures)
    assert Assignment.objects.get(pk=task.pk).version == before.version
    assert not Figure.objects.exists()


def test_a_decision_brings_no_figures(cast, task):
    says(cast, task, name="submit")
    fresh = Assignment.objects.get(pk=task.pk)
    asked = {"version": fresh.version, "name": "accept", "figures": [Counted(HELD, Decimal(1))]}
    with pytest.raises(Refusal):
        take_step(actor=cast.officer, assignment=fresh, **asked)


class Told:
    """An entry as `counted_so_far` reads it."""

    def __init__(self, step: str, *figures: Counted) -> None:
        self.step, self.said = step, figures

    @property
    def figures(self) -> Told:
        return self

    def all(self) -> tuple[Counted, ...]:
        return self.said


def test_what_is_measured_otherwise_is_not_added_up():
    entries = [
        Told("progress", Counted("Tiền", Decimal(5), "triệu đồng")),
        Told("accept_period"),
        Told("progress", Counted("Tiền", Decimal(3000), "đồng")),
    ]
    assert [(one.amount, one.measure) for one in counted_in(entries)] == [(5, "triệu đồng"), (3000, "đồng")]  # type: ignore[arg-type]


amounts = st.lists(st.lists(st.integers(0, 1000), min_size=1, max_size=4), min_size=1, max_size=5)


@given(amounts)
def test_periods_add_up_and_within_one_the_last_counts(periods):
    entries: list[Told] = []
    for said in periods:
        entries += [Told("progress", Counted(HELD, Decimal(one), "cuộc")) for one in said]
        entries.append(Told("accept_period"))
    (whole,) = counted_in(entries)  # type: ignore[arg-type]
    assert whole.amount == sum(said[-1] for said in periods)
    assert counted_so_far(entries) == []  # type: ignore[arg-type]
    (now,) = counted_so_far(entries[:-1])  # type: ignore[arg-type]
    assert now.amount == periods[-1][-1]
