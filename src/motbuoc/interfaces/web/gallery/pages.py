"""The gallery: every component in the states it can be in, on one page, in the demo and in development only."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.gallery.forms import SampleForm
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.templatetags.signs import STATES

SAMPLE_MOMENT = datetime(2026, 3, 5, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@require_GET
@own_things("invented samples of the components, in the demo and in development only")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components; 404 outside the demo and development."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    wrong = SampleForm({"subject": "", "due_on": "31/02/2026", "version": "1"}, auto_id="wrong_%s")
    wrong.add_error(None, "Tệp trống. Hãy mở lại tệp trên máy, kiểm tra rồi gửi lại.")
    return render(
        request,
        "gallery/gallery.html",
        {
            "states": list(STATES),
            "late": [choice.value for choice in Lateness if choice],
            "rows": _rows(),
            "form": SampleForm(initial={"version": 1, "support": ["1", "3", "4"]}),
            "wrong": wrong,
            "narrow": SampleForm(auto_id="narrow_%s"),
            "page": Paginator(range(230), 20).get_page(request.GET.get("page")),
            "moment": SAMPLE_MOMENT,
            "history_lines": _lines(),
        },
    )


def _lines() -> list[HistoryLine]:
    """A line as it was written, and one whose personal values were erased since."""
    actor = Person(full_name="Lê Thử Ban")
    kept = HistoryLine(action="confirm_document", at=SAMPLE_MOMENT, actor=actor)
    return [kept, HistoryLine(action="grant_role", at=SAMPLE_MOMENT, actor=actor, personal_digest="0" * 64)]


def _rows() -> list[dict[str, object]]:
    names = ("Chi bộ Sở Ánh Dương", "Đảng bộ Công ty Bình Minh", "Đảng bộ Trường Cao đẳng Mẫu", "Đoàn Khối Mẫu")
    states = list(AssignmentState)
    return [
        {
            "name": name,
            "what": "Tổ chức hội nghị quán triệt trong quý II",
            "due": SAMPLE_MOMENT.date(),
            "state": states[(index * 2 + 1) % len(states)].value,
            "lateness": (Lateness.OVERDUE, Lateness.NONE, Lateness.SOON, Lateness.QUIET)[index].value,
            "share": (35, 100, 60, 0)[index],
            "cells": [
                {"state": states[(index + place) % len(states)].value, "late": (index * 3 + place) % 7 == 0}
                for place in range(7)
            ],
        }
        for index, name in enumerate(names)
    ]
