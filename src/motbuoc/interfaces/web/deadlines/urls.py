"""Addresses of the pages of deadlines and of the working calendar."""

from django.urls import path

from motbuoc.interfaces.web.deadlines import pages

urlpatterns = [
    path("han/tinh-thu/", pages.deadline_trial, name="deadline_trial"),
    path("han/tinh-lai/", pages.deadline_recalculation, name="deadline_recalculation"),
    path("viec/<int:pk>/su-kien/", pages.assignment_event, name="assignment_event"),
]
