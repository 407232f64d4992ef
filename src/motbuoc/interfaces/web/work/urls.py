"""Addresses of the tracker's pages."""

from django.urls import path

from motbuoc.interfaces.web.work import (
    asking,
    board_export,
    boards,
    changes,
    dividing,
    following,
    helping,
    offering,
    pages,
    slips,
    timelines,
    waits,
    walls,
)
from motbuoc.interfaces.web.work.calendar import calendar
from motbuoc.interfaces.web.work.desk import desk
from motbuoc.interfaces.web.work.today import today
from motbuoc.interfaces.web.work.together import together
from motbuoc.interfaces.web.work.unreached import unreached_list

urlpatterns = [
    path("", today, name="today"),
    path("da-xem/", changes.changes_seen, name="changes_seen"),
    path("lich/", calendar, name="calendar"),
    path("viec/chua-bao-duoc/", unreached_list, name="unreached_list"),
    path("viec/", pages.inbox, name="inbox"),
    path("viec/cua-toi/", dividing.my_parts, name="my_parts"),
    path("viec/<int:pk>/phan-viec/", dividing.assignment_parts, name="assignment_parts"),
    path("viec/<int:pk>/cho/", waits.assignment_waits, name="assignment_waits"),
    path("viec/theo-doi/", following.followed_list, name="followed_list"),
    path("viec/<int:pk>/don-doc/", following.assignment_urge, name="assignment_urge"),
    path("viec/phieu/", slips.slip_print, name="slip_print"),
    path("viec/phieu/gui/", slips.slip_send, name="slip_send"),
    path("viec/nhieu/", together, name="together"),
    path("viec/de-nghi/", asking.request_list, name="request_list"),
    path("viec/de-nghi/<int:pk>/", asking.request_detail, name="request_detail"),
    path("viec/<int:pk>/", pages.assignment_detail, name="assignment_detail"),
    path("viec/<int:pk>/de-nghi/", asking.assignment_requests, name="assignment_requests"),
    path("viec/<int:pk>/ho-tro/", offering.assignment_help, name="assignment_help"),
    path("viec/chung-cu/<int:pk>/", pages.evidence_file, name="evidence_file"),
    path("ho-tro/", helping.help_list, name="help_list"),
    path("ho-tro/<int:pk>/", offering.help_offer, name="help_offer"),
    path("ho-tro/do-tin-cay/", helping.outlook_figures, name="outlook_figures"),
    path("cong-viec/", boards.directive_list, name="directive_list"),
    path("ban-theo-doi/", desk, name="desk"),
    path("ban-theo-doi/phong-hop/", walls.wall, name="wall"),
    path("bang/<int:pk>/", boards.board, name="board"),
    path("bang/<int:pk>/tai/<str:kind>/", board_export.board_export, name="board_export"),
    path("bang/<int:pk>/tien-trinh/", timelines.board_timeline, name="board_timeline"),
]
