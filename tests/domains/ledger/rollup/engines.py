"""The engines that must give the same answers, each with the small province in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import psycopg
import pyarrow as pa
import pytest

from tests.domains.ledger.rollup.small_province import REPORTED, as_bases, as_facts, as_tree

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


class Engine:
    """An Ibis connection with the tables of the province: `facts`, `tree`, `bases`."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.facts = self.given("facts", as_facts(REPORTED))
        self.tree = self.given("tree", as_tree())
        self.bases = self.given("bases", as_bases())

    def given(self, name: str, rows: pa.Table) -> Any:
        """A table of its own session, gone with it."""
        return self.connection.create_table(name, rows, temp=True)

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        return expression.to_pyarrow().to_pylist()


@contextmanager
def duckdb() -> Iterator[Engine]:
    connection = ibis.duckdb.connect(threads=2)
    yield Engine(connection)
    connection.disconnect()


@contextmanager
def postgres() -> Iterator[Engine]:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers (set TEST_POSTGRES_URL)")
    connection = ibis.connect(POSTGRES.replace("postgresql://", "postgres://", 1))
    yield Engine(connection)
    connection.disconnect()
