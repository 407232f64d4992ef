"""Installations for tests that need whole ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.installations.installation import Installation


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a small directive under way, never used itself, only copied."""
    made = Installation.new(tmp_path_factory.mktemp("pattern") / "installation")
    assert made.motbuoc("migrate", "-v0").returncode == 0
    made.deed("fill")
    yield made
    made.remove()


@pytest.fixture
def new_installation(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes installations that are gone after the test: empty, or like another."""
    made: list[Installation] = []

    def make(like: Installation | None = None) -> Installation:
        made.append(Installation.new(tmp_path / f"installation-{len(made)}", like))
        return made[-1]

    yield make
    for one in made:
        one.remove()
