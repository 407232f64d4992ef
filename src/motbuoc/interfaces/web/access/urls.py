"""Addresses of the pages of rights."""

from django.urls import path

from motbuoc.interfaces.web.access import inspections, pages, records

urlpatterns = [
    path("don-vi/<int:pk>/quyen/", pages.unit_rights, name="unit_rights"),
    path("don-vi/<int:pk>/quyen/du-lieu-ca-nhan/", records.unit_processing_record, name="unit_processing_record"),
    path("don-vi/<int:pk>/quyen/giao/", pages.grant_give, name="grant_give"),
    path("quyen/<int:pk>/ket-thuc/", pages.grant_end, name="grant_end"),
    path("quyen/hoi/", pages.rights_question, name="rights_question"),
    path("kiem-tra/", inspections.inspection_list, name="inspection_list"),
]
