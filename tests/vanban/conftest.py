"""Where the real documents are, and the seed dispatch in three formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the real documents are not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    return shared / "seed" / "554-CV-DUK.txt"


@pytest.fixture(scope="session")
def label(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "seed" / "554-CV-DUK.json").read_text(encoding="utf-8"))
