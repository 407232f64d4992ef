"""Addresses of surveys: the unit's own pages."""

from django.urls import path

from motbuoc.interfaces.web.surveys import paper, public, results, surveys

urlpatterns = [
    path("", surveys.survey_list, name="survey_list"),
    path("moi/", surveys.survey_make, name="survey_make"),
    path("<int:pk>/", surveys.survey_detail, name="survey_detail"),
    path("<int:pk>/sua/", surveys.survey_change, name="survey_change"),
    path("<int:pk>/cau-hoi/", surveys.survey_question_make, name="survey_question_make"),
    path("cau-hoi/<int:pk>/", surveys.survey_question_change, name="survey_question_change"),
    path("<int:pk>/ban-dich/<slug:language>/", surveys.survey_translate, name="survey_translate"),
    path("<int:pk>/xem-thu/", public.survey_preview, name="survey_preview"),
    path("<int:pk>/ma/", paper.survey_tokens, name="survey_tokens"),
    path("<int:pk>/phieu/<str:kind>/", paper.survey_sheet, name="survey_sheet"),
    path("<int:pk>/nhap-phieu/", paper.survey_note, name="survey_note"),
    path("<int:pk>/ket-qua/", results.survey_results, name="survey_results"),
    path("<int:pk>/ket-qua/theo-nhom/", results.survey_crossed, name="survey_crossed"),
    path("<int:pk>/ket-qua/tep/<str:kind>/", results.survey_export, name="survey_export"),
    path("cau-hoi/<int:pk>/y-kien/", results.survey_texts, name="survey_texts"),
]
