"""What the operations of registers share: for which unit a person acts, kinds of documents, what a draft says."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Schema

from motbuoc.domains.registers.drafting import Draft, draft_text, letterhead_of
from motbuoc.domains.registers.selectors import own_units
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.api.asking import ClassName, Words, needs
from vanban.vocabulary import type_codes


class DraftAsked(Schema):
    """A document to be drafted for the unit, from `body` (Markdown) or a Word file.

    What the letterhead and the signature say is proposed from the tree and stands where nothing else is given.
    """

    unit: int
    type: Words
    subject: Annotated[Words, Field(max_length=1000)]
    classification: ClassName = "normal"
    body: Words = ""
    superior: Words | None = None
    issuer: Words | None = None
    place: Words | None = None
    authority: Words | None = None
    title: Words | None = None
    signer: Words | None = None
    addressees: list[Words] = []
    distribution: list[Words] = []

    @property
    def text(self) -> str:
        """The draft in Markdown with its header, what is said over what is proposed."""
        head = letterhead_of(self.unit, clock.today())
        names = ("superior", "issuer", "place", "authority", "title", "signer")
        said = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        lines = {name: [line for line in getattr(self, name) if line] for name in ("addressees", "distribution")}
        return draft_text(Draft(replace(head, **said), self.type, self.subject, self.body, **lines))


def desk(person: Person, unit: int, action: Action) -> Any:
    """The unit, if the person acts for it themselves.

    Raises:
        NotAllowed: they do not.
    """
    needs(person, action)
    for own in own_units(person, action):
        if own.pk == unit:
            return own
    raise NotAllowed(_("No unit has given you its registers to keep."))


def kind_known(kind: str) -> str:
    """The abbreviation of a kind of document, such as "CV".

    Raises:
        Refusal: there is none such.
    """
    if kind not in type_codes() or len(kind) > 6:
        raise Refusal(
            _("There is no kind of document “%(kind)s”. Give its abbreviation, such as CV.") % {"kind": kind}
        )
    return kind
