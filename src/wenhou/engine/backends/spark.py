"""Spark 4.0 with Java 17, for the day when one machine is too small. Same plan, same answers."""

import gc
import os
import warnings
from typing import Any

import pyarrow as pa


def session(*, cores: int = 2, partitions: int = 4, event_log: str | None = None) -> Any:
    """A session: UTC, no web page, Arrow both ways. Under spark-submit that cluster's,
    else one on this machine alone.

    partitions: of a shuffle, on this machine. event_log: a folder where Spark writes what it read and shuffled.
    """
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("wenhou")
    if not _submitted():
        builder = (
            builder.master(f"local[{cores}]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", str(partitions))
        )
    if event_log is not None:
        for name, value in {
            "enabled": "true",
            "dir": event_log,
            "compress": "false",
            "rolling.enabled": "false",
        }.items():
            builder = builder.config(f"spark.eventLog.{name}", value)
    return (
        builder.config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .getOrCreate()
    )


def _submitted() -> bool:
    """spark-submit starts the driver with the master it was given."""
    return "spark.master" in os.environ.get("PYSPARK_SUBMIT_ARGS", "") or "PYSPARK_GATEWAY_PORT" in os.environ


class Spark:
    """Over a Spark session of the caller's, or a local one."""

    dialect = "pyspark"

    def __init__(self, connection: Any = None) -> None:
        self.connection = connection or session()

    def load(self, name: str, table: pa.Table) -> None:
        self.connection.createDataFrame(table).createOrReplaceTempView(name)

    def read(self, name: str, folder: str) -> None:
        """Make a folder of Parquet files readable under a name; on a cluster every machine must see it."""
        self.connection.read.parquet(folder).createOrReplaceTempView(name)

    def write(self, table: str, folder: str) -> None:
        """Write what is kept under a name as a folder of Parquet files."""
        self.connection.table(table).write.mode("overwrite").option("compression", "zstd").parquet(folder)

    def columns(self, name: str) -> tuple[str, ...]:
        return tuple(self.connection.table(name).columns)

    def keep(self, name: str, query: str) -> None:
        # a checkpoint cuts the lineage: otherwise each stage would plan and run all those before it again
        self.connection.sql(query).localCheckpoint(eager=True).createOrReplaceTempView(name)

    def see(self, name: str, query: str) -> None:
        self.connection.sql(query).createOrReplaceTempView(name)

    def fetch(self, query: str) -> pa.Table:
        with warnings.catch_warnings():
            # pyspark 4.0 leaves the socket it reads from to be closed by the collector
            warnings.simplefilter("ignore", ResourceWarning)
            found = self.connection.sql(query).toArrow()
            gc.collect(0)
        return found

    def distinct(self, table: str, key: str) -> int:
        return int(self.fetch(f"SELECT COUNT(DISTINCT {key}) AS n FROM `{table}`").column("n")[0].as_py())

    def drop(self, name: str) -> None:
        self.connection.catalog.dropTempView(name)
