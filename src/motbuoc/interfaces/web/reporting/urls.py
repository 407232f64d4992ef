"""Addresses of the pages of reports."""

from django.urls import path

from motbuoc.interfaces.web.reporting import drafts, pages

urlpatterns = [
    path("", pages.report_list, name="report_list"),
    path("du-thao/lap/<int:period_pk>/", drafts.draft_begin, name="draft_begin"),
    path("du-thao/<int:pk>/", drafts.draft_detail, name="draft_detail"),
    path("du-thao/<int:pk>/lam-moi/", drafts.draft_refresh, name="draft_refresh"),
    path("doan/<int:pk>/", drafts.paragraph_edit, name="paragraph_edit"),
    path("doan/<int:pk>/chon/", drafts.paragraph_choose, name="paragraph_choose"),
    path("doan/<int:pk>/nguon/<int:place>/", drafts.paragraph_sources, name="paragraph_sources"),
    path("muc/<int:section_pk>/them/", drafts.paragraph_add, name="paragraph_add"),
    path("lap/<int:document_pk>/", pages.report_request, name="report_request"),
    path("<int:pk>/", pages.report_detail, name="report_detail"),
    path("<int:pk>/tep/", pages.report_file, name="report_file"),
    path("<int:pk>/nguon/<int:place>/", pages.report_sources, name="report_sources"),
]
