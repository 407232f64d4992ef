"""Addresses of notices."""

from django.urls import path

from motbuoc.interfaces.web.notices import pages

urlpatterns = [
    path("", pages.notice_list, name="notice_list"),
    path("da-doc/", pages.notice_read, name="notice_read"),
    path("chua-doc/", pages.notice_unread, name="notice_unread"),
]
