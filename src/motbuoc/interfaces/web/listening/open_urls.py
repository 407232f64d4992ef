"""Addresses for whoever writes: open to everybody, short enough to be typed from a poster."""

from django.urls import path

from motbuoc.interfaces.web.listening import public, receipts

urlpatterns = [
    path("y-kien/<slug:address>/", public.box_page, name="box_page"),
    path("bien-nhan/", receipts.receipt, name="receipt"),
]
