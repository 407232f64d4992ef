"""Addresses of notices."""

from django.urls import path

from motbuoc.interfaces.web.notices import pages, preferences, sending

urlpatterns = [
    path("", pages.notice_list, name="notice_list"),
    path("da-doc/", pages.notice_read, name="notice_read"),
    path("chua-doc/", pages.notice_unread, name="notice_unread"),
    path("cach-bao/", preferences.notice_settings, name="notice_settings"),
    path("cach-bao/may/", preferences.browser_subscribe, name="browser_subscribe"),
    path("cach-bao/may/<int:pk>/bo/", preferences.browser_unsubscribe, name="browser_unsubscribe"),
    path("cach-bao/lich/", preferences.calendar_make, name="calendar_make"),
    path("cach-bao/lich/bo/", preferences.calendar_withdraw, name="calendar_withdraw"),
    path("gui-di/", sending.delivery_list, name="delivery_list"),
    path("gui-di/<int:pk>/gui-lai/", sending.delivery_again, name="delivery_again"),
    path("cong/<int:pk>/bo/", sending.gateway_end, name="gateway_end"),
]
