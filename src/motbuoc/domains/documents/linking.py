"""Writes that tie documents together: citations resolved to what the library holds, and what a person states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.documents.identity import Identity, meant
from motbuoc.domains.documents.models import Citation, Document, DocumentLink, Match, Provision, Relation
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


def resolve_citations(document: Document, *, was: str = "") -> None:
    """Find the documents that `document` cites, and the citations of others that mean it.

    `was` is the `code_key` it had before a correction. What a person said of a citation stays. Part of the write
    that keeps or corrects the document: no line of its own, for it follows from the texts alone.
    """
    keys = {key for key in (document.code_key, was) if key}
    own = Citation.objects.filter(document=document.pk).exclude(code_key="")
    resolve_all([*own, *Citation.objects.filter(code_key__in=keys).exclude(document=document.pk)])


def resolve_all(citations: Iterable[Citation]) -> None:
    """Find the document that each of the citations means, among all that are held."""
    open_ones = [citation for citation in citations if citation.match != Match.STATED]
    keys = {citation.code_key for citation in open_ones}
    held: dict[str, list[Identity]] = defaultdict(list)
    rows = Document.objects.filter(code_key__in=keys).exclude(code_key="").order_by("pk")
    for pk, key, code, issued_on, issuer in rows.values_list("pk", "code_key", "code", "issued_on", "issuer"):
        held[key].append(Identity(code, issued_on, issuer, pk))
    for citation in open_ones:
        cited = Identity(citation.code, citation.issued_on, citation.issuer)
        found = meant(cited, [one for one in held[citation.code_key] if one.pk != citation.document_id])
        citation.cited_id = found.pk if found else None
        citation.match = (Match.SURE if found.is_sure else Match.LIKELY) if found else Match.NONE
    Citation.objects.bulk_update(open_ones, ["cited", "match"], batch_size=500)


@transaction.atomic
def settle_citation(*, actor: Person, citation: Citation, cited: Document | None) -> Citation:
    """Say which document a citation means; None: none of those held.

    Raises:
        NotAllowed: the actor may not review the citing document.
        Refusal: the actor may not read `cited`, or it is the citing document itself.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, citation.document.unit_id)
    if cited is not None:
        _check_two(actor, citation.document_id, cited)
    before, citation.cited, citation.match = citation.cited_id, cited, Match.STATED
    return _settled(actor, citation, before)


def confirm_citation(*, actor: Person, citation: Citation) -> Citation:
    """Say that a citation means the document found for it.

    Raises:
        NotAllowed: the actor may not review the citing document.
        Refusal: none was found among those the actor may read, which does not tell whether there is one.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, citation.document.unit_id)
    found = documents_for(actor).filter(pk=citation.cited_id or 0).first()
    if found is None:
        raise Refusal(_("There is no such document among those you may read. Choose another one."))
    return settle_citation(actor=actor, citation=citation, cited=found)


@transaction.atomic
def unsettle_citation(*, actor: Person, citation: Citation) -> Citation:
    """Take back what a person said of a citation: the library is looked through again.

    Raises:
        NotAllowed: the actor may not review the citing document.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, citation.document.unit_id)
    before, citation.match = citation.cited_id, Match.NONE
    resolve_all([citation])
    return _settled(actor, citation, before)


def _settled(actor: Person, citation: Citation, before: int | None) -> Citation:
    citation.save(update_fields=["cited", "match"])
    known = set(documents_for(actor).filter(pk__in=[before, citation.cited_id]).values_list("pk", flat=True))
    cited = [pk if pk in known else None for pk in (before, citation.cited_id)]
    values = {"citation": citation.pk, "code": citation.code, "cited": cited}
    record(actor, Act("settle_citation", "document", citation.document_id, citation.document.unit_id, values))
    return citation


@transaction.atomic
def state_link(
    *,
    actor: Person,
    source: Document,
    target: Document,
    relation: str,
    provision: Provision | None = None,
    pinpoint: str = "",
    effective_on: date | None = None,
) -> DocumentLink:
    """State what `source` does with `target`, or with a part of it; stating it again changes nothing.

    The part is named by its `provision`, by its place in words (`pinpoint`), or both.

    Raises:
        NotAllowed: the actor may not review `source` or, to confirm an order, the documents of who gave it.
        Refusal: the actor may not read `target`; the two are one; `provision` is not of `target`; something
            else than a paper would confirm something else than a spoken order.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, source.unit_id)
    _check_two(actor, source.pk, target)
    if relation == Relation.CONFIRMS:  # whoever was given an order does not say what was meant
        policy.require(actor, Action.REVIEW_DOCUMENT, target.unit_id)
    if relation == Relation.CONFIRMS and (source.is_spoken or not target.is_spoken):
        raise Refusal(_("Only a paper confirms, and only an order that was spoken. Choose another document."))
    if provision is not None and provision.document_id != target.pk:
        raise Refusal(_("This item does not belong to the document chosen. Reload the page and choose again."))
    link, is_new = DocumentLink.objects.get_or_create(
        source=source,
        target=target,
        relation=Relation(relation).value,
        pinpoint=(pinpoint.strip() or (provision.number if provision else ""))[:200],
        defaults={"provision": provision, "effective_on": effective_on, "stated_by": actor},
    )
    if is_new:
        record(actor, Act("state_link", "document", source.pk, source.unit_id, _told(link)))
    return link


@transaction.atomic
def withdraw_link(*, actor: Person, link: DocumentLink) -> None:
    """Take back what a person stated; it stays in the history.

    Raises:
        NotAllowed: the actor may not review the source.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, link.source.unit_id)
    record(actor, Act("withdraw_link", "document", link.source_id, link.source.unit_id, _told(link)))
    link.delete()


def _check_two(actor: Person, source_id: int, target: Document) -> None:
    if source_id == target.pk:
        raise Refusal(_("A document cannot be linked to itself. Choose another one."))
    if not documents_for(actor).filter(pk=target.pk).exists():
        raise Refusal(_("There is no such document among those you may read. Choose another one."))


def _told(link: DocumentLink) -> dict[str, Any]:
    return {
        "target": link.target_id,
        "relation": link.relation,
        "pinpoint": link.pinpoint,
        "on": link.effective_on.isoformat() if link.effective_on else None,
    }
