"""Addresses of the document pages."""

from django.urls import path

from motbuoc.interfaces.web.documents import chains, duties, pages, reading_page, recipients, reviewing, touches

urlpatterns = [
    path("", pages.document_list, name="document_list"),
    path("moi/", pages.document_upload, name="document_upload"),
    path("con-thieu/", chains.document_missing, name="document_missing"),
    path("<int:pk>/", reading_page.document_detail, name="document_detail"),
    path("<int:pk>/tep/", pages.document_file, name="document_file"),
    path("<int:pk>/tep/chinh-the-thuc/", pages.document_mended, name="document_mended"),
    path("<int:pk>/ro-rang/", pages.document_clarity, name="document_clarity"),
    path("<int:pk>/ra-soat/", reviewing.document_review, name="document_review"),
    path("<int:pk>/ra-soat/the-thuc/", reviewing.document_header, name="document_header"),
    path("<int:pk>/ra-soat/them/", duties.duty_add, name="duty_add"),
    path("<int:pk>/xac-nhan/", reviewing.document_confirm, name="document_confirm"),
    path("<int:pk>/phan-loai/", reviewing.document_classify, name="document_classify"),
    path("<int:pk>/mo-lai/", reviewing.document_reopen, name="document_reopen"),
    path("<int:pk>/giao/", reviewing.document_issue, name="document_issue"),
    path("<int:pk>/ban-sao/", recipients.document_recipients, name="document_recipients"),
    path("ban-sao/<int:pk>/", recipients.copy_detail, name="copy_detail"),
    path("ban-sao/can-theo-doi/", recipients.copy_alarms, name="copy_alarms"),
    path("<int:pk>/lien-quan/", chains.document_links, name="document_links"),
    path("<int:pk>/tac-dong/", touches.document_touches, name="document_touches"),
    path("lien-ket/<int:pk>/viec/", touches.link_tasks, name="link_tasks"),
    path("vien-dan/<int:pk>/", chains.citation_settle, name="citation_settle"),
    path("lien-ket/<int:pk>/bo/", chains.link_withdraw, name="link_withdraw"),
    path("noi-nhan/<int:pk>/", reviewing.addressee_resolve, name="addressee_resolve"),
    path("nhiem-vu/<int:pk>/", duties.duty_correct, name="duty_correct"),
    path("nhiem-vu/<int:pk>/tach/", duties.duty_split, name="duty_split"),
    path("nhiem-vu/<int:pk>/gop/", duties.duty_merge, name="duty_merge"),
    path("nhiem-vu/<int:pk>/bo/", duties.duty_drop, name="duty_drop"),
    path("nhiem-vu/<int:pk>/khoi-phuc/", duties.duty_restore, name="duty_restore"),
    path("nhiem-vu/<int:pk>/dung/", duties.duty_agree, name="duty_agree"),
]
