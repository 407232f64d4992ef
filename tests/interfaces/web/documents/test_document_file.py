"""The original file: a download for those who may read the document, and for nobody else."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.foundation.files.services import keep_file
from tests.factories import TEXT, make_directive


def url(document) -> str:
    return reverse("document_file", args=[document.pk])


def test_it_comes_as_an_attachment_byte_for_byte(officer, document):
    document.file = keep_file("Công văn 12.txt", TEXT.encode(), "text/plain")
    document.save()
    answer = officer.get(url(document))
    assert b"".join(answer.streaming_content) == TEXT.encode()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''C%C3%B4ng%20v%C4%83n%2012.txt")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_html_is_never_shown(officer, document):
    document.file = keep_file("trang.html", b"<script>alert(1)</script>", "text/plain")
    document.save()
    answer = officer.get(url(document))
    assert answer["Content-Disposition"].startswith("attachment")
    assert not answer["Content-Type"].startswith("text/html")
    assert answer.getvalue() == b"<script>alert(1)</script>"


def test_who_may_not(cast, document, as_person):
    for person in (cast.stranger, cast.secretary, cast.inspector):
        assert as_person(person).get(url(document)).status_code == 404


def test_units_that_received_it_may(cast, as_person):
    document = make_directive(cast)
    answer = as_person(cast.member).get(url(document))
    assert answer.status_code == 200
    assert answer.getvalue() == document.text.encode()
    assert as_person(cast.stranger).get(url(document)).status_code == 404


def test_only_reading(officer, document):
    assert officer.post(url(document)).status_code == 405
