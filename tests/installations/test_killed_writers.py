"""kill -9 while many write at once: what was acknowledged is there, whole, and the next write goes on."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installations.installation import Installation, numbers_in, wait_for

WRITERS, EACH = 10, 50  # 500 writes, at once


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_acknowledged_is_there(
    pattern: Installation, new_installation: Callable[..., Installation], tmp_path: Path, seed: int
) -> None:
    installation, notes, chance = new_installation(like=pattern), tmp_path / "acknowledged", random.Random(seed)
    before = installation.deed("tell")

    writers = installation.start("write", str(notes), str(WRITERS), str(EACH), str(seed))
    wait_for(notes, chance.randrange(10, WRITERS * EACH - 100))
    time.sleep(chance.random() / 20)
    os.killpg(writers.pid, signal.SIGKILL)
    assert writers.wait() == -signal.SIGKILL

    acknowledged, after = numbers_in(notes), installation.deed("tell")
    assert len(acknowledged) < WRITERS * EACH
    assert set(acknowledged) <= set(after["entries"])
    assert len(after["entries"]) - len(before["entries"]) - len(acknowledged) <= WRITERS  # each was in one write
    assert sorted(after["lines"]) == after["entries"]  # no entry without its line, no line without its entry
    assert after["without_file"] == []
    assert after["whole"]

    installation.deed("write", str(notes), "1", "1", "next")
    last = installation.deed("tell")
    assert last["entries"] == sorted(last["lines"])
    assert len(last["entries"]) == len(after["entries"]) + 1
    assert last["whole"]
