"""The URL table: every page is listed by the package that owns it."""

from django.urls import include, path

from motbuoc.interfaces.api import v1

urlpatterns = [path("api/v1/", v1.urls), path("", include("motbuoc.interfaces.web.urls"))]
