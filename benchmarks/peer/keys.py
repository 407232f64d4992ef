"""`python -m benchmarks.peer.keys PORT USERNAME PATH KEYS`: how long a form takes to answer a key, in Chromium.

Types figures into cell after cell, and on while the form saves by itself and is answered. What a key takes
is the processor time of the page's own thread from the key to the end of the frame that shows it (handlers,
layout, painting, and what else is done between), as the browser's trace tells it: the clock counts other programs.
Prints JSON, in milliseconds.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

EVERY, APART = 16, 60  # keys after which one waits until the form begins to save; ms between two keys
SETTLING = 2000  # ms before the first key and after the last
FRAME = "ScheduledActionSendBeginMainFrame"


def main(port: int, username: str, path: str, keys: int) -> dict[str, Any]:
    """What each key took, the longest the page was busy at a time, and how often it saved."""
    with sync_playwright() as running, tempfile.TemporaryDirectory() as folder:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto("/dang-nhap/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", "mat-khau-thu")
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")
        page.goto(path)
        page.locator(".grid-input").first.focus()
        page.wait_for_timeout(SETTLING)
        trace = Path(folder, "trace.json")
        browser.start_tracing(page=page, path=trace, categories=["toplevel", "devtools.timeline"])
        for number in range(keys):
            page.keyboard.press(str(1 + number % 9))
            if number % 2:
                page.keyboard.press("Enter")  # the cell below
            if number % EVERY == EVERY - 1:
                page.wait_for_event("request", lambda request: request.method == "POST")
            page.wait_for_timeout(APART)
        page.wait_for_timeout(SETTLING)
        browser.stop_tracing()
        browser.close()
        return _taken(json.loads(trace.read_text())["traceEvents"])


def _taken(events: list[dict[str, Any]]) -> dict[str, Any]:
    """By key, from the tasks of the page's thread."""
    threads = {(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and _is_main(e)}
    mine = [e for e in events if (e["pid"], e["tid"]) in threads and e["ph"] == "X" and "tdur" in e]
    tasks = sorted((e for e in mine if e["name"].endswith("RunTask")), key=lambda e: e["ts"])
    typed = [e["ts"] for e in mine if e["name"] == "EventDispatch" and e["args"]["data"]["type"] == "keypress"]
    taken = []
    for pressed in sorted(typed):
        spent = 0
        for task in tasks:
            if task["ts"] + task["dur"] < pressed:
                continue
            spent += task["tdur"]
            if task["ts"] > pressed and task["args"].get("src_func") == FRAME:
                break
        taken.append(spent / 1000)
    sent = [
        e for e in events if e["name"] == "ResourceSendRequest" and e["args"]["data"]["requestMethod"] == "POST"
    ]
    return {
        "taken": taken,
        "longest": max(task["tdur"] for task in tasks) / 1000,
        "saves": len(sent),
    }


def _is_main(event: dict[str, Any]) -> bool:
    return bool(event["args"]["name"] == "CrRendererMain")


if __name__ == "__main__":
    port, username, path, keys = sys.argv[1:]
    sys.stdout.write(json.dumps(main(int(port), username, path, int(keys))))
