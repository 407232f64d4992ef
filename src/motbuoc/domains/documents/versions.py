"""Further versions of a document, and what differs between them in words."""

from __future__ import annotations

import unicodedata
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from motbuoc.domains.documents.importing import proposed_class
from motbuoc.domains.documents.linking import resolve_citations
from motbuoc.domains.documents.models import (
    Citation,
    Document,
    DocumentLink,
    DocumentVersion,
    Match,
    VersionKind,
)
from motbuoc.domains.documents.reading import ADVICE, read_file
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification, narrower_than
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, keep_file
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_WORDS = 20_000
"""Words of a text that are compared; about sixty pages."""

Piece = tuple[str, str]
"""Words, and what became of them: "" kept, "gone" or "new"."""


def versions_for(viewer: Person) -> QuerySet[DocumentVersion]:
    """The further versions of documents that `viewer` may read, in the order they came."""
    mine = documents_for(viewer).order_by().values("pk")
    return DocumentVersion.objects.filter(document__in=mine).select_related("document__file", "file", "brought_by")


def add_version(*, actor: Person, document: Document, upload: UploadedFile[Any], kind: str) -> DocumentVersion:
    """Read a further file of a document and keep it beside the first.

    Raises:
        NotAllowed: the actor may not review the document.
        Refusal: the file is refused, as by `import_document`, is the same to the byte as one that is there, or
            its marks ask for a narrower class than the document's.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    check_size(upload)
    name, content = upload.name or "", upload.read()
    read = read_file(name, content)
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if media_type is None:
        raise Refusal(ADVICE["unsupported"])
    stored = keep_file(name, content, media_type)
    try:
        with transaction.atomic():
            return _add(actor, document, stored, read.reading["text"], kind, proposed_class(read.reading))
    except BaseException:
        stored.delete()
        discard(stored)
        raise


@transaction.atomic
def make_version_of(*, actor: Person, document: Document, original: Document, kind: str) -> DocumentVersion:
    """Make of a document just brought in a further version of one that was there; it is no document any more.

    Citations that meant it mean the original from then on.

    Raises:
        NotAllowed: the actor may not review one of the two.
        Refusal: the document is past its review, is the original itself, is of a narrower class than that, or
            something rests on it that would be lost: a stated link, a line of a register.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, document.unit_id)
    policy.require(actor, Action.REVIEW_DOCUMENT, original.unit_id)
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    stored, text, was = fresh.file, fresh.text, fresh.code_key
    if fresh.state != DocumentState.READ or fresh.pk == original.pk or fresh.versions.exists() or not stored:
        raise Refusal(_("Only a document still under review can become a version of another one."))
    if DocumentLink.objects.filter(Q(source=fresh) | Q(target=fresh)).exists():
        raise Refusal(_("Somebody stated what this document does with others. Withdraw these links first."))
    said = Citation.objects.filter(cited=fresh, match=Match.STATED)
    said.exclude(document=original).update(cited=original)
    said.filter(cited=fresh).update(match=Match.NONE)  # no document cites itself
    try:
        fresh.delete()
    except ProtectedError as error:
        raise Refusal(
            _("A register or another document rests on this one. Add its file to the other under “Versions”.")
        ) from error
    version = _add(actor, original, stored, text, kind, fresh.classification)
    resolve_citations(original, was=was)
    return version


def _add(
    actor: Person, document: Document, stored: StoredFile, text: str, kind: str, classification: str
) -> DocumentVersion:
    held = Document.objects.select_for_update().get(pk=document.pk)  # of two equal files at once, the second waits
    if classification in narrower_than(held.classification):
        raise Refusal(
            _("This file is “%(file)s”, the document “%(document)s”. Change the class of the document first.")
            % {
                "file": Classification(classification).label,
                "document": Classification(held.classification).label,
            }
        )
    first = document.file.sha256 if document.file else ""
    kept = {first, *document.versions.values_list("file__sha256", flat=True)}
    if stored.sha256 in kept:
        raise Refusal(_("This very file is there already. Nothing was added."))
    version = DocumentVersion.objects.create(
        document=document, file=stored, text=text, kind=VersionKind(kind).value, brought_by=actor
    )
    values = {"document": document.pk, "version": version.pk, "files": [stored.sha256]}
    record(actor, Act("add_version", "document", document.pk, document.unit_id, values))
    return version


def difference(before: str, after: str) -> list[Piece]:
    """What differs between two texts, word by word, in pieces as long as they can be."""
    old, new = (_words(text) for text in (before, after))
    pieces: list[Piece] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            pieces.append((" ".join(new[step.dest_start : step.dest_end]), ""))
        elif step.tag == "insert":
            pieces.append((" ".join(new[step.dest_start : step.dest_end]), "new"))
        else:
            what = " ".join(old[step.src_start : step.src_end])
            at = len(pieces) - 1 if pieces and pieces[-1][1] == "new" else len(pieces)
            pieces.insert(at, (what, "gone"))  # what was there before what came in its place
    return pieces


def is_compared_whole(*texts: str) -> bool:
    """Whether all words of the texts are compared, and not only the first `MOST_WORDS` of each."""
    return all(len(text.split(maxsplit=MOST_WORDS)) <= MOST_WORDS for text in texts)


def _words(text: str) -> list[str]:
    return list(islice(unicodedata.normalize("NFC", text).split(), MOST_WORDS))
