"""The tree and its people from the rows of a workbook: every error told, the plan exact, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import settings as search
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.services import Term, add_person
from motbuoc.foundation.administration.workbook.columns import (
    KINDS,
    PEOPLE,
    TITLES,
    UNITS,
    choices_by_word,
    key_of,
    words_of,
)
from motbuoc.foundation.administration.workbook.importing import import_workbook
from motbuoc.foundation.administration.workbook.plan import Plan
from motbuoc.foundation.administration.workbook.planning import plan_import
from motbuoc.foundation.administration.workbook.rows import Tables
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.services import verify
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.services import create_unit as create_by_act
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitHost, UnitIdentifier, UnitVersion
from motbuoc.foundation.units.planting import Seedling, create_units
from motbuoc.foundation.units.selectors import faults
from motbuoc.foundation.units.services import create_unit
from motbuoc.interfaces.papers.tables import read_tables
from motbuoc.interfaces.papers.workbook import write_workbook
from tests.factories import LONG_AGO, Cast, make_cast, make_person, make_unit

DAY = date(2026, 3, 2)
BASIS = Basis(DAY, "Quyết định 7-QĐ/TU")
CELL = "Chi bộ"


def sheets(units: Sequence[dict[str, object]] = (), people: Sequence[dict[str, object]] = ()) -> Tables:
    """Rows by the keys of columns, as a reader of files gives them."""
    tables = {}
    for sheet, rows in ((UNITS, units), (PEOPLE, people)):
        heads = [column.head for column in sheet.columns]
        lines = [[row.get(column.key) for column in sheet.columns] for row in rows]
        tables[sheet.title] = list(enumerate([heads, *lines], 1))
    return tables


def unit(code: str, parent: str = "", **more: object) -> dict[str, object]:
    return {"code": code, "name": f"Chi bộ {code}", "kind": CELL, "parent": parent, **more}


def person(name: str, unit: str, title: str = "Bí thư", **more: object) -> dict[str, object]:
    return {"full_name": name, "unit": unit, "title": title, **more}


def done(cast: Cast, tables: Tables, basis: Basis = BASIS) -> Plan:
    previewed = plan_import(cast.administrator, tables, basis.effective_on, basis.legal_basis)
    assert previewed.problems == []
    return import_workbook(actor=cast.administrator, tables=tables, basis=basis, previewed=previewed.digest)


def problems(cast: Cast, tables: Tables, day: date = DAY) -> list[tuple[str, int, str]]:
    plan = plan_import(cast.administrator, tables, day, "Quyết định")
    return [(p.sheet, p.row, p.column) for p in plan.problems]


def exported(viewer: Person, day: date) -> Tables:
    file = BytesIO()
    write_workbook(file, viewer, day)
    return read_tables(file.getvalue())


def test_units_and_people_come_in_with_lines_of_history(cast: Cast) -> None:
    tables = sheets(
        [
            unit("A1", "A0", short_name="Một"),
            unit("A0", "B", kind="Đảng bộ bộ phận", identifiers="G06=000.1; QLVB=A0", hosts="", symbol="ĐU"),
        ],
        [
            person("Bùi Thử Một", "A1", legal_basis="Nghị quyết 3"),
            person("Bùi Thử Hai", "A1", "Đảng viên", person="mới 1"),
            person("Bùi Thử Hai", "A0", "Phó Bí thư", person="mới 1", last_day="30/06/2030"),
            person("Phạm Thử Thư", "A0", "Bí thư", person=cast.secretary.pk),
        ],
    )
    before = HistoryLine.objects.count()
    plan = done(cast, tables)
    assert [row.code for row in plan.created] == ["A1", "A0"]
    found = {u.code: u for u in Unit.objects.on(DAY)}
    assert found["A1"].parent_id == found["A0"].pk
    assert found["A1"].short_name == "Một"
    assert found["A0"].short_name == "Chi bộ A0"
    assert (found["A0"].symbol, found["A1"].symbol) == ("ĐU", "A1")
    assert set(UnitIdentifier.objects.values_list("unit", "scheme", "value")) == {
        (found["A0"].pk, "G06", "000.1"),
        (found["A0"].pk, "QLVB", "A0"),
    }
    held = Position.objects.filter(unit__in=[found["A0"].pk, found["A1"].pk]).order_by("pk")
    assert [(p.person.full_name, p.title, p.valid_from, p.legal_basis) for p in held] == [
        ("Bùi Thử Một", "secretary", DAY, "Nghị quyết 3"),
        ("Bùi Thử Hai", "member", DAY, BASIS.legal_basis),
        ("Bùi Thử Hai", "deputy_secretary", DAY, BASIS.legal_basis),
        ("Phạm Thử Thư", "secretary", DAY, BASIS.legal_basis),
    ]
    assert held[1].person_id == held[2].person_id
    assert held[2].valid_until == date(2030, 7, 1)
    assert held[3].person_id == cast.secretary.pk
    lines = HistoryLine.objects.order_by("pk")[before:]
    assert [line.action for line in lines] == ["create_unit"] * 2 + ["add_person"] * 2 + ["appoint"] * 2
    assert Reorganisation.objects.filter(kind="create", legal_basis=BASIS.legal_basis).count() == 2
    assert list(faults(DAY)) == []
    assert verify()[1] is None


def test_what_differs_becomes_acts_of_the_day(cast: Cast) -> None:
    done(cast, sheets([unit("A1", "A"), unit("A2", "A"), unit("N", "TU", kind="Doanh nghiệp")][:2]))
    later = Basis(date(2026, 5, 1), "Quyết định 9-QĐ/TU")
    position = Position.objects.get(person=cast.secretary)
    tables = sheets(
        [
            {"code": "A1", "name": "Chi bộ Một mới"},
            {"code": "A2", "name": "Chi bộ A2", "parent": "B"},
            {"code": "A", "name": "Chi bộ Sở Ánh Dương", "kind": "Đảng bộ cơ sở"},
            {"code": "BTG", "name": "Ban Tuyên giáo Đảng ủy Khối"},
        ],
        [person("Phạm Thử Thư", "A", last_day=date(2026, 6, 30))],
    )
    plan = done(cast, tables, later)
    assert [(c.code, c.before, c.after) for c in plan.renamed] == [("A1", "Chi bộ A1", "Chi bộ Một mới")]
    assert [(c.code, c.before, c.after) for c in plan.moved] == [("A2", "A", "B")]
    assert [(c.code, c.before, c.after) for c in plan.converted] == [("A", "Chi bộ cơ sở", "Đảng bộ cơ sở")]
    assert [(e.full_name, e.unit) for e in plan.ended] == [("Phạm Thử Thư", "A")]
    assert plan.unchanged_units == 1
    assert {code for code, _name in plan.unlisted} == {"TU", "ĐUK", "B"}
    now = {u.code: u for u in Unit.objects.on(later.effective_on)}
    then = {u.code: u for u in Unit.objects.on(DAY)}
    assert (then["A1"].name, now["A1"].name) == ("Chi bộ A1", "Chi bộ Một mới")
    assert (then["A2"].parent_id, now["A2"].parent_id) == (cast.unit_a.pk, cast.unit_b.pk)
    assert (then["A"].kind, now["A"].kind) == (UnitKind.PARTY_BASE_CELL, UnitKind.PARTY_BASE_ORG)
    position.refresh_from_db()
    assert position.valid_until == date(2026, 7, 1)
    for day in (DAY, later.effective_on):
        assert list(faults(day)) == []
    actions = list(HistoryLine.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-4:] == ["rename_unit", "convert_unit", "move_unit", "end_position"]


def test_two_units_change_places(cast: Cast) -> None:
    done(cast, sheets([unit("A1", "A"), unit("A2", "A1")]))
    done(cast, sheets([unit("A1", "A2"), unit("A2", "A")]), Basis(date(2026, 4, 1), "Quyết định"))
    found = {u.code: u for u in Unit.objects.on(date(2026, 4, 1))}
    assert (found["A1"].parent_id, found["A2"].parent_id) == (found["A2"].pk, cast.unit_a.pk)
    assert list(faults(date(2026, 4, 1))) == []
    assert list(faults(DAY)) == []


def test_a_unit_goes_under_one_that_the_file_adds(cast: Cast) -> None:
    tables = sheets(
        [unit("B", "M", name="Đảng bộ Công ty Bình Minh", kind=""), unit("M", "TU", kind="Đảng ủy Khối")]
    )
    done(cast, tables)
    found = {u.code: u for u in Unit.objects.on(DAY)}
    assert found["B"].parent_id == found["M"].pk
    assert list(faults(DAY)) == []


def test_every_error_is_told_by_sheet_row_and_column(cast: Cast) -> None:
    tables = sheets(
        [
            unit("K1", "B", kind="Chi bộ lớn"),
            unit("K2", "B", name=""),
            unit("K3", "B"),
            unit("K3", "B"),
            unit("K4", "khong-co"),
            unit("K5", "K6"),
            unit("K6", "K5"),
            unit("K7", kind="Đảng bộ tỉnh"),
            unit("K8", "B", kind="Doanh nghiệp"),
            unit("K9", "B", kind="Ban chỉ đạo, tổ công tác"),
            unit("K10", "B", valid_from="31/02/2026"),
            unit("K11", "B", valid_from=date(2019, 1, 1)),
            unit("K12", "B", valid_from=date(2027, 1, 1)),
            unit("K13", "B", identifiers="G06"),
            unit("K14", "B", hosts="khong-co"),
            {"name": "Chi bộ không mã", "kind": CELL, "parent": "B"},
            unit("K15", "B", short_name="x" * 81),
            unit("K16", "B", kind=""),
            {"code": "A", "name": "Chi bộ Sở Ánh Dương", "parent": "A"},
        ],
        [
            person("Bùi Thử Một", "khong-co"),
            person("Bùi Thử Một", "K3", "Tổng quản"),
            person("", "K3"),
            person("Bùi Thử Một", "K3", valid_from="mai"),
            person("Bùi Thử Một", "K3", valid_from=date(2026, 5, 1), last_day=date(2026, 4, 1)),
            person("Bùi Thử Hai", "B", valid_from=date(2026, 5, 1)),
            person("Bùi Thử Hai", "B", valid_from=date(2026, 6, 1)),
            person("Bùi Thử Ba", "B", person="999999"),
            person("Bùi Thử Ba", "B", person="abc"),
            person("Bùi Thử Ba", "B", person=cast.secretary.pk),
            person("Phạm Thử Thư", "A", valid_from=date(2021, 1, 1)),
            person("Bùi Thử Bốn", "B", valid_from=date(2019, 1, 1)),
            person("Bùi Thử Năm", "K3", valid_from=date(2019, 1, 1)),
        ],
    )
    found = problems(cast, tables)
    assert found == [
        ("Đơn vị", 2, "Loại hình"),
        ("Đơn vị", 3, "Tên"),
        ("Đơn vị", 5, "Mã"),
        ("Đơn vị", 6, "Mã đơn vị cấp trên"),
        ("Đơn vị", 7, "Mã đơn vị cấp trên"),
        ("Đơn vị", 8, "Mã đơn vị cấp trên"),
        ("Đơn vị", 9, "Mã đơn vị cấp trên"),
        ("Đơn vị", 10, "Mã đơn vị cấp trên"),
        ("Đơn vị", 11, "Hoạt động đến hết ngày"),
        ("Đơn vị", 12, "Ngày hiệu lực"),
        ("Đơn vị", 13, "Ngày hiệu lực"),
        ("Đơn vị", 14, "Ngày hiệu lực"),
        ("Đơn vị", 15, "Mã định danh"),
        ("Đơn vị", 16, "Đơn vị chủ quản"),
        ("Đơn vị", 17, "Mã"),
        ("Đơn vị", 18, "Tên ngắn"),
        ("Đơn vị", 19, "Loại hình"),
        ("Đơn vị", 20, "Mã đơn vị cấp trên"),
        ("Người", 2, "Mã đơn vị"),
        ("Người", 3, "Chức vụ"),
        ("Người", 4, "Họ tên"),
        ("Người", 5, "Từ ngày"),
        ("Người", 6, "Đến hết ngày"),
        ("Người", 8, "Từ ngày"),
        ("Người", 9, "Mã người"),
        ("Người", 10, "Mã người"),
        ("Người", 11, "Họ tên"),
        ("Người", 12, "Từ ngày"),
        ("Người", 13, "Từ ngày"),
        ("Người", 14, "Từ ngày"),
    ]
    plan = plan_import(cast.administrator, tables, DAY, "Quyết định")
    count = Unit.objects.count()
    with pytest.raises(Refusal):
        import_workbook(actor=cast.administrator, tables=tables, basis=BASIS, previewed=plan.digest)
    assert Unit.objects.count() == count


def test_codes_of_others_and_changes_to_come_are_errors(cast: Cast) -> None:
    done(cast, sheets([unit("A1", "A")]), Basis(date(2026, 6, 1), "Quyết định"))
    tables = sheets([unit("A1", "B"), {"code": "A", "name": "Tên mới"}])
    assert problems(cast, tables, DAY) == [("Đơn vị", 2, "Mã")]
    done(cast, sheets([unit("A1", "B")]), Basis(date(2026, 7, 1), "Quyết định"))
    renamed = sheets([{"code": "A1", "name": "Tên mới"}, {"code": "B", "name": "Tên mới"}])
    assert problems(cast, renamed, date(2026, 6, 15)) == [("Đơn vị", 2, "Tên")]


def test_columns_may_stand_in_another_order_and_a_missing_one_is_named(cast: Cast) -> None:
    table = [
        (1, ["LOẠI HÌNH", "Ten", "mã", "Ghi chú", "Mã đơn vị cấp trên"]),
        (4, [CELL, "Chi bộ Tư", 7.0, "x", "B"]),
    ]
    plan = plan_import(cast.administrator, {"ĐƠN VỊ": table}, DAY, "Quyết định")
    assert [(row.code, row.name) for row in plan.created] == [("7", "Chi bộ Tư")]
    without = plan_import(cast.administrator, {"Đơn vị": [(1, ["Tên"]), (2, ["x"])]}, DAY, "Quyết định")
    assert [(p.row, p.column) for p in without.problems] == [(1, "Mã")]
    nothing = plan_import(cast.administrator, {"Sheet1": table}, DAY, "Quyết định")
    assert [(p.row, p.column) for p in nothing.problems] == [(0, "")]


def test_only_who_runs_the_unit_may(cast: Cast) -> None:
    local = make_person("Cao Thử Khối", "quantrikhoi", Role.ADMINISTRATOR, cast.unit_b)
    tables = sheets([unit("B1", "B"), unit("A1", "A")], [person("Bùi Thử Một", "B1"), person("Bùi Thử Hai", "A")])
    plan = plan_import(local, tables, DAY, "Quyết định")
    # What they cannot see is as if it were not there.
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [
        ("Đơn vị", 3, "Mã đơn vị cấp trên"),
        ("Người", 3, "Mã đơn vị"),
    ]
    reader = plan_import(cast.officer, sheets([{"code": "A", "name": "Khác"}], [person("X Y", "B")]), DAY, "Q")
    assert [(p.sheet, p.row) for p in reader.problems] == [("Đơn vị", 2), ("Người", 2)]
    own = sheets([unit("B1", "B")], [person("Bùi Thử Một", "B1")])
    digest = plan_import(local, own, DAY, BASIS.legal_basis).digest
    import_workbook(actor=local, tables=own, basis=BASIS, previewed=digest)
    with pytest.raises((NotAllowed, Refusal)):
        import_workbook(actor=cast.officer, tables=own, basis=BASIS, previewed=digest)


def test_a_change_since_the_preview_brings_it_back(cast: Cast) -> None:
    tables = sheets([unit("A1", "A"), {"code": "B", "name": "Đảng bộ Công ty Bình Minh", "short_name": "BM"}])
    digest = plan_import(cast.administrator, tables, DAY, BASIS.legal_basis).digest
    new = NewUnit("Chi bộ A1", "Chi bộ A1", "A1", UnitKind.PARTY_CELL, cast.unit_a)
    create_by_act(actor=cast.administrator, new=new, basis=BASIS)
    with pytest.raises(Collision):
        import_workbook(actor=cast.administrator, tables=tables, basis=BASIS, previewed=digest)
    assert Unit.objects.on(DAY).get(code="B").short_name != "BM"


def test_identifiers_and_hosts_are_listed_whole_and_cleared_by_a_dash(cast: Cast) -> None:
    body = make_unit("Sở Mẫu", UnitKind.AGENCY, None, "S")
    make_unit("Công ty Mẫu", UnitKind.ENTERPRISE, body, "S1")
    Grant.objects.create(person=cast.administrator, role=Role.ADMINISTRATOR, unit=body, valid_from=LONG_AGO)
    done(cast, sheets([unit("A1", "A", identifiers="G06=1;X=2", hosts="S")]))
    kept = done(
        cast, sheets([unit("A1", "A", identifiers="X=2; Y=3", hosts="S;S1")]), Basis(date(2026, 4, 1), "Q")
    )
    assert [(c.before, c.after) for c in kept.identified] == [("G06=1; X=2", "X=2; Y=3")]
    assert [(c.before, c.after) for c in kept.hosted] == [("S", "S; S1")]
    cleared = done(cast, sheets([unit("A1", "A", identifiers="-", hosts="–")]), Basis(date(2026, 5, 1), "Q"))
    assert not cleared.is_empty
    assert not UnitIdentifier.objects.filter(valid_until=None).exists()
    assert not UnitHost.objects.filter(valid_until=None).exists()
    assert problems(cast, sheets([unit("A2", "A", identifiers="Z=1"), unit("A3", "A", identifiers="Z=1")])) == [
        ("Đơn vị", 3, "Mã định danh")
    ]


def test_the_same_file_twice_does_nothing_the_second_time(cast: Cast) -> None:
    tables = sheets(
        [unit("A1", "A", valid_from=date(2021, 3, 4)), unit("A2", "A1", valid_from=date(2022, 1, 1))],
        [
            person("Bùi Thử Hai", "A1", "Đảng viên", person="mới 1", valid_from="05/06/2022"),
            person("Bùi Thử Hai", "A2", "Phó Bí thư", person="mới 1", last_day="30/06/2030"),
            person("Bùi Thử Ba", "A2"),
        ],
    )
    done(cast, tables)
    again = plan_import(cast.administrator, tables, date(2026, 8, 1), "Quyết định")
    assert again.is_empty
    assert again.problems == []
    assert again.unchanged_positions == 3
    with pytest.raises(Refusal):
        import_workbook(
            actor=cast.administrator, tables=tables, basis=Basis(DAY, "Quyết định"), previewed=again.digest
        )


def test_every_kind_and_title_has_a_word_of_its_own() -> None:
    for choices in (KINDS, TITLES):
        words = choices_by_word(choices)
        assert {words[key_of(word)] for word in words_of(choices)} == set(choices.values)


NAMES = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy 0123456789.,-()=+@\"'&<>", min_size=1, max_size=24).map(
    lambda text: " ".join(text.split()) or "Tên"
)
TREES = st.lists(
    st.tuples(
        NAMES,
        st.integers(0, 30),
        st.sampled_from(
            [UnitKind.PARTY_PARTIAL_ORG, UnitKind.PARTY_CELL, UnitKind.YOUTH_BRANCH, UnitKind.PARTY_GROUP]
        ),
        st.dates(date(2020, 6, 1), date(2025, 12, 31)),
        st.lists(st.tuples(NAMES, st.sampled_from(PositionTitle)), max_size=3),
    ),
    max_size=8,
)


def grown(cast: Cast, tree: list) -> None:
    """The tree as it was drawn: every unit under the bloc or under one drawn before it."""
    made = [cast.bloc, cast.unit_a, cast.unit_b]
    began = [LONG_AGO] * 3
    kinds = [UnitKind.BLOC_COMMITTEE, UnitKind.PARTY_BASE_CELL, UnitKind.PARTY_BASE_ORG]
    for number, (name, place, kind, day, people) in enumerate(tree):
        at = place % len(made)
        if kinds[at] == UnitKind.YOUTH_BRANCH and kind != UnitKind.YOUTH_BRANCH:
            at = 0
        start = max(day, began[at])
        unit = create_unit(
            name=name, short_name=name[:80], code=f"={number}", kind=kind, parent=made[at], valid_from=start
        )
        made.append(unit)
        began.append(start)
        kinds.append(kind)
        for who, title in people:
            Position.objects.create(
                person=Person.objects.create(full_name=who), unit=unit, title=title, valid_from=start
            )


class ThereAndBack(TestCase):
    """Properties over trees drawn at random."""

    @search(max_examples=12, deadline=None)
    @given(TREES)
    def test_an_export_imported_again_changes_nothing(self, tree: list) -> None:
        cast = make_cast()
        grown(cast, tree)
        plan = plan_import(cast.administrator, exported(cast.administrator, DAY), DAY, "Quyết định")
        assert plan.problems == []
        assert plan.acts == tuple([] for _list in plan.acts)
        assert plan.unlisted == []
        assert plan.unchanged_units == 5 + len(tree)

    @search(max_examples=20, deadline=None)
    @given(TREES, st.randoms(use_true_random=False))
    def test_many_at_once_are_what_one_by_one_would_be(self, tree: list, order) -> None:
        cast = make_cast()
        grown(cast, tree)
        one_by_one = everything()
        versions = list(UnitVersion.objects.filter(code__startswith="=").select_related("parent"))
        codes = dict(UnitVersion.objects.values_list("unit_id", "code"))
        ids = [version.unit_id for version in versions]
        UnitClosure.objects.filter(descendant__in=ids).delete()
        Position.objects.filter(unit__in=ids).delete()
        UnitVersion.objects.filter(unit__in=ids).delete()
        Unit.objects.filter(pk__in=ids).delete()
        seedlings = [
            Seedling(
                code=v.code,
                name=v.name,
                short_name=v.short_name,
                kind=UnitKind(v.kind),
                parent=codes[v.parent_id] if v.parent_id in ids else v.parent_id,
                valid_from=v.valid_from,
            )
            for v in versions
        ]
        order.shuffle(seedlings)
        create_units(seedlings)
        assert everything() == one_by_one
        assert list(faults(DAY)) == []


def everything() -> tuple[set, set]:
    codes = dict(UnitVersion.objects.values_list("unit_id", "code"))
    versions = {
        (
            v.code,
            v.name,
            v.short_name,
            v.symbol,
            v.kind,
            codes.get(v.parent_id),
            v.valid_from,
            v.valid_until,
            v.is_last,
        )
        for v in UnitVersion.objects.all()
    }
    closure = {
        (codes[c.ancestor_id], codes[c.descendant_id], c.depth, c.valid_from, c.valid_until, c.is_archive)
        for c in UnitClosure.objects.all()
    }
    return versions, closure


@pytest.mark.parametrize(
    "seedlings",
    [
        [("X", "ĐUK", UnitKind.PARTY_CELL)],
        [("X", None, UnitKind.PARTY_CELL)],
        [("X", "B", UnitKind.ENTERPRISE)],
        [("A", "B", UnitKind.PARTY_CELL)],
        [("X", "B", UnitKind.TASK_BODY)],
        [("X", "Y", UnitKind.PARTY_CELL), ("Y", "X", UnitKind.PARTY_CELL)],
        [("X", "B", UnitKind.PARTY_CELL), ("X", "B", UnitKind.PARTY_CELL)],
        [("X", None, UnitKind.AGENCY), ("Y", None, UnitKind.SERVICE)],
    ],
)
def test_many_at_once_are_refused_where_one_would_be(cast: Cast, seedlings: list) -> None:
    ids = {"B": cast.unit_b.pk}
    rows = [Seedling(c, c, c, k, ids.get(p, p) if p else None, DAY) for c, p, k in seedlings]
    with pytest.raises(Refusal):
        create_units(rows)


def test_the_administrator_s_rights_are_those_of_the_day_of_writing(cast: Cast) -> None:
    tables = sheets([unit("A1", "A")])
    digest = plan_import(cast.administrator, tables, DAY, BASIS.legal_basis).digest
    Grant.objects.filter(person=cast.administrator).update(valid_until=date(2021, 1, 1))
    actor = Person.objects.get(pk=cast.administrator.pk)
    with pytest.raises(Refusal):
        import_workbook(actor=actor, tables=tables, basis=BASIS, previewed=digest)
    assert not UnitVersion.objects.filter(code="A1").exists()


def test_a_unit_is_at_home_in_a_legal_body_also_by_a_file(cast: Cast) -> None:
    assert problems(cast, sheets([unit("A1", "A", hosts="B")])) == [(UNITS.title, 2, UNITS.head("hosts"))]


def test_nobody_appoints_themselves_by_a_file(cast: Cast) -> None:
    """As on the page of positions: otherwise they would come to work for a unit that nobody works for."""
    own = add_person(
        actor=cast.administrator, unit=cast.bloc, full_name="X", title=PositionTitle.MEMBER, term=Term(LONG_AGO)
    )
    Position.objects.filter(pk=own.pk).update(person=cast.administrator)
    rows = [person(cast.administrator.full_name, "A", person=cast.administrator.pk)]
    assert problems(cast, sheets([], rows)) == [(PEOPLE.title, 2, PEOPLE.head("person"))]
