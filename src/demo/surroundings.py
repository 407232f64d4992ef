"""What stands around the bloc's Party units: the State line with the bodies they are at home in, the unions, and
how others call and number them. Entered by the administrator, as a person would.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demo.people import Staff
from demo.province import NAME, BaseUnit, Province
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.services import Term, add_person, grant_role
from motbuoc.foundation.people.models import Person, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.groups import Selection, save_group
from motbuoc.foundation.reorganisation.in_bulk import add_units
from motbuoc.foundation.reorganisation.ties import add_host, add_identifier
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.planting import Seedling

STATE_BODIES = ("Sở ", "Bệnh viện ", "Trung tâm ", "Bảo tàng ", "Thư viện ", "Ban Quản lý ", "Công ty ")
"""How hosts begin that stand under the People's Committee; courts and mass organisations do not."""
SECTOR_NAMES = {"agency": "Khối cơ quan", "service": "Khối đơn vị sự nghiệp", "enterprise": "Khối doanh nghiệp"}
SCHEME = "Mã thử nghiệm Sông Mây"
IDENTIFIED, UNIONS = 20, 3
BASIS = "Danh mục dùng thử, không có thật"


def surround(province: Province, staff: Staff, since: date) -> None:
    """Add the State line, the unions and the identifiers, in force from the day `since`; each with its head."""
    basis = Basis(since, BASIS)
    _head(province.root, PositionTitle.SECRETARY, staff, since)
    _add_state_line(province, staff, basis)
    _add_unions(province, staff, basis)
    for number, base in enumerate(province.bases[:IDENTIFIED], 1):
        value = f"SM.38.{number:03}"
        add_identifier(actor=staff.administrator, unit=base.unit, scheme=SCHEME, value=value, on=since)


def _add_state_line(province: Province, staff: Staff, basis: Basis) -> None:
    """The provincial People's Committee, below it the hosts, and the tie of each base unit to its own."""
    root = _seedling("UBND", f"Ủy ban nhân dân tỉnh {NAME}", UnitKind.AGENCY, None, basis)
    hosted = [base for base in province.bases if base.host.name.startswith(STATE_BODIES)]
    bodies = [
        _seedling(f"UB.{base.code}", base.host.name, UnitKind(base.host.sector), root.code, basis)
        for base in hosted
    ]
    root = replace(root, short_name="UBND tỉnh")
    ids = add_units(actor=staff.administrator, seedlings=[root, *bodies], basis=basis)
    units = Unit.objects.in_bulk(ids.values())
    _head(units[ids[root.code]], PositionTitle.CHAIR, staff, basis.effective_on)
    for base in hosted:
        province.bodies[base.code] = units[ids[f"UB.{base.code}"]]
        _head(province.bodies[base.code], PositionTitle.HEAD, staff, basis.effective_on)
        _settle_in(base.unit, base, province, staff, basis.effective_on)


def _settle_in(unit: Unit, base: BaseUnit, province: Province, staff: Staff, on: date) -> None:
    add_host(actor=staff.administrator, unit=unit, host=province.bodies[base.code], on=on)


def _add_unions(province: Province, staff: Staff, basis: Basis) -> None:
    """A trade union of the bloc with a few base unions, each with its chair; the upper one works for all."""
    upper = _seedling("CĐK", f"Công đoàn Viên chức tỉnh {NAME}", UnitKind.UNION_UPPER, province.bloc.pk, basis)
    led = [base for base in province.bases if base.code in province.bodies][:UNIONS]
    lower = [
        _seedling(f"CĐ.{base.code}", f"Công đoàn {base.host.name}", UnitKind.UNION_BASE, upper.code, basis)
        for base in led
    ]
    ids = add_units(actor=staff.administrator, seedlings=[upper, *lower], basis=basis)
    units = {code: Unit.objects.get(pk=pk) for code, pk in ids.items()}
    heads = {code: _head(unit, PositionTitle.CHAIR, staff, basis.effective_on) for code, unit in units.items()}
    grant_role(
        actor=staff.administrator,
        person=heads[upper.code],
        role=Role.UNIT_SECRETARY,
        unit=units[upper.code],
        term=Term(basis.effective_on, legal_basis=BASIS),
    )
    for base in led:
        _settle_in(units[f"CĐ.{base.code}"], base, province, staff, basis.effective_on)


def _head(unit: Unit, title: PositionTitle, staff: Staff, on: date) -> Person:
    term, name = Term(on, legal_basis=BASIS), staff.names.name()
    return add_person(actor=staff.administrator, unit=unit, full_name=name, title=title, term=term).person


def _seedling(code: str, name: str, kind: UnitKind, parent: str | int | None, basis: Basis) -> Seedling:
    return Seedling(code, name, name[:80], kind, parent, basis.effective_on, legal_basis=BASIS)


def save_groups(province: Province, staff: Staff) -> None:
    """The bloc's own groups of addressees: the board of its youth union, and the base units of each sector."""
    bloc, administrator = province.bloc, staff.administrator
    board = Selection("Ban Thường vụ Đoàn Khối", units=[province.youth])
    save_group(actor=administrator, group=None, owner=bloc, selection=board)
    for sector, name in SECTOR_NAMES.items():
        if units := [base.unit for base in province.bases if base.host.sector == sector]:
            words = f"Các tổ chức cơ sở đảng {name[0].lower()}{name[1:]}"
            save_group(actor=administrator, group=None, owner=bloc, selection=Selection(name, words, units=units))
