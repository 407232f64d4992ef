"""The page of privacy and the record of processing say what is set up, not what somebody once wrote down."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document as Word

from motbuoc.interfaces import web
from tests.domains.dialogue.test_dialogues import plan_of, rule_for, step

pytestmark = pytest.mark.django_db
TEMPLATES = Path(web.__file__).parent / "templates"


def page_of(client) -> str:
    answer = client.get(reverse("privacy"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_is_set_up(client, settings):
    page = page_of(client)
    assert "Số liệu dưới 5 người" in page
    assert "1825 ngày" in page or "1.825 ngày" in page
    assert "xóa sau 180 ngày" in page
    settings.SMALLEST_GROUP, settings.IDENTITY_DAYS = 12, 33
    settings.KEPT_DAYS = {"question": 77}
    page = page_of(client)
    assert "Số liệu dưới 12 người" in page
    assert "xóa sau 33 ngày" in page
    assert "77 ngày" in page
    assert "Cán bộ ban tham mưu" in page or "Bí thư" in page, "who may open is read from the table of rights"


def test_it_needs_no_sign_in_and_is_light(client):
    page = page_of(client)
    assert len(page.encode()) < 20_000
    assert "<script" not in page
    assert not client.cookies


def test_every_public_form_leads_to_it(cast, client):
    dialogue = step(cast, plan_of(cast, rule_for(cast)), "announce_dialogue")
    for address in (reverse("ask_page", args=[dialogue.address]), reverse("receipt")):
        assert reverse("privacy") in client.get(address).content.decode()
    # Each page with the guard of a public form is drawn on a frame that has the link.
    guarded = [path for path in TEMPLATES.rglob("*.html") if "listening/guard.html" in path.read_text()]
    frames = [path for path in TEMPLATES.rglob("public.html") if "url 'privacy'" in path.read_text()]
    assert guarded
    assert {path.parent.name for path in frames} >= {"listening", "surveys"}


def test_the_record_is_a_word_file_for_who_looks_after_rights(cast, as_person):
    address = reverse("unit_processing_record", args=[cast.bloc.pk])
    assert as_person(cast.stranger).get(address).status_code == 404
    assert as_person(cast.inspector).get(address).status_code == 403
    admin = as_person(cast.administrator)
    assert address in admin.get(reverse("unit_rights", args=[cast.bloc.pk])).content.decode()
    answer = admin.get(address)
    word = Word(BytesIO(b"".join(answer.streaming_content)))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Luật 91/2025/QH15" in text
    assert "Số liệu dưới 5 người không hiển thị" in text
    assert "{" not in text + "".join(cells)
    assert any("180 ngày" in cell for cell in cells)
    assert any("1825 ngày" in cell for cell in cells)
