"""Addresses of the pages of reports."""

from django.urls import path

from motbuoc.interfaces.web.reporting import (
    drafts,
    files,
    outlines,
    pages,
    paragraphs,
    recipients,
    together,
    wordings,
)

urlpatterns = [
    path("", pages.report_list, name="report_list"),
    path("du-thao/lap/<int:period_pk>/", drafts.draft_begin, name="draft_begin"),
    path("du-thao/<int:pk>/", drafts.draft_detail, name="draft_detail"),
    path("du-thao/<int:pk>/lam-moi/", drafts.draft_refresh, name="draft_refresh"),
    path("du-thao/<int:pk>/tai/<str:kind>/", files.draft_export, name="draft_export"),
    path("du-thao/<int:pk>/tai/<str:kind>/tep/", files.draft_file, name="draft_file"),
    path("du-thao/<int:pk>/ban-hanh/", drafts.draft_issue, name="draft_issue"),
    path("du-thao/<int:pk>/cac-ban/", together.draft_versions, name="draft_versions"),
    path("doan/<int:pk>/gop-y/", together.paragraph_remarks, name="paragraph_remarks"),
    path("gop-y/<int:pk>/xong/", together.remark_settle, name="remark_settle"),
    path("du-thao/<int:pk>/noi-nhan/", recipients.draft_recipients, name="draft_recipients"),
    path("du-thao/<int:pk>/dang-cong/", recipients.draft_portal, name="draft_portal"),
    path("dang-cong/", recipients.portal_list, name="portal_list"),
    path("du-thao/<int:pk>/chu-tri/", together.draft_lead, name="draft_lead"),
    path("muc/<int:section_pk>/chuyen/", together.section_move, name="section_move"),
    path("muc/<int:section_pk>/giao/", together.section_give, name="section_give"),
    path("muc/<int:section_pk>/goi-y/", wordings.wording_ask, name="wording_ask"),
    path("goi-y/<int:pk>/", wordings.wording_detail, name="wording_detail"),
    path("de-cuong/", outlines.outline_list, name="outline_list"),
    path("de-cuong/them/", outlines.outline_add, name="outline_add"),
    path("de-cuong/<int:pk>/", outlines.outline_edit, name="outline_edit"),
    path("doan/<int:pk>/", paragraphs.paragraph_edit, name="paragraph_edit"),
    path("doan/<int:pk>/chon/", paragraphs.paragraph_choose, name="paragraph_choose"),
    path("doan/<int:pk>/nguon/<int:place>/", paragraphs.paragraph_sources, name="paragraph_sources"),
    path("muc/<int:section_pk>/them/", paragraphs.paragraph_add, name="paragraph_add"),
    path("lap/<int:document_pk>/", pages.report_request, name="report_request"),
    path("<int:pk>/", pages.report_detail, name="report_detail"),
    path("<int:pk>/tep/", pages.report_file, name="report_file"),
    path("<int:pk>/nguon/<int:place>/", pages.report_sources, name="report_sources"),
]
