"""Addresses of the cascade's pages."""

from django.urls import path

from motbuoc.interfaces.web.cascade import localising

urlpatterns = [
    path("<int:pk>/cu-the-hoa/", localising.localise_write, name="localise_write"),
    path("<int:pk>/cu-the-hoa/tai-len/", localising.localise_upload, name="localise_upload"),
    path("<int:pk>/noi-dung/", localising.plan_items, name="plan_items"),
]
