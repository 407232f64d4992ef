"""A server with the product's pages and the reference pages, and a signed-in client of it."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]


class Client:
    """One signed-in person on one kept-alive connection."""

    def __init__(self, port: int, username: str) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.cookies: dict[str, str] = {}
        self.spent = 0.0  # seconds of a processor that the last answer took, with its database (`wsgi.SPENT`)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/dang-nhap/"))
        assert token, "the sign-in page has no form"
        body = urlencode(
            {"csrfmiddlewaretoken": token[1], "login": username, "password": "mat-khau-thu", "next": "/"}
        )
        self._send("POST", "/dang-nhap/", body)
        assert "sessionid" in self.cookies, "could not sign in"

    def get(self, path: str) -> str:
        """The page at `path`; an error if it is no page."""
        status, text = self._send("GET", path)
        assert status == 200, f"{path} answered {status}"
        return text

    def post(self, path: str, *, by_script: str = "", **fields: object) -> str:
        """Send a form to `path`, which answers with a page or leads to one; what it answered.

        `by_script`: the header by which a page's script says that it asks.
        """
        body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})
        status, text = self._send("POST", path, body, by_script)
        assert status in (200, 302), f"{path} answered {status}"
        return text

    def _send(self, method: str, path: str, body: str | None = None, by_script: str = "") -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        } | ({by_script: "1"} if by_script else {})
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # idle for too long: the connection is opened anew
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        self.spent = float(answer.getheader("X-Processor-Seconds", 0))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie = value.split(";")[0]
                key, _, content = cookie.partition("=")
                self.cookies[key] = content
        return answer.status, text


@contextmanager
def serving(
    units: int, items: int, more: int = 0, positions: int = 0, who: str = "officer"
) -> Iterator[tuple[Client, dict[str, Any]]]:
    """A signed-in client of a server that holds one directive of `items` items given to `units` units.

    `more` units and `positions` stand in the province around them; `who`: "officer", or one who sees "everything".
    """
    with installation() as env:
        ids = filled(env, "benchmarks.peer.rows", units, items, more, positions)
        with answering(env) as port:
            yield Client(port, ids[who]), ids


@contextmanager
def installation(database_url: str = "") -> Iterator[dict[str, str]]:
    """The environment of an installation of its own, in a folder that goes when it is done with."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "static").mkdir()
        yield os.environ | {
            "MOTBUOC_DATA_DIR": folder,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "MOTBUOC_DATABASE_URL": database_url,
            "MOTBUOC_SECOND_FACTOR_REQUIRED": "false",  # the officer signs in by password alone
            "DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings",
        }


def filled(env: dict[str, str], module: str, *sizes: int | str) -> dict[str, Any]:
    """What `module` says of the rows it made in the installation."""
    command = [sys.executable, "-m", module, *map(str, sizes)]
    made = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    ids: dict[str, Any] = json.loads(made.stdout)
    return ids


@contextmanager
def answering(env: dict[str, str]) -> Iterator[int]:
    """The port of a server of the installation, with one worker."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    one = ["--workers", "1", "--blocking-threads", "1", "--log-level", "error"]
    server = subprocess.Popen([*command, *one, "benchmarks.peer.wsgi:application"], env=env, cwd=ROOT)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(900):  # on a busy machine it takes its time
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")
