"""Addresses for whoever writes: open to everybody, short enough to be typed from a poster."""

from django.urls import path

from motbuoc.interfaces.web.listening import receipts

urlpatterns = [path("bien-nhan/", receipts.receipt, name="receipt")]
