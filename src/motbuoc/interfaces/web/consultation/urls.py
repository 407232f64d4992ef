"""Addresses of consultations: the pages of whoever holds one and of units that are asked."""

from django.urls import path

from motbuoc.interfaces.web.consultation import consultations, dealing, replies

urlpatterns = [
    path("", consultations.consultation_list, name="consultation_list"),
    path("moi/", consultations.consultation_make, name="consultation_make"),
    path("tra-loi/<int:pk>/", replies.consultation_reply, name="consultation_reply"),
    path("tra-loi/<int:pk>/<int:number>/", replies.consultation_prepare, name="consultation_prepare"),
    path("<int:pk>/", consultations.consultation_detail, name="consultation_detail"),
    path("<int:pk>/sua/", consultations.consultation_change, name="consultation_change"),
    path("<int:pk>/du-thao/", consultations.consultation_draft, name="consultation_draft"),
    path("<int:pk>/don-vi/", consultations.consultation_units, name="consultation_units"),
    path("<int:pk>/y-kien/<int:number>/", dealing.consultation_comments, name="consultation_comments"),
    path("nhom/<int:pk>/", dealing.comment_group_detail, name="comment_group_detail"),
    path("<int:pk>/so-sanh/<int:number>/", dealing.consultation_compare, name="consultation_compare"),
    path("<int:pk>/bang-tong-hop/", dealing.consultation_table, name="consultation_table"),
    path("<int:pk>/phan-bien/", dealing.consultation_criticism, name="consultation_criticism"),
    path("<int:pk>/ban/<int:number>/", consultations.consultation_text, name="consultation_text"),
    path("<int:pk>/ban/<int:number>/tep/", consultations.consultation_file, name="consultation_file"),
]
