"""Addresses of notices that stand at the top: what a browser or a calendar fetches, and pages of a unit."""

from django.urls import path

from motbuoc.interfaces.web.notices import feeds, ladders, sending

urlpatterns = [
    path("lich/<slug:secret>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("tin-day.js", feeds.push_worker, name="push_worker"),
    path("ung-dung.webmanifest", feeds.web_manifest, name="web_manifest"),
    path("don-vi/<int:pk>/nhac-viec/", ladders.unit_ladder, name="unit_ladder"),
    path("don-vi/<int:pk>/nhac-viec/bo/", ladders.unit_ladder_drop, name="unit_ladder_drop"),
    path("don-vi/<int:pk>/cong/", sending.unit_gateways, name="unit_gateways"),
]
