"""Acts on the tree: what they do, what they hand over, what they refuse."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from motbuoc.domains.work.models import Assignment, HandOver
from motbuoc.domains.work.selectors import assignments_for, figures_of, inbox_for, stood_on
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.administration.care import cares_for
from motbuoc.foundation.administration.people_found import people_for
from motbuoc.foundation.administration.services import Term, end_grant, grant_role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit, Part
from motbuoc.foundation.reorganisation.due import end_due_bodies
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.previews import preview
from motbuoc.foundation.reorganisation.selectors import reorganisations_for, stretches, summed
from motbuoc.foundation.reorganisation.succession import Kept
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import differences, faults
from tests.factories import Cast, make_directive, make_person, make_unit, step_on

BASIS_TEXT = "Quyết định số 1-QĐ/TU"


def basis(day: date | None = None) -> Basis:
    return Basis(day or clock.today(), BASIS_TEXT)


def name_of(unit: Unit, day: date) -> str:
    return Unit.objects.known_by(day).get(pk=unit.pk).name


def no_faults(*days: date) -> bool:
    today = clock.today()
    found = [fault for day in (today - timedelta(days=1), today, *days) for fault in faults(day)]
    assert found == []
    return True


def new_unit(cast: Cast, name: str = "Đảng bộ Mới", code: str = "MOI", **fields) -> NewUnit:
    return NewUnit(name=name, short_name=name, code=code, kind=UnitKind.PARTY_BASE_ORG, parent=cast.bloc, **fields)


def merge(cast: Cast, **options) -> Reorganisation:
    return services.merge_units(
        actor=cast.administrator,
        units=[cast.unit_a, cast.unit_b],
        into=options.pop("into", new_unit(cast)),
        basis=basis(),
        **options,
    )


def test_a_renamed_unit_keeps_its_old_name_before_the_day(cast):
    day = clock.today() - timedelta(days=10)
    made = services.rename_unit(
        actor=cast.administrator,
        unit=cast.unit_a,
        basis=basis(day),
        name="Chi bộ Sở Sao Mai",
        short_name="Sở Sao Mai",
        symbol="SM",
    )
    assert name_of(cast.unit_a, day - timedelta(days=1)) == "Chi bộ Sở Ánh Dương"
    assert name_of(cast.unit_a, day) == "Chi bộ Sở Sao Mai"
    assert Unit.objects.on(day).get(pk=cast.unit_a.pk).symbol == "SM"
    assert Unit.objects.on(day - timedelta(days=1)).get(pk=cast.unit_a.pk).symbol == "A"
    line = HistoryLine.objects.get(action="rename_unit")
    assert (line.actor, line.unit, line.object_id) == (cast.administrator, cast.unit_a, cast.unit_a.pk)
    assert line.values["name"] == ["Chi bộ Sở Ánh Dương", "Chi bộ Sở Sao Mai"]
    assert made.legal_basis == BASIS_TEXT
    assert no_faults(day)


def test_a_moved_unit_takes_all_below_it_along_and_changes_who_reaches_it(cast):
    other = make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    officer = make_person("Lê Thử Khối", "khoi2", Role.DEPARTMENT_OFFICER, other)
    assert not policy.may_on(officer, Action.VIEW_DOCUMENT, cell.pk)
    services.move_unit(actor=cast.administrator, unit=cast.unit_b, basis=basis(), parent=other)
    assert policy.may_on(officer, Action.VIEW_DOCUMENT, cell.pk)
    assert not policy.may_on(cast.officer, Action.VIEW_DOCUMENT, cell.pk)
    yesterday = clock.today() - timedelta(days=1)
    assert policy.may_on(cast.officer, Action.VIEW_DOCUMENT, cell.pk, on=yesterday)
    assert no_faults()


def test_a_unit_moved_twice_on_a_day_stands_where_it_was_moved_last(cast):
    for name, code in (("Khối Hai", "K2"), ("Khối Ba", "K3")):
        other = make_unit(name, UnitKind.BLOC_COMMITTEE, cast.province, code)
        services.move_unit(actor=cast.administrator, unit=cast.unit_b, basis=basis(), parent=other)
    assert Unit.objects.on(clock.today()).get(pk=cast.unit_b.pk).parent_id == other.pk
    assert no_faults()


def test_a_cell_becomes_a_base_organisation(cast):
    services.convert_unit(actor=cast.administrator, unit=cast.unit_a, basis=basis(), kind=UnitKind.PARTY_BASE_ORG)
    assert Unit.objects.on(clock.today()).get(pk=cast.unit_a.pk).kind == UnitKind.PARTY_BASE_ORG
    assert [d.changes for d in differences(date(2026, 1, 1), clock.today(), [cast.unit_a.pk])] == [("converted",)]


def test_a_temporary_body_ends_by_itself(cast):
    today = clock.today()
    new = NewUnit(
        "Tổ công tác Mẫu", "Tổ công tác", "TCT", UnitKind.TASK_BODY, cast.bloc, valid_until=today + timedelta(30)
    )
    services.create_unit(actor=cast.administrator, new=new, basis=basis())
    assert Unit.objects.on(today + timedelta(29)).filter(versions__code="TCT").exists()
    assert not Unit.objects.on(today + timedelta(30)).filter(versions__code="TCT").exists()
    assert no_faults(today + timedelta(29), today + timedelta(30))
    endless = NewUnit("Tổ Hai", "Tổ Hai", "T2", UnitKind.TASK_BODY, cast.bloc)
    with pytest.raises(Refusal, match="kết thúc"):
        services.create_unit(actor=cast.administrator, new=endless, basis=basis())


def test_what_a_temporary_body_leaves_goes_to_the_unit_above_when_its_day_has_come(cast):
    today = clock.today()
    new = NewUnit("Tổ công tác", "Tổ", "TCT", UnitKind.TASK_BODY, cast.bloc, valid_until=today + timedelta(30))
    made = services.create_unit(actor=cast.administrator, new=new, basis=basis())
    body = made.units.get()
    assignment = make_directive(cast).assignments.first()
    Assignment.objects.filter(pk=assignment.pk).update(unit=body)
    assert end_due_bodies() == []
    with clock.living_at(clock.now() + timedelta(31)):
        officer = type(cast.officer).objects.get(pk=cast.officer.pk)
        assert not policy.may_on(officer, Action.VIEW_DOCUMENT, body.pk)
        (act,) = end_due_bodies()
        assert end_due_bodies() == []
        officer = type(cast.officer).objects.get(pk=cast.officer.pk)
        assert policy.may_on(officer, Action.VIEW_DOCUMENT, body.pk)
        assert not policy.may_on(officer, Action.REVIEW_DOCUMENT, body.pk)
        assert Assignment.objects.get(pk=assignment.pk).unit == cast.bloc
        assert (act.kind, act.effective_on, act.made_by) == ("dissolve", today + timedelta(30), cast.administrator)
        assert list(faults(clock.today())) == []


def test_merging_hands_over_open_work_and_keeps_what_is_done_where_it_was_done(cast):
    directive = make_directive(cast)
    done, *_others = directive.assignments.filter(unit=cast.unit_a).order_by("pk")
    for step, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        done = step_on(done, step, actor, "Đã làm xong")
    made = merge(cast)
    target = made.units.get(versions__code="MOI")
    still_open = Assignment.objects.filter(unit=target)
    assert still_open.count() == 5  # two units had three duties each, one of which is done
    assert Assignment.objects.get(pk=done.pk).unit == cast.unit_a
    assert {a.given_to for a in still_open} == {cast.unit_a, cast.unit_b}
    given = {(row["what"], row["from"]): row["count"] for row in made.handed_over}
    assert given["assignments", cast.unit_a.pk] == 2
    assert given["assignments", cast.unit_b.pk] == 3
    assert HandOver.objects.filter(target=target).count() == 5
    assert HistoryLine.objects.filter(action="hand_over", object_type="assignment").count() == 5
    assert no_faults()


def test_what_was_handed_over_stood_with_the_old_unit_before_the_day(cast):
    directive = make_directive(cast)
    yesterday = clock.today() - timedelta(days=1)
    Assignment.objects.update(assigned_on=yesterday)
    merge(cast)
    before = {row.unit_name for row, _then in stood_on(directive, yesterday)}
    after = {row.unit_name for row, _then in stood_on(directive, clock.today())}
    assert before == {"Chi bộ Sở Ánh Dương", "Đảng bộ Công ty Bình Minh", "Ban Tuyên giáo Đảng ủy Khối"}
    assert after == {"Đảng bộ Mới", "Ban Tuyên giáo Đảng ủy Khối"}


def test_the_successor_reads_the_archive_and_cannot_work_on_it(cast):
    directive = make_directive(cast)
    done = directive.assignments.filter(unit=cast.unit_a).first()
    for step, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        done = step_on(done, step, actor, "Đã làm xong")
    made = merge(cast)
    target = made.units.get(versions__code="MOI")
    secretary = make_person("Bùi Thử Mới", "moi", Role.UNIT_SECRETARY, target)
    assert policy.may_on(secretary, Action.VIEW_DOCUMENT, cast.unit_a.pk)
    assert not policy.may_on(secretary, Action.WORK_ON_ASSIGNMENT, cast.unit_a.pk)
    assert done.pk in {a.pk for a in assignments_for(secretary)}
    assert "Chi bộ Sở Ánh Dương" in {a.unit_name for a in inbox_for(secretary, "done")}
    assert policy.may_on(cast.officer, Action.VIEW_DOCUMENT, cast.unit_a.pk)
    assert not policy.may_on(cast.officer, Action.ISSUE_DIRECTIVE, cast.unit_a.pk)


def test_what_an_ended_unit_did_is_opened_again_with_its_successor(cast):
    done = make_directive(cast).assignments.filter(unit=cast.unit_a).first()
    for step, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        done = step_on(done, step, actor, "Đã làm xong")
    target = merge(cast).units.get(versions__code="MOI")
    secretary = make_person("Bùi Thử Mới", "moi", Role.UNIT_SECRETARY, target)
    opened = step_on(done, "reopen", cast.officer, "Số liệu sai")
    assert (opened.unit, opened.given_to) == (target, cast.unit_a)
    assert HandOver.objects.filter(assignment=done, source=cast.unit_a, target=target).count() == 1
    assert step_on(opened, "submit", secretary, "Đã sửa").state == "submitted"


def test_those_who_had_the_old_unit_read_its_archive_and_nothing_of_the_new(cast):
    made = merge(cast)
    target = made.units.get(versions__code="MOI")
    secretary = type(cast.secretary).objects.get(pk=cast.secretary.pk)
    assert policy.may_on(secretary, Action.VIEW_DOCUMENT, cast.unit_a.pk)
    assert not policy.may_on(secretary, Action.WORK_ON_ASSIGNMENT, cast.unit_a.pk)
    assert not policy.may_on(secretary, Action.VIEW_DOCUMENT, target.pk)
    assert not policy.may_on(secretary, Action.VIEW_DOCUMENT, cast.unit_b.pk)


def test_chosen_people_and_roles_go_on_in_the_successor(cast):
    position = Position.objects.get(person=cast.secretary)
    grant = Grant.objects.get(person=cast.secretary)
    member = Position.objects.create(
        person=cast.member, unit=cast.unit_a, title=PositionTitle.MEMBER, valid_from=date(2021, 1, 1)
    )
    made = merge(cast, kept=Kept(positions=[position.pk], grants=[grant.pk]))
    target = made.units.get(versions__code="MOI")
    assert [(p.person, p.title) for p in target.positions.all()] == [(cast.secretary, PositionTitle.SECRETARY)]
    assert Position.objects.get(pk=member.pk).valid_until == clock.today()
    secretary = type(cast.secretary).objects.get(pk=cast.secretary.pk)
    assert policy.may_on(secretary, Action.WORK_ON_ASSIGNMENT, target.pk)
    assert policy.may_on(secretary, Action.VIEW_DOCUMENT, cast.unit_b.pk)  # its archive is the new unit's


def test_plain_members_go_along_unless_said_otherwise(cast):
    Position.objects.create(
        person=cast.member, unit=cast.unit_a, title=PositionTitle.MEMBER, valid_from=date(2021, 1, 1)
    )
    target = merge(cast).units.get(versions__code="MOI")
    assert [p.person for p in target.positions.all()] == [cast.member]


def test_a_unit_may_take_in_another_and_the_code_of_one_that_ends_is_free(cast):
    services.merge_units(
        actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=basis(), kept=Kept()
    )
    assert not Unit.objects.on(clock.today()).filter(pk=cast.unit_a.pk).exists()
    made = services.create_unit(actor=cast.administrator, new=new_unit(cast, code="A"), basis=basis())
    assert made.units.get().versions.get().code == "A"
    assert no_faults()


def test_the_successor_may_bear_the_code_of_one_that_it_replaces(cast):
    made = merge(cast, into=new_unit(cast, code="A"))
    version = made.units.get(versions__name="Đảng bộ Mới").versions.get()
    assert (version.code, version.symbol) == ("A", "A")
    assert no_faults()


def test_nested_units_merge_and_the_archive_of_an_archive_stays_readable(cast):
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b, "C1")
    first = services.merge_units(
        actor=cast.administrator,
        units=[cast.unit_b, cell],
        into=cast.unit_a,
        basis=basis(clock.today() - timedelta(days=5)),
    )
    assert first.units.count() == 3
    made = services.merge_units(actor=cast.administrator, units=[cast.unit_a], into=new_unit(cast), basis=basis())
    target = made.units.get(versions__code="MOI")
    reader = make_person("Bùi Thử Đọc", "doc", Role.MEMBER, target)
    assert {target.pk, cast.unit_a.pk, cast.unit_b.pk, cell.pk} == set(policy.reach(reader, Action.VIEW_DOCUMENT))
    assert no_faults()


def test_splitting_shares_the_units_below_and_the_figures(cast):
    cells = [make_unit(f"Chi bộ {n}", UnitKind.PARTY_CELL, cast.unit_b, f"C{n}") for n in range(3)]
    made = services.split_unit(
        actor=cast.administrator,
        unit=cast.unit_b,
        parts=[
            Part(new_unit(cast, "Đảng bộ Một", "M1"), Decimal(70)),
            Part(new_unit(cast, "Đảng bộ Hai", "M2"), Decimal(30), children=[cells[2].pk]),
        ],
        basis=basis(),
    )
    first, second = (made.units.get(versions__code=code) for code in ("M1", "M2"))
    parents = dict(
        Unit.objects.on(clock.today()).filter(pk__in=[c.pk for c in cells]).values_list("pk", "parent_id")
    )
    assert [parents[cell.pk] for cell in cells] == [first.pk, first.pk, second.pk]
    year = date(clock.today().year, 1, 1)
    assert [(s.unit_id, s.share) for s in stretches(second.pk, year, clock.today())] == [
        (second.pk, Decimal(100)),
        (cast.unit_b.pk, Decimal(30)),
    ]
    total, parts = summed(second.pk, year, clock.today(), lambda unit, _s, _e: 10 if unit == cast.unit_b.pk else 4)
    assert (total, len(parts)) == (Decimal(7), 2)
    assert policy.may_on(cast.officer, Action.VIEW_DOCUMENT, cast.unit_b.pk)
    assert no_faults()


def test_part_of_a_unit_can_be_split_off(cast):
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b, "C1")
    made = services.split_unit(
        actor=cast.administrator,
        unit=cast.unit_b,
        parts=[Part(new_unit(cast), children=[cell.pk])],
        basis=basis(),
        ends=False,
    )
    target = made.units.get(versions__code="MOI")
    assert Unit.objects.on(clock.today()).get(pk=cell.pk).parent_id == target.pk
    assert Unit.objects.on(clock.today()).filter(pk=cast.unit_b.pk).exists()
    assert no_faults()


def test_a_dissolved_unit_leaves_its_work_and_archive_to_the_unit_above(cast):
    make_directive(cast)
    made = services.dissolve_unit(actor=cast.administrator, unit=cast.unit_a, basis=basis())
    assert Assignment.objects.filter(unit=cast.bloc).count() == 3
    assert policy.may_on(cast.officer, Action.VIEW_DOCUMENT, cast.unit_a.pk)
    assert stretches(cast.bloc.pk, date(2026, 1, 1), clock.today())[1:] == []
    assert made in reorganisations_for(cast.officer)
    assert made in reorganisations_for(cast.secretary)
    assert made not in reorganisations_for(cast.secretary_b)
    assert no_faults()


def test_the_preview_is_the_act_taken_back(cast):
    make_directive(cast)
    lines = HistoryLine.objects.count()
    shown = preview(lambda: merge(cast), [cast.unit_a.pk, cast.unit_b.pk])
    assert Reorganisation.objects.count() == 0
    assert HistoryLine.objects.count() == lines
    assert Unit.objects.on(clock.today()).filter(pk=cast.unit_a.pk).exists()
    done = merge(cast)
    counts = {(row["what"], row["from"], row["count"]) for row in shown.act.handed_over}
    assert counts == {(row["what"], row["from"], row["count"]) for row in done.handed_over}
    assert shown.lost == set()


def test_the_preview_says_who_would_gain_and_lose_sight(cast):
    other = make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
    officer = make_person("Lê Thử Khối", "khoi2", Role.DEPARTMENT_OFFICER, other)
    shown = preview(
        lambda: services.move_unit(actor=cast.administrator, unit=cast.unit_b, basis=basis(), parent=other),
        [cast.unit_b.pk],
    )
    assert (officer.pk, cast.unit_b.pk) in shown.gained
    assert (cast.officer.pk, cast.unit_b.pk) in shown.lost
    assert (cast.secretary_b.pk, cast.unit_b.pk) not in shown.gained | shown.lost


@pytest.mark.parametrize("who", ["officer", "secretary", "member", "stranger", "inspector", "central_officer"])
def test_only_who_administers_both_sides_may(cast, who):
    person = getattr(cast, who)
    with pytest.raises(NotAllowed):
        services.dissolve_unit(actor=person, unit=cast.unit_a, basis=basis())
    with pytest.raises(NotAllowed):
        services.create_unit(actor=person, new=new_unit(cast), basis=basis())


def test_an_administrator_of_one_unit_cannot_take_over_another(cast):
    local = make_person("Bùi Thử Nhỏ", "nho", Role.ADMINISTRATOR, cast.unit_b)
    with pytest.raises(NotAllowed):
        services.merge_units(actor=local, units=[cast.unit_a], into=cast.unit_b, basis=basis())
    with pytest.raises(NotAllowed):
        services.move_unit(actor=local, unit=cast.unit_b, basis=basis(), parent=cast.unit_a)
    root = NewUnit("Tỉnh đoàn", "Tỉnh đoàn", "TĐ", UnitKind.PROVINCE_YOUTH, None)
    with pytest.raises(NotAllowed):
        services.create_unit(actor=local, new=root, basis=basis())
    services.create_unit(actor=cast.administrator, new=root, basis=basis())
    youth = Unit.objects.on(clock.today()).get(dated__code="TĐ")
    assert policy.may_on(cast.administrator, Action.MANAGE_UNITS, youth.pk)  # whoever began the line
    assert not policy.may_on(local, Action.VIEW_UNIT, youth.pk)


def refused(cast: Cast, case: str) -> None:
    actor, today = cast.administrator, clock.today()
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b, "C1")
    match case:
        case "cycle":
            services.move_unit(actor=actor, unit=cast.unit_b, basis=basis(), parent=cell)
        case "itself":
            services.merge_units(actor=actor, units=[cast.unit_a], into=cast.unit_a, basis=basis())
        case "below":
            services.merge_units(actor=actor, units=[cast.unit_b], into=cell, basis=basis())
        case "second root":
            services.move_unit(actor=actor, unit=cast.unit_b, basis=basis(), parent=None)
        case "code":
            services.create_unit(actor=actor, new=new_unit(cast, code="B"), basis=basis())
        case "kind":
            new = NewUnit("Sở Mẫu", "Sở Mẫu", "SM", UnitKind.AGENCY, cast.bloc)
            services.create_unit(actor=actor, new=new, basis=basis())
        case "past":
            services.rename_unit(actor=actor, unit=cast.unit_a, basis=basis(), name="Mới", short_name="Mới")
            earlier = basis(today - timedelta(days=3))
            services.rename_unit(actor=actor, unit=cast.unit_a, basis=earlier, name="Cũ", short_name="Cũ")
        case "future":
            services.dissolve_unit(actor=actor, unit=cast.unit_a, basis=basis(today + timedelta(days=3)))
        case "orphan":
            services.move_unit(actor=actor, unit=cell, basis=basis(date(2019, 1, 1)), parent=cast.unit_a)
        case "shares":
            parts = [Part(new_unit(cast, f"M{n}", f"M{n}"), Decimal(n)) for n in (20, 30)]
            services.split_unit(actor=actor, unit=cast.unit_b, parts=parts, basis=basis())
        case "no basis":
            services.dissolve_unit(actor=actor, unit=cast.unit_a, basis=Basis(today, "  "))
        case "top":
            services.dissolve_unit(actor=actor, unit=cast.province, basis=basis())


@pytest.mark.parametrize(
    "case",
    [
        "cycle",
        "itself",
        "below",
        "second root",
        "code",
        "kind",
        "past",
        "future",
        "orphan",
        "shares",
        "no basis",
        "top",
    ],
)
def test_what_would_break_the_tree_is_refused_with_a_sentence_and_nothing_is_written(cast, case):
    before = Unit.objects.count()
    with pytest.raises(Refusal) as refusal:
        refused(cast, case)
    assert str(refusal.value.message).endswith(".")
    assert Reorganisation.objects.exclude(kind="rename").count() == 0
    assert Unit.objects.count() == before + 1
    assert no_faults()


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


@pytest.mark.parametrize("act", ["move", "dissolve"])
def test_an_act_is_refused_on_a_day_after_which_something_was_put_below(cast, act):
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_a, "C1")
    other = make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
    actor = cast.administrator
    services.convert_unit(actor=actor, unit=cast.unit_b, basis=basis(ago(20)), kind=UnitKind.PARTY_BASE_ORG)
    services.move_unit(actor=actor, unit=cell, basis=basis(ago(3)), parent=cast.unit_b)
    acts = {"move": partial(services.move_unit, parent=other), "dissolve": services.dissolve_unit}
    with pytest.raises(Refusal, match="thay đổi"):
        acts[act](actor=actor, unit=cast.unit_b, basis=basis(ago(9)))
    assert no_faults(ago(9), ago(3))


def test_an_act_is_refused_on_a_day_after_which_the_units_above_were_moved(cast):
    other = make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
    upper = make_unit("Đảng ủy Khối Ba", UnitKind.PARTY_BASE_ORG, other, "K3")
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, upper, "C1")
    actor = cast.administrator
    services.move_unit(actor=actor, unit=upper, basis=basis(ago(3)), parent=cast.bloc)
    with pytest.raises(Refusal, match="thay đổi"):
        services.move_unit(actor=actor, unit=cell, basis=basis(ago(9)), parent=cast.unit_b)
    with pytest.raises(Refusal):  # the archive would hang where its keeper no longer stands
        services.merge_units(actor=actor, units=[cast.unit_a], into=upper, basis=basis(ago(9)))
    assert no_faults(ago(9), ago(3))


def test_a_second_root_is_refused_before_the_first_as_well(cast):
    new = NewUnit("Tỉnh Khác", "Tỉnh Khác", "TK", UnitKind.PARTY_ORG_PROVINCE, None)
    with pytest.raises(Refusal):
        services.create_unit(actor=cast.administrator, new=new, basis=basis(date(2019, 1, 1)))


def test_a_role_that_stayed_on_an_ended_unit_is_still_looked_after(cast):
    """Whoever administers the unit that keeps the archive ends the roles on it, and cares for their holders."""
    merge(cast)
    assert cares_for(cast.administrator, cast.secretary)
    assert cast.secretary in people_for(cast.administrator, clock.today())
    end_grant(actor=cast.administrator, grant=cast.secretary.grants.get(), on=clock.today())
    assert not policy.actions_of(Person.objects.get(pk=cast.secretary.pk))


def test_nobody_gets_a_role_or_a_position_by_merging_units_themselves(cast):
    """What `grant_role` and `appoint` refuse is not had by a merger either."""
    actor = cast.administrator
    grant = Grant.objects.create(
        person=actor, role=Role.UNIT_SECRETARY, unit=cast.unit_a, valid_from=date(2021, 1, 1)
    )
    seat = Position.objects.create(
        person=actor, unit=cast.unit_a, title=PositionTitle.SECRETARY, valid_from=date(2021, 1, 1)
    )
    for kept in (Kept(grants=[grant.pk]), Kept(positions=[seat.pk])):
        with pytest.raises(Refusal, match="tự"):
            merge(cast, kept=kept)
    target = merge(cast).units.get(versions__code="MOI")
    assert not policy.may_on(Person.objects.get(pk=actor.pk), Action.WORK_ON_ASSIGNMENT, target.pk)


def test_a_position_in_which_something_was_done_outlives_its_unit_on_paper(cast):
    """It began after the day of the act, or on it, and the history names it: it is ended, not taken back."""
    person = make_person("Bùi Thử Mới", "moi", Role.ADMINISTRATOR, cast.unit_a)
    seat = Position.objects.create(
        person=person, unit=cast.unit_a, title=PositionTitle.SECRETARY, valid_from=ago(2)
    )
    grant_role(actor=person, person=cast.stranger, role=Role.MEMBER, unit=cast.unit_a, term=Term(date(2021, 1, 1)))
    services.dissolve_unit(actor=cast.administrator, unit=cast.unit_a, basis=basis(ago(5)))
    assert Position.objects.get(pk=seat.pk).valid_until == ago(1)


def test_figures_of_the_days_before_a_late_record_are_counted_too(cast):
    """An act recorded today that holds since a week ago: what was given in between was given to the old units."""
    directive = make_directive(cast)
    made = services.merge_units(
        actor=cast.administrator, units=[cast.unit_a, cast.unit_b], into=new_unit(cast), basis=basis(ago(7))
    )
    target = made.units.get(versions__code="MOI")
    year = date(clock.today().year, 1, 1)

    def given(unit_id: int, start: date, end: date) -> int:
        return figures_of(unit_id, start, end, ["normal"])["given"]

    total, _parts = summed(target.pk, year, clock.today(), given)
    assert total == directive.assignments.filter(unit=target).count() == 6


def test_a_unit_does_not_support_what_it_leads_itself_after_a_merger(cast):
    directive = make_directive(cast)
    led = directive.assignments.filter(unit=cast.unit_b).first()
    led.supporting_units.add(cast.unit_a)
    services.merge_units(actor=cast.administrator, units=[cast.unit_a], into=cast.unit_b, basis=basis())
    assert list(Assignment.objects.get(pk=led.pk).supporting_units.all()) == []


def test_of_two_roles_that_become_one_the_longer_goes_on(cast):
    until = clock.today() + timedelta(days=3)
    for unit, end in ((cast.unit_a, None), (cast.unit_b, until)):
        Grant.objects.create(
            person=cast.stranger, role=Role.MEMBER, unit=unit, valid_from=date(2021, 1, 1), valid_until=end
        )
    made = merge(cast, kept=Kept(grants=list(cast.stranger.grants.values_list("pk", flat=True))))
    target = made.units.get(versions__code="MOI")
    assert cast.stranger.grants.get(unit=target).valid_until is None
