"""`python -m benchmarks.peer.asked RATIO BURST`: the public form of a dialogue beside a bare page, and a burst.

The bare page is a Django page behind the same middleware that takes a form, writes one row and draws a template.
Both are asked through the whole of Django in one process, one after the other. The burst goes through four
threads; a tenth of the forms is sent twice at once. Tickets have rested, as those of people who type have.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peer.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from tests.factories import make_cast

from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.services import Plan, plan_dialogue, take_dialogue_step
from motbuoc.domains.listening.guard import Guard
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.foundation.core import clock

RESTED = timedelta(seconds=600)
THREADS = 4
WORDS = "Đề nghị cho biết khi nào sửa xong con đường số {number} và cây cầu nối hai ấp, mùa mưa đi lại rất khó."


def main() -> None:
    """Print what was timed and counted."""
    ratio, burst = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS, settings.SENT_PER_MINUTE, settings.QUESTIONS_MOST = ["testserver"], 10**9, 10**9
    cast = make_cast()
    plan = Plan(None, "Đời sống", "Bí thư", clock.today() + timedelta(days=9))
    dialogue = plan_dialogue(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan)
    dialogue = take_dialogue_step(actor=cast.officer, dialogue=dialogue, version=1, name="announce_dialogue")
    found = _beside_a_bare_page(dialogue, ratio)
    print(json.dumps(found | _burst(dialogue, burst)))


def _form(dialogue: Dialogue, number: int) -> dict[str, Any]:
    """A form as it comes back from somebody who typed for a while."""
    key = new_form_key()
    with clock.living_at(clock.now() - RESTED):
        ticket = Guard.of(f"ask:{dialogue.address}", key).ticket
    return {"text": WORDS.format(number=number), "key": key, "ticket": ticket, "stamp": ""}


def _beside_a_bare_page(dialogue: Dialogue, count: int) -> dict[str, float]:
    client, address = Client(), f"/hoi/{dialogue.address}/"
    forms = [_form(dialogue, number) for number in range(-count, 0)]
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for form in forms:
        for name, where in (("ours", address), ("bare", "/bare-insert/")):
            start = perf_counter()
            answer = client.post(where, form | {"dialogue": dialogue.pk, "unit": dialogue.unit_id})
            times[name].append(perf_counter() - start)
            assert answer.status_code == 200, answer.content.decode()[:500]
    return {name: sum(sorted(taken)[count // 10 : -count // 10]) for name, taken in times.items()}


def _burst(dialogue: Dialogue, count: int) -> dict[str, Any]:
    before = set(Question.objects.values_list("pk", flat=True))
    forms = [_form(dialogue, number) for number in range(count)]
    # What is sent twice stands side by side, so that two threads send it at the same time.
    sent = [form for at, form in enumerate(forms) for _time in range(2 if at % 10 == 0 else 1)]

    def send(form: dict[str, Any]) -> int:
        client = Client()
        return client.post(f"/hoi/{dialogue.address}/", form).status_code

    def part(at: int) -> list[int]:
        try:
            return [send(form) for form in sent[at::THREADS]]
        finally:
            connections.close_all()

    start = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        answers = [status for some in pool.map(part, range(THREADS)) for status in some]
    taken = perf_counter() - start
    new = Question.objects.exclude(pk__in=before).order_by().values_list("text", "number", "receipt")
    rows = list(new)
    return {
        "sent": len(sent),
        "accepted": sum(status == 200 for status in answers),
        "kept": len({text for text, _number, _receipt in rows}),
        "rows": len(rows),
        "numbers": len({number for _text, number, _receipt in rows}),
        "seconds": taken,
        "database": connection.vendor,
    }


if __name__ == "__main__":
    main()
