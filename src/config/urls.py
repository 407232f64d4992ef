"""The URL table: every page is listed by the package that owns it."""

from django.urls import include, path

urlpatterns = [path("", include("motbuoc.interfaces.web.urls"))]
