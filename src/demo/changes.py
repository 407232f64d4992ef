"""What was done to the bloc's units in the months lived, each on its day, with those who go on working."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from demo.living import Actor, pass_on
from demo.people import Staff
from demo.province import BaseUnit, Province
from demo.surroundings import SCHEME
from demo.timetable import Timetable
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.services import Term, add_person, appoint, grant_role
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis, NewUnit
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.services import convert_unit, create_unit, merge_units, rename_unit
from motbuoc.foundation.reorganisation.succession import Kept
from motbuoc.foundation.reorganisation.ties import add_identifier
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import BUILT_IN

RENAMED, RENAMED_TO = "Bệnh viện Đa khoa Sông Mây", "Bệnh viện Đa khoa Trung tâm Sông Mây"
CONVERTED, NEW_CELLS = "Sở Tư pháp", ("Văn phòng", "Phòng Nghiệp vụ")
MERGED, MERGED_INTO, MERGED_CODE = ("Bảo tàng Sông Mây", "Thư viện tỉnh"), "Bảo tàng - Thư viện Sông Mây", "BTTVSM"
BODY = "Tổ công tác chuẩn bị tổng kết công tác dân vận"


@dataclass(frozen=True)
class Change:
    """Something done on a day, and the words that say so."""

    day: date
    act: Callable[[], str]


@dataclass
class Changing:
    """The acts on units. What a small province does not have is left out."""

    province: Province
    staff: Staff
    actors: dict[int, Actor]
    days: Timetable

    def planned(self) -> list[Change]:
        """Every change with its day, the first first; workdays counted from the day of the dispatch."""
        acts = {40: self.rename, 60: self.convert, 95: self.merge, 130: self.form_body}
        return [Change(self._day(count), act) for count, act in acts.items()]

    def rename(self) -> str:
        """The Party unit of a hospital follows the hospital's new name."""
        if not (base := self._of(RENAMED)):
            return ""
        basis = self._basis(40, "21-QĐ/ĐUK")
        for unit, name in ((base.unit, f"Đảng bộ {RENAMED_TO}"), (self.province.bodies[base.code], RENAMED_TO)):
            rename_unit(
                actor=self.staff.administrator, unit=unit, basis=basis, name=name, short_name=RENAMED_TO[:80]
            )
        return f"renamed: {RENAMED_TO}"

    def convert(self) -> str:
        """A base cell that has grown becomes a base organisation, with cells of its own."""
        if not (base := self._of(CONVERTED)):
            return ""
        admin, basis = self.staff.administrator, self._basis(60, "27-QĐ/ĐUK")
        convert_unit(actor=admin, unit=base.unit, basis=basis, kind=UnitKind.PARTY_BASE_ORG)
        rename_unit(
            actor=admin, unit=base.unit, basis=basis, name=f"Đảng bộ {CONVERTED}", short_name=base.host.name
        )
        for number, part in enumerate(NEW_CELLS, 1):
            short = f"Chi bộ {part} ({base.code})"
            new = NewUnit(
                f"Chi bộ {part} - {CONVERTED}", short, f"{base.code}.{number}", UnitKind.PARTY_CELL, base.unit
            )
            cell = create_unit(actor=admin, new=new, basis=basis).units.get()
            add_person(
                actor=admin,
                unit=cell,
                full_name=self.staff.names.name(),
                title=PositionTitle.SECRETARY,
                term=Term(basis.effective_on, legal_basis=basis.legal_basis),
            )
        return f"converted: {CONVERTED}"

    def merge(self) -> str:
        """Two base cells become one: the first one's leadership goes on, with the other's secretary as deputy."""
        first, second = (self._of(name) for name in MERGED)
        if not (first and second):
            return ""
        basis = self._basis(95, "33-QĐ/ĐUK")
        name = f"Chi bộ {MERGED_INTO}"
        new = NewUnit(name, MERGED_INTO, MERGED_CODE, UnitKind.PARTY_BASE_CELL, self.province.bloc)
        made = merge_units(
            actor=self.staff.administrator,
            units=[first.unit, second.unit],
            into=new,
            basis=basis,
            kept=self._kept(first, second),
        )
        self._go_on(made, first, second, basis)
        return f"merged: {MERGED_INTO}"

    def form_body(self) -> str:
        """A temporary body under the bloc, with an end, led by the heads of two departments."""
        admin, basis = self.staff.administrator, self._basis(130, "41-QĐ/ĐUK")
        until = self.days.until + timedelta(days=60)
        new = NewUnit(BODY, BODY, "TCT-DV", UnitKind.TASK_BODY, self.province.bloc, valid_until=until)
        body = create_unit(actor=admin, new=new, basis=basis).units.get()
        term = Term(basis.effective_on, until, basis.legal_basis)
        for code, title in (("BTG", PositionTitle.HEAD), ("UBKT", PositionTitle.DEPUTY_HEAD)):
            person = self.staff.secretaries[self.province.departments[code].pk]
            appoint(actor=admin, person=person, unit=body, title=title, term=term)
            if title == PositionTitle.HEAD:
                grant_role(actor=admin, person=person, role=Role.UNIT_SECRETARY, unit=body, term=term)
        return f"formed: {BODY}"

    def _go_on(self, made: Reorganisation, first: BaseUnit, second: BaseUnit, basis: Basis) -> None:
        """Who works for the merged unit, and from which versions of the assignments it was handed."""
        admin, term = self.staff.administrator, Term(basis.effective_on, legal_basis=basis.legal_basis)
        target = Unit.objects.get(pk=made.lineage.values_list("successor", flat=True)[0])
        secretary, deputy = (self.staff.secretaries[base.unit.pk] for base in (first, second))
        appoint(actor=admin, person=deputy, unit=target, title=PositionTitle.DEPUTY_SECRETARY, term=term)
        add_identifier(actor=admin, unit=target, scheme=SCHEME, value="SM.38.901", on=basis.effective_on)
        given = {pk for row in made.handed_over if row["what"] == "assignments" for pk in row["ids"]}
        for base in (first, second):
            pass_on(self.actors[base.unit.pk], given, secretary, deputy)

    def _kept(self, first: BaseUnit, second: BaseUnit) -> Kept:
        """All of the first unit; of the second its members, and the role of its secretary beside theirs."""
        leaving: Person = self.staff.deputies[second.unit.pk]
        positions = Position.objects.filter(unit__in=[first.unit, second.unit])
        ended = positions.filter(unit=second.unit).exclude(title=PositionTitle.MEMBER)
        grants = Grant.objects.filter(unit__in=[first.unit, second.unit]).exclude(person=leaving)
        return Kept(
            positions=list(positions.exclude(pk__in=ended).values_list("pk", flat=True)),
            grants=list(grants.values_list("pk", flat=True)),
        )

    def _of(self, host: str) -> BaseUnit | None:
        return next((base for base in self.province.bases if base.host.name == host), None)

    def _day(self, count: int) -> date:
        return BUILT_IN.add_workdays(self.days.start, count)

    def _basis(self, count: int, number: str) -> Basis:
        """An invented decision, of two workdays before it takes effect."""
        signed = BUILT_IN.add_workdays(self.days.start, count - 2)
        return Basis(self._day(count), f"Quyết định số {number} ngày {signed:%d/%m/%Y} (số liệu dùng thử)")
