"""`python -m benchmarks [NAME]`: run every benchmark, or one."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in ("__init__", "__main__", "line")
)


def run(name: str) -> None:
    """Run one benchmark's `main`."""
    importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    wanted = sys.argv[1:] or [
        name for name in NAMES if name not in ("history", "reminders")
    ]  # units and tracker run them
    for name in wanted:
        if name not in NAMES:
            sys.exit(f"There is no benchmark {name}. Choose from: {', '.join(NAMES)}")
        run(name)
