"""Addresses of drafts for everybody: short enough to be typed from a notice."""

from django.urls import path

from motbuoc.interfaces.web.consultation import public

urlpatterns = [
    path("y-kien-du-thao/<slug:address>/", public.draft_read, name="draft_read"),
    path("y-kien-du-thao/<slug:address>/<int:number>/", public.draft_comment, name="draft_comment"),
]
