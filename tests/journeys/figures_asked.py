"""`python -m tests.journeys.figures_asked LINES PARTS`: on a demo, one base unit is asked for figures.

Prints the id of that unit's report. A form of LINES indicators, all but the first four broken down into PARTS.
"""

from __future__ import annotations

import os
import sys
from datetime import date


def main(lines: int, parts: int) -> int:
    """Ask the unit of the demo's secretary, and give the id of its report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # after the settings are named

    django.setup()
    from motbuoc.domains.ledger.choices import Comparison, PeriodCycle
    from motbuoc.domains.ledger.defining import Definition, define_breakdown, define_indicator
    from motbuoc.domains.ledger.forming import make_form, put_box, put_check, put_field, use_form
    from motbuoc.domains.ledger.models import ReportForm
    from motbuoc.domains.ledger.periods import Span
    from motbuoc.domains.ledger.scheduling import Terms, make_schedule, open_period
    from motbuoc.foundation.access.models import Grant
    from motbuoc.foundation.access.roles import Role
    from motbuoc.foundation.core import clock
    from motbuoc.foundation.people.models import Account

    officer = Account.objects.get(username="chuyenvien").person
    secretary = Account.objects.get(username="bithu").person
    asker = Grant.objects.get(person=officer, role=Role.DEPARTMENT_OFFICER).unit
    unit = Grant.objects.get(person=secretary, role=Role.UNIT_SECRETARY).unit
    began = date(2020, 1, 1)
    broken = define_breakdown(
        actor=officer,
        unit_id=asker.pk,
        code=f"thu{lines}",
        name="Phân tổ",
        categories=[f"Phần {n + 1}" for n in range(parts)],
    )
    form = make_form(actor=officer, unit_id=asker.pk, code=f"THU-{lines}", name="Kết quả công tác dân vận")
    fields = []
    for number in range(lines):
        what = Definition(
            f"thu{lines}-{number}",
            ("Câu hỏi, kiến nghị", "Trả lời tại chỗ", "Nhiệm vụ hoàn thành")[number]
            if number < 3
            else f"Chỉ tiêu thử {number + 1}",
            "Đếm mỗi việc một lần.",
            item="2",
            breakdown_id=None if number < 4 else broken.pk,
            counter="work.done" if number == 2 else "",
        )
        indicator = define_indicator(actor=officer, unit_id=asker.pk, what=what, valid_from=began)
        version = ReportForm.objects.get(pk=form.pk).version
        fields.append(
            put_field(actor=officer, form=form, version=version, indicator=indicator, is_broken_down=number > 3)
        )
    share = Definition(
        f"thu{lines}-ty",
        "Tỷ lệ trả lời",
        numerator_id=fields[1].indicator_id,
        denominator_id=fields[0].indicator_id,
    )
    define_indicator(actor=officer, unit_id=asker.pk, what=share, valid_from=began)

    def version() -> int:
        return ReportForm.objects.get(pk=form.pk).version

    put_box(actor=officer, form=form, version=version(), title="Tình hình nổi bật", item="2")
    more = {"comparison": Comparison.AT_MOST, "others": [fields[0]]}
    put_check(actor=officer, form=form, version=version(), field=fields[1], **more)
    form = use_form(actor=officer, form=form, version=version())
    terms = Terms(f"Báo cáo thử {lines}", PeriodCycle.MONTH, due_days=(10,))
    schedule = make_schedule(actor=officer, unit_id=asker.pk, form=form, terms=terms, units=[unit])
    today = clock.today()
    period = open_period(actor=officer, schedule=schedule, span=Span(today.replace(day=1), today))
    return int(period.submissions.get().pk)


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
