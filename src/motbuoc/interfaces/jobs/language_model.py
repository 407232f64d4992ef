"""A language model at an address that speaks the protocol of OpenAI's chat completions.

The standard library's client, which follows no redirect and asks no proxy. All of it ends within the seconds that
are set, however slowly the other side speaks, and no more than MOST_BYTES of the answer are read. Neither the key
nor what is sent or answered is logged.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from motbuoc.domains.reporting.worded import Trouble

MOST_BYTES = 200_000
MOST_TOKENS = 1_500  # of the answer: some 4,000 letters of Vietnamese


class NoAnswer(Exception):
    """There is no answer to be read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def answer_to(messages: list[dict[str, str]]) -> str:
    """What the model says to these messages.

    Raises:
        NoAnswer: it did not answer in time, refused, or answered what cannot be read or is too long.
    """
    if (model := settings.LANGUAGE_MODEL) is None:
        raise NoAnswer(Trouble.CLOSED)
    asked = {"model": model["name"], "messages": messages, "max_tokens": MOST_TOKENS, "temperature": 0.2}
    return _said(_post(model, json.dumps(asked).encode()))


def _post(model: dict[str, Any], body: bytes) -> bytes:
    parts = urlsplit(model["url"])
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=model["seconds"])
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if model["key"]:
        headers["Authorization"] = f"Bearer {model['key']}"
    sockets: list[socket.socket] = []
    is_over = Event()
    end = Timer(model["seconds"], _cut, [connection, sockets, is_over])
    end.start()
    try:
        connection.connect()
        sockets.append(connection.sock)  # the connection forgets it as soon as an answer begins
        connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise NoAnswer(Trouble.REFUSED)
        read = answer.read(MOST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as trouble:
        raise NoAnswer(Trouble.SILENT) from trouble
    finally:
        end.cancel()
        connection.close()
    if is_over.is_set():
        raise NoAnswer(Trouble.SILENT)
    if len(read) > MOST_BYTES:
        raise NoAnswer(Trouble.TOO_LONG)
    return read


def _cut(connection: HTTPConnection, sockets: list[socket.socket], is_over: Event) -> None:
    """Hang up: whoever speaks letter by letter must not hold the others up."""
    is_over.set()
    for each in (*sockets, connection.sock):
        if each:
            with suppress(OSError):  # closed meanwhile
                each.shutdown(socket.SHUT_RDWR)


def _said(answer: bytes) -> str:
    try:
        said = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as broken:
        raise NoAnswer(Trouble.UNREADABLE) from broken
    if not isinstance(said, str) or not said.strip():
        raise NoAnswer(Trouble.UNREADABLE)
    return said
