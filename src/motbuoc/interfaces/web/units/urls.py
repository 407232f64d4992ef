"""Addresses of the pages of units."""

from django.urls import path

from motbuoc.interfaces.web.units import acts, detail, groups, pages, records, ties

urlpatterns = [
    path("", pages.unit_list, name="unit_list"),
    path("so-sanh/", pages.unit_compare, name="unit_compare"),
    path("thanh-lap/", acts.unit_create, name="unit_create"),
    path("sap-nhap/", acts.unit_merge, name="unit_merge"),
    path("sap-xep/", records.reorganisation_list, name="reorganisation_list"),
    path("sap-xep/<int:pk>/", records.reorganisation_detail, name="reorganisation_detail"),
    path("nhom/", groups.unit_group_list, name="unit_group_list"),
    path("nhom/moi/", groups.unit_group_create, name="unit_group_create"),
    path("nhom/<int:pk>/", groups.unit_group_edit, name="unit_group_edit"),
    path("nhom/<int:pk>/dong/", groups.unit_group_close, name="unit_group_close"),
    path("<int:pk>/", detail.unit_detail, name="unit_detail"),
    path("<int:pk>/doi-ten/", acts.unit_rename, name="unit_rename"),
    path("<int:pk>/chuyen/", acts.unit_move, name="unit_move"),
    path("<int:pk>/chuyen-loai/", acts.unit_convert, name="unit_convert"),
    path("<int:pk>/tach/", acts.unit_split, name="unit_split"),
    path("<int:pk>/giai-the/", acts.unit_dissolve, name="unit_dissolve"),
    path("<int:pk>/dinh-danh/", ties.unit_identifiers, name="unit_identifiers"),
    path("<int:pk>/co-quan/", ties.unit_hosts, name="unit_hosts"),
]
