"""Addresses of the cascade's pages."""

from django.urls import path

from motbuoc.interfaces.web.cascade import following, localising, studying

urlpatterns = [
    path("<int:pk>/cu-the-hoa/", localising.localise_write, name="localise_write"),
    path("<int:pk>/cu-the-hoa/tai-len/", localising.localise_upload, name="localise_upload"),
    path("<int:pk>/noi-dung/", localising.plan_items, name="plan_items"),
    path("<int:pk>/xuong-co-so/", following.descent, name="descent"),
    path("<int:pk>/so-sanh/", following.comparison, name="comparison"),
    path("<int:pk>/so-sanh/excel/", following.comparison_export, name="comparison_export"),
    path("<int:pk>/quan-triet/", studying.disseminate, name="disseminate"),
    path("quan-triet/<int:pk>/", studying.dissemination_correct, name="dissemination_correct"),
]
