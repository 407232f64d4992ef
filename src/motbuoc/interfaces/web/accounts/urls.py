"""Addresses of signing in and out, and of a person's own security. django-allauth looks for its pages by name."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from motbuoc.interfaces.web.accounts import api_tokens, identity, pages, security

sign_in = pages.SignIn.as_view()
sign_out = login_not_required(require_POST(account.logout))  # also gives up between password and second factor

urlpatterns = [
    path("dang-nhap/", sign_in, name="sign_in"),
    path("dang-nhap/", sign_in, name="account_login"),
    path("dang-nhap/thu/<slug:username>/", pages.demo_sign_in, name="demo_sign_in"),
    path("dang-nhap/buoc-hai/", factors.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("dang-nhap/da-dong/", account.account_inactive, name="account_inactive"),
    path("dang-nhap/dich-vu/<slug:provider_id>/", identity.openid_connect_login, name="openid_connect_login"),
    path(
        "dang-nhap/dich-vu/<slug:provider_id>/tro-lai/",
        identity.openid_connect_callback,
        name="openid_connect_callback",
    ),
    path("dang-nhap/dich-vu-da-huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/quen-mat-khau/", pages.forgotten_password, name="account_reset_password"),
    path("dang-nhap/quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^dang-nhap/mat-khau-moi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "dang-nhap/mat-khau-moi/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("dang-xuat/", sign_out, name="sign_out"),
    path("dang-xuat/", sign_out, name="account_logout"),
    path("ngon-ngu/", login_not_required(set_language), name="language_switch"),
    path("tai-khoan/bao-mat/", security.security, name="security"),
    path("tai-khoan/bao-mat/", security.security, name="mfa_index"),
    path("tai-khoan/bao-mat/", security.security, name="mfa_list_webauthn"),
    path("tai-khoan/bao-mat/", security.security, name="socialaccount_connections"),
    path("tai-khoan/buoc-hai/", security.second_factor, name="second_factor"),
    path("tai-khoan/phien/<int:pk>/ket-thuc/", security.session_end, name="session_end"),
    path("tai-khoan/khoa/", api_tokens.api_tokens, name="api_tokens"),
    path("tai-khoan/khoa/<int:pk>/thu-hoi/", api_tokens.api_token_revoke, name="api_token_revoke"),
    path("tai-khoan/phien/ket-thuc/", security.session_end_others, name="session_end_others"),
    path("tai-khoan/dich-vu/bo/", security.identity_unlink, name="identity_unlink"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/moi/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tai-khoan/ma-du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("tai-khoan/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/ten/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/khoa/<int:pk>/bo/", security.passkey_remove, name="mfa_remove_webauthn"),
]
