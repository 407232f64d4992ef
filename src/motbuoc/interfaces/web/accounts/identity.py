"""The two doors of the organisation's identity service (OpenID Connect): out to it, and back."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from requests import RequestException

from motbuoc.interfaces.web.rights import asks_nobody


class CheckedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Proves the signature of every identity token, also of those that came straight from the service."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


@require_POST
@asks_nobody("the way in through the identity service")
def openid_connect_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the identity service. A form only: no other site may start it."""
    return _through(OAuth2LoginView, request, provider_id)


@asks_nobody("the way back from the identity service")
def openid_connect_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the identity service, and in if it is somebody with an account here."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(door: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = door.adapter_view(CheckedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist as nothing:
        raise Http404 from nothing
    except (RequestException, KeyError):  # no answer, or one without what the standard says it holds
        return render(request, "socialaccount/authentication_error.html", status=502)
    return response
