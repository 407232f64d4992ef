"""Each engine is started once for all the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.domains.ledger.rollup import engines
from tests.domains.ledger.rollup.engines import Engine

ENGINES = {"duckdb": engines.duckdb, "postgres": engines.postgres, "spark": engines.spark}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every engine in turn."""
    with ENGINES[request.param]() as started:
        yield started


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Engine]:
    """The one that we run ourselves."""
    with engines.duckdb() as started:
        yield started
