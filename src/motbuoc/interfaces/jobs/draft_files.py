"""Making the files of a report being drafted: Word takes a second, PDF several."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from mimetypes import guess_type

from django.db import transaction
from django.utils.translation import override
from django_tasks import task

from motbuoc.domains.reporting.drafted import Draft, DraftFile
from motbuoc.domains.reporting.filed import ask_file, fail_file, file_to_make, finish_file
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.draft_paper import draft_file, fingerprint
from motbuoc.interfaces.papers.pdf import pdf_of, require_office

logger = logging.getLogger(__name__)
Kind = DraftFile.Kind
MAKERS: dict[str, tuple[str, Callable[[Draft], bytes]]] = {
    Kind.WORD: (".docx", draft_file),
    Kind.SOURCES: (" (nguồn).docx", partial(draft_file, with_sources=True)),
    Kind.PDF: (".pdf", lambda draft: pdf_of(draft_file(draft))),
}
"""The ending of the file's name, and what makes it."""


@task()
def make_draft_file(file_id: int) -> None:
    """Make a file that was asked for, of the draft as it reads now; one that cannot be made says so."""
    asked = file_to_make(file_id)
    try:
        with override("vi"):  # papers are in the language of documents
            shows, (ending, make) = fingerprint(asked.draft), MAKERS[asked.kind]
            content = make(asked.draft)
        name = f"{asked.draft.subject[:80]}{ending}".replace("/", "-")
        media_type = guess_type(name)[0] or "application/octet-stream"
        finish_file(asked=asked, shows=shows, name=name, content=content, media_type=media_type)
    except Exception:
        fail_file(asked=asked)
        logger.exception("file %s of a report could not be made", file_id)
        raise


def ask_draft_file(*, actor: Person, draft: Draft, kind: str) -> DraftFile:
    """Ask for a file of a draft as it reads now; it is made in the background unless it is there already.

    Raises:
        NotAllowed: the actor may not read the draft.
        Refusal: it is a PDF file, and nothing here makes one.
    """
    if kind == Kind.PDF:
        require_office()
    row, is_to_make = ask_file(actor=actor, draft=draft, kind=kind, shows=fingerprint(draft))
    if is_to_make:
        transaction.on_commit(partial(make_draft_file.enqueue, row.pk))
    return row
