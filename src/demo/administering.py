"""An administrator's days: a term that ends, a stand-in, invitations; and an inspector's looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from demo.changes import CONVERTED, MERGED, Change
from demo.living import Actor
from demo.people import Staff
from demo.province import BaseUnit, Province
from demo.timetable import Timetable
from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.recounting import recount
from motbuoc.foundation.administration.inspections import LIST, Look, note_look
from motbuoc.foundation.administration.invitations import accept_invitation, invite_person, withdraw_invitation
from motbuoc.foundation.administration.services import Term, end_grant, end_position, let_stand_in
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.workdays.calendar import BUILT_IN
from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.planning import plan_confirmation, plan_day
from motbuoc.foundation.workdays.services import save_year

AWAY = timedelta(days=45)  # how long the stand-in lasts: beyond the day a visitor comes

A_LOOK = timedelta(minutes=3)


@dataclass
class Administering:
    """The acts on people and the looks at their work, each on its day."""

    province: Province
    staff: Staff
    actors: dict[int, Actor]
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first; workdays counted from the day of the dispatch."""
        acts = {
            1: self.confirm_year,
            60: self.swap_days,
            70: self.look,
            140: self.end_term,
            150: self.look,
            155: self.invite,
            160: self.leave,
        }
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    def confirm_year(self) -> str:
        """The working days of the year are confirmed as they are proposed."""
        plan = plan_confirmation(self.days.start.year, "Thông báo số 01-TB (số liệu dùng thử)")
        recount(save_year(actor=self.staff.administrator, plan=plan).pk)
        return f"confirmed: {plan.year}"

    def swap_days(self) -> str:
        """The last weekday of the year is off in exchange for the Saturday before it."""
        off = BUILT_IN.roll_back(date(self.days.start.year, 12, 31))
        worked, basis = off - timedelta(days=off.weekday() + 2), "Công văn số 77-CV (số liệu dùng thử)"
        for day, kind, name in (
            (off, DayKind.SWAPPED_OFF, f"Nghỉ hoán đổi với ngày {worked:%d/%m}"),
            (worked, DayKind.SWAPPED_WORK, f"Làm bù cho ngày {off:%d/%m}"),
        ):
            recount(save_year(actor=self.staff.administrator, plan=plan_day(day, kind, name, basis)).pk)
        return f"swapped: {off} with {worked}"

    def end_term(self) -> str:
        """A secretary's term ends and nobody has followed: the deputy, next in line, works on."""
        if not (base := self._without_events()):
            return ""
        person, on = self.staff.secretaries[base.unit.pk], clock.today()
        for position in person.positions.filter(unit=base.unit):
            end_position(actor=self.staff.administrator, position=position, on=on)
        for grant in person.grants.filter(unit=base.unit):
            end_grant(actor=self.staff.administrator, grant=grant, on=on)
        self.actors[base.unit.pk].secretary = self.staff.deputies[base.unit.pk]
        return f"vacant: {base.name}"

    def leave(self) -> str:
        """The secretary of the second base unit lets a member of its committee stand in."""
        unit = self.province.bases[1].unit
        position = Position.objects.get(unit=unit, title=PositionTitle.SECRETARY)
        member = Position.objects.filter(unit=unit, title=PositionTitle.MEMBER).order_by("pk").last()
        assert member
        today, words = clock.today(), "Giấy ủy quyền số 02-GUQ (số liệu dùng thử)"
        term = Term(today, today + AWAY, words)
        let_stand_in(actor=position.person, position=position, person=member.person, term=term)
        return f"stands in: {self.province.bases[1].name}"

    def invite(self) -> str:
        """Secretaries of cells are invited: one came, one code was taken back, one still waits."""
        admin = self.staff.administrator
        cells = [cell for base in self.province.bases for cell in base.cells][-3:]
        came, late, waits = (Position.objects.get(unit=cell).person for cell in cells)
        code = invite_person(actor=admin, person=came).code
        accept_invitation(code=code, username="bithu.chibo", password=settings.DEMO_PASSWORD)
        invite_person(actor=admin, person=late)
        withdraw_invitation(actor=admin, person=late)
        invite_person(actor=admin, person=waits)
        return "invited: 3"

    def look(self) -> str:
        """The inspector looks at lists, at the dispatch and at the work of the unit that visitors sign in to."""
        inspector: Person = self.staff.inspector
        looks, begun = list(self._looks()), clock.now()
        for number, (look, page) in enumerate(looks):
            with clock.living_at(begun + number * A_LOOK):
                note_look(inspector, look, page)
        return f"looks: {len(looks)}"

    def _looks(self) -> Iterator[tuple[Look, str]]:
        unit, document = self.province.bases[0].unit, Document.objects.get(code="38-CV/ĐUK")
        yield Look(LIST, 0, None), "inbox"
        yield Look("document", document.pk, document.unit_id), "board"
        yield Look("unit", unit.pk, unit.pk), "unit_detail"
        for pk in Assignment.objects.filter(unit=unit).order_by("pk").values_list("pk", flat=True)[:4]:
            yield Look("assignment", pk, unit.pk), "assignment_detail"

    def _without_events(self) -> BaseUnit | None:
        """The last base unit to which nothing else happens; the first two are what a visitor sees first."""
        found = [b for b in self.province.bases[2:] if b.host.name not in (CONVERTED, *MERGED)]
        return found[-1] if found else None
