"""The address of the gallery."""

from django.urls import path

from motbuoc.interfaces.web.gallery import pages

urlpatterns = [path("", pages.gallery, name="gallery")]
