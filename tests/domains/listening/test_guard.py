"""The guard of public forms: whoever typed comes in, whoever sends without end pays or waits, and nobody is
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
import time_machine

from motbuoc.domains.listening.guard import BITS, CALM, MOST_BITS, STANDS, Guard, Wait, begin_anew
from motbuoc.domains.listening.receipts import new_form_key

START = 1_780_000_000


@pytest.fixture(autouse=True)
def clock(settings) -> Iterator[time_machine.Coordinates]:
    settings.REST_SECONDS = 5
    begin_anew()
    with time_machine.travel(START, tick=False) as moment:
        yield moment
    begin_anew()


def sent(guard: Guard, *, stamp: str = "", form: str = "", key: str = "", ticket: str = "") -> Guard:
    """The form as it comes back."""
    return Guard.of(form or guard.form, key or guard.key, {"ticket": ticket or guard.ticket, "stamp": stamp})


def stamp_for(guard: Guard) -> str:
    """What the script in the browser finds."""
    number = 0
    while int.from_bytes(sha256(f"{guard.key}.{guard.ticket}:{number}".encode()).digest()) >> (256 - guard.bits):
        number += 1
    return str(number)


def test_whoever_typed_for_a_while_comes_in_without_a_script(clock):
    shown = Guard.of("ask:x", new_form_key())
    with pytest.raises(Wait) as wait:
        sent(shown).admit()
    assert wait.value.seconds == 5
    clock.shift(3)
    with pytest.raises(Wait) as wait:
        sent(shown).admit()
    assert wait.value.seconds == 2
    clock.shift(2)
    sent(shown).admit()


def test_a_browser_that_worked_comes_in_at_once():
    shown = Guard.of("ask:x", new_form_key())
    sent(shown, stamp=stamp_for(shown)).admit()


@pytest.mark.parametrize("stamp", ["1", "-1", "", "x", "1e9", "١٢", "9" * 20])
def test_a_stamp_that_was_not_worked_for_is_none(stamp):
    shown = Guard.of("ask:x", "a key that no small number fits")
    with pytest.raises(Wait):
        sent(shown, stamp=stamp).admit()


def test_a_ticket_is_good_for_its_form_and_key_alone_and_cannot_be_forged(clock):
    shown, other = Guard.of("ask:x", new_form_key()), Guard.of("ask:y", new_form_key())
    work = stamp_for(shown)
    at, bits, sign = shown.ticket.split(".")
    clock.shift(60)
    wrong = [
        sent(shown, form="ask:y"),
        sent(shown, key=other.key),
        sent(shown, key=other.key, stamp=work),
        sent(shown, ticket=f"{int(at, 16) - 3600:x}.{bits}.{sign}"),
        sent(shown, ticket=f"{at}.0.{sign}", stamp="0"),
        sent(shown, ticket=f"{at}.{bits}.{'0' * 32}"),
        sent(shown, ticket="x" * 5000),
        Guard.of("ask:x", shown.key, {}),
    ]
    for each in wrong:
        with pytest.raises(Wait):
            each.admit()
        assert each.ticket != shown.ticket, "another is drawn, with which the form goes on"
    sent(shown).admit()


def test_a_form_that_stood_open_for_long_goes_on_with_a_new_ticket(clock):
    shown = Guard.of("ask:x", new_form_key())
    clock.shift(STANDS + 1)
    late = sent(shown)
    with pytest.raises(Wait) as wait:
        late.admit()
    assert wait.value.seconds == 5
    clock.shift(5)
    sent(late).admit()


def test_two_thousand_people_in_a_break_are_not_kept_out(clock):
    """A factory behind one address: 2,000 in ten minutes, each typing half a minute, half of them without a
    script.
    """
    waits = []
    for number in range(2000):
        shown = Guard.of("ask:x", new_form_key())
        if number % 7 == 0:
            clock.shift(2)
        with time_machine.travel(START + number * 0.3 + 30, tick=False):
            try:
                sent(shown).admit()
            except Wait as wait:
                waits.append(wait.seconds)
    assert len(waits) < 200
    assert max(waits, default=0) < 30


def test_the_more_is_sent_the_more_is_asked_and_all_are_told_calmly(clock, settings):
    settings.SENT_PER_MINUTE = 600
    shown = [Guard.of("ask:x", new_form_key()) for _ in range(700)]
    assert shown[0].bits == BITS
    clock.shift(200)
    taken, refused = 0, ""
    for each in shown:
        try:
            sent(each).admit()
            taken += 1
        except Wait as wait:
            refused = wait.message
    assert taken == 600
    assert "những gì đã viết vẫn còn nguyên" in refused
    busy = Guard.of("ask:x", new_form_key())
    assert BITS < busy.bits <= MOST_BITS
    assert busy.rest > 5
    assert Guard.of("ask:another", new_form_key()).bits == BITS, "other forms are not touched"
    Guard.of("ask:another", new_form_key())
    clock.shift(61)
    assert Guard.of("ask:x", new_form_key()).bits == BITS
    assert CALM > 0


def test_a_ticket_counts_once(clock):
    shown = Guard.of("support:x", new_form_key())
    clock.shift(6)
    assert sent(shown).admit_once("3")
    assert not sent(shown).admit_once("3")
    assert sent(shown).admit_once("4")


def test_nothing_is_asked_where_an_installation_wants_none(settings):
    settings.REST_SECONDS = 0
    Guard.of("ask:x", "k").admit()
    assert Guard.of("ask:x", "k").admit_once("1")
