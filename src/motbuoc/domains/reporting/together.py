"""Drafting together: whose section it is, remarks on paragraphs with changes suggested, versions compared."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.domains.reporting.drafted import Draft, DraftSection, Paragraph, Remark
from motbuoc.domains.reporting.drafting import check_writer, edit_paragraph
from motbuoc.domains.reporting.drafts import content_of, leads, paragraphs_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import keeper_of

WHO_REMARK = (Action.MAKE_REPORT, Action.RELEASE_DOCUMENT)
NOT_THE_LEAD = gettext_lazy("Only who is responsible for the report, or approves it, gives it to somebody else.")
MOST = 5_000  # characters of a remark


def writers_of(draft: Draft) -> QuerySet[Person]:
    """Those who may write on a report, by name."""
    unit = Unit.objects.get(pk=keeper_of(draft.unit_id, clock.today()))
    return policy.who_may(Action.MAKE_REPORT, unit).order_by("full_name", "pk")


@transaction.atomic
def give_section(*, actor: Person, section: DraftSection, owner: Person | None) -> DraftSection:
    """Say whose section it is; None: everybody's.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: the person may not; it is handed in, or the section is another's to give.
    """
    draft = check_writer(actor, section)
    section = DraftSection.objects.get(pk=section.pk)
    if owner and not writers_of(draft).filter(pk=owner.pk).exists():
        raise Refusal(_("This person may not write on the report."))
    before, section.owner = section.owner_id, owner
    section.save()
    values = {"section": str(section), "owner": [before, section.owner_id]}
    record(actor, Act("give_section", "report_draft", draft.pk, draft.unit_id, values))
    return section


@transaction.atomic
def give_lead(*, actor: Person, draft: Draft, version: int, lead: Person) -> Draft:
    """Say who is responsible for a report, and so may write in every section and give them to others.

    Raises:
        NotAllowed: the actor is neither responsible for it nor may approve reports of the unit.
        Refusal: the person may not write on it.
        Collision: somebody changed it since `version`.
    """
    if not may_give_lead(actor, draft):
        raise NotAllowed(NOT_THE_LEAD)
    fresh = claim(draft, version)
    if not writers_of(fresh).filter(pk=lead.pk).exists():
        raise Refusal(_("This person may not write on the report."))
    before, fresh.led_by = fresh.lead, lead
    fresh.save()
    values = {"lead": [before.pk, lead.pk]}
    record(actor, Act("give_draft", "report_draft", fresh.pk, fresh.unit_id, values))
    return fresh


def may_give_lead(person: Person, draft: Draft) -> bool:
    """Whether `person` says who is responsible: who is it now, and who may approve the report."""
    own = keeper_of(draft.unit_id, clock.today())
    is_lead = leads(person, draft) and policy.may_on(person, Action.MAKE_REPORT, own)
    return is_lead or policy.may_on(person, Action.RELEASE_DOCUMENT, own)


@transaction.atomic
def remark_on(*, actor: Person, paragraph: Paragraph, text: str, suggestion: str = "") -> Remark:
    """Say something on a paragraph, and perhaps how it should read.

    Raises:
        NotAllowed: the actor may neither write nor approve reports of the unit.
        Refusal: nothing is said, or too much.
    """
    draft = paragraph.section.draft
    _require(actor, draft)
    if not (text.strip() or suggestion.strip()) or max(len(text), len(suggestion)) > MOST:
        raise Refusal(_("Write a remark of at most %(most)s characters.") % {"most": MOST})
    remark = Remark.objects.create(
        paragraph=paragraph,
        text=text.strip(),
        suggestion=" ".join(suggestion.split()),
        written_by=actor,
        written_at=clock.now(),
    )
    values = {"paragraph": paragraph.pk, "text": remark.text}
    record(actor, Act("remark_on_paragraph", "report_draft", draft.pk, draft.unit_id, values))
    return remark


def remarks_for(viewer: Person) -> QuerySet[Remark]:
    """The remarks on paragraphs that `viewer` may read, the oldest first."""
    seen = paragraphs_for(viewer).order_by().values("pk")
    return Remark.objects.filter(paragraph__in=seen).select_related("written_by")


def _require(actor: Person, draft: Draft) -> None:
    own = keeper_of(draft.unit_id, clock.today())
    if not any(policy.may_on(actor, action, own) for action in WHO_REMARK):
        raise NotAllowed(_("Only those who write or approve the report remark on it."))


@transaction.atomic
def settle_remark(*, actor: Person, remark: Remark, version: int, is_taken: bool = False) -> Remark:
    """Settle a remark; where `is_taken`, the paragraph reads as was suggested (`version` is the paragraph's).

    Raises:
        NotAllowed: as `remark_on`; to take a suggestion one must write on the report.
        Refusal: it is settled already, or nothing was suggested.
        Collision: somebody changed the paragraph since `version`.
    """
    fresh = Remark.objects.select_for_update().select_related("paragraph__section__draft").get(pk=remark.pk)
    draft = fresh.paragraph.section.draft
    _require(actor, draft)
    if fresh.settled_at:
        raise Refusal(_("This remark is settled already."))
    if is_taken:
        if not fresh.suggestion:
            raise Refusal(_("Nothing was suggested here."))
        edit_paragraph(actor=actor, paragraph=fresh.paragraph, version=version, text=fresh.suggestion)
    fresh.settled_by, fresh.settled_at = actor, clock.now()
    fresh.save()
    values = {"paragraph": fresh.paragraph_id, "text": fresh.text}
    record(actor, Act("settle_remark", "report_draft", draft.pk, draft.unit_id, values))
    return fresh


class Row(NamedTuple):
    """A paragraph in two versions: the same, or changed, or only in one of them."""

    one: str
    other: str

    @property
    def is_same(self) -> bool:
        """Whether it reads alike in both."""
        return self.one == self.other


NOW = 0
"""The number under which the text of now is compared."""


def compared(draft: Draft, one: int, other: int) -> list[Row]:
    """Two versions of a draft side by side, paragraph by paragraph; NOW is the text of now.

    Raises:
        DraftVersion.DoesNotExist: there is none of that number.
    """
    first, second = _content(draft, one), _content(draft, other)
    rows: list[Row] = []
    for kind, i, j, k, n in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        left, right = first[i:j], second[k:n]
        if kind == "equal":
            rows += [Row(words, words) for words in left]
            continue
        longest = max(len(left), len(right))
        left, right = left + [""] * (longest - len(left)), right + [""] * (longest - len(right))
        rows += [Row(*pair) for pair in zip(left, right, strict=True)]
    return rows


def _content(draft: Draft, number: int) -> list[str]:
    if number == NOW:
        return content_of(draft)
    kept: list[str] = draft.versions.get(number=number).content
    return kept
