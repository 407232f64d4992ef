"""Addresses of figures: periods, what is asked, what was reported."""

from django.urls import path

from motbuoc.interfaces.web.ledger import periods

urlpatterns = [
    path("", periods.period_list, name="period_list"),
    path("ky/<int:pk>/", periods.period_detail, name="period_detail"),
    path("ky/<int:pk>/chot/", periods.period_cutoff, name="period_cutoff"),
    path("ky/<int:pk>/khoa/", periods.period_lock, name="period_lock"),
]
