"""The early signs of a period as a file, in the words of the page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.ahead import Sign
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.units.models import UnitOn
from motbuoc.interfaces.papers.board_sheet import EXCEL
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.sheets import Sheet, as_csv, as_excel, mark_of

KINDS = ("xlsx", "csv")


def signs_download(period: ReportingPeriod, unit: UnitOn, signs: Sequence[Sign], kind: str) -> HttpResponseBase:
    """The signs below a unit, as a download of one of `KINDS`."""
    sheet = Sheet(
        title=f"{_('Early signs')}. {period.label}. {unit.name}",
        note=_(
            "Figures unlike all that the unit reported before. There may be a good reason: ask before judging."
        ),
        headings=[
            _("Unit"),
            _("Indicator"),
            period.label,
            _("Usually"),
            _("Smallest before"),
            _("Largest before"),
            _("Periods before"),
            _("Note of the unit"),
        ],
        rows=[
            [
                sign.unit_name,
                sign.jump.indicator.name,
                figure_words(sign.jump.indicator, sign.jump.amount),
                figure_words(sign.jump.indicator, sign.jump.middle),
                figure_words(sign.jump.indicator, sign.jump.smallest),
                figure_words(sign.jump.indicator, sign.jump.largest),
                sign.jump.count,
                sign.note,
            ]
            for sign in signs
        ],
        mark=mark_of(period.document.classification),
    )
    name = f"dau-hieu-som-{period.end:%Y-%m-%d}-{unit.pk}.{kind}"
    if kind == "xlsx":
        return FileResponse(BytesIO(as_excel(sheet)), as_attachment=True, filename=name, content_type=EXCEL)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(as_csv(sheet)), content_type="text/csv; charset=utf-8", headers=disposition)
