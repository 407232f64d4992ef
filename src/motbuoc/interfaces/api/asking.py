"""Who asks, what they may ask for, and how it is answered when they may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any, Literal, TypeVar, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.security import HttpBearer
from pydantic import AfterValidator

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import SCOPES, Action
from motbuoc.foundation.administration.api_tokens import person_behind
from motbuoc.foundation.administration.inspections import Look
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.people.models import Person

Operation = TypeVar("Operation", bound=Callable[..., Any])


class Problem(Schema):
    """Why there is no other answer, in a sentence for a person; of fields that are wrong, one by one."""

    detail: str | list[dict[str, Any]]


class Caller(HttpRequest):
    """A request that a program sent in the name of `viewer`."""

    viewer: Person


class Key(HttpBearer):
    """The key of a token, sent as `Authorization: Bearer mb_…`. A browser's session opens nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The person the key stands for."""
        person = person_behind(token)
        if person:
            # Also what the frame asks for the viewer by: an inspector's looks are written down here as on pages.
            request.viewer = request._viewer = person  # type: ignore[attr-defined]
        return person


def operator(request: HttpRequest) -> Person | None:
    """Whoever runs the installation, calling from the machine itself in somebody's name (`calling.call`)."""
    person: Person | None = getattr(request, "operator", None)
    if person:
        request.viewer = request._viewer = person  # type: ignore[attr-defined]
    return person


def plain(words: str) -> str:
    """Text that a program sends, without what a database cannot keep: the null character, and halves of a pair."""
    return words.replace("\x00", "").encode(errors="ignore").decode()


Words = Annotated[str, AfterValidator(plain)]
"""The same, as a field of what is asked."""

Day = Annotated[date, Field(ge=clock.FIRST_DAY, le=clock.LAST_DAY)]
"""A day that is written down, of the years in which the forms of the pages take one."""

ClassName = Literal["normal", "internal", "restricted"]


def asks(see: Action, *, do: Action | None = None) -> Callable[[Operation], Operation]:
    """An operation for who may do `see` somewhere (404 for others), and `do` (403); as `interfaces.web.rights`."""

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def asked(request: Caller, *args: Any, **kwargs: Any) -> Any:
            needs(request.viewer, see, hidden=True)
            if do:
                needs(request.viewer, do)
            return operation(request, *args, **kwargs)

        asked.right = (see, do)  # type: ignore[attr-defined]
        return cast(Operation, asked)

    return declare


def about_oneself(operation: Operation) -> Operation:
    """An operation about what is the person's own, which takes no right."""
    vars(operation)["right"] = (None, None)
    return operation


def needs(person: Person, action: Action, *, hidden: bool = False) -> None:
    """Go on only if the person may do `action` somewhere, and their token is for it.

    Raises:
        NotAllowed: the token is not for it, or their role does not allow it.
        Http404: their role does not allow it, and it is `hidden` from them.
    """
    if policy.may(person, action):
        return
    if action not in policy.limits_of(person):
        scope = next((name for name, actions in SCOPES.items() if action in actions), "")
        if not scope:
            raise NotAllowed(_("No token is for that: a person does it on its page."))
        raise NotAllowed(_("This token is not for that. It needs the scope “%(scope)s”.") % {"scope": scope})
    if hidden:
        raise Http404
    raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": action.label})


LARGEST_ID = 2**63 - 1


def row_id(asked: int | None) -> int | None:
    """An id as a database can be asked for it: what is too large or too small to be one is nobody's."""
    return asked if asked is None or 0 < asked <= LARGEST_ID else 0


def shows(request: HttpRequest, object_type: str, object_id: int, unit_id: int) -> None:
    """Say what the answer shows, for the record of an inspector's looks; an answer that says nothing is a list."""
    request._look = Look(object_type, object_id, unit_id)  # type: ignore[attr-defined]


def status_of(refusal: Refusal) -> int:
    """403 for what is not allowed, 409 where somebody was quicker, 422 for what cannot be done like this."""
    if isinstance(refusal, NotAllowed):
        return 403
    return 409 if isinstance(refusal, Collision) else 422
