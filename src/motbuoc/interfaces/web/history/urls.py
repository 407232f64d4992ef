"""The addresses of the history."""

from django.urls import path

from motbuoc.interfaces.web.history import pages

urlpatterns = [
    path("", pages.history_list, name="history_list"),
    path("csv/", pages.history_csv, name="history_csv"),
    path("goc/", pages.history_root, name="history_root"),
]
