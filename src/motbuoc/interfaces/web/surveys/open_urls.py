"""Addresses for whoever answers: open to everybody, short enough to be typed from a sheet."""

from django.urls import path

from motbuoc.interfaces.web.surveys import public

urlpatterns = [path("ks/<slug:address>/", public.survey_answer, name="survey_answer")]
