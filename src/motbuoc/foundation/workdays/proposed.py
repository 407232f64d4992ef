"""What the public holidays of a year are likely to be, before anybody has confirmed them.

Computed by the library `holidays` (country VN) from Bộ luật Lao động 2019 (45/2019/QH14): article 112 clause 1
lists the days, article 111 clause 3 gives a day off in lieu where one falls on a weekend. Which five days are Tết,
which of 1 and 3 September goes with National Day, and which working days are swapped, the Prime Minister decides
every year (article 112 clause 3): the library knows some of these decisions, for other years it proposes by habit.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

from motbuoc.foundation.workdays.models import DayKind

HOLIDAYS = "Bộ luật Lao động 2019, Điều 112"
EARLIER_HOLIDAYS = "Bộ luật Lao động 2012, Điều 115"  # in force until the end of 2020
IN_LIEU = "Bộ luật Lao động 2019, Điều 111 khoản 3"
CULTURE_DAY = "Nghị quyết số 80-NQ/TW"
SWAP = "Thông báo hoán đổi ngày làm việc năm {year}"
Told = tuple[str, str, str]


@lru_cache(maxsize=512)
def proposed_days(year: int) -> MappingProxyType[date, Told]:
    """Kind, name and legal basis of each day of the year that is not what its weekday says."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    days: dict[date, Told] = {day: _told(name, year) for day, name in found.items() if day.year == year}
    for day in found.weekend_workdays:
        if day.year == year:
            days[day] = (DayKind.SWAPPED_WORK.value, "Ngày làm việc bù", SWAP.format(year=year))
    return MappingProxyType(dict(sorted(days.items())))


def _told(name: str, year: int) -> Told:
    if name.startswith("Ngày nghỉ (thay"):
        return DayKind.SWAPPED_OFF.value, name, SWAP.format(year=year)
    if "nghỉ bù" in name:
        return DayKind.SUBSTITUTE.value, name, IN_LIEU
    if "Văn hóa" in name:
        return DayKind.HOLIDAY.value, name, CULTURE_DAY
    return DayKind.HOLIDAY.value, name, HOLIDAYS if year > 2020 else EARLIER_HOLIDAYS
