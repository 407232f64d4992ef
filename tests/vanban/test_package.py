"""The package: cheap to import, one name for each verb."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHEAP = 0.150  # seconds


def test_importing_costs_little() -> None:
    code = "import time; t = time.perf_counter(); import vanban; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)
    ]
    assert min(float(run.stdout) for run in runs) < CHEAP


@pytest.mark.parametrize("first", ["import vanban.write", "from vanban.write import write", "import vanban"])
def test_write_is_the_verb_whatever_was_imported_first(first: str) -> None:
    code = f"{first}; import vanban; print(vanban.write.__name__, callable(vanban.write), vanban.write.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["write", "True", "vanban.write"]


def test_every_public_name_is_there() -> None:
    import vanban

    assert [name for name in vanban.__all__ if not hasattr(vanban, name)] == []
    assert not hasattr(vanban, "nothing")
