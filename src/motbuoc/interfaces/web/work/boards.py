"""The pages of directives: the list with their number lines, and the board of one."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.selectors import may_urge
from motbuoc.domains.reporting.periods import default_period
from motbuoc.domains.reporting.selectors import may_report
from motbuoc.domains.work.board import Totals
from motbuoc.domains.work.models import Issuing
from motbuoc.domains.work.selectors import directives_for, issuing_of
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.board_sheet import SHORT, column_words
from motbuoc.interfaces.web.forms import asked_of, drawn
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.templatetags import signs
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.board_html import Links, groups_of, rows_of
from motbuoc.interfaces.web.work.board_views import Looked, looked_at
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
    looked = looked_at(request, document)
    reading, whole = looked.reading, looked.whole
    rows: Any = looked  # which counts and cuts as a list does
    page = Paginator(rows, BOARD_ROWS).get_page(request.GET.get("page"))
    inbox = f"{reverse('inbox')}?tab=all&directive={pk}"
    context = {
        "document": document,
        "issuing": _issuing_shown(viewer, document),
        "fields": drawn(BoardFilter, asked_of(BoardFilter, request.GET), get_language() or "", looked.items),
        "totals": whole.totals,
        "inbox": inbox,
        "waiting_inbox": f"{reverse('inbox')}?tab=waiting&directive={pk}",
        "late_inbox": f"{inbox}&lateness={Lateness.OVERDUE.value}",
        "columns": [
            (column_words(document, column), total)
            for column, total in zip(reading.columns, reading.column_totals, strict=True)
        ],
        "new_inbox": f"{inbox}&state={AssignmentState.ASSIGNED.value}",
        "unit_count": reading.unit_count,
        "all_units": whole.unit_count,
        "page": page,
        "body": _body(request, list(page), inbox, reading.view.level),
        "is_grouped": reading.view.level > 0,
        "way": [(unit, f"?{_with(request.GET, under=unit.pk, level=None, page=None)}") for unit in looked.way],
        "tabs": _tabs(looked, request.GET),
        "query": _with(request.GET, page=None),
        "shown": reading.totals,
        "legend": _legend(get_language() or ""),
        "period": default_period(document, clock.today()),
        "may_report": may_report(viewer, document),
        "urge": _urging(request, document) if reading.totals.overdue else "",
    }
    return render(request, "work/board.html", context)


def _urging(request: ViewerRequest, document: Document) -> str:
    """Where the letter to the late units on the board is written, for who may write it."""
    if not may_urge(request.viewer, document.unit_id):
        return ""
    asked = {"directive": document.pk, "item": request.GET.get("item"), "under": request.GET.get("under")}
    asked["called"] = request.GET.get("words")
    return f"{reverse('urging_draft')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _body(request: ViewerRequest, rows: list[Any], inbox: str, level: int) -> SafeString:
    """The rows as HTML; the name of a unit with others below it opens the board of these."""
    links = Links(
        assignment=reverse("assignment_detail", args=[0]).removesuffix("0/"),
        inbox=inbox,
        board=f"{request.path}?{_with(request.GET, under=None, level=None, words=None, page=None)}",
    )
    return groups_of(rows, links) if level else rows_of(rows, links)


def _tabs(looked: Looked, asked: QueryDict) -> list[tuple[str, str, bool]]:
    """The levels to look at: label, address and whether it is the one; none where there is but one."""
    steps = [level.steps for level in looked.reading.levels[:-1]]
    if not steps:
        return []
    named = [(_("Level %(number)s") % {"number": number}, number) for number in steps]
    return [
        (label, f"?{_with(asked, level=number, page=None)}", number == looked.reading.view.level)
        for label, number in [*named, (_("Each unit"), 0)]
    ]


def _with(asked: QueryDict, **changes: Any) -> str:
    """The address's question with some values changed; None takes one away."""
    changed = asked.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return changed.urlencode()


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
