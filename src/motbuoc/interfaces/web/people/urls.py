"""Addresses of the pages of people."""

from django.urls import path

from motbuoc.interfaces.web.people import closing, invitations, pages, stand_ins

urlpatterns = [
    path("nguoi/", pages.person_list, name="person_list"),
    path("nguoi/them/", pages.person_add, name="person_add"),
    path("nguoi/<int:pk>/", pages.person_detail, name="person_detail"),
    path("nguoi/<int:pk>/bo-nhiem/", pages.position_add, name="position_add"),
    path("nguoi/<int:pk>/doi-ten/", closing.person_rename, name="person_rename"),
    path("nguoi/<int:pk>/xoa/", closing.person_erase, name="person_erase"),
    path("nguoi/<int:pk>/tai-khoan/dong/", closing.account_close, name="account_close"),
    path("nguoi/<int:pk>/tai-khoan/mo/", closing.account_reopen, name="account_reopen"),
    path("nguoi/<int:pk>/moi/", invitations.invitation_make, name="invitation_make"),
    path("nguoi/<int:pk>/moi/thu-hoi/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("nguoi/chuc-vu/<int:pk>/ket-thuc/", pages.position_end, name="position_end"),
    path("don-vi/<int:pk>/phieu-moi/", invitations.unit_invitations, name="unit_invitations"),
    path("moi/", invitations.invitation_accept, name="invitation_accept"),
    path("uy-quyen/", stand_ins.stand_in_own, name="stand_in_own"),
    path("uy-quyen/chuc-vu/<int:pk>/", stand_ins.stand_in_add, name="stand_in_add"),
    path("uy-quyen/<int:pk>/ket-thuc/", stand_ins.stand_in_end, name="stand_in_end"),
]
