"""Help offered in the months lived: once answered by a unit, once waiting for the one that visitors sign in to."""

from __future__ import annotations

from dataclasses import dataclass

from demo.changes import Change
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.offering import offer_help, take_help_step
from motbuoc.domains.work.states import OWED
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import BUILT_IN

OFFER = "Ban có thể cử đồng chí theo dõi khối xuống cùng đơn vị chuẩn bị, và gửi mẫu hồ sơ nếu đơn vị cần."
NEED = "Đơn vị cần mẫu biên bản và một đồng chí hướng dẫn trong buổi đầu."


@dataclass
class Helping:
    """The offers, each on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first; workdays counted from the day of the dispatch."""
        acts = {150: self.answered, 166: self.waiting}
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    def answered(self) -> str:
        """The second unit is offered help, and says what it needs."""
        unit = self.province.bases[1].unit
        if task := self._task(unit):
            offer = offer_help(actor=self.staff.officers[0], assignment=task, words=OFFER)
            secretary = self.staff.secretaries[unit.pk]
            take_help_step(actor=secretary, offer=offer, version=offer.version, name="want_help", text=NEED)
        return "help offered and wanted"

    def waiting(self) -> str:
        """The first is offered help, and has not answered."""
        if task := self._task(self.province.bases[0].unit):
            offer_help(actor=self.staff.officers[0], assignment=task, words=OFFER)
        return "help offered"

    def _task(self, unit: Unit) -> Assignment | None:
        """What the unit owes the department and is due first."""
        owed = Assignment.objects.filter(unit=unit, state__in=OWED, document__unit=self.province.bloc)
        plain = owed.filter(document__classification=Classification.NORMAL, due_on__isnull=False)
        return plain.order_by("due_on", "pk").first()
