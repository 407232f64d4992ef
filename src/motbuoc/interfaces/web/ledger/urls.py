"""Addresses of figures: periods, what is asked, what was reported, what it adds up to."""

from django.urls import path

from motbuoc.interfaces.web.ledger import asking, building, figures, opening, periods, schedules

urlpatterns = [
    path("", periods.period_list, name="period_list"),
    path("ky/<int:pk>/", periods.period_detail, name="period_detail"),
    path("ky/<int:pk>/chot/", periods.period_cutoff, name="period_cutoff"),
    path("ky/<int:pk>/khoa/", periods.period_lock, name="period_lock"),
    path("ky/<int:pk>/tong-hop/", figures.figure_totals, name="figure_totals"),
    path("ky/<int:pk>/theo-don-vi/", figures.figure_units, name="figure_units"),
    path("ky/<int:pk>/chi-tieu/", figures.figure_detail, name="figure_detail"),
    path("ky/<int:pk>/tai/<str:kind>/", figures.figure_export, name="figure_export"),
    path("che-do/", schedules.schedule_list, name="schedule_list"),
    path("che-do/moi/", schedules.schedule_make, name="schedule_make"),
    path("che-do/<int:pk>/", schedules.schedule_detail, name="schedule_detail"),
    path("che-do/<int:pk>/sua/", schedules.schedule_change, name="schedule_change"),
    path("che-do/<int:pk>/don-vi/", schedules.schedule_units, name="schedule_units"),
    path("che-do/<int:pk>/mien/", schedules.schedule_exempt, name="schedule_exempt"),
    path("che-do/<int:pk>/dung/", schedules.schedule_close, name="schedule_close"),
    path("che-do/<int:pk>/mo-ky/", opening.schedule_open, name="schedule_open"),
    path("mien/<int:pk>/bo/", schedules.exemption_end, name="exemption_end"),
    path("bieu-mau/", building.form_list, name="form_list"),
    path("bieu-mau/moi/", building.form_make, name="form_make"),
    path("bieu-mau/<int:pk>/", building.form_detail, name="form_detail"),
    path("bieu-mau/<int:pk>/xem/", building.form_preview, name="form_preview"),
    path("bieu-mau/<int:pk>/them-o/", asking.form_fields, name="form_fields"),
    path("bieu-mau/<int:pk>/loi-van/", asking.form_box, name="form_box"),
    path("bieu-mau/<int:pk>/kiem-tra/", asking.form_check, name="form_check"),
    path("o/<int:pk>/", asking.form_field, name="form_field"),
]
