"""Addresses of signing in and out."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from motbuoc.interfaces.web.accounts import pages

urlpatterns = [
    path("dang-nhap/", pages.SignIn.as_view(), name="sign_in"),
    path("dang-nhap/thu/<slug:username>/", pages.demo_sign_in, name="demo_sign_in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign_out"),
    path("ngon-ngu/", login_not_required(set_language), name="language_switch"),
]
