"""Addresses of the pages of the workbook."""

from django.urls import path

from motbuoc.interfaces.web.imports import pages

urlpatterns = [
    path("nhap/", pages.unit_import, name="unit_import"),
    path("nhap/xem-truoc/", pages.unit_import_preview, name="unit_import_preview"),
    path("xuat/", pages.unit_export, name="unit_export"),
    path("tep-mau/", pages.unit_template, name="unit_template"),
]
