"""What one was told: read, unread, and back."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from motbuoc.foundation.notices.selectors import notices_of
from motbuoc.foundation.notices.services import mark_read, mark_unread
from motbuoc.foundation.notices.telling import lines_for
from motbuoc.interfaces.papers.links import path_of
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest, news_of

ON_A_PAGE = 30
MOST_DIGITS = 15  # of an id or a number typed into an address


@require_safe
@own_things("what the viewer was told")
def notice_list(request: ViewerRequest) -> HttpResponse:
    """The viewer's notices, the newest first, each leading to what it is about."""
    unread_only = request.GET.get("tab") != "all"
    notices = notices_of(request.viewer, unread_only=unread_only)
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (line, path_of(line.notice.object_type, line.notice.object_id) if line.told else "")
        for line in lines_for(request.viewer, page.object_list)
    ]
    context = {
        "page": page,
        "lines": lines,
        "unread_only": unread_only,
        "unread_now": news_of(request)[1],
        "undo": _moment(request.GET.get("undo", "")),
    }
    return render(request, "notices/notice_list.html", context)


@require_POST
@own_things("marks what the viewer was told")
def notice_read(request: ViewerRequest) -> HttpResponse:
    """Mark one notice as read, or all of them; the list then offers to take it back."""
    moment = mark_read(actor=request.viewer, pk=_number(request.POST.get("notice", "")))
    return _to_list(request, undo=moment.isoformat())


@require_POST
@own_things("marks what the viewer was told")
def notice_unread(request: ViewerRequest) -> HttpResponse:
    """Take back what was marked as read, one notice or all of a moment."""
    moment = _moment(request.POST.get("moment", ""))
    pk = _number(request.POST.get("notice", ""))
    if pk or moment:
        mark_unread(actor=request.viewer, moment=moment, pk=pk)
    return _to_list(request)


def _to_list(request: ViewerRequest, **question: str) -> HttpResponse:
    if request.POST.get("tab") == "all":
        question = {"tab": "all"} | question
    return redirect(f"{reverse('notice_list')}?{urlencode(question)}" if question else reverse("notice_list"))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else None


def _moment(typed: str) -> datetime | None:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
