"""Addresses of figures: periods, what is asked, what was reported, what it adds up to."""

from django.urls import path

from motbuoc.interfaces.web.ledger import figures, periods

urlpatterns = [
    path("", periods.period_list, name="period_list"),
    path("ky/<int:pk>/", periods.period_detail, name="period_detail"),
    path("ky/<int:pk>/chot/", periods.period_cutoff, name="period_cutoff"),
    path("ky/<int:pk>/khoa/", periods.period_lock, name="period_lock"),
    path("ky/<int:pk>/tong-hop/", figures.figure_totals, name="figure_totals"),
    path("ky/<int:pk>/theo-don-vi/", figures.figure_units, name="figure_units"),
    path("ky/<int:pk>/chi-tieu/", figures.figure_detail, name="figure_detail"),
    path("ky/<int:pk>/tai/<str:kind>/", figures.figure_export, name="figure_export"),
]
