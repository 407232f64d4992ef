"""Every page says what it asks of a person's rights, and asks it: one line right above its function.

    @require_safe
    @asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
    def document_clarity(request, pk): …

That is the coarse question, asked of the person alone: may they do this anywhere at all? Whether they may do it to
*this* document is asked by the page's selector (404) and by the policy on its unit (403), as ever. The declaration
stays on the page as `page.right`; a test walks the URL table with every role and fails on a page that has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Person

Page = TypeVar("Page", bound=Callable[..., HttpResponseBase])
Actions = Action | tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """What a page asks of whoever comes.

    `see` is the action without which there is no such page for them; `do` those of which one is needed for the
    whole page, `send` those of which one is needed to send its form. Without `see` a page says in `reason` why it
    asks for no action; `signed_in` is false where it is open to everybody.
    """

    see: Action | None = None
    do: tuple[Action, ...] = ()
    send: tuple[Action, ...] = ()
    signed_in: bool = True
    reason: str = ""

    def needed(self, method: str) -> tuple[tuple[Action, ...], ...]:
        """Groups of actions of which each must hold one the person may do, for a request of this method."""
        groups = (self.do, self.send if method == "POST" else ())
        return tuple(group for group in groups if group)

    def check(self, person: Person, method: str) -> None:
        """Go on only if `person` may do somewhere what the page is for.

        Raises:
            Http404: they may see nothing of the kind, and are not told that there is such a page.
            NotAllowed: they may see it, but not do this; the sentence names what it takes.
        """
        held = policy.actions_of(person)
        if self.see and self.see not in held:
            raise Http404
        for group in self.needed(method):
            if held.isdisjoint(group):
                raise policy.refusal(person, group)


def asks(see: Action, *, do: Actions = (), send: Actions = ()) -> Callable[[Page], Page]:
    """A page for who may do `see`, and one of `do`; its form is for who may do one of `send`."""
    right = Right(see, _several(do), _several(send))

    def declare(page: Page) -> Page:
        @wraps(page)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            right.check(request.viewer, request.method or "")  # type: ignore[attr-defined]
            return page(request, *args, **kwargs)

        return _declared(cast(Page, asked), right)

    return declare


def own_things(reason: str) -> Callable[[Page], Page]:
    """A page for everybody who has signed in, about nothing but themselves; `reason` says how so."""

    def declare(page: Page) -> Page:
        return _declared(page, Right(reason=reason))

    return declare


def asks_nobody(reason: str) -> Callable[[Page], Page]:
    """A page that stands open, signed in or not; `reason` says why it may."""

    def declare(page: Page) -> Page:
        return _declared(login_not_required(page), Right(signed_in=False, reason=reason))

    return declare


def _several(actions: Actions) -> tuple[Action, ...]:
    return (actions,) if isinstance(actions, Action) else actions


def _declared(page: Page, right: Right) -> Page:
    page.right = right  # type: ignore[attr-defined]
    return page


NOT_OF_OUR_MAKING: dict[str, Right] = {
    "sign_in": Right(signed_in=False, reason="where one comes in"),
    "sign_out": Right(signed_in=False, reason="ends the viewer's own session, or a sign-in given up half-way"),
    "language_switch": Right(signed_in=False, reason="chooses the words of the screen, those of the sign-in too"),
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_inactive",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "socialaccount_login_cancelled",
        ),
        Right(signed_in=False, reason="a step of coming in"),
    ),
    **dict.fromkeys(
        (
            "account_change_password",
            "account_set_password",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
        ),
        Right(reason="one's own ways of signing in"),
    ),
}
"""Pages that are classes, or another library's, by URL name: they are declared here, and enforce it themselves."""


def right_of(url_name: str, page: Callable[..., Any]) -> Right | None:
    """What the page behind a URL name asks for; None if nobody has said."""
    return getattr(page, "right", None) or NOT_OF_OUR_MAKING.get(url_name)
