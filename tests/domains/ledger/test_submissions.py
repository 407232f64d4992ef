"""A unit's form from being asked for to facts of the ledger, and back for correction."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.defining import Definition, redefine_indicator
from motbuoc.domains.ledger.filling import EMPTY, Entered, Held, cells_of, save_cells, save_words, say_nothing
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.scheduling import move_cutoff
from motbuoc.domains.ledger.selectors import is_open, standings_of, submissions_for
from motbuoc.domains.ledger.services import (
    accept,
    approve,
    ask_correction,
    check_figures,
    give_back,
    hand_in,
    reopen,
    send_back,
)
from motbuoc.domains.ledger.steps import steps_open_to, take_form_step
from motbuoc.domains.ledger.submitted import Fact
from motbuoc.domains.ledger.totals import added_up, figures_of
from motbuoc.domains.work.selectors import owed_by, steps_for
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.reorganisation import services as reorganised
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import Cast, make_person, make_unit
from tests.factories.ledger import OCTOBER, enter, key_of, make_ledger, open_month, report, submission_of

pytestmark = pytest.mark.django_db


def test_a_period_is_owed_by_each_unit_in_its_inbox(cast: Cast) -> None:
    ledger = make_ledger(cast)
    period = open_month(cast, ledger)
    assert {row.unit_id for row in period.submissions.all()} == {cast.unit_a.pk, cast.unit_b.pk}
    owed = list(owed_by(cast.secretary))
    assert [row.pk for row in owed] == [submission_of(period, cast.unit_a.pk).assignment_id]
    assert "tháng 11 năm 2026" in owed[0].duty.text.lower()


def test_figures_become_facts_only_when_accepted(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=3, i2_07=40, i2_08=10, i2_09=4)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    assert not Fact.objects.exists()
    mine = submission_of(period, cast.unit_a.pk)
    assert mine.shortfalls == ["Chưa trả lời: Lượt người dự đối thoại."]  # the women are missing
    accept(actor=cast.officer, submission=mine, version=mine.version)
    facts = dict(Fact.objects.values_list("indicator__code", "amount"))
    assert facts == {"i2_05": 3, "i2_07": 40, "i2_08": 10, "i2_09": 4, "i7_01": 0}
    assert submission_of(period, cast.unit_a.pk).assignment.state == "accepted"


def test_the_tracker_sends_to_the_form(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    row = submission_of(period, cast.unit_a.pk).assignment
    assert "submit" not in {step.name for step in steps_for(cast.secretary, row)}
    take_step(actor=cast.secretary, assignment=row, version=row.version, name="acknowledge")
    row.refresh_from_db()
    with pytest.raises(Refusal):
        take_step(actor=cast.secretary, assignment=row, version=row.version, name="submit", text="Xong")


def test_a_correction_takes_the_place_of_the_figure_and_the_old_one_is_known_still(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=3, i2_08=10)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    ask_correction(actor=cast.secretary, submission=mine, version=mine.version, reason="Nhầm một cuộc")
    mine = submission_of(period, cast.unit_a.pk)
    reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Đề nghị sửa")
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=2)
    handed = hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    assert (handed.number, handed.reason) == (2, "Đề nghị sửa")
    assert Fact.objects.get(indicator__code="i2_05", known_until=None).amount == 3  # until it is accepted
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    then, now = Fact.objects.filter(indicator__code="i2_05").order_by("known_from")
    assert (then.amount, then.known_until, now.amount, now.known_until) == (3, now.known_from, 2, None)
    assert Fact.objects.filter(indicator__code="i2_08").count() == 1  # what did not change goes on


def test_two_people_in_different_cells_both_keep_what_they_enter(cast: Cast) -> None:
    mine = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    one, other = key_of(mine, "i2_05"), key_of(mine, "i2_08")
    save_cells(actor=cast.secretary, submission=mine, entered=[Entered(one, Held(Decimal(1)), EMPTY)])
    kept = save_cells(actor=cast.secretary, submission=mine, entered=[Entered(other, Held(Decimal(2)), EMPTY)])
    assert kept.clashes == ()
    assert cells_of(mine) == {one: Held(Decimal(1)), other: Held(Decimal(2))}


def test_two_people_in_one_cell_are_shown_each_other(cast: Cast) -> None:
    mine = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    key = key_of(mine, "i2_05")
    save_cells(actor=cast.secretary, submission=mine, entered=[Entered(key, Held(Decimal(1)), EMPTY)])
    kept = save_cells(actor=cast.secretary, submission=mine, entered=[Entered(key, Held(Decimal(2)), EMPTY)])
    assert [(clash.held.amount, clash.wanted.amount) for clash in kept.clashes] == [(1, 2)]
    assert cells_of(mine)[key].amount == 1


def test_a_rule_that_blocks_says_what_to_mend(cast: Cast) -> None:
    mine = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    mine = enter(cast.secretary, mine, i2_08=3, i2_09=5)
    with pytest.raises(Refusal, match="Trả lời tại chỗ"):
        hand_in(actor=cast.secretary, submission=mine, version=mine.version)


@pytest.mark.parametrize("amount", ["-1", "1.5", "NaN", "1000000000000000"])
def test_what_is_no_such_number_is_refused(cast: Cast, amount: str) -> None:
    mine = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    with pytest.raises(Refusal):
        enter(cast.secretary, mine, i2_05=amount)
    assert cells_of(mine) == {}


def test_what_the_system_counts_is_not_typed(cast: Cast) -> None:
    mine = submission_of(open_month(cast, make_ledger(cast)), cast.unit_a.pk)
    with pytest.raises(Refusal):
        enter(cast.secretary, mine, i7_01=5)


def test_in_time_and_complete_are_two_facts(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    for person, unit in ((cast.secretary, cast.unit_a), (cast.secretary_b, cast.unit_b)):
        mine = submission_of(period, unit.pk)
        if unit == cast.unit_b:
            say_nothing(actor=person, submission=mine, because="Đơn vị đang kiện toàn")
        else:
            enter(person, mine, i2_05=1)
        mine = submission_of(period, unit.pk)
        hand_in(actor=person, submission=mine, version=mine.version)
    standing = standings_of(submissions_for(cast.officer))[period.pk]
    assert tuple(standing) == (2, 2, 2, 1, 0)


def test_last_months_figures_handed_in_again_are_not_complete(cast: Cast) -> None:
    ledger = make_ledger(cast)
    for span in (OCTOBER, None):
        period = open_month(cast, ledger, span) if span else open_month(cast, ledger)
        mine = submission_of(period, cast.unit_a.pk)
        enter(cast.secretary, mine, i2_05=3, i2_08=10, i2_09=4)
        save_cells(
            actor=cast.secretary,
            submission=mine,
            entered=[Entered(key_of(mine, "i2_07", place), Held(Decimal(20))) for place in (0, 1)],
        )
        mine = submission_of(period, cast.unit_a.pk)
        hand_in(actor=cast.secretary, submission=mine, version=mine.version)
        mine = submission_of(period, cast.unit_a.pk)
        if span:
            assert mine.is_complete
            accept(actor=cast.officer, submission=mine, version=mine.version)
    assert not mine.is_complete
    assert mine.shortfalls == ["Mọi số liệu đều giống hệt kỳ trước."]


def test_what_is_there_at_the_cut_off_may_be_what_was_there_before(cast: Cast) -> None:
    ledger = make_ledger(cast)
    Indicator.objects.update(basis=Basis.STOCK)
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=3, i2_08=5, i2_09=4)
    mine = report(cast, open_month(cast, ledger), cast.secretary, cast.unit_a.pk, i2_05=3, i2_08=5, i2_09=4)
    assert "Mọi số liệu đều giống hệt kỳ trước." not in mine.shortfalls


def test_whoever_entered_does_not_check_where_another_must(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast, needs_check=True))
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=1)
    with pytest.raises(Refusal):
        check_figures(actor=cast.secretary, submission=mine, version=mine.version)
    with pytest.raises(Refusal):
        hand_in(actor=cast.secretary, submission=mine, version=mine.version)


def test_what_is_given_back_is_open_again_and_words_stay(cast: Cast) -> None:
    ledger = make_ledger(cast)
    period = open_month(cast, ledger)
    mine = submission_of(period, cast.unit_a.pk)
    save_words(actor=cast.secretary, submission=mine, words={ledger.box.pk: "Đoàn viên đồng tình."})
    mine = submission_of(period, cast.unit_a.pk)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    with pytest.raises(Refusal):
        enter(cast.secretary, mine, i2_05=1)
    mine = submission_of(period, cast.unit_a.pk)
    send_back(actor=cast.officer, submission=mine, version=mine.version, reason="Thiếu số liệu")
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=1)
    assert [row.text for row in mine.narratives.all()] == ["Đoàn viên đồng tình."]


def test_others_neither_enter_nor_accept_nor_see(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    mine = submission_of(period, cast.unit_a.pk)
    for person in (cast.secretary_b, cast.officer, cast.member, cast.stranger, cast.inspector):
        with pytest.raises(NotAllowed):
            enter(person, mine, i2_05=1)
    enter(cast.secretary, mine, i2_05=1)
    mine = submission_of(period, cast.unit_a.pk)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    for person in (cast.secretary, cast.secretary_b, cast.central_officer, cast.inspector):
        with pytest.raises(NotAllowed):
            accept(actor=person, submission=mine, version=mine.version)
    with pytest.raises(Collision):
        accept(actor=cast.officer, submission=mine, version=mine.version - 1)
    assert set(submissions_for(cast.secretary_b)) == {submission_of(period, cast.unit_b.pk)}
    assert not submissions_for(cast.stranger).exists()
    assert not submissions_for(cast.member).exists()


def test_a_unit_on_the_way_gives_back_with_a_reason_and_the_way_begins_anew(cast: Cast) -> None:
    ledger = make_ledger(cast)
    below = make_unit("Chi bộ dưới", UnitKind.PARTY_CELL, cast.unit_a)
    who = make_person("Đinh Thử Dưới", "duoi", Role.UNIT_SECRETARY, below)
    ledger.schedule.units.add(below)
    mine = enter(who, submission_of(open_month(cast, ledger), below.pk), i2_05=3)
    hand_in(actor=who, submission=mine, version=mine.version)
    mine = submission_of(mine.period, below.pk)
    assert [step.name for step in steps_open_to(cast.secretary, mine)] == ["approve", "give_back"]
    assert [step.name for step in steps_open_to(cast.officer, mine)] == ["send_back"]
    asked = {"submission": mine, "version": mine.version}
    with pytest.raises(Refusal):
        give_back(actor=cast.secretary, unit_id=cast.unit_a.pk, reason=" ", **asked)
    with pytest.raises(NotAllowed):
        give_back(actor=cast.secretary_b, unit_id=cast.unit_a.pk, reason="Xem lại", **asked)
    take_form_step(actor=cast.secretary, name="give_back", reason="Thiếu tháng 11", **asked)
    mine = submission_of(mine.period, below.pk)
    told = mine.assignment.entries.get(step="return")
    assert (told.text, told.written_by, is_open(mine)) == ("Thiếu tháng 11", cast.secretary, True)
    hand_in(actor=who, submission=mine, version=mine.version)
    mine = submission_of(mine.period, below.pk)
    assert mine.handed_in.latest("number").reason == "Thiếu tháng 11"
    approve(actor=cast.secretary, submission=mine, unit_id=cast.unit_a.pk, version=mine.version)
    mine = submission_of(mine.period, below.pk)
    with pytest.raises(Refusal):  # it has gone on
        give_back(
            actor=cast.secretary, submission=mine, unit_id=cast.unit_a.pk, version=mine.version, reason="Muộn"
        )


def test_a_cut_off_moved_after_handing_in_leaves_what_was_handed_in(cast: Cast) -> None:
    ledger = make_ledger(cast)
    mine = report(cast, open_month(cast, ledger), cast.secretary, cast.unit_a.pk, i2_05=3)
    period, day = mine.period, mine.period.cutoff_on
    move_cutoff(
        actor=cast.officer,
        period=period,
        version=period.version,
        cutoff_on=day + timedelta(days=3),
        reason="Nghỉ lễ",
    )
    mine = submission_of(period, cast.unit_a.pk)
    assert mine.handed_in.get().content["cutoff_on"] == day.isoformat()  # as the unit closed its figures
    assert Fact.objects.get(indicator__code="i2_05", known_until=None).amount == 3
    late = enter(cast.secretary_b, submission_of(period, cast.unit_b.pk), i2_05=2)
    handed = hand_in(actor=cast.secretary_b, submission=late, version=late.version)
    assert handed.content["cutoff_on"] == (day + timedelta(days=3)).isoformat()


def test_a_unit_dissolved_inside_a_period_reports_through_its_heir(cast: Cast) -> None:
    ledger = make_ledger(cast)
    period = open_month(cast, ledger)
    enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=3)
    basis = reorganised.Basis(clock.today(), "QĐ 12-QĐ/TU")
    reorganised.dissolve_unit(actor=cast.administrator, unit=cast.unit_a, basis=basis, heir=cast.unit_b)
    mine = submission_of(period, cast.unit_a.pk)
    assert (mine.unit_id, mine.assignment.unit_id) == (cast.unit_a.pk, cast.unit_b.pk)
    assert steps_open_to(cast.secretary, mine) == []
    mine = enter(cast.secretary_b, mine, i2_08=4)  # what was entered before stays
    assert {held.amount for held in cells_of(mine).values()} == {3, 4}
    hand_in(actor=cast.secretary_b, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    assert {fact.unit_id for fact in Fact.objects.filter(period=period)} == {cast.unit_a.pk}
    sums = figures_of(added_up(period, [cast.bloc.pk]), cast.bloc.pk)
    assert sums[ledger.dialogues.pk].amount == 3  # nothing is lost on the way up


def test_what_is_redefined_inside_a_period_is_reported_as_it_was_asked(cast: Cast) -> None:
    ledger = make_ledger(cast)
    mine = submission_of(open_month(cast, ledger), cast.unit_a.pk)
    what = Definition("i2_05", "Cuộc đối thoại của người đứng đầu")
    indicator = Indicator.objects.get(pk=ledger.dialogues.pk)
    redefine_indicator(
        actor=cast.officer, indicator=indicator, version=indicator.version, what=what, valid_from=mine.period.end
    )
    mine = report(cast, mine.period, cast.secretary, cast.unit_a.pk, i2_05=3)
    assert Fact.objects.get(indicator__code="i2_05").indicator_id == ledger.dialogues.pk
