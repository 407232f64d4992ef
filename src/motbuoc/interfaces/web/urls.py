"""The addresses of all pages, each package's listed by itself."""

from django.urls import include, path

from motbuoc.interfaces.web.gallery.pages import gallery

urlpatterns = [
    path("", gallery, name="today"),
    path("", include("motbuoc.interfaces.web.accounts.urls")),
    path("thu-vien/", include("motbuoc.interfaces.web.gallery.urls")),
]
