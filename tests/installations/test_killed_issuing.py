"""kill -9 in the middle of issuing: what was given is whole; two at once finish it with nothing doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.installations.installation import Installation, numbers_in, wait_for


def test_a_killed_issuing_is_finished_by_two_at_once(
    pattern: Installation, new_installation: Callable[..., Installation], tmp_path: Path
) -> None:
    installation, notes = new_installation(like=pattern), tmp_path / "done"
    number = str(installation.deed("begin", "60"))
    worker = installation.start("issue", str(notes), number)
    wait_for(notes, 5)
    os.killpg(worker.pid, signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL

    told = installation.deed("issued", number)
    assert told["state"] == "running"
    assert numbers_in(notes)[-1] <= told["done"] < told["total"]
    assert told["made"] == told["pairs"] == told["lines"] == told["done"]

    both = [installation.start("issue", str(notes), number) for _worker in range(2)]
    assert [worker.wait() for worker in both] == [0, 0]
    told = installation.deed("issued", number)
    assert told["state"] == "finished"
    assert told["made"] == told["pairs"] == told["lines"] == told["done"] == told["total"]
    assert told["copies"] == told["units"] == 63
    assert told["whole"]
