"""Programs see how documents hang together, what is cited and missing, and what versions change."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.documents.models import Citation, Document, DocumentLink
from tests.factories import make_directive, make_document
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_links_are_stated_seen_both_ways_and_taken_back(cast) -> None:
    directive, other = make_directive(cast), make_document(cast)
    Document.objects.filter(pk=other.pk).update(code="13-CV/ĐUK", subject="Bản kín")
    officer = Program(cast.officer)
    asked = {"target": directive.pk, "relation": "amends"}
    [link] = officer.send(f"documents/{other.pk}/links", **asked)["rests_on"]
    assert (link["document_id"], link["relation"], link["is_sure"]) == (directive.pk, "amends", True)
    [back] = officer.ask(f"documents/{directive.pk}/links")["rested_on_by"]
    assert back["code"] == "13-CV/ĐUK"
    secretary = Program(cast.secretary)  # reads the directive, not the one under review
    assert secretary.ask(f"documents/{directive.pk}/links")["rested_on_by"] == []
    secretary.send(f"documents/{directive.pk}/links", 403, **asked)
    officer.send(f"documents/{other.pk}/links", 422, target=987654, relation="amends")
    secretary.send(f"links/{link['link_id']}/withdraw", 403)
    assert officer.send(f"links/{link['link_id']}/withdraw")["rests_on"] == []
    assert not DocumentLink.objects.exists()


def test_a_citation_is_settled_and_what_is_missing_is_told(cast) -> None:
    document = make_document(cast)
    officer = Program(cast.officer)
    row = Citation.objects.create(
        document=document, start=1, end=9, raw="Chỉ thị 9-CT/TU", code="9-CT/TU", code_key="9-ct/tu"
    )
    [missing] = officer.ask("missing-documents")["rows"]
    assert (missing["code"], missing["cited_by"]) == ("9-CT/TU", 1)
    assert officer.ask(f"documents/{document.pk}/links")["missing"][0]["citation_id"] == row.pk
    assert officer.send(f"citations/{row.pk}/settle", 422, answer="yes")["detail"]
    officer.send(f"citations/{row.pk}/settle", answer="no")
    assert Program(cast.secretary).ask("missing-documents")["total"] == 0
    Program(cast.secretary_b).send(f"citations/{row.pk}/settle", 403, answer="no")


def test_a_version_is_added_and_compared(cast) -> None:
    document = make_document(cast)
    officer = Program(cast.officer)
    file = SimpleUploadedFile("ban-2.txt", f"{document.text} Thêm mới.".encode())
    path = f"documents/{document.pk}/versions"
    made = officer.fill(path, 201, file=file, kind="later")
    whole = officer.ask(f"versions/{made['id']}")
    assert {"words": "Thêm mới.", "became": "new"} in whole["pieces"]
    assert b"Th" in officer.file(f"versions/{made['id']}/file")
    assert officer.ask(path)["total"] == 1
    officer.fill(path, 422, file=SimpleUploadedFile("ban-2.txt", f"{document.text} Thêm mới.".encode()))
    Program(cast.secretary).ask(f"versions/{made['id']}", 404)
    Program(cast.secretary).ask(path, 404)
