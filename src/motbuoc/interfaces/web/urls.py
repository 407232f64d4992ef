"""The addresses of all pages, each package's listed by itself."""

from django.urls import include, path

urlpatterns = [
    path("", include("motbuoc.interfaces.web.accounts.urls")),
    path("", include("motbuoc.interfaces.web.work.urls")),
    path("", include("motbuoc.interfaces.web.people.urls")),
    path("", include("motbuoc.interfaces.web.deadlines.urls")),
    path("", include("motbuoc.interfaces.web.access.urls")),
    path("van-ban/", include("motbuoc.interfaces.web.documents.urls")),
    path("van-ban/", include("motbuoc.interfaces.web.cascade.urls")),
    path("kiem-tra-viec/", include("motbuoc.interfaces.web.inspections.urls")),
    path("doi-thoai/", include("motbuoc.interfaces.web.dialogue.urls")),
    path("", include("motbuoc.interfaces.web.dialogue.open_urls")),
    path("khao-sat/", include("motbuoc.interfaces.web.surveys.urls")),
    path("", include("motbuoc.interfaces.web.surveys.open_urls")),
    path("lang-nghe/", include("motbuoc.interfaces.web.listening.urls")),
    path("", include("motbuoc.interfaces.web.listening.open_urls")),
    path("gop-y/", include("motbuoc.interfaces.web.consultation.urls")),
    path("", include("motbuoc.interfaces.web.consultation.open_urls")),
    path("so-van-ban/", include("motbuoc.interfaces.web.registers.urls")),
    path("bao-cao/", include("motbuoc.interfaces.web.reporting.urls")),
    path("so-lieu/", include("motbuoc.interfaces.web.ledger.urls")),
    path("don-vi/", include("motbuoc.interfaces.web.units.urls")),
    path("thong-bao/", include("motbuoc.interfaces.web.notices.urls")),
    path("", include("motbuoc.interfaces.web.notices.open_urls")),
    path("lich-su/", include("motbuoc.interfaces.web.history.urls")),
    path("don-vi/", include("motbuoc.interfaces.web.imports.urls")),
    path("thu-vien/", include("motbuoc.interfaces.web.gallery.urls")),
]
