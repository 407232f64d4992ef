"""Addresses for whoever writes: open to everybody, short enough to be typed from a poster."""

from django.urls import path

from motbuoc.interfaces.web.listening import public, receipts, rights_told

urlpatterns = [
    path("y-kien/<slug:address>/", public.box_page, name="box_page"),
    path("quyen-rieng-tu/", rights_told.privacy, name="privacy"),
    path("bien-nhan/", receipts.receipt, name="receipt"),
]
