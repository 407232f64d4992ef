"""What the record of an act names one by one."""

from __future__ import annotations

from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.units.registers import WORDS, things_of
from tests.factories import Cast, make_directive


def test_a_long_duty_is_cut_between_words_and_says_so(cast: Cast) -> None:
    assignment = make_directive(cast).assignments.select_related("duty").order_by("pk")[0]
    long = " ".join(f"việc{number}" for number in range(WORDS + 5))
    assignment.duty.text = long
    assignment.duty.save()
    (thing,) = things_of(cast.officer, "assignments", [assignment.pk], clock.today())
    assert thing.words == " ".join(long.split()[:WORDS]) + "…"
    assert thing.url == f"/viec/{assignment.pk}/"


def test_a_stranger_reads_no_duty(cast: Cast) -> None:
    assignment = make_directive(cast).assignments.filter(unit=cast.unit_a).order_by("pk")[0]
    assert things_of(cast.officer, "assignments", [assignment.pk], clock.today())
    assert things_of(cast.secretary_b, "assignments", [assignment.pk], clock.today()) == []
