"""A report taken as a file: made once in the background, given again until the report prints something else."""

from __future__ import annotations

import shutil
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from motbuoc.domains.reporting.drafted import DraftFile
from motbuoc.domains.reporting.filed import ask_file
from motbuoc.domains.reporting.models import Report
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.interfaces.papers import draft_paper, pdf
from tests.factories.reporting import make_draft


@pytest.fixture
def reported(cast):
    return make_draft(cast)


@pytest.fixture
def ask(reported, django_capture_on_commit_callbacks):
    """Asks for a file and lets the worker make it; the answer."""

    def asked(client, kind="word"):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("draft_export", args=[reported.draft.pk, kind]))

    return asked


def url(name, reported, kind="word"):
    return reverse(name, args=[reported.draft.pk, kind])


def words_in(response):
    file = docx.Document(BytesIO(b"".join(response.streaming_content)))
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def edit(client, reported, text):
    row = reported.paragraph("i2_05")
    client.post(reverse("paragraph_edit", args=[row.pk]), {"version": row.version, "text": text})


def test_asked_for_waited_for_and_taken(cast, as_person, reported):
    client = as_person(cast.officer)
    assert "Not made yet" in client.get(url("draft_export", reported)).content.decode()
    assert client.get(url("draft_file", reported)).status_code == 404
    response = client.post(url("draft_export", reported))  # the worker has not come yet
    assert response.url == url("draft_export", reported)
    page = client.get(response.url).content.decode()
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="every 2s"' in page


def test_made_once_for_all_until_it_prints_something_else(cast, as_person, reported, ask, monkeypatch):
    client = as_person(cast.officer)
    assert ask(client).url == url("draft_export", reported)
    assert "The file is ready" in client.get(url("draft_export", reported)).content.decode()
    assert "Cuộc đối thoại: 06 cuộc" in words_in(client.get(url("draft_file", reported)))
    first = DraftFile.objects.get()
    reader = as_person(cast.inspector)
    assert ask(reader).url == url("draft_file", reported)
    assert DraftFile.objects.get().file == first.file

    edit(client, reported, "Đã đối thoại {{i2_05}} lần.")
    assert "The report has changed since then" in client.get(url("draft_export", reported)).content.decode()
    assert ask(client).url == url("draft_export", reported)
    assert "Đã đối thoại 06 lần." in words_in(client.get(url("draft_file", reported)))
    assert not StoredFile.objects.filter(pk=first.file_id).exists()
    assert HistoryLine.objects.filter(action="make_draft_file").count() == 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_pdf(cast, as_person, reported, ask):
    client = as_person(cast.inspector)
    ask(client, "pdf")
    response = client.get(url("draft_file", reported, "pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    assert response.getvalue().startswith(b"%PDF")


def test_sources_stand_as_comments(cast, as_person, reported, ask):
    client = as_person(cast.officer)
    ask(client, "word-nguon")
    content = b"".join(client.get(url("draft_file", reported, "word-nguon")).streaming_content)
    comments = [comment.text for comment in docx.Document(BytesIO(content)).comments]
    assert any("Chi bộ Sở Ánh Dương" in comment for comment in comments)


def test_what_cannot_be_made_says_so_and_can_be_asked_for_again(cast, as_person, reported, ask, monkeypatch):
    client = as_person(cast.officer)
    with monkeypatch.context() as patch:
        patch.setattr(draft_paper, "write", lambda *_: 1 / 0)
        ask(client)
    assert DraftFile.objects.get().state == Report.State.FAILED
    assert "The file could not be made" in client.get(url("draft_export", reported)).content.decode()
    ask(client)
    assert "The file is ready" in client.get(url("draft_export", reported)).content.decode()


def test_without_libreoffice_one_is_sent_to_the_word_file(cast, as_person, reported, ask, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    response = as_person(cast.officer).post(url("draft_export", reported, "pdf"), follow=True)
    assert "Take the Word file" in response.content.decode()
    assert not DraftFile.objects.exists()


def test_who_waits_is_not_made_to_ask_twice_unless_the_worker_is_gone(cast, reported, time_machine):
    draft, officer = reported.draft, cast.officer
    time_machine.move_to("2026-11-29T02:00:00Z", tick=False)
    row, is_to_make = ask_file(actor=officer, draft=draft, kind="pdf", shows="a")
    assert is_to_make
    assert ask_file(actor=cast.second_officer, draft=draft, kind="pdf", shows="a") == (row, False)
    assert ask_file(actor=officer, draft=draft, kind="pdf", shows="b")[1]
    time_machine.shift(121)
    assert ask_file(actor=officer, draft=draft, kind="pdf", shows="b")[1]
    assert DraftFile.objects.get().asked_at == clock.now()


@pytest.mark.parametrize("person", ["member", "stranger"])
def test_not_for_others(cast, as_person, reported, ask, person):
    ask(as_person(cast.officer))
    client = as_person(getattr(cast, person))
    for name in ("draft_export", "draft_file"):
        assert client.get(url(name, reported)).status_code == 404
    assert client.post(url("draft_export", reported)).status_code == 404
    with pytest.raises(NotAllowed):
        ask_file(actor=getattr(cast, person), draft=reported.draft, kind="word", shows="a")


def test_no_such_kind(cast, as_person, reported):
    client = as_person(cast.officer)
    assert client.get(url("draft_export", reported, "tep-la")).status_code == 404
    assert client.get(url("draft_file", reported, "tep-la")).status_code == 404
