"""The pages of directives: the list with their number lines, and the board of one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.reporting.periods import default_period
from motbuoc.domains.reporting.selectors import may_report, title_of
from motbuoc.domains.work.board import Totals, narrowed
from motbuoc.domains.work.models import Issuing
from motbuoc.domains.work.selectors import board_for, directives_for, issuing_of, totals_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.forms import drawn
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.templatetags import signs
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.board_html import SHORT, Links, rows_of
from motbuoc.interfaces.web.work.forms import BoardFilter

PAGE_SIZE = 20
BOARD_ROWS = 100  # units on a page of the board: with twenty items about 400 kB
NO_TOTALS = Totals()


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT)
def directive_list(request: ViewerRequest) -> HttpResponse:
    """The directives issued, each with its number line."""
    page = Paginator(directives_for(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": number_lines(request.viewer, page)}
    return render(request, "work/directive_list.html", context)


def number_lines(viewer: Person, documents: Any) -> list[dict[str, Any]]:
    """Each directive with its totals in the viewer's reach, and whether the board is for the viewer."""
    documents = list(documents)
    totals = totals_for(viewer, documents)
    sees_board = policy.may(viewer, Action.VIEW_BOARD)
    return [
        {"document": document, "totals": totals.get(document.pk, NO_TOTALS), "sees_board": sees_board}
        for document in documents
    ]


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT, do=Action.VIEW_BOARD)
def board(request: ViewerRequest, pk: int) -> HttpResponse:
    """Provisions across, units down: a directive's whole life in one glance."""
    viewer = request.viewer
    document = get_object_or_404(directives_for(viewer).defer(None).defer("reading"), pk=pk)
    looks_at(request, "document", pk, document.unit_id)
    whole = board_for(viewer, document)
    form = BoardFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    words, late_only = asked.get("words", ""), asked.get("late", False)
    shown = narrowed(whole, words=words, late_only=late_only) if words or late_only else whole
    page = Paginator(shown.rows, BOARD_ROWS).get_page(request.GET.get("page"))
    inbox = f"{reverse('inbox')}?tab=all&directive={pk}"
    links = Links(assignment=reverse("assignment_detail", args=[0]).removesuffix("0/"), inbox=inbox)
    start, end = default_period(document, clock.today())
    context = {
        "document": document,
        "issuing": _issuing_shown(viewer, document),
        "fields": drawn(BoardFilter, tuple(request.GET.items()), get_language() or ""),
        "totals": whole.totals,
        "inbox": inbox,
        "waiting_inbox": f"{reverse('inbox')}?tab=waiting&directive={pk}",
        "late_inbox": f"{inbox}&lateness={Lateness.OVERDUE.value}",
        "columns": list(zip((_column(document, p) for p in shown.columns), shown.column_totals, strict=True)),
        "new_inbox": f"{inbox}&state={AssignmentState.ASSIGNED.value}",
        "row_count": len(shown.rows),
        "all_rows": len(whole.rows),
        "page": page,
        "body": rows_of(replace(shown, rows=list(page)), links),
        "shown": shown.totals,
        "legend": _legend(get_language() or ""),
        "period": (start, end),
        "may_report": may_report(viewer, document),
    }
    return render(request, "work/board.html", context)


def _issuing_shown(viewer: Person, document: Document) -> Issuing | None:
    """How far the directive is on its way, for who may issue it; few are, so the right is asked last."""
    issuing = issuing_of(document)
    if issuing is None or issuing.is_over:
        return None
    return issuing if policy.may_on(viewer, Action.ISSUE_DIRECTIVE, document.unit_id) else None


@cache
def _legend(_language: str) -> list[SafeString]:
    """Every state and every lateness that a cell may show."""
    return [signs.badge(sign) for sign in (*(signs.STATES[state] for state in SHORT), *signs.LATENESS.values())]


def _column(document: Document, provision: Provision | None) -> dict[str, str]:
    """A column's number, its title in a few words, and its own words."""
    if provision is None:
        return {"number": "", "title": _("Outside the items"), "words": ""}
    words = document.text[provision.start : provision.end].strip()
    return {
        "number": provision.number,
        "title": provision.heading or title_of(words, provision.number),
        "words": words,
    }
