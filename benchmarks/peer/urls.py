"""The product's pages, and beside them: `/bare/`, 20 rows plainly shown; `/bare-cell/`, one updated;
`/added-up/`, figures of one month by a query written by hand; `/admin/`, Django's own.
"""

from datetime import date
from decimal import Decimal
from secrets import token_bytes, token_hex
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.ledger.submitted import ReportingPeriod, Value
from motbuoc.domains.work.models import Assignment

ROWS = 20


def bare(request: HttpRequest) -> HttpResponse:
    """20 rows with a join: session, user, one query, one short template."""
    rows = Assignment.objects.select_related("duty", "document").order_by("pk")[:ROWS]
    return render(request, "bare.html", {"rows": rows})


# SQLite reads a cross join from left to right: the facts of the period first, which is more than twice as quick.
ADDED_UP = """
    select indicator_id, category_id, sum(amount), count(*), sum(case when is_estimate then 1 else 0 end)
    from motbuoc_fact fact cross join motbuoc_unitclosure tie on tie.descendant_id = fact.unit_id
    where tie.ancestor_id = %s and tie.valid_from <= %s and (tie.valid_until is null or tie.valid_until > %s)
    and fact.period_id = %s and fact.known_until is null
    group by indicator_id, category_id"""


def added_up(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """The figures of a month of a unit with all below it, as bare numbers; nobody is asked who they are."""
    day = ReportingPeriod.objects.values_list("cutoff_on", flat=True).get(pk=period)
    with connection.cursor() as cursor:
        cursor.execute(ADDED_UP, [unit, day, day, period])
        rows = cursor.fetchall()
    return HttpResponse("\n".join(map(str, rows)))


def bare_cell(request: HttpRequest) -> HttpResponse:
    """One cell of a form updated and nothing else: session, user, one statement in a transaction of its own."""
    with transaction.atomic():
        Value.objects.filter(pk=request.POST["row"]).update(amount=Decimal(request.POST["amount"]))
    return HttpResponse("ok")


@login_not_required
def bare_insert(request: HttpRequest) -> HttpResponse:
    """One row written and a short template drawn: the same middleware, nothing looked at."""
    with transaction.atomic():
        made = Question.objects.create(
            dialogue_id=int(request.POST["dialogue"]),
            number=1_000_000 + int.from_bytes(token_bytes(4)) % 2_000_000_000,
            text=request.POST["text"],
            origin="before",
            channel="link",
            asked_on=date.today(),  # noqa: DTZ011 - plainly
            receipt=token_hex(32),
            unit_id=int(request.POST["unit"]),
        )
    return render(request, "bare.html", {"rows": [], "made": made})


class OpenAdmin(admin.AdminSite):
    """Django's admin, open to whoever is signed in: its own permission queries are not counted against it."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Anybody."""
        return True


class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """The same 20 rows."""

    list_display = ("duty", "document", "unit", "state", "due_on")
    list_select_related = ("duty", "document", "unit")
    list_per_page = ROWS
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Anybody."""
        return True

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Anybody."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Anybody."""
        return True


site = OpenAdmin()
site.register(Assignment, AssignmentAdmin)

urlpatterns = [
    path("bare/", bare),
    path("added-up/<int:period>/<int:unit>/", added_up),
    path("bare-cell/", bare_cell),
    path("bare-insert/", bare_insert),
    path("admin/", site.urls),
    path("", include("config.urls")),
]
