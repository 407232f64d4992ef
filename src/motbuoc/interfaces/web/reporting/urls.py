"""Addresses of the pages of reports."""

from django.urls import path

from motbuoc.interfaces.web.reporting import pages

urlpatterns = [
    path("", pages.report_list, name="report_list"),
    path("lap/<int:document_pk>/", pages.report_request, name="report_request"),
    path("<int:pk>/", pages.report_detail, name="report_detail"),
    path("<int:pk>/tep/", pages.report_file, name="report_file"),
    path("<int:pk>/nguon/<int:place>/", pages.report_sources, name="report_sources"),
]
