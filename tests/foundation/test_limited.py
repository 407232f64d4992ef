"""What opens a stranger's file runs within limits, however large our own process has grown."""

from __future__ import annotations

import mmap
from pathlib import Path
from time import monotonic

from motbuoc.foundation.files.limited import MEMORY_BYTES, run_limited

TELL = (
    "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
)
GRASP = (
    f"import time; time.sleep(0.2)\ntry:\n    bytearray({MEMORY_BYTES})\nexcept MemoryError:\n    print('bounded')"
)


def test_the_limits_hold_where_our_own_process_has_taken_more_addresses(tmp_path: Path) -> None:
    with mmap.mmap(-1, 2 * MEMORY_BYTES):
        done = run_limited(["-c", TELL], tmp_path, monotonic() + 20)
        assert done.returncode == 0
        memory, seconds = map(int, done.stdout.split())
        assert memory == MEMORY_BYTES
        assert seconds > 0


def test_whatever_takes_more_memory_is_told_so(tmp_path: Path) -> None:
    assert run_limited(["-c", GRASP], tmp_path, monotonic() + 20).stdout.split() == [b"bounded"]
