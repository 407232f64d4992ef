"""Addresses for whoever asks: open to everybody, short enough to be typed from a poster."""

from django.urls import path

from motbuoc.interfaces.web.dialogue import public

urlpatterns = [
    path("hoi/<slug:address>/", public.ask_page, name="ask_page"),
    path("doi-thoai-cong-khai/<int:unit>/", public.published_dialogues, name="published_dialogues"),
    path("hoi/<slug:address>/<int:number>/", public.support_question, name="support_question"),
]
