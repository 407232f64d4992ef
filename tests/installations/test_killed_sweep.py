"""The sweep of a night killed, run twice and run on several machines at once: every reminder once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installations.installation import Installation, numbers_in, wait_for

DUTIES = 60
Told = tuple[Installation, list[list[int]]]


@pytest.fixture(scope="session")
def expected(pattern: Installation, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """An installation with much to be told, and what one quiet sweep of it tells."""
    full = Installation.new(tmp_path_factory.mktemp("crowd") / "installation", pattern)
    full.deed("crowd", str(DUTIES))
    quiet = Installation.new(tmp_path_factory.mktemp("quiet") / "installation", full)
    quiet.deed("sweep", str(tmp_path_factory.mktemp("notes") / "notes"), "1000", "1")
    pairs, left = quiet.deed("told")
    quiet.remove()
    assert left == 0
    assert len(pairs) > 2 * DUTIES
    assert len({tuple(pair) for pair in pairs}) == len(pairs)
    return full, pairs


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_in_the_middle(
    expected: Told,
    new_installation: Callable[..., Installation],
    tmp_path: Path,
    seed: int,
) -> None:
    full, pairs = expected
    installation, notes, chance = new_installation(like=full), tmp_path / "notes", random.Random(seed)
    running = installation.start("sweep", str(notes), "2", "1")
    wait_for(notes, chance.randrange(3, DUTIES // 2))
    time.sleep(chance.random() / 50)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    half, left = installation.deed("told")
    assert 0 < len(half) < len(pairs)
    assert left > 0
    installation.deed("sweep", str(notes), "1000", "1")
    assert installation.deed("told") == [pairs, 0]


def test_on_several_machines_at_once(
    expected: Told, new_installation: Callable[..., Installation], tmp_path: Path
) -> None:
    full, pairs = expected
    installation, notes = new_installation(like=full), tmp_path / "notes"
    installation.deed("sweep", str(notes), "3", "3")
    assert installation.deed("told") == [pairs, 0]
    assert sum(numbers_in(notes)) == 2 * DUTIES + 7  # no assignment was looked at twice
    installation.deed("sweep", str(notes), "3", "1")
    assert installation.deed("told") == [pairs, 0]
