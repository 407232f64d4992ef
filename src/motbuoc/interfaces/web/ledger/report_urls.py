"""Addresses of a unit's report."""

from django.urls import path

from motbuoc.interfaces.web.ledger import submissions, versions, workbook_pages

urlpatterns = [
    path("<int:pk>/", submissions.submission_detail, name="submission_detail"),
    path("<int:pk>/lan/<int:number>/", versions.submission_version, name="submission_version"),
    path("<int:pk>/nguon/<int:field_pk>/", submissions.submission_records, name="submission_records"),
    path("<int:pk>/excel/", workbook_pages.submission_workbook, name="submission_workbook"),
    path("<int:pk>/tu-excel/", workbook_pages.submission_upload, name="submission_upload"),
]
