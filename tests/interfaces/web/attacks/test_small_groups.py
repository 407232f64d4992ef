"""Whoever may read all that is shown cannot tell a world with one of a small group from a world with another.

The same installation is walked twice, as everybody who may look: every page, the history, the programming
interface. Between the walks the rows change by so much as nobody may notice: a few people of a small group more
or fewer, and no other number that is shown. What is sent must be the same to the letter. A new package adds its
worlds to `WORLDS` and its addresses to `addresses`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import reverse

from motbuoc.domains.dialogue.models import Attendance, Dialogue, Question
from motbuoc.domains.dialogue.services import hold_dialogue
from motbuoc.domains.listening.models import OpinionBox, Theme
from motbuoc.domains.listening.publishing import monday_of, publish_unit
from motbuoc.domains.listening.services import BoxTerms, make_box
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from tests.domains.dialogue.test_dialogues import ask, plan_of, rule_for, step
from tests.domains.listening.test_opinions import ROAD, add, theme_of
from tests.factories import Cast
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db
CAME = {"workers": 40, "residents": 21, "youth": 2, "officials": 9}
ONCE = re.compile(
    r'name="(?:csrfmiddlewaretoken|key|rest)" value="[^"]*"|data-rest="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "\w+"'
    r"|Mã yêu cầu: \w+"
)


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """What is different from walk to walk is not the time."""
    with time_machine.travel("2026-06-15T02:00:00Z", tick=False):
        yield


@pytest.fixture
def small_world(cast: Cast) -> Cast:
    """A dialogue at which two young people were, and a question that one more person asks."""
    dialogue = step(cast, plan_of(cast, rule_for(cast), days=0), "announce_dialogue")
    for text in ("Khi nào sửa cầu?", "Bao giờ trả lương?"):
        ask(dialogue, text)
    Question.objects.update(is_shown=True)
    Question.objects.filter(number=2).update(supports=11)
    fresh = Dialogue.objects.get()
    terms = BoxTerms(cast.bloc.pk, "Hộp thư góp ý")
    made = make_box(actor=cast.officer, unit_id=cast.bloc.pk, terms=terms)
    theme = theme_of(made)
    for _one in range(12):
        add(made, ROAD, monday_of(clock.today()) - timedelta(days=10), theme, "worried")
    Theme.objects.create(unit=made.unit, name="Chuyện của ít người", words=["ít người"], made_on=clock.today())
    with time_machine.travel(clock.now() - timedelta(days=7), tick=False):
        publish_unit(made.unit_id)
    counts: dict[str, Any] = {"held_on": clock.today(), "counts": CAME, "minutes": ""}
    hold_dialogue(actor=cast.officer, dialogue=fresh, version=fresh.version, **counts)
    return cast


def _young(count: int) -> None:
    """Some of the young people were counted with the officials, who cover them."""
    Attendance.objects.filter(group="youth").update(count=count)
    Attendance.objects.filter(group="officials").update(count=11 - count)


def _same_question(count: int) -> None:
    Question.objects.filter(number=1).update(supports=count)
    Question.objects.filter(number=2).update(supports=10 + count)


def _said_lately(count: int) -> None:
    """More said the same in the week that was published last, and how they stand to it."""
    theme = Theme.objects.get(name="Đường sá")
    for _one in range(count):
        add(OpinionBox.objects.get(), ROAD, monday_of(clock.today()) - timedelta(days=3), theme, "upset")
    publish_unit(theme.unit_id)


def _small_theme(count: int) -> None:
    """A theme of so few that it is no group."""
    theme = Theme.objects.get(name="Chuyện của ít người")
    for _one in range(count):
        add(OpinionBox.objects.get(), "Lời của ít người", monday_of(clock.today()) - timedelta(days=3), theme)
    publish_unit(theme.unit_id)


WORLDS: dict[str, Callable[[int], None]] = {
    "who came": _young,
    "who asks the same": _same_question,
    "what was said lately": _said_lately,
    "what few say": _small_theme,
}
"""How many of a small group there are, by what is counted."""


def addresses() -> dict[str, list[str]]:
    """All that shows anything of it, by who may see it: everybody, those who read, those who also deal with it.

    Who answers opinions reads each of them, so for them there is no small group in these.
    """
    dialogue = Dialogue.objects.get()
    questions = list(Question.objects.all())
    year = clock.today().year
    names = ("dialogue_detail", "dialogue_screen", "dialogue_sheet", "dialogue_conclude", "dialogue_minutes")
    pages = [reverse(name, args=[dialogue.pk]) for name in names]
    pages += [reverse("question_detail", args=[question.pk]) for question in questions]
    pages += [reverse("dialogue_list"), f"{reverse('dialogue_list')}?nam={year}"]
    pages.append(reverse("history_list"))
    boards = [reverse("theme_board"), *(reverse("theme_detail", args=[each.pk]) for each in Theme.objects.all())]
    public = [reverse("ask_page", args=[dialogue.address])]
    public.append(reverse("box_page", args=[OpinionBox.objects.get().address]))
    return {"everybody": public, "readers": [*pages, *boards], "dealers": pages}


def calls() -> list[str]:
    """What a program may ask."""
    dialogue = Dialogue.objects.get()
    questions = [f"questions/{question.pk}" for question in Question.objects.all()]
    return [
        f"dialogues/{dialogue.pk}",
        f"dialogues/{dialogue.pk}/questions",
        "dialogues",
        "questions/owed",
        *questions,
    ]


def walked(cast: Cast, sign_in: Callable[[Person], Client], change: Callable[[], object]) -> dict[str, str]:
    """All that everybody is sent, by who and where. That an inspector looked is written down; not from walk to
    walk.
    """
    caches["pages"].clear()
    with transaction.atomic():
        change()
        found = _walked(cast, sign_in)
        transaction.set_rollback(True)
    return found


def _walked(cast: Cast, sign_in: Callable[[Person], Client]) -> dict[str, str]:
    found: dict[str, str] = {}
    asked = addresses()
    everybody = asked["everybody"]
    browsers = [
        ("nobody", Client(), everybody),
        ("officer", sign_in(cast.officer), [*everybody, *asked["dealers"]]),
        ("central", sign_in(cast.central_officer), [*everybody, *asked["readers"]]),
        ("inspector", sign_in(cast.inspector), [*everybody, *asked["readers"]]),
    ]
    for name, browser, where in browsers:
        for address in where:
            answer = browser.get(address)
            text = answer.content.decode()
            found[f"{name} {address}"] = f"{answer.status_code} {ONCE.sub('', text)}"
    program = Program(cast.officer)
    return found | {f"program {path}": str(program.ask(path)) for path in calls()}


@pytest.mark.parametrize("what", WORLDS)
def test_nobody_can_tell_how_many_of_a_small_group_there_are(small_world, as_person, what):
    seen = []
    for count in (1, 2, 4):
        seen.append(walked(small_world, as_person, partial(WORLDS[what], count)))
    first, *others = seen
    assert sum(text.startswith("200") for text in first.values()) > 20
    for other in others:
        assert [where for where in first if first[where] != other[where]] == []


def test_the_walk_notices_what_is_shown(small_world, as_person):
    """It compares something: of a group that is no small one, everybody sees how large it is."""

    def grow() -> None:
        theme = Theme.objects.get(name="Đường sá")
        for _one in range(6):
            add(OpinionBox.objects.get(), ROAD, monday_of(clock.today()) - timedelta(days=3), theme, "upset")
        publish_unit(theme.unit_id)

    first = walked(small_world, as_person, lambda: None)
    Attendance.objects.filter(group="workers").update(count=45)
    Question.objects.filter(number=2).update(supports=16)
    changed = {where for where, text in walked(small_world, as_person, grow).items() if first[where] != text}
    assert {"officer " + reverse("dialogue_detail", args=[Dialogue.objects.get().pk])} < changed
    assert any(where.startswith("nobody") for where in changed)
    assert "central " + reverse("theme_board") in changed
    assert any(where.startswith("program") for where in changed)


def test_a_small_group_is_told_in_words(small_world, as_person, client):
    page = as_person(small_world.officer).get(reverse("dialogue_detail", args=[Dialogue.objects.get().pk]))
    text = page.content.decode()
    assert "Đoàn viên: không nêu vì quá ít" in text
    assert "Công chức, viên chức: không nêu vì quá ít" in text, "it would give the young ones away"
    assert "Người lao động: 40" in text
    public = client.get(reverse("ask_page", args=[Dialogue.objects.get().address])).content.decode()
    assert "10 người cùng hỏi" in public


def test_what_a_few_say_is_named_to_who_listens_alone(small_world, as_person):
    small = Theme.objects.get(name="Chuyện của ít người")
    for reader, is_told in ((small_world.central_officer, False), (small_world.officer, True)):
        browser = as_person(reader)
        for address in (reverse("theme_board"), reverse("theme_detail", args=[small.pk])):
            page = browser.get(address).content.decode()
            assert "Đường sá" in page or address != reverse("theme_board")
            assert ("Chuyện của ít người" in page) is is_told
