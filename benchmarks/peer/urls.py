"""The product's pages, and beside them: `/bare/`, 20 rows plainly shown; `/admin/`, Django's own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from motbuoc.domains.work.models import Assignment

ROWS = 20


def bare(request: HttpRequest) -> HttpResponse:
    """20 rows with a join: session, user, one query, one short template."""
    rows = Assignment.objects.select_related("duty", "document").order_by("pk")[:ROWS]
    return render(request, "bare.html", {"rows": rows})


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

urlpatterns = [path("bare/", bare), path("admin/", site.urls), path("", include("config.urls"))]
