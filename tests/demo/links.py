"""What somebody can reach by following every link, from page to page."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

from django.test import Client

from motbuoc.foundation.people.models import Account

LINK = re.compile(r'href="(/[^"#]*)')
ELSEWHERE = ("/static/", "/api/", "/dang-xuat/")


def dead_links(username: str) -> list[str]:
    """The links that answer somebody with an error, each with the page it stands on.

    Of pages that differ only by the numbers in their address, one is opened.
    """
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username=username))
    dead: list[str] = []
    looked_at: set[str] = set()
    known, waiting = {"/"}, deque([("/", "")])
    while waiting:
        address, page = waiting.popleft()
        if (shape := re.sub(r"\d+", "N", address)) in looked_at:
            continue
        looked_at.add(shape)
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            dead.append(f"{answer.status_code} {address} on {page}")
        words = b"".join(answer).decode(errors="ignore")  # read to its end: a file that was sent is closed then
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for found in map(unescape, LINK.findall(words)):
            if found not in known and not found.startswith(ELSEWHERE):
                known.add(found)
                waiting.append((found, address))
    assert len(looked_at) > 1, "nothing was reached"
    return dead
