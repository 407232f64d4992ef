"""What stands between a public form and a script that sends without end, and knows nobody.

No address is looked at or kept: a factory of two thousand people is one address. A form carries a ticket: its
key, when it was shown and how much is asked, signed. It is taken in when it has rested, as it has while somebody
typed; or, sooner, with a stamp: a number found by trying, which costs a telephone a blink and a script that sends
ten thousand the same ten thousand times. The more is sent to one form in a minute, the more is asked, and past a
limit everybody is told calmly to press again. A ticket sent twice has the same key, and what is sent with a key
is taken in once (`receipts.code_of`).

How much is sent is counted in the memory of each process, for a minute, by form and not by person. What it cannot
do: tell a patient crowd of scripts from a crowd. They are slowed down; staff set aside what they sent.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from math import log2
from threading import Lock

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal

BITS, MOST_BITS = 14, 20  # zeros that a stamp's digest begins with: 16,000 tries, up to a million
MOST_REST = 120  # seconds
CALM = 60  # sent to one form in a minute, in one process, before more is asked
MOST_SPENT = 100_000  # tickets remembered in a process
STANDS = 12 * 3600  # seconds after which a ticket has to be renewed
TICKET = re.compile(r"(?P<at>[0-9a-f]{1,10})\.(?P<bits>[0-9]{1,2})\.(?P<sign>[0-9a-f]{32})")


class Wait(Refusal):
    """Not taken in yet: `seconds` until the same form, with all that was typed, will be."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message % {"seconds": seconds})
        self.seconds = seconds


@dataclass
class Guard:
    """The guard of one showing of a form. `form` names it on the server, such as `ask:` and a public address;
    `key` is that of `receipts.new_form_key`; `sent` and `stamp` came back with it.

    `bits` is what a stamp costs, `rest` how many seconds do without one.
    """

    form: str
    key: str
    sent: str = ""
    stamp: str = ""
    ticket: str = field(init=False, default="")
    bits: int = field(init=False, default=BITS)
    _since: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Go on with the ticket that was sent, or draw a new one."""
        now, found = int(clock.now().timestamp()), TICKET.fullmatch(self.sent)
        if found and hmac.compare_digest(found["sign"], self._sign(found["at"], found["bits"])):
            at = int(found["at"], 16)
            if 0 <= now - at <= STANDS:
                self.ticket, self.bits, self._since = self.sent, int(found["bits"]), now - at
                return
        self.bits = min(BITS + _pressure(self.form), MOST_BITS)
        at_hex, bits = f"{now:x}", str(self.bits)
        self.ticket = f"{at_hex}.{bits}.{self._sign(at_hex, bits)}"

    @classmethod
    def of(cls, form: str, key: str, sent: Mapping[str, str] | None = None) -> Guard:
        """The guard of a form as it was sent, or as it is shown."""
        sent = sent or {}
        return cls(form, key, str(sent.get("ticket", ""))[:64], str(sent.get("stamp", ""))[:20])

    @property
    def rest(self) -> int:
        """Seconds after which it is taken in without a stamp; 0: nothing is asked in this installation."""
        usual: int = settings.REST_SECONDS
        return min(usual << _pressure(self.form), max(MOST_REST, usual))

    def admit(self) -> None:
        """Let what was sent in, and count it.

        Raises:
            Wait: it came too soon, or too much comes at once.
        """
        rest, most = self.rest, settings.SENT_PER_MINUTE
        if not rest:
            return
        if _load.in_a_minute(self.form) >= most:
            raise Wait(
                _(
                    "So many people are sending at this moment. Press the button again in %(seconds)s seconds: "
                    "everything you typed is still here."
                ),
                30,
            )
        left = rest - (self._since or 0)
        if (self._since is None or left > 0) and not self._is_stamped():
            raise Wait(
                _(
                    "Press the button again in %(seconds)s seconds: everything you typed is still here. "
                    "This short rest keeps out programs that send without end."
                ),
                max(left, 1),
            )
        _load.add(self.form)

    def _is_stamped(self) -> bool:
        if self._since is None or not self.stamp.isascii() or not self.stamp.isdecimal():
            return False
        digest = sha256(f"{self.key}.{self.ticket}:{self.stamp}".encode()).digest()
        return int.from_bytes(digest[:4]) >> (32 - self.bits) == 0

    def admit_once(self, what: str) -> bool:
        """As `admit`, for what has no receipt: whether this ticket has not been used for `what` yet.

        Remembered in the memory of the process alone, of the ticket and not of who sent it.

        Raises:
            Wait: as `admit`.
        """
        self.admit()
        return not self.rest or _load.spend(f"{self.form}|{self.key}|{what}")

    def _sign(self, at: str, bits: str) -> str:
        told = f"{self.form}|{self.key}|{at}|{bits}"
        return salted_hmac("motbuoc.guard", told, algorithm="sha256").hexdigest()[:32]


class _Load:
    """How much was sent to each form in the last minute, by the second, in this process."""

    def __init__(self) -> None:
        self._seconds: dict[int, Counter[str]] = {}
        self._spent: dict[str, None] = {}
        self._lock = Lock()

    def add(self, form: str) -> None:
        """One more."""
        now = int(clock.now().timestamp())
        with self._lock:
            self._seconds.setdefault(now, Counter())[form] += 1
            for old in [second for second in self._seconds if not now - 60 < second <= now]:
                del self._seconds[old]

    def in_a_minute(self, form: str) -> int:
        """How many in the last minute."""
        now = int(clock.now().timestamp())
        with self._lock:
            return sum(sent[form] for second, sent in self._seconds.items() if now - 60 < second <= now)

    def spend(self, ticket: str) -> bool:
        """Note that a ticket was used; whether it was not before. The oldest are forgotten."""
        with self._lock:
            is_new = ticket not in self._spent
            self._spent[ticket] = None
            if len(self._spent) > MOST_SPENT:
                del self._spent[next(iter(self._spent))]
            return is_new

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._seconds.clear()
            self._spent.clear()


_load = _Load()


def _pressure(form: str) -> int:
    """How often what is sent in a minute is doubled beyond what is calm: 0, 1, 2 …"""
    sent = _load.in_a_minute(form)
    return 1 + int(log2(sent / CALM)) if sent >= CALM else 0


def begin_anew() -> None:
    """Forget how much was sent; for tests and after a restart."""
    _load.forget()
