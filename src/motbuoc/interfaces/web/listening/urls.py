"""Addresses of listening: a unit's own pages."""

from django.urls import path

from motbuoc.interfaces.web.listening import boxes, opinions, situation, themes

urlpatterns = [
    path("", boxes.box_list, name="box_list"),
    path("hom-thu/moi/", boxes.box_make, name="box_make"),
    path("hom-thu/<int:pk>/", boxes.box_change, name="box_change"),
    path("hom-thu/<int:pk>/phieu/", boxes.box_sheet, name="box_sheet"),
    path("hom-thu/<int:pk>/ghi/", opinions.opinion_note, name="opinion_note"),
    path("y-kien/", opinions.opinion_list, name="opinion_list"),
    path("y-kien/<int:pk>/", opinions.opinion_detail, name="opinion_detail"),
    path("van-de/", themes.theme_board, name="theme_board"),
    path("van-de/gom/", themes.themes_group, name="themes_group"),
    path("tinh-hinh/<int:pk>/", situation.situation_report, name="situation_report"),
    path("van-de/<int:pk>/", themes.theme_detail, name="theme_detail"),
]
