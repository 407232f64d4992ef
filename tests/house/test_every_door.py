"""Every address of the URL table × everybody × where the thing behind it stands.

What each gets is worked out from what the page declares (`interfaces/web/rights.py`), the table of roles, and the
tree: nothing is listed by hand. A page that declares nothing, and a parameter without a thing behind it
(`things.py`), fail by name.
"""

from __future__ import annotations

import pytest
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.rights import right_of
from tests.factories import make_directive
from tests.house.neighbourhood import Address, Answer, Neighbourhood, Visitor
from tests.house.things import behind
from tests.house.url_table import DOORS, Door

METHODS = ("GET", "POST")
NOBODY = Visitor("somebody not signed in")
SENT: dict[str, tuple[dict[str, object], Action]] = {
    "visit_detail": ({"step": "comment_draft", "version": 1}, Action.WORK_ON_ASSIGNMENT),
    "assignment_urge": ({}, Action.DECIDE_ASSIGNMENT),
    "help_offer": ({"step": "decline_help", "version": 1}, Action.WORK_ON_ASSIGNMENT),
    "together": ({"name": "acknowledge"}, None),
    "assignment_requests": ({"does": "ask"}, Action.WORK_ON_ASSIGNMENT),
    "assignment_detail": ({"step": "acknowledge", "version": 1}, Action.WORK_ON_ASSIGNMENT),
    "copy_detail": ({"step": "accept_copy", "version": 1}, Action.REGISTER_DOCUMENT),
    "outgoing_detail": ({"step": "approve", "version": 1}, None),
    "paragraph_remarks": ({"text": "x"}, None),
    "draft_detail": ({"step": "hand_in", "version": 1}, None),
    "incoming_detail": ({}, Action.REGISTER_DOCUMENT),
    "submission_detail": ({"step": "hand_in", "version": 1}, Action.WORK_ON_ASSIGNMENT),
    "document_recipients": ({}, Action.SEND_DOCUMENT),
}
"""What is posted to a page whose form is for several actions, and which of them it is; nothing to others."""

NOBODY_HAS = {"mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_deactivate_totp"}
"""Pages about something of one's own that none of the visitors has set up."""

pytestmark = pytest.mark.django_db
every_door = pytest.mark.parametrize("door", DOORS, ids=str)


@every_door
def test_the_page_declares_its_right(door: Door) -> None:
    right = right_of(door.name, door.page)
    assert right, (
        f"{door} does not say what it asks for: put @asks(…), @own_things(…) or @asks_nobody(…) right above it, "
        "or, if it is not a function of ours, a line in rights.NOT_OF_OUR_MAKING"
    )
    assert right.see or right.reason, f"{door} asks for no action and does not say why"


@every_door
def test_something_stands_behind_every_parameter(door: Door) -> None:
    unknown = [name for name in door.parameters if behind(door.name, name) is None]
    assert not unknown, f"{door}: say in things.BEHIND what stands behind {', '.join(unknown)}"


@every_door
def test_nobody_gets_in_unsigned(around: Neighbourhood, door: Door) -> None:
    for address in around.addresses(door, ("own",)):
        for method in METHODS:
            answer = NOBODY.ask(method, address.url)
            asked_to_sign_in = answer.headers.get("Location", "").startswith(resolve_url("sign_in") + "?next=")
            assert asked_to_sign_in == door.right.signed_in, f"{method} {address.url}: {answer.status}"
            assert not around.told(NOBODY, answer)


@every_door
def test_everybody_gets_what_their_rights_give(around: Neighbourhood, door: Door) -> None:
    wrong = []
    for method in METHODS:
        data, action = SENT.get(door.name, ({}, None)) if method == "POST" else ({}, None)
        is_taken = _is_taken(around, door, method)
        for visitor in around.visitors:
            for address in around.addresses(door) if is_taken else around.addresses(door, ("own",)):
                expected = _expected(door, visitor, address, method, action) if is_taken else (405,)
                answer = visitor.ask(method, address.url, data)
                where = f"{method} {address.url} ({address.place or 'anywhere'}) by {visitor.name}"
                if not _is_as(answer, expected):
                    wrong.append(f"{where}: {answer.status} {answer.error}, expected {expected or 'a page'}")
                if told := around.told(visitor, answer):
                    wrong.append(f"{where} tells {told}")
    assert not wrong, "\n".join(wrong)


def _is_taken(around: Neighbourhood, door: Door, method: str) -> bool:
    """Whether the page answers to the method at all."""
    address = next(around.addresses(door, ("own",)))
    return around.master.ask(method, address.url).status != 405


def _expected(
    door: Door, visitor: Visitor, address: Address, method: str, action: Action | None
) -> tuple[int, ...]:
    """The status that is due; nothing for "not refused"."""
    right, anywhere = door.right, visitor.may()
    groups = right.needed(method)
    if right.see and right.see not in anywhere:
        return (404,)
    if any(anywhere.isdisjoint(group) for group in groups):
        return (403,)
    if not address.is_theirs or door.name in NOBODY_HAS:
        return (404, 302)
    if not address.things:
        return ()
    here = visitor.may(address.place)
    if not all(visitor.sees(thing, address.place) for thing in address.things):
        return (404,)
    if any(here.isdisjoint(group) for group in groups) or (action and action not in here):
        return (403,)
    return ()


def _is_as(answer: Answer, expected: tuple[int, ...]) -> bool:
    if expected:
        return answer.status in expected
    return answer.status < 500 and answer.status not in (403, 404, 405)


def test_the_walk_tells_places_apart(around: Neighbourhood) -> None:
    """The table that the walk reckons with is the tree that the policy reads."""
    for visitor in around.visitors:
        for name, place in around.places.items():
            assert visitor.person
            sees = {a for a in Action if policy.may_on(visitor.person, a, place.unit.pk)}
            assert sees == visitor.may(name), f"{visitor.name} in {name}"


def test_a_directive_from_above_shows_each_unit_its_own_part(around: Neighbourhood, client: Client) -> None:
    directive = make_directive(around.cast)
    given = directive.assignments.get(unit=around.cast.unit_a, duty__position=0)
    client.force_login(around.cast.secretary_b.account)
    assert client.get(reverse("assignment_detail", args=[given.pk])).status_code == 404
    board = client.get(reverse("board", args=[directive.pk])).content.decode()
    assert "Đảng bộ Công ty Bình Minh" in board
    assert "Chi bộ Sở Ánh Dương" not in board
