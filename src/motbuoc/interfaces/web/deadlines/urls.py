"""Addresses of the pages of deadlines and of the working calendar."""

from django.urls import path

from motbuoc.interfaces.web.deadlines import pages, workdays

urlpatterns = [
    path("han/tinh-thu/", pages.deadline_trial, name="deadline_trial"),
    path("han/tinh-lai/", pages.deadline_recalculation, name="deadline_recalculation"),
    path("viec/<int:pk>/su-kien/", pages.assignment_event, name="assignment_event"),
    path("lich-lam-viec/", workdays.workday_year, name="workday_year"),
    path("lich-lam-viec/tai-ve/", workdays.workday_export, name="workday_export"),
    path("lich-lam-viec/xac-nhan/", workdays.workday_confirm, name="workday_confirm"),
    path("lich-lam-viec/ngay/", workdays.workday_change, name="workday_change"),
    path("lich-lam-viec/nhap/", workdays.workday_import, name="workday_import"),
    path("lich-lam-viec/luu/", workdays.workday_save, name="workday_save"),
]
