"""The engines that must give the same answers, each with the small province in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ibis
import psycopg
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet
import pytest

from motbuoc.domains.ledger.rollup.snapshots import Snapshots
from tests.domains.ledger.rollup.small_province import REPORTED, as_bases, as_facts, as_tree

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


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


class Spark(Engine):
    """Reads files and writes its answers to files, as a cluster does."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.folder = folder
        self.session = session
        super().__init__(ibis.pyspark.connect(session))

    def given(self, name: str, rows: pa.Table) -> Any:
        if name == "facts":
            paths = self.published(rows)
        else:
            paths = [self.folder / f"{name}.parquet"]
            pyarrow.parquet.write_table(rows, paths[0])
        view = f"province_{name}"  # the guide's program has views of its own in the same session
        self.session.read.parquet(*map(str, paths)).createOrReplaceTempView(view)
        return self.connection.table(view)

    def published(self, facts: pa.Table) -> list[Path]:
        """The very files that our own engine publishes."""
        snapshots = Snapshots(self.folder / "ledger")
        for period in facts.column("period").unique().to_pylist():
            snapshots.publish(period, facts.filter(pyarrow.compute.field("period") == period))
        return snapshots.paths(snapshots.manifest())

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        answers = self.folder / "answers"
        self.session.sql(ibis.to_sql(expression, dialect="pyspark")).write.mode("overwrite").parquet(str(answers))
        return pyarrow.parquet.read_table(answers).to_pylist()


@contextmanager
def spark() -> Iterator[Engine]:
    """Apache Spark with two executors, each a process of its own."""
    if find_spec("pyspark") is None or not shutil.which("java"):
        pytest.skip("Spark or Java is missing (make tools installs Debian's openjdk-17-jre-headless)")
    from pyspark.sql import SparkSession  # it is not everywhere

    # Workers are told of a host by its name, which a machine without a network may not know.
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as folder:
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("rollup")
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            # So few rows take less time than planning and compiling for them.
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
            "spark.driver.extraJavaOptions": QUICK_JAVA,
            "spark.executor.extraJavaOptions": QUICK_JAVA,
            "spark.sql.warehouse.dir": folder,
            "spark.sql.session.timeZone": "UTC",
        }
        for key, value in settings.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        try:
            yield Spark(session, Path(folder))
        finally:
            session.stop()
